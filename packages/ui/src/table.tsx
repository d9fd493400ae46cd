import { useWindowVirtualizer } from '@tanstack/react-virtual'
import { type ReactNode, useEffect, useLayoutEffect, useRef, useState } from 'react'
import { useLocale, useWords } from './locale.tsx'
import { languageTag, words } from './words.ts'

const text = words({
  sortBy: { nb: (head: string) => `Sorter etter ${head.toLowerCase()}`, en: (head: string) => `Sort by ${head.toLowerCase()}` },
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
}

/** Lists longer than this keep only what is on the screen in the document. */
const longList = 60

/**
 * A table of any length. Hairlines between rows; on narrow screens each row is a short block of its own. Roles are
 * written out, since a grid of 10^5 rows is not made of `<tr>`.
 */
export function Table<Row>({ label, columns, rows, rowKey, total, onNearEnd }: TableProps<Row>) {
  const [order, setOrder] = useState<{ readonly key: string; readonly down: boolean } | null>(null)
  const complete = total === undefined || total <= rows.length
  const sorted = useSorted(rows, columns, complete ? order : null)
  const tracks = columns.map((column) => `minmax(0, ${column.width ?? '1fr'})`).join(' ')
  return (
    <div role="table" aria-label={label} aria-rowcount={(total ?? rows.length) + 1}>
      <div role="rowgroup" className="max-md:sr-only">
        <div
          role="row"
          aria-rowindex={1}
          className="grid gap-x-6 border-line-2 border-b pb-2 text-ink-2 text-sm"
          style={{ gridTemplateColumns: tracks }}
        >
          {columns.map((column) => (
            <Head key={column.key} column={column} sortable={complete} order={order} onOrder={setOrder} />
          ))}
        </div>
      </div>
      <Body
        columns={columns}
        rows={sorted}
        rowKey={rowKey}
        tracks={tracks}
        {...(onNearEnd === undefined ? {} : { onNearEnd })}
      />
    </div>
  )
}

function Head<Row>({
  column,
  sortable,
  order,
  onOrder,
}: {
  readonly column: Column<Row>
  readonly sortable: boolean
  readonly order: { readonly key: string; readonly down: boolean } | null
  onOrder(order: { readonly key: string; readonly down: boolean }): void
}) {
  const said = useWords(text)
  const here = order?.key === column.key ? order : null
  if (column.sort === undefined || !sortable)
    return (
      <div role="columnheader" className="font-medium">
        {column.head}
      </div>
    )
  return (
    <div role="columnheader" aria-sort={here === null ? 'none' : here.down ? 'descending' : 'ascending'}>
      <button
        type="button"
        title={said.sortBy(column.head)}
        onClick={() => onOrder({ key: column.key, down: here !== null && !here.down })}
        className="font-medium hover:text-ink"
      >
        {column.head}
        {here !== null && <span aria-hidden="true">{here.down ? ' ↓' : ' ↑'}</span>}
      </button>
    </div>
  )
}

type BodyProps<Row> = Pick<TableProps<Row>, 'columns' | 'rows' | 'rowKey' | 'onNearEnd'> & { readonly tracks: string }

function Body<Row>(props: BodyProps<Row>) {
  return props.rows.length > longList ? <LongBody {...props} /> : <ShortBody {...props} />
}

function ShortBody<Row>({ columns, rows, rowKey, tracks }: BodyProps<Row>) {
  return (
    <div role="rowgroup">
      {rows.map((row, index) => (
        <Line key={rowKey(row)} columns={columns} row={row} index={index} tracks={tracks} />
      ))}
    </div>
  )
}

/** Keeps the rows near the window in the document, measured as they are drawn, and asks for more in good time. */
function LongBody<Row>({ columns, rows, rowKey, tracks, onNearEnd }: BodyProps<Row>) {
  const list = useRef<HTMLDivElement>(null)
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
    <div ref={list} role="rowgroup" className="relative" style={{ height: `${virtual.getTotalSize()}px` }}>
      {shown.map((item) => {
        const row = rows[item.index]
        return row === undefined ? null : (
          <div
            key={rowKey(row)}
            ref={virtual.measureElement}
            data-index={item.index}
            role="presentation"
            className="absolute inset-x-0 top-0"
            style={{ transform: `translateY(${item.start - top}px)` }}
          >
            <Line columns={columns} row={row} index={item.index} tracks={tracks} />
          </div>
        )
      })}
    </div>
  )
}

function Line<Row>({
  columns,
  row,
  index,
  tracks,
}: {
  readonly columns: readonly Column<Row>[]
  readonly row: Row
  readonly index: number
  readonly tracks: string
}) {
  return (
    <div
      role="row"
      aria-rowindex={index + 2}
      className="flex flex-col gap-x-6 gap-y-1 border-line border-b py-3 md:grid md:items-baseline"
      style={{ gridTemplateColumns: tracks }}
    >
      {columns.map((column) => (
        <div
          key={column.key}
          role="cell"
          className={`min-w-0 break-words ${column.narrow === 'hide' ? 'max-md:hidden' : ''}`}
        >
          {column.narrow !== 'lead' && (
            <span aria-hidden="true" className="mr-2 text-ink-3 text-sm md:hidden">
              {column.head}
            </span>
          )}
          {column.cell(row)}
        </div>
      ))}
    </div>
  )
}

function useSorted<Row>(
  rows: readonly Row[],
  columns: readonly Column<Row>[],
  order: { readonly key: string; readonly down: boolean } | null,
): readonly Row[] {
  const locale = useLocale()
  const by = columns.find((column) => column.key === order?.key)?.sort
  if (order === null || by === undefined) return rows
  const collator = new Intl.Collator(languageTag[locale], { numeric: true })
  const sign = order.down ? -1 : 1
  return [...rows].sort((a, b) => sign * collator.compare(String(by(a)), String(by(b))))
}
