import type { Source } from '@hevd/backups/contract'
import { Ago, type Column, Link, Mark, numeral, places, useLocale, useWords, When, words } from '@hevd/ui'
import { findingsOf, useBackupFindings } from './findings.ts'
import { drillWords, ofWords, runWords } from './source-words.ts'

const text = words({
  source: { nb: 'Kilde', en: 'Source' },
  state: { nb: 'Er det slik?', en: 'Is it so?' },
  notJudged: { nb: 'ikke vurdert ennå', en: 'not judged yet' },
  on: { nb: 'på', en: 'on' },
  last: { nb: 'Sist tatt', en: 'Last made' },
  never: { nb: 'aldri', en: 'never' },
  run: { nb: 'siste kjøring', en: 'last run' },
  next: { nb: 'Neste', en: 'Next' },
  noPlan: { nb: 'ingen plan', en: 'no plan' },
  restorable: { nb: 'Kan gjenopprettes', en: 'Can be restored' },
  to: { nb: 'til', en: 'to' },
  toBackups: {
    nb: (count: string) => `til ${count} tidspunkter`,
    en: (count: string) => `to ${count} moments`,
  },
  toOne: { nb: 'til ett tidspunkt', en: 'to one moment' },
  gap: { nb: 'med hull i loggen', en: 'with a gap in the log' },
  drill: { nb: 'Siste øvelse', en: 'Last drill' },
  readers: { nb: 'Kan leses av', en: 'Can be read by' },
  undeclared: {
    nb: (count: string) => `${count} ikke oppgitt`,
    en: (count: string) => `${count} not told of`,
  },
})

/** The columns of the list of sources. */
export function useSourceColumns(): readonly Column<Source>[] {
  const said = useWords(text)
  const kinds = useWords(ofWords)
  const runs = useWords(runWords)
  const drills = useWords(drillWords)
  const locale = useLocale()
  const findings = useBackupFindings()
  return [
    {
      key: 'source',
      head: said.source,
      width: '1.8fr',
      narrow: 'lead',
      sort: ({ name }) => name,
      cell: ({ host, hostName, name, plan }) => (
        <>
          <Link to={places.backupsOf(host, name)} className="break-all font-medium hover:text-accent">
            {name}
          </Link>
          <span className="block text-ink-2 text-sm">
            {plan !== null && `${kinds[plan.of]} `}
            {said.on} {hostName}
          </span>
        </>
      ),
    },
    {
      key: 'state',
      head: said.state,
      width: '1.2fr',
      cell: ({ id, endedAt }) => {
        const [worst] = endedAt === null ? findingsOf(findings, id) : []
        return worst === undefined ? (
          <span className="text-ink-2">{endedAt === null ? said.notJudged : '–'}</span>
        ) : (
          <Mark state={worst.state} />
        )
      },
    },
    {
      key: 'last',
      head: said.last,
      width: '1.2fr',
      sort: ({ lastAt }) => lastAt ?? 0,
      cell: ({ lastAt, lastRun }) => (
        <>
          {lastAt === null ? <span className="text-ink-2">{said.never}</span> : <Ago at={lastAt} />}
          {lastRun !== null && lastRun.outcome !== 'made' && (
            <span className={`block text-sm ${lastRun.outcome === 'running' ? 'text-ink-2' : 'text-fails'}`}>
              {said.run} {runs[lastRun.outcome]}
            </span>
          )}
        </>
      ),
    },
    {
      key: 'next',
      head: said.next,
      width: '1.2fr',
      sort: ({ plan }) => plan?.nextDueAt ?? 0,
      cell: ({ plan }) =>
        plan === null ? (
          <span className="text-ink-2">{said.noPlan}</span>
        ) : plan.nextDueAt === null ? (
          '–'
        ) : (
          <When at={plan.nextDueAt} />
        ),
    },
    {
      key: 'restorable',
      head: said.restorable,
      width: '1.6fr',
      cell: ({ restorable, backups }) =>
        restorable === null ? (
          backups === 0 ? (
            '–'
          ) : backups === 1 ? (
            said.toOne
          ) : (
            said.toBackups(numeral(backups, locale))
          )
        ) : (
          <>
            <When at={restorable.from} /> {said.to} <When at={restorable.until} />
            {restorable.gaps > 0 && <span className="block text-fails text-sm">{said.gap}</span>}
          </>
        ),
    },
    {
      key: 'drill',
      head: said.drill,
      width: '1.2fr',
      sort: ({ lastDrill }) => lastDrill?.at ?? 0,
      cell: ({ lastDrill }) =>
        lastDrill === null ? (
          <span className="text-ink-2">{said.never}</span>
        ) : (
          <>
            <Ago at={lastDrill.at} />
            <span className={`block text-sm ${lastDrill.outcome === 'passed' ? 'text-ink-2' : 'text-fails'}`}>
              {drills[lastDrill.outcome]}
            </span>
          </>
        ),
    },
    {
      key: 'readers',
      head: said.readers,
      width: '1fr',
      sort: ({ readers }) => readers,
      cell: ({ readers, undeclared }) => (
        <>
          {numeral(readers, locale)}
          {undeclared > 0 && (
            <span className="block text-fails text-sm">{said.undeclared(numeral(undeclared, locale))}</span>
          )}
        </>
      ),
    },
  ]
}
