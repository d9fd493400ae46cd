import type { ListedGrant } from '@hevd/access/contract'
import {
  Button,
  ButtonLink,
  Choices,
  EmptyState,
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
import { useColumns } from './columns.tsx'

const GrantDialog = lazy(() => import('./grant-dialog.tsx'))
const ReviewDialog = lazy(() => import('./review-dialog.tsx'))

const text = words({
  title: { nb: 'Tilganger', en: 'Access' },
  lead: {
    nb: 'Hvem som er gitt tilgang til hva, hvorfor og hvor lenge. Det som står her, sammenlignes med det systemene viser.',
    en: 'Who was given access to what, why and for how long. What stands here is compared with what the systems show.',
  },
  add: { nb: 'Gi en tilgang', en: 'Grant access' },
  import: { nb: 'Hent fra fil', en: 'Import a file' },
  search: { nb: 'Søk etter navn, system eller referanse', en: 'Search name, system, reference' },
  which: { nb: 'Hvilke', en: 'Which' },
  current: { nb: 'Gjeldende', en: 'Current' },
  all: { nb: 'Alle', en: 'All' },
  none: { nb: 'Ingen tilganger ennå', en: 'No access yet' },
  noneWhy: {
    nb: 'Begynn med dem som styrer databaser og brannmurer. Uten en tildeling her er slik tilgang et avvik.',
    en: 'Begin with those who control databases and firewalls. Without a grant here such access is a deviation.',
  },
  notFound: { nb: 'Ingen svarer til søket', en: 'Nothing answers to the search' },
})

/** The register of access. */
export default function Access() {
  const said = useWords(text)
  const mayChange = useMayChange()
  const [query, change] = useQueryText()
  const [edited, setEdited] = useState<ListedGrant | null>(null)
  const [reviewed, setReviewed] = useState<ListedGrant | null>(null)
  const q = query.get('q') ?? ''
  const show = query.get('show') === 'all' ? 'all' : 'current'
  const asked = new URLSearchParams({ limit: '100', show, ...(q === '' ? {} : { q }) })
  const pages = usePages<ListedGrant>(`/api/access?${asked}`)
  const search = useCallback((typed: string) => change({ q: typed }), [change])
  const columns = useColumns(mayChange ? { onEdit: setEdited, onReview: setReviewed } : null)
  return (
    <Page
      title={said.title}
      lead={said.lead}
      actions={
        mayChange && (
          <>
            <ButtonLink to={places.importAccess}>{said.import}</ButtonLink>
            <Button weight="main" onClick={() => change({ add: 'yes' })}>
              {said.add}
            </Button>
          </>
        )
      }
    >
      <div className="mb-6 flex flex-wrap items-center gap-x-6 gap-y-3">
        <div className="flex w-full max-w-md">
          <SearchBox label={said.search} value={q} onSearch={search} />
        </div>
        <Choices
          label={said.which}
          value={show}
          options={[
            { value: 'current', label: said.current },
            { value: 'all', label: said.all },
          ]}
          onChoose={(value) => change({ show: value === 'all' ? value : null })}
        />
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
          <GrantDialog grant={null} onClose={() => change({ add: null })} />
        )}
        {edited !== null && <GrantDialog grant={edited} onClose={() => setEdited(null)} />}
        {reviewed !== null && <ReviewDialog grant={reviewed} onClose={() => setReviewed(null)} />}
      </Suspense>
    </Page>
  )
}
