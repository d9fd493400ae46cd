import { controlOf } from '@hevd/core/test-id'
import type { ColumnView, RowView, TableName, TablesView } from '@hevd/posture/contract'
import {
  Code,
  type Column,
  EmptyState,
  Link,
  Loaded,
  lasting,
  mayOpen,
  numeral,
  PagedTable,
  places,
  useLocale,
  usePages,
  useReader,
  useResource,
  useWords,
  Who,
  words,
} from '@hevd/ui'
import type { ReactNode } from 'react'
import { At } from './period-parts.tsx'

const text = words({
  csv: { nb: 'Last ned som CSV', en: 'Download as CSV' },
  none: { nb: 'Ingenting i perioden', en: 'Nothing in the period' },
  yes: { nb: 'ja', en: 'yes' },
  no: { nb: 'nei', en: 'no' },
  act: { nb: 'Svar', en: 'Answer' },
  partly: {
    nb: (shown: string, all: string) =>
      `Papiret viser ${shown} av ${all} rader. Alle står i CSV-filen og i revisors pakke.`,
    en: (shown: string, all: string) =>
      `The paper shows ${shown} of ${all} rows. All are in the CSV file and in the auditor’s bundle.`,
  },
})

type TableProps = {
  readonly period: string
  readonly zone: string
  readonly table: TableName
  readonly label: string
  /** One control's rows alone; all where not given. */
  readonly control?: string
  /** Something to do with a row. */
  act?(row: RowView): ReactNode
}

/** One table of a period, in the form of its columns, with the way to all of it as a file. */
export function PeriodTable(props: TableProps) {
  const tables = useResource<TablesView>('/api/period-tables')
  return (
    <Loaded of={tables}>
      {(all) => <Rows {...props} columns={all.find(({ name }) => name === props.table)?.columns ?? []} />}
    </Loaded>
  )
}

function Rows({
  period,
  zone,
  table,
  label,
  control,
  act,
  columns,
}: TableProps & { readonly columns: readonly ColumnView[] }) {
  const said = useWords(text)
  const locale = useLocale()
  const filter = new URLSearchParams(control === undefined ? {} : { control })
  const path = `/api/periods/${encodeURIComponent(period)}/tables/${table}`
  const pages = usePages<RowView>(`${path}?${filter}`)
  const shown = columns.map(
    (column): Column<RowView> => ({
      key: column.key,
      head: column.title[locale],
      ...(column.kind === 'subject' ? { narrow: 'lead' as const } : {}),
      cell: (row) => <Cell column={column} row={row} zone={zone} />,
    }),
  )
  const acting: readonly Column<RowView>[] =
    act === undefined ? [] : [{ key: 'act', head: said.act, cell: act }]
  filter.set('lang', locale)
  return (
    <>
      <PagedTable
        label={label}
        columns={[...shown, ...acting]}
        pages={pages}
        rowKey={(row) => JSON.stringify(row)}
        empty={<EmptyState title={said.none} />}
      />
      {pages.more && (
        <p className="mt-4 hidden print:block">
          {said.partly(numeral(pages.items.length, locale), numeral(pages.total, locale))}
        </p>
      )}
      {pages.total > 0 && (
        <p className="not-on-paper mt-4">
          <a href={`${path}/csv?${filter}`} download className="text-link">
            {said.csv}
          </a>
        </p>
      )}
    </>
  )
}

function Cell({
  column: { key, kind },
  row,
  zone,
}: {
  readonly column: ColumnView
  readonly row: RowView
  readonly zone: string
}) {
  const said = useWords(text)
  const locale = useLocale()
  const reader = useReader()
  const value = row[key] ?? null
  if (value === null) return <span className="text-ink-3">–</span>
  if (typeof value === 'object') return value.text[locale]
  if (typeof value === 'boolean') return value ? said.yes : said.no
  if (typeof value === 'number') {
    if (kind === 'instant') return <At at={value} zone={zone} />
    if (kind === 'duration') return value === 0 ? '–' : lasting(value, locale)
    return numeral(value, locale)
  }
  switch (kind) {
    case 'subject':
      return typeof row.test === 'string' && mayOpen(reader, 'reader') ? (
        <Link to={places.evidence(row.test, value)} className="hover:text-accent">
          {typeof row.name === 'string' ? row.name : value}
        </Link>
      ) : typeof row.name === 'string' ? (
        row.name
      ) : (
        value
      )
    case 'test':
      return !mayOpen(reader, 'reader') ? (
        value
      ) : (
        <Link to={places.control(controlOf(value))} className="text-ink-2 hover:text-accent">
          {value}
        </Link>
      )
    case 'account':
      return <Who id={value} />
    case 'digest':
      return <Code>{value.slice(0, 16)}</Code>
    case 'parameters':
      return <Code>{value}</Code>
    default:
      return value
  }
}
