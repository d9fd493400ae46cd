import type { ReactNode } from 'react'
import { useLocale, useWords } from './locale.tsx'
import type { Pages } from './resource.ts'
import { ErrorState, Loading } from './states.tsx'
import { type Column, Table } from './table.tsx'
import { numeral, words } from './words.ts'

const text = words({
  shown: {
    nb: (shown: string, total: string) => `${shown} av ${total} er hentet.`,
    en: (shown: string, total: string) => `${shown} of ${total} are here.`,
  },
  all: {
    nb: (total: string) => `${total} i alt`,
    en: (total: string) => `${total} in all`,
  },
  more: { nb: 'Hent flere', en: 'Fetch more' },
})

/** A list of the server's, in each of its states; more pages are fetched before the reader reaches them. */
export function PagedTable<Row>({
  label,
  columns,
  pages,
  rowKey,
  empty,
}: {
  readonly label: string
  readonly columns: readonly Column<Row>[]
  readonly pages: Pages<Row>
  rowKey(row: Row): string
  readonly empty: ReactNode
}) {
  const said = useWords(text)
  const locale = useLocale()
  const { items, total, problem } = pages
  if (problem !== null && items.length === 0) return <ErrorState problem={problem} onRetry={pages.retry} />
  if (pages.pending) return <Loading lines={6} />
  if (items.length === 0) return <>{empty}</>
  return (
    <>
      <p className="mb-4 text-ink-2 text-sm" aria-live="polite">
        {pages.more
          ? said.shown(numeral(items.length, locale), numeral(total, locale))
          : said.all(numeral(total, locale))}
      </p>
      <Table
        label={label}
        columns={columns}
        rows={items}
        rowKey={rowKey}
        total={total}
        onNearEnd={pages.fetchMore}
      />
      {pages.more && (
        <button type="button" className="text-link mt-4" onClick={pages.fetchMore}>
          {said.more}
        </button>
      )}
    </>
  )
}
