import {
  Button,
  ButtonLink,
  type Column,
  EmptyState,
  Page,
  PagedTable,
  SearchBox,
  useMayChange,
  usePages,
  useQueryText,
  useWords,
  words,
} from '@hevd/ui'
import { type ComponentType, Suspense, useCallback, useState } from 'react'
import { ResidencyTabs } from './residency-tabs.tsx'

const text = words({
  add: { nb: 'Legg til', en: 'Add' },
  import: { nb: 'Hent fra fil', en: 'Import a file' },
  search: { nb: 'Søk etter navn eller kortnavn', en: 'Search for a name or short name' },
  open: { nb: 'Åpne', en: 'Open' },
})

type Listed = { readonly id: string; readonly name: string }

/** A register that can be searched and imported; whoever may adds an entry, or opens one to change it. */
export function Register<Row extends Listed>({
  said: { title, lead, none, noneWhy, notFound },
  api,
  importAt,
  columns,
  dialog: EntryDialog,
}: {
  readonly said: Readonly<Record<'title' | 'lead' | 'none' | 'noneWhy' | 'notFound', string>>
  readonly api: string
  readonly importAt: string
  readonly columns: readonly Column<Row>[]
  /** Null adds. */
  readonly dialog: ComponentType<{ readonly of: Row | null; onClose(): void }>
}) {
  const said = useWords(text)
  const mayChange = useMayChange()
  const [query, change] = useQueryText()
  const [opened, setOpened] = useState<Row | null>(null)
  const q = query.get('q') ?? ''
  const asked = new URLSearchParams({ limit: '100', ...(q === '' ? {} : { q }) })
  const pages = usePages<Row>(`${api}?${asked}`)
  const search = useCallback((typed: string) => change({ q: typed }), [change])
  const openColumn = useOpenColumn<Row>(mayChange ? setOpened : null)
  return (
    <Page
      title={title}
      lead={lead}
      actions={
        mayChange && (
          <>
            <ButtonLink to={importAt}>{said.import}</ButtonLink>
            <Button weight="main" onClick={() => change({ add: 'yes' })}>
              {said.add}
            </Button>
          </>
        )
      }
    >
      <ResidencyTabs />
      <div className="mb-6 flex max-w-md">
        <SearchBox label={said.search} value={q} onSearch={search} />
      </div>
      <PagedTable
        label={title}
        columns={[...columns, ...openColumn]}
        pages={pages}
        rowKey={({ id }) => id}
        empty={q === '' ? <EmptyState title={none}>{noneWhy}</EmptyState> : <EmptyState title={notFound} />}
      />
      <Suspense>
        {query.get('add') === 'yes' && mayChange && (
          <EntryDialog of={null} onClose={() => change({ add: null })} />
        )}
        {opened !== null && <EntryDialog of={opened} onClose={() => setOpened(null)} />}
      </Suspense>
    </Page>
  )
}

/** The column with which a row is opened; none for whoever may not. */
export function useOpenColumn<Row extends Listed>(
  onOpen: ((row: Row) => void) | null,
): readonly Column<Row>[] {
  const said = useWords(text)
  if (onOpen === null) return []
  return [
    {
      key: 'open',
      head: said.open,
      width: '5rem',
      narrow: 'lead',
      cell: (row) => (
        <Button
          weight="quiet"
          className="min-h-6 py-0"
          aria-label={`${said.open}: ${row.name}`}
          onClick={() => onOpen(row)}
        >
          {said.open}
        </Button>
      ),
    },
  ]
}
