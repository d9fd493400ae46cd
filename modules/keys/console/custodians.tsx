import { useReader, useWords, words } from '@hevd/ui'
import type { ReactNode } from 'react'

const text = words({
  you: { nb: 'deg', en: 'you' },
})

export type Person = { readonly id: string; readonly name: string }

/** Custodians one under another, each with where they stand. */
export function Custodians({
  label,
  of,
  state,
}: {
  readonly label: string
  readonly of: readonly Person[]
  state(custodian: Person): ReactNode
}) {
  const said = useWords(text)
  const reader = useReader()
  return (
    <ul aria-label={label} className="max-w-measure border-line border-t">
      {of.map((custodian) => (
        <li
          key={custodian.id}
          className="flex flex-wrap items-baseline justify-between gap-x-6 gap-y-1 border-line border-b py-2.5"
        >
          <span className="font-medium">
            {custodian.name}
            {custodian.id === reader?.id && <span className="font-normal text-ink-2"> ({said.you})</span>}
          </span>
          <span className="text-ink-2">{state(custodian)}</span>
        </li>
      ))}
    </ul>
  )
}
