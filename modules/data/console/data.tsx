import type { ListedDataSet } from '@hevd/data/contract'
import {
  Ago,
  Button,
  ButtonLink,
  type Column,
  EmptyState,
  Link,
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
import { classCalled } from './class-words.ts'
import { useClaimed } from './protections.ts'

const DataSetDialog = lazy(() => import('./data-set-dialog.tsx'))

const text = words({
  title: { nb: 'Data', en: 'Data' },
  lead: {
    nb: 'Datasettene vi har, hvor de er lagret, og hvem som svarer for dem. Beskyttelsen er oppgitt, ikke observert.',
    en: 'The sets of data we have, where they are kept and who answers for them. Protections are declared, not observed.',
  },
  add: { nb: 'Legg til', en: 'Add' },
  import: { nb: 'Hent fra fil', en: 'Import a file' },
  found: { nb: 'Funnet', en: 'Found' },
  search: { nb: 'Søk etter navn eller kortnavn', en: 'Search for a name or short name' },
  name: { nb: 'Navn', en: 'Name' },
  class: { nb: 'Klasse', en: 'Class' },
  place: { nb: 'Sted', en: 'Place' },
  owner: { nb: 'Eier', en: 'Owner' },
  claimed: { nb: 'Oppgitt beskyttelse', en: 'Declared protections' },
  reviewed: { nb: 'Gjennomgått', en: 'Reviewed' },
  open: { nb: 'Åpne', en: 'Open' },
  missing: { nb: 'mangler', en: 'missing' },
  none: { nb: 'Ingen datasett ennå', en: 'No data sets yet' },
  noneWhy: {
    nb: 'Begynn med dem som ville skade mest om de kom på avveie: kundedata, lønn, avtaler.',
    en: 'Begin with those that would harm most if they got astray: customer data, payroll, contracts.',
  },
  notFound: { nb: 'Ingen svarer til søket', en: 'Nothing answers to the search' },
})

/** The register of data. */
export default function Data() {
  const said = useWords(text)
  const mayChange = useMayChange()
  const [query, change] = useQueryText()
  const [opened, setOpened] = useState<ListedDataSet | null>(null)
  const q = query.get('q') ?? ''
  const asked = new URLSearchParams({ limit: '100', ...(q === '' ? {} : { q }) })
  const pages = usePages<ListedDataSet>(`/api/data-sets?${asked}`)
  const search = useCallback((typed: string) => change({ q: typed }), [change])
  const columns = useColumns(mayChange ? setOpened : null)
  return (
    <Page
      title={said.title}
      lead={said.lead}
      actions={
        <>
          <ButtonLink to={places.foundData}>{said.found}</ButtonLink>
          {mayChange && (
            <>
              <ButtonLink to={places.importData}>{said.import}</ButtonLink>
              <Button weight="main" onClick={() => change({ add: 'yes' })}>
                {said.add}
              </Button>
            </>
          )}
        </>
      }
    >
      <div className="mb-6 flex max-w-md">
        <SearchBox label={said.search} value={q} onSearch={search} />
      </div>
      <PagedTable
        label={said.title}
        columns={columns}
        pages={pages}
        rowKey={({ id }) => id}
        empty={
          q === '' ? (
            <EmptyState title={said.none}>{said.noneWhy}</EmptyState>
          ) : (
            <EmptyState title={said.notFound} />
          )
        }
      />
      <Suspense>
        {query.get('add') === 'yes' && mayChange && (
          <DataSetDialog set={null} onClose={() => change({ add: null })} />
        )}
        {opened !== null && <DataSetDialog set={opened} onClose={() => setOpened(null)} />}
      </Suspense>
    </Page>
  )
}

function useColumns(onOpen: ((set: ListedDataSet) => void) | null): readonly Column<ListedDataSet>[] {
  const said = useWords(text)
  const locale = useLocale()
  const claimed = useClaimed()
  const missing = <span className="text-fails">{said.missing}</span>
  return [
    {
      key: 'name',
      head: said.name,
      width: '1.6fr',
      narrow: 'lead',
      sort: ({ name }) => name,
      cell: ({ id, name }) => (
        <>
          <Link to={places.subject('data-set', id)} className="font-medium hover:text-accent">
            {name}
          </Link>{' '}
          <span className="text-ink-3 text-sm">{id}</span>
        </>
      ),
    },
    {
      key: 'class',
      head: said.class,
      sort: (set) => set.class ?? '',
      cell: (set) => (set.class === null ? missing : classCalled(set.class, locale)),
    },
    {
      key: 'place',
      head: said.place,
      sort: ({ place }) => place ?? '',
      cell: ({ place }) => place ?? missing,
    },
    {
      key: 'owner',
      head: said.owner,
      sort: ({ ownerName }) => ownerName ?? '',
      cell: ({ owner, ownerName }) =>
        owner === null ? (
          missing
        ) : (
          <Link to={places.subject('person', owner)} className="hover:text-accent">
            {ownerName ?? owner}
          </Link>
        ),
    },
    { key: 'claimed', head: said.claimed, width: '1.8fr', cell: claimed },
    {
      key: 'reviewed',
      head: said.reviewed,
      sort: ({ reviewedAt, enteredAt }) => reviewedAt ?? enteredAt,
      cell: ({ reviewedAt, enteredAt }) => <Ago at={reviewedAt ?? enteredAt} />,
    },
    ...(onOpen === null
      ? []
      : [
          {
            key: 'open',
            head: said.open,
            width: '5rem',
            narrow: 'lead' as const,
            cell: (set: ListedDataSet) => (
              <Button
                weight="quiet"
                className="min-h-6 py-0"
                aria-label={`${said.open}: ${set.name}`}
                onClick={() => onOpen(set)}
              >
                {said.open}
              </Button>
            ),
          },
        ]),
  ]
}
