import type { DraftSummary } from '@hevd/amendments/contract'
import { useWords, Who, words } from '@hevd/ui'
import { Fragment } from 'react'

const text = words({ and: { nb: ' og ', en: ' and ' } })

/** Everybody who has written in a draft. */
export function Writers({ of: { madeBy, editors } }: { readonly of: DraftSummary }) {
  const said = useWords(text)
  const all = [...new Set([...(madeBy === null ? [] : [madeBy]), ...editors])]
  return all.map((id, index) => (
    <Fragment key={id}>
      {index > 0 && (index === all.length - 1 ? said.and : ', ')}
      <Who id={id} />
    </Fragment>
  ))
}
