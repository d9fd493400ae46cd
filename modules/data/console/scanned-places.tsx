import type { ScannedPlace } from '@hevd/data/contract'
import { gapInWords } from '@hevd/facts/sensitive'
import {
  Ago,
  type Column,
  EmptyState,
  numeral,
  PagedTable,
  useLocale,
  usePages,
  useWords,
  words,
} from '@hevd/ui'

const text = words({
  title: { nb: 'Gjennomsøkte databaser og logger', en: 'Scanned databases and logs' },
  name: { nb: 'Database eller mappe', en: 'Database or folder' },
  when: { nb: 'Sist', en: 'Last' },
  much: { nb: 'Hvor mye', en: 'How much' },
  lacking: { nb: 'Ikke sett på', en: 'Not looked at' },
  never: { nb: 'aldri', en: 'never' },
  nothing: { nb: 'ingenting', en: 'nothing' },
  state: {
    nb: (state: ScannedPlace['state']) =>
      ({
        whole: 'alt',
        sample: 'utvalg',
        partial: 'ikke alt',
        'not-scanned': 'ikke gjennomsøkt',
      })[state],
    en: (state: ScannedPlace['state']) =>
      ({ whole: 'all', sample: 'sample', partial: 'not all', 'not-scanned': 'not scanned' })[state],
  },
  rows: {
    nb: (looked: string, of: string | null) => `${looked}${of === null ? '' : ` av ${of}`} rader`,
    en: (looked: string, of: string | null) => `${looked}${of === null ? '' : ` of ${of}`} rows`,
  },
  bytes: {
    nb: (looked: string, of: string | null) => `${looked}${of === null ? '' : ` av ${of}`} kB`,
    en: (looked: string, of: string | null) => `${looked}${of === null ? '' : ` of ${of}`} kB`,
  },
  open: {
    nb: (percent: string) => `høyst ${percent} kan ha noe`,
    en: (percent: string) => `at most ${percent} can hold any`,
  },
  encrypted: {
    nb: (count: number) => `${count} ${count === 1 ? 'kryptert kolonne' : 'krypterte kolonner'}`,
    en: (count: number) => `${count} ${count === 1 ? 'encrypted column' : 'encrypted columns'}`,
  },
  more: { nb: (count: number) => `og ${count} til`, en: (count: number) => `and ${count} more` },
  none: { nb: 'Ingenting gjennomsøkes ennå', en: 'Nothing is scanned yet' },
  noneWhy: {
    nb: 'Sett databaser og logger inn under «scan» i agent.json på maskinen, med en rolle som bare kan lese.',
    en: 'Put databases and logs under “scan” in agent.json on the host, with a role that may only read.',
  },
})

/** How much of every known database and folder of logs was looked through, and when. */
export function ScannedPlaces({ q }: { readonly q: string }) {
  const said = useWords(text)
  const asked = new URLSearchParams({ limit: '100', ...(q === '' ? {} : { q }) })
  const pages = usePages<ScannedPlace>(`/api/data-scans?${asked}`)
  const columns = useColumns()
  return (
    <PagedTable
      label={said.title}
      columns={columns}
      pages={pages}
      rowKey={({ id }) => id}
      empty={<EmptyState title={said.none}>{said.noneWhy}</EmptyState>}
    />
  )
}

function useColumns(): readonly Column<ScannedPlace>[] {
  const said = useWords(text)
  const locale = useLocale()
  return [
    {
      key: 'name',
      head: said.name,
      width: '1.4fr',
      narrow: 'lead',
      cell: ({ name }) => <span className="break-words font-medium">{name}</span>,
    },
    {
      key: 'when',
      head: said.when,
      width: '8rem',
      cell: ({ scannedAt }) =>
        scannedAt === null ? <span className="text-ink-3">{said.never}</span> : <Ago at={scannedAt} />,
    },
    { key: 'much', head: said.much, width: '1.2fr', cell: (place) => <Much of={place} /> },
    {
      key: 'lacking',
      head: said.lacking,
      width: '1.4fr',
      cell: ({ gaps, gapCount }) =>
        gaps.length === 0 ? (
          <span className="text-ink-3">{said.nothing}</span>
        ) : (
          <ul className="break-words text-ink-2 text-sm">
            {gaps.map((gap) => (
              <li key={gap.what}>{gapInWords(gap, locale)}</li>
            ))}
            {gapCount > gaps.length && <li>{said.more(gapCount - gaps.length)}</li>}
          </ul>
        ),
    },
  ]
}

function Much({ of: place }: { readonly of: ScannedPlace }) {
  const said = useWords(text)
  const locale = useLocale()
  const { state, looked, of, unit, open, encryptedColumns } = place
  const number = (value: number) => numeral(unit === 'bytes' ? Math.ceil(value / 1000) : value, locale)
  const total = of === null || of === looked ? null : number(of)
  const percent = new Intl.NumberFormat(locale, { style: 'percent', maximumSignificantDigits: 2 })
  return (
    <>
      {said.state(state)}
      {state !== 'not-scanned' && (
        <span className="block text-ink-2 text-sm">
          {said[unit](number(looked), total)}
          {state === 'sample' && ` · ${said.open(percent.format(open))}`}
          {encryptedColumns > 0 && ` · ${said.encrypted(encryptedColumns)}`}
        </span>
      )}
    </>
  )
}
