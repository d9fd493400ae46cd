import { Fragment } from 'react'

/** Numbers of a framework's requirements, none of them broken over two lines. */
export function RequirementIds({ of }: { readonly of: readonly string[] }) {
  return (
    <span className="numeral text-ink-2 text-sm">
      {of.length === 0
        ? '–'
        : of.map((id, index) => (
            <Fragment key={id}>
              {index > 0 && ' · '}
              <span className="whitespace-nowrap">{id}</span>
            </Fragment>
          ))}
    </span>
  )
}
