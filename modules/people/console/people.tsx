import type { ListedPerson } from '@hevd/people/contract'
import {
  Button,
  ButtonLink,
  type Column,
  Day,
  EmptyState,
  Link,
  Page,
  PagedTable,
  places,
  SearchBox,
  useMayChange,
  usePages,
  useQueryText,
  useWords,
  words,
} from '@hevd/ui'
import { lazy, Suspense, useCallback, useState } from 'react'
import { kindWords } from './kind-words.ts'
import { RegisterTabs } from './register-tabs.tsx'

const EraseDialog = lazy(() => import('./erase-dialog.tsx'))
const PersonDialog = lazy(() => import('./person-dialog.tsx'))

const text = words({
  title: { nb: 'Personer', en: 'People' },
  lead: {
    nb: 'Ansatte og innleide. En person slutter ved at sluttdatoen settes, aldri ved å mangle i en fil.',
    en: 'Employees and contractors. A person ends by an end date, never by missing from a file.',
  },
  add: { nb: 'Legg til', en: 'Add' },
  import: { nb: 'Hent fra fil', en: 'Import a file' },
  erasing: { nb: 'Sletting', en: 'Erasing' },
  search: { nb: 'Søk etter navn eller nummer', en: 'Search for a name or number' },
  name: { nb: 'Navn', en: 'Name' },
  kind: { nb: 'Tilknytning', en: 'Kind' },
  starts: { nb: 'Første dag', en: 'First day' },
  ends: { nb: 'Siste dag', en: 'Last day' },
  change: { nb: 'Endre', en: 'Change' },
  sponsor: { nb: 'ansvarlig', en: 'sponsor' },
  none: { nb: 'Ingen her ennå', en: 'Nobody here yet' },
  noneWhy: {
    nb: 'Hent listen fra HR-systemet som CSV, eller legg inn én og én. Da kan kontoene få eiere.',
    en: 'Import the HR system’s list as CSV, or enter them one by one. Accounts can then have owners.',
  },
  notFound: { nb: 'Ingen svarer til søket', en: 'Nobody answers to the search' },
})

/** The register of people. */
export default function People() {
  const said = useWords(text)
  const mayChange = useMayChange()
  const [query, change] = useQueryText()
  const [edited, setEdited] = useState<ListedPerson | null>(null)
  const [erased, setErased] = useState<ListedPerson | null>(null)
  const q = query.get('q') ?? ''
  const asked = new URLSearchParams({ limit: '100', ...(q === '' ? {} : { q }) })
  const pages = usePages<ListedPerson>(`/api/people?${asked}`)
  const search = useCallback((typed: string) => change({ q: typed }), [change])
  const columns = useColumns(mayChange ? setEdited : null)
  return (
    <Page
      title={said.title}
      lead={said.lead}
      actions={
        mayChange && (
          <>
            <ButtonLink to={places.erasures}>{said.erasing}</ButtonLink>
            <ButtonLink to={places.importPeople}>{said.import}</ButtonLink>
            <Button weight="main" onClick={() => change({ add: 'yes' })}>
              {said.add}
            </Button>
          </>
        )
      }
    >
      <RegisterTabs />
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
        {query.get('add') === 'yes' && <PersonDialog person={null} onClose={() => change({ add: null })} />}
        {edited !== null && (
          <PersonDialog
            person={edited}
            onClose={() => setEdited(null)}
            onErase={() => {
              setErased(edited)
              setEdited(null)
            }}
          />
        )}
        {erased !== null && <EraseDialog person={erased} onClose={() => setErased(null)} />}
      </Suspense>
    </Page>
  )
}

function useColumns(onEdit: ((person: ListedPerson) => void) | null): readonly Column<ListedPerson>[] {
  const said = useWords(text)
  const kinds = useWords(kindWords)
  return [
    {
      key: 'name',
      head: said.name,
      width: '2fr',
      narrow: 'lead',
      sort: ({ name }) => name,
      cell: ({ id, name }) => (
        <>
          <Link to={places.subject('person', id)} className="font-medium hover:text-accent">
            {name}
          </Link>{' '}
          <span className="text-ink-3 text-sm">{id}</span>
        </>
      ),
    },
    {
      key: 'kind',
      head: said.kind,
      width: '1.4fr',
      cell: ({ kind, sponsor, sponsorName }) => (
        <>
          {kinds[kind]}
          {sponsor !== null && (
            <span className="text-ink-2">
              , {said.sponsor} {sponsorName ?? sponsor}
            </span>
          )}
        </>
      ),
    },
    {
      key: 'starts',
      head: said.starts,
      sort: ({ startsOn }) => startsOn,
      cell: ({ startsOn }) => <Day date={startsOn} />,
    },
    {
      key: 'ends',
      head: said.ends,
      sort: ({ endsOn }) => endsOn ?? '9999',
      cell: ({ endsOn }) => (endsOn === null ? <span className="text-ink-3">–</span> : <Day date={endsOn} />),
    },
    ...(onEdit === null
      ? []
      : [
          {
            key: 'change',
            head: said.change,
            width: '5rem',
            narrow: 'lead' as const,
            cell: (person: ListedPerson) => (
              <Button
                weight="quiet"
                className="min-h-6 py-0"
                aria-label={`${said.change}: ${person.name}`}
                onClick={() => onEdit(person)}
              >
                {said.change}
              </Button>
            ),
          },
        ]),
  ]
}
