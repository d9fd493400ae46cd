import type { Evidence } from '@hevd/posture/contract'
import { Mark, useLocale, useWords, When, words } from '@hevd/ui'
import { Replay } from './replay.tsx'
import { Unfolding } from './unfolding.tsx'

const text = words({
  noHistory: { nb: 'Dette er den første bedømmingen.', en: 'This is the first judgement.' },
  until: { nb: 'til', en: 'until' },
  again: { nb: 'Bedøm på nytt', en: 'Judge again' },
})

/** How one subject has stood under one test; each version can be judged again from what was seen then. */
export function History({ of: { finding, history } }: { readonly of: Evidence }) {
  const said = useWords(text)
  const locale = useLocale()
  if (history.length === 0) return <p className="text-ink-2">{said.noHistory}</p>
  return (
    <ol className="flex flex-col gap-4">
      {history.map(({ verdict, why, from, until }) => (
        <li key={from}>
          <Mark state={verdict} />{' '}
          <span className="text-ink-2">
            <When at={from} />
            {until !== null && (
              <>
                {' '}
                {said.until} <When at={until} />
              </>
            )}
          </span>
          {why !== null && <p className="text-ink-2">{why.text[locale]}</p>}
          <Unfolding summary={said.again}>
            <Replay test={finding.test} subject={finding.subject.id} at={from} />
          </Unfolding>
        </li>
      ))}
    </ol>
  )
}
