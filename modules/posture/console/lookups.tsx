import type { Evidence } from '@hevd/posture/contract'
import { Code, useLocale, useWords, When, words } from '@hevd/ui'
import { useKind } from './kinds.ts'

const text = words({
  whereIs: { nb: 'der', en: 'where' },
  saw: { nb: 'så', en: 'saw' },
  nothing: { nb: 'Fant ingenting.', en: 'Found nothing.' },
  observed: { nb: 'Observert', en: 'Observed' },
  recorded: { nb: 'mottatt', en: 'received' },
  from: { nb: 'fra', en: 'from' },
})

/** What the judge looked up, what it found, who said it and when; and what it could not see. */
export function Lookups({ of }: { readonly of: Evidence['lookups'] }) {
  const said = useWords(text)
  const locale = useLocale()
  const kind = useKind()
  return (
    <ul className="flex flex-col gap-8">
      {of.map((lookup) => (
        <li key={`${lookup.type}|${lookup.by}|${lookup.value}`} className="min-w-0">
          <p>
            <span className="font-medium">{kind(lookup.type)}</span>{' '}
            <span className="text-ink-2">
              {said.whereIs} {lookup.by} = <Code>{lookup.value}</Code>
            </span>
          </p>
          {lookup.unseen.map((why) => (
            <p key={why.text.nb} className="mt-1 text-ink-2">
              ◌ {why.text[locale]}
            </p>
          ))}
          {lookup.facts.length === 0 && lookup.unseen.length === 0 && (
            <p className="mt-1 text-ink-2">{said.nothing}</p>
          )}
          {lookup.facts.map((fact) => (
            <div
              key={`${fact.feed}|${JSON.stringify(fact.value)}`}
              className="mt-3 border-line border-l pl-4"
            >
              <Value of={fact.value} />
              <p className="mt-2 text-ink-3 text-sm">
                {said.observed} <When at={fact.observedAt} />, {said.recorded} <When at={fact.recordedAt} />{' '}
                {said.from} {fact.feed}
              </p>
            </div>
          ))}
        </li>
      ))}
    </ul>
  )
}

/** A fact as names and values; what is nested is written as it was said. */
function Value({ of }: { readonly of: unknown }) {
  if (typeof of !== 'object' || of === null || Array.isArray(of)) return <Code>{JSON.stringify(of)}</Code>
  return (
    <dl className="grid grid-cols-1 gap-x-6 gap-y-1 text-sm sm:grid-cols-[minmax(7rem,auto)_minmax(0,1fr)]">
      {Object.entries(of).map(([name, value]) => (
        <div key={name} className="contents">
          <dt className="text-ink-2">{name}</dt>
          <dd className="min-w-0 break-words font-mono text-[0.92em]">
            {typeof value === 'string' ? value : JSON.stringify(value)}
          </dd>
        </div>
      ))}
    </dl>
  )
}
