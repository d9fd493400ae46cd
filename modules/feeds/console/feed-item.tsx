import { factTitles } from '@hevd/facts/titles'
import type { Feed } from '@hevd/feeds/contract'
import {
  Ago,
  BelievedUntil,
  durationInWords,
  Link,
  numeral,
  places,
  Shape,
  useLocale,
  useWords,
  When,
  words,
} from '@hevd/ui'

const text = words({
  register: { nb: 'Register', en: 'Register' },
  lastHeard: { nb: 'Sist hørt', en: 'Last heard' },
  never: { nb: 'Aldri hørt', en: 'Never heard' },
  every: { nb: 'intervall', en: 'interval' },
  facts: {
    nb: (count: number, numeral: string) => (count === 1 ? '1 opplysning' : `${numeral} opplysninger`),
    en: (count: number, numeral: string) => (count === 1 ? '1 fact' : `${numeral} facts`),
  },
  lastError: { nb: 'Siste feil', en: 'Last error' },
  'needs-right': { nb: 'Mangler rettighet', en: 'Lacks a right' },
  failed: { nb: 'Mislyktes', en: 'Failed' },
  partial: { nb: 'Ufullstendig', en: 'Incomplete' },
  since: { nb: 'siden', en: 'since' },
})

/** One source: when it last spoke, what it could not see and what would mend that. */
export function FeedItem({ feed }: { readonly feed: Feed }) {
  const said = useWords(text)
  const locale = useLocale()
  const { title, name, kind, host, state, lastHeardAt, silentAt, interval, facts, gaps, lastError } = feed
  return (
    <li className="grid grid-cols-1 gap-x-12 gap-y-3 border-line border-b py-5 md:grid-cols-[minmax(0,1fr)_17rem]">
      <div className="min-w-0">
        <p>
          <span className="font-medium">{title[locale]}</span>{' '}
          <span className="text-ink-2">
            {host === null ? (
              kind === 'register' && said.register
            ) : (
              <Link to={places.subject('host', host.id)} className="text-link">
                {host.name}
              </Link>
            )}
          </span>
        </p>
        <p className="break-all text-ink-3 text-sm">{name}</p>
        {gaps.map((gap) => (
          <div key={`${gap.type}|${gap.scope}`} className="mt-3 border-line-2 border-l-2 pl-4">
            <p>
              <Shape state="unknown" className="mr-1.5 size-[0.72em]" />
              <span className="font-medium">{said[gap.state]}</span>{' '}
              <span className="text-ink-2">
                {factTitles[gap.type]?.[locale] ?? gap.type} · {said.since} <When at={gap.since} />
              </span>
            </p>
            <p className="break-words text-ink-2">{gap.detail}</p>
            <p className="mt-1">{gap.remedy[locale]}</p>
          </div>
        ))}
        {lastError !== null && (
          <div className="mt-3 border-fails border-l-2 pl-4">
            <p>
              <span className="font-medium text-fails">{said.lastError}</span>{' '}
              <span className="text-ink-2">
                <When at={lastError.at} />
              </span>
            </p>
            <p className="break-words text-ink-2">{lastError.words[locale]}</p>
            <p className="mt-1">{lastError.remedy[locale]}</p>
          </div>
        )}
      </div>
      <div className="text-ink-2">
        <p className={state === 'fresh' ? '' : 'text-ink'}>
          {lastHeardAt === null ? (
            said.never
          ) : (
            <>
              {said.lastHeard} <Ago at={lastHeardAt} />
            </>
          )}
        </p>
        {state === 'fresh' && silentAt !== null && <BelievedUntil until={silentAt} />}
        <p className="text-sm">
          {said.facts(facts, numeral(facts, locale))}
          {interval !== null && ` · ${said.every} ${durationInWords(interval, locale)}`}
        </p>
      </div>
    </li>
  )
}
