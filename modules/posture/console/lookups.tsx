import type { Evidence } from '@hevd/posture/contract'
import { Code, useLocale, useWords, When, words } from '@hevd/ui'
import { FactValue, useLookupWord } from './fact-value.tsx'
import { useKind } from './kinds.ts'

const text = words({
  whereIs: { nb: 'der', en: 'where' },
  is: { nb: 'er', en: 'is' },
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
  const by = useLookupWord()
  return (
    <ul className="flex flex-col gap-8">
      {of.map((lookup) => (
        <li key={`${lookup.type}|${lookup.by}|${lookup.value}`} className="min-w-0">
          <p>
            <span className="font-medium">{kind(lookup.type)}</span>{' '}
            <span className="text-ink-2">
              {said.whereIs} {by(lookup.by)} {said.is} <Code>{lookup.value}</Code>
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
              <FactValue type={lookup.type} of={fact.value} />
              <p className="mt-2 text-ink-3 text-sm">
                {said.observed} <When at={fact.observedAt} />, {said.recorded} <When at={fact.recordedAt} />{' '}
                {said.from} {fact.source?.[locale] ?? fact.feed}
              </p>
            </div>
          ))}
        </li>
      ))}
    </ul>
  )
}
