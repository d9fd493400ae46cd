import { useWindowVirtualizer } from '@tanstack/react-virtual'
import { type ReactNode, useEffect, useLayoutEffect, useRef, useState } from 'react'
import { useLocale, useWords } from './locale.tsx'
import { languageTag, words } from './words.ts'

const text = words({
  sortBy: {
    nb: (head: string) => `Sorter etter ${head.toLowerCase()}`,
    en: (head: string) => `Sort by ${head.toLowerCase()}`,
  },
})

export type Column<Row> = {
  readonly key: string
  readonly head: string
  cell(row: Row): ReactNode
  /** Share of the width as a CSS grid track, such as `2fr` or `8rem`; `1fr` when left out. */
  readonly width?: string
  /** Sorts by this where the whole list is here. */
  sort?(row: Row): string | number
  /** On narrow screens: `lead` stands first without its heading, `hide` is left out. */
  readonly narrow?: 'lead' | 'hide'
}

export type TableProps<Row> = {
  readonly label: string
  readonly columns: readonly Column<Row>[]
  readonly rows: readonly Row[]
  rowKey(row: Row): string
  /** How many there are in all, where only some are here yet. */
  readonly total?: number
  /** Called when the end comes near. */
  onNearEnd?: () => void
  /** Keeps every row in the document however many there are, for tables that go on paper. */
  readonly whole?: boolean
}

/** Lists longer than this keep only what is on the screen in the document. */
const longList = 60

/**
 * A table of any length. Hairlines between rows; on narrow screens each row is a short block of its own. Its parts are
 * laid out as grids, so that rows far away need not be in the document.
 */
export function Table<Row>({
  label,
  columns,
  rows,
  rowKey,
  total,
  onNearEnd,
  whole = false,
}: TableProps<Row>) {
  const [order, setOrder] = useState<Order | null>(null)
  const complete = total === undefined || total <= rows.length
  const sorted = useSorted(rows, columns, complete ? order : null)
  const tracks = columns.map((column) => `minmax(0, ${column.width ?? '1fr'})`).join(' ')
  const body = { columns, rows: sorted, rowKey, tracks }
  return (
    <table aria-label={label} aria-rowcount={(total ?? rows.length) + 1} className="block">
      <thead className="block max-md:sr-only">
        <tr
          aria-rowindex={1}
          className="grid gap-x-6 border-line-2 border-b pb-2 text-left text-ink-2 text-sm"
          style={{ gridTemplateColumns: tracks }}
        >
          {columns.map((column) => (
            <Head key={column.key} column={column} sortable={complete} order={order} onOrder={setOrder} />
          ))}
        </tr>
      </thead>
      {rows.length > longList && !whole ? (
        <LongBody {...body} {...(onNearEnd === undefined ? {} : { onNearEnd })} />
      ) : (
        <ShortBody {...body} />
      )}
    </table>
  )
}

type Order = { readonly key: string; readonly down: boolean }

function Head<Row>({
  column,
  sortable,
  order,
  onOrder,
}: {
  readonly column: Column<Row>
  readonly sortable: boolean
  readonly order: Order | null
  onOrder(order: Order): void
}) {
  const said = useWords(text)
  const here = order?.key === column.key ? order : null
  if (column.sort === undefined || !sortable)
    return (
      <th scope="col" className="font-medium">
        {column.head}
      </th>
    )
  return (
    <th
      scope="col"
      aria-sort={here === null ? 'none' : here.down ? 'descending' : 'ascending'}
      className="font-medium"
    >
      <button
        type="button"
        title={said.sortBy(column.head)}
        onClick={() => onOrder({ key: column.key, down: here !== null && !here.down })}
        className="font-medium hover:text-ink"
      >
        {column.head}
        {here !== null && <span aria-hidden="true">{here.down ? ' ↓' : ' ↑'}</span>}
      </button>
    </th>
  )
}

type BodyProps<Row> = Pick<TableProps<Row>, 'columns' | 'rows' | 'rowKey' | 'onNearEnd'> & {
  readonly tracks: string
}
const line = 'flex flex-col gap-x-6 gap-y-1 border-line border-b py-3 max-md:py-4 md:grid md:items-baseline'

function ShortBody<Row>({ columns, rows, rowKey, tracks }: BodyProps<Row>) {
  return (
    <tbody className="block">
      {rows.map((row, index) => (
        <tr
          key={rowKey(row)}
          aria-rowindex={index + 2}
          className={line}
          style={{ gridTemplateColumns: tracks }}
        >
          <Cells columns={columns} row={row} />
        </tr>
      ))}
    </tbody>
  )
}

/** Keeps the rows near the window in the document, measured as they are drawn, and asks for more in good time. */
function LongBody<Row>({ columns, rows, rowKey, tracks, onNearEnd }: BodyProps<Row>) {
  const list = useRef<HTMLTableSectionElement>(null)
  const [top, setTop] = useState(0)
  useLayoutEffect(() => {
    if (list.current !== null) setTop(list.current.getBoundingClientRect().top + window.scrollY)
  }, [])
  const virtual = useWindowVirtualizer({
    count: rows.length,
    estimateSize: () => 64,
    overscan: 12,
    scrollMargin: top,
  })
  const shown = virtual.getVirtualItems()
  const last = shown.at(-1)?.index ?? 0
  useEffect(() => {
    if (last >= rows.length - 60) onNearEnd?.()
  }, [last, rows.length, onNearEnd])
  return (
    <tbody ref={list} className="relative block" style={{ height: `${virtual.getTotalSize()}px` }}>
      {shown.map((item) => {
        const row = rows[item.index]
        return row === undefined ? null : (
          <tr
            key={rowKey(row)}
            ref={virtual.measureElement}
            data-index={item.index}
            aria-rowindex={item.index + 2}
            className={`absolute inset-x-0 top-0 ${line}`}
            style={{ gridTemplateColumns: tracks, transform: `translateY(${item.start - top}px)` }}
          >
            <Cells columns={columns} row={row} />
          </tr>
        )
      })}
    </tbody>
  )
}

function Cells<Row>({ columns, row }: { readonly columns: readonly Column<Row>[]; readonly row: Row }) {
  return columns.map((column) => (
    <td
      key={column.key}
      className={`block min-w-0 break-words ${column.narrow === 'hide' ? 'max-md:hidden' : ''}`}
    >
      {column.narrow !== 'lead' && (
        <span aria-hidden="true" className="mr-2 text-ink-3 text-sm md:hidden">
          {column.head}
        </span>
      )}
      {column.cell(row)}
    </td>
  ))
}

function useSorted<Row>(
  rows: readonly Row[],
  columns: readonly Column<Row>[],
  order: Order | null,
): readonly Row[] {
  const locale = useLocale()
  const by = columns.find((column) => column.key === order?.key)?.sort
  if (order === null || by === undefined) return rows
  const collator = new Intl.Collator(languageTag[locale], { numeric: true })
  const sign = order.down ? -1 : 1
  return [...rows].sort((a, b) => sign * collator.compare(String(by(a)), String(by(b))))
}
