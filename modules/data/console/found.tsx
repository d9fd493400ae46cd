import type { FoundObject } from '@hevd/data/contract'
import { sensitiveWords } from '@hevd/facts/sensitive'
import {
  Button,
  Choices,
  type Column,
  EmptyState,
  Link,
  numeral,
  Page,
  PagedTable,
  places,
  SearchBox,
  useLocale,
  useMayChange,
  usePages,
  useQueryText,
  useWords,
  words,
} from '@hevd/ui'
import { lazy, Suspense, useCallback, useState } from 'react'
import { ScannedPlaces } from './scanned-places.tsx'

const DataSetDialog = lazy(() => import('./data-set-dialog.tsx'))
const SettleDialog = lazy(() => import('./settle-dialog.tsx'))

const text = words({
  title: { nb: 'Funnet i databaser og logger', en: 'Found in databases and logs' },
  lead: {
    nb: 'Det agentene har funnet i klartekst, med antall og sted. Verdiene selv forlater aldri maskinen. Ingenting føres opp av seg selv: du avgjør hvilket datasett det hører til.',
    en: 'What the agents found in plain text, by count and place. The values themselves never leave the host. Nothing is entered by itself: you decide which set of data it belongs to.',
  },
  view: { nb: 'Vis', en: 'Show' },
  finds: { nb: 'Funn', en: 'Finds' },
  scans: { nb: 'Gjennomsøkt', en: 'Scanned' },
  search: { nb: 'Søk etter tabell, fil eller database', en: 'Search for a table, file or database' },
  where: { nb: 'Tabell eller fil', en: 'Table or file' },
  found: { nb: 'Funnet', en: 'Found' },
  belongs: { nb: 'Hører til', en: 'Belongs to' },
  decide: { nb: 'Avgjør', en: 'Decide' },
  enter: { nb: 'Før opp som datasett', en: 'Enter as a data set' },
  other: { nb: 'Noe annet', en: 'Something else' },
  change: { nb: 'Endre', en: 'Change' },
  undecided: { nb: 'ikke avgjort', en: 'undecided' },
  none: { nb: 'ikke noe datasett', en: 'no data set' },
  of: {
    nb: (count: string, of: string) => `${count} av ${of}`,
    en: (count: string, of: string) => `${count} of ${of}`,
  },
  lines: {
    nb: (first: number, last: number) => (first === last ? `linje ${first}` : `linje ${first}–${last}`),
    en: (first: number, last: number) => (first === last ? `line ${first}` : `lines ${first}–${last}`),
  },
  unsure: { nb: 'kan være noe annet', en: 'may be something else' },
  nothing: { nb: 'Ingen funn', en: 'No finds' },
  nothingWhy: {
    nb: 'Under «Gjennomsøkt» står hva det er søkt i, og hvor mye. Er den listen tom, er ingen agent satt til å søke ennå.',
    en: 'Under “Scanned” stands what was searched, and how much of it. If that list is empty, no agent is told to scan yet.',
  },
  notFound: { nb: 'Ingen svarer til søket', en: 'Nothing answers to the search' },
})

/** What scans have found, for a person to take in or to say that it is none, and how much was looked through. */
export default function Found() {
  const said = useWords(text)
  const mayChange = useMayChange()
  const [query, change] = useQueryText()
  const [entering, setEntering] = useState<FoundObject | null>(null)
  const [settling, setSettling] = useState<FoundObject | null>(null)
  const q = query.get('q') ?? ''
  const view = query.get('view') === 'scans' ? 'scans' : 'finds'
  const asked = new URLSearchParams({ limit: '100', ...(q === '' ? {} : { q }) })
  const pages = usePages<FoundObject>(`/api/data-finds?${asked}`)
  const search = useCallback((typed: string) => change({ q: typed }), [change])
  const columns = useColumns(mayChange ? { enter: setEntering, settle: setSettling } : null)
  return (
    <Page title={said.title} lead={said.lead}>
      <div className="mb-6 flex flex-wrap items-center justify-between gap-4">
        <div className="flex w-full max-w-md">
          <SearchBox label={said.search} value={q} onSearch={search} />
        </div>
        <Choices
          label={said.view}
          value={view}
          options={[
            { value: 'finds', label: said.finds },
            { value: 'scans', label: said.scans },
          ]}
          onChoose={(chosen) => change({ view: chosen === 'scans' ? 'scans' : null })}
        />
      </div>
      {view === 'scans' ? (
        <ScannedPlaces q={q} />
      ) : (
        <PagedTable
          label={said.finds}
          columns={columns}
          pages={pages}
          rowKey={({ place, object }) => `${place}/${object}`}
          empty={
            q === '' ? (
              <EmptyState title={said.nothing}>{said.nothingWhy}</EmptyState>
            ) : (
              <EmptyState title={said.notFound} />
            )
          }
        />
      )}
      <Suspense>
        {entering !== null && <DataSetDialog set={null} found={entering} onClose={() => setEntering(null)} />}
        {settling !== null && <SettleDialog found={settling} onClose={() => setSettling(null)} />}
      </Suspense>
    </Page>
  )
}

type Deciding = { enter(found: FoundObject): void; settle(found: FoundObject): void }

function useColumns(deciding: Deciding | null): readonly Column<FoundObject>[] {
  const said = useWords(text)
  return [
    {
      key: 'where',
      head: said.where,
      width: '1.4fr',
      narrow: 'lead',
      cell: ({ object, placeName }) => (
        <>
          <span className="break-words font-medium">{object}</span>
          <span className="block break-words text-ink-3 text-sm">{placeName}</span>
        </>
      ),
    },
    { key: 'found', head: said.found, width: '1.8fr', cell: (found) => <Finds of={found} /> },
    {
      key: 'belongs',
      head: said.belongs,
      cell: ({ dataSet, reason }) => {
        if (dataSet !== null)
          return (
            <Link to={places.subject('data-set', dataSet.id)} className="hover:text-accent">
              {dataSet.name}
            </Link>
          )
        if (reason === null) return <span className="text-fails">{said.undecided}</span>
        return (
          <>
            {said.none}
            <span className="block break-words text-ink-2 text-sm">{reason}</span>
          </>
        )
      },
    },
    ...(deciding === null
      ? []
      : [
          {
            key: 'decide',
            head: said.decide,
            width: '13rem',
            narrow: 'lead' as const,
            cell: (found: FoundObject) => <Decide of={found} deciding={deciding} />,
          },
        ]),
  ]
}

function Decide({ of, deciding }: { readonly of: FoundObject; readonly deciding: Deciding }) {
  const said = useWords(text)
  const settled = of.dataSet !== null || of.reason !== null
  const button = (label: string, run: (found: FoundObject) => void) => (
    <Button
      weight="quiet"
      className="min-h-6 py-0"
      aria-label={`${label}: ${of.object}`}
      onClick={() => run(of)}
    >
      {label}
    </Button>
  )
  return (
    <span className="flex flex-wrap gap-x-3 gap-y-1">
      {settled ? (
        button(said.change, deciding.settle)
      ) : (
        <>
          {button(said.enter, deciding.enter)}
          {button(said.other, deciding.settle)}
        </>
      )}
    </span>
  )
}

/** Each kind in each column, with how many values hold one of how many that were looked at. */
function Finds({ of: { finds } }: { readonly of: FoundObject }) {
  const said = useWords(text)
  const locale = useLocale()
  return (
    <ul>
      {finds.map(({ column, kind, detector, count, of, confidence, lines: [first, last] }) => (
        <li key={`${column}/${detector}`} className="break-words">
          {column !== null && <span className="font-mono text-[0.86em]">{column}</span>}{' '}
          {sensitiveWords[kind][locale]}{' '}
          <span className="text-ink-2 text-sm">
            {said.of(numeral(count, locale), numeral(of, locale))}
            {first !== undefined && last !== undefined && ` · ${said.lines(first, last)}`}
            {confidence === 'low' && ` · ${said.unsure}`}
          </span>
        </li>
      ))}
    </ul>
  )
}
