import type { EntryView, LogName } from '@hevd/ledger/contract'
import {
  type Column,
  EmptyState,
  Link,
  numeral,
  PagedTable,
  places,
  useLocale,
  useNumberedPages,
  useWords,
  When,
  words,
} from '@hevd/ui'
import { kindOf } from './kinds.ts'
import { Summary } from './summary.tsx'

const text = words({
  label: { nb: 'Oppføringer', en: 'Entries' },
  index: { nb: 'Nr.', en: 'No.' },
  kind: { nb: 'Hva', en: 'What' },
  body: { nb: 'Innhold', en: 'Content' },
  at: { nb: 'Når', en: 'When' },
  none: { nb: 'Ingen oppføringer ennå', en: 'No entries yet' },
})

/** The entries of a log, newest first, fetched as one scrolls. */
export function Entries({ log }: { readonly log: LogName }) {
  const said = useWords(text)
  const locale = useLocale()
  const pages = useNumberedPages<EntryView>(`/api/logs/${log}/entries?limit=100`)
  const columns: readonly Column<EntryView>[] = [
    {
      key: 'index',
      head: said.index,
      width: '5rem',
      cell: ({ index }) => (
        <Link to={places.entry(log, index)} className="text-link">
          {numeral(index, locale)}
        </Link>
      ),
    },
    {
      key: 'kind',
      head: said.kind,
      width: '12rem',
      narrow: 'lead',
      cell: ({ kind, index }) => (
        <Link to={places.entry(log, index)} className="font-medium hover:text-accent">
          {kindOf(kind, locale)}
        </Link>
      ),
    },
    {
      key: 'body',
      head: said.body,
      width: '1fr',
      narrow: 'lead',
      cell: ({ body }) => <Summary body={body} />,
    },
    {
      key: 'at',
      head: said.at,
      width: '9rem',
      narrow: 'lead',
      cell: ({ at }) => (
        <span className="text-ink-2">
          <When at={at} />
        </span>
      ),
    },
  ]
  return (
    <PagedTable
      label={said.label}
      columns={columns}
      pages={pages}
      rowKey={({ id, index }) => `${id}|${index}`}
      empty={<EmptyState title={said.none} />}
    />
  )
}
