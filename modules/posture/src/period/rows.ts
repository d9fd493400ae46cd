import { type Bilingual, controlOf, type Reason } from '@hevd/core'
import type { ReasonView } from '@hevd/http'
import type { Tx } from '@hevd/postgres'
import { z } from 'zod'
import type { Engine } from '../engine.ts'
import { PostureError } from '../errors.ts'
import { wordsFor } from '../read/words.ts'
import { judgingWords, outcomeWords } from './columns.ts'
import type { RowView, TableName, TablePage, TableQuery } from './contract.ts'
import { tabledOf } from './report.ts'
import type { PeriodRow } from './store.ts'
import { countOf, type Place, type RawRow, rowsOf } from './tables.ts'

/** A place in a table and how many rows there are in all, counted with the first page. */
const cursorForm = z.tuple([z.string(), z.string(), z.number(), z.string(), z.int()])

/** One page of a table of a period. */
export async function tablePageOf(
  engine: Engine,
  tx: Tx,
  organisation: string,
  period: PeriodRow,
  name: TableName,
  { cursor, limit, ...narrowed }: TableQuery,
): Promise<TablePage> {
  const tabled = await tabledOf(engine, tx, organisation, period, narrowed)
  const begun = cursor === undefined ? null : parseCursor(cursor)
  const { rows, last } = await rowsOf(tx, name, tabled, begun?.place ?? null, limit)
  const total = begun?.total ?? (last === null ? rows.length : await countOf(tx, name, tabled))
  return {
    items: await rowViews(engine, tx, organisation, rows),
    next: last === null ? null : cursorOf(last, total),
    total,
  }
}

/** Rows as readers get them: reasons, sources and kinds of gaps in words. */
export async function rowViews(
  engine: Engine,
  tx: Tx,
  organisation: string,
  rows: readonly RawRow[],
): Promise<RowView[]> {
  const reasons = rows.map(({ why }) => (typeof why === 'string' ? reasonOf(why) : null))
  const words = await wordsFor(engine, tx, organisation, reasons)
  const sources = rows.flatMap(({ source }) => (typeof source === 'string' ? [source] : []))
  const titles = await engine.feeds.titles(tx, organisation, [...new Set(sources)])
  return rows.map((row, index) => {
    const view: RowView = { ...row }
    const why = reasons[index] ?? null
    if (why !== null) view.why = words.of(controlOf(String(row.test)), why)
    if (typeof row.source === 'string') {
      const text = titles.get(row.source) ?? { nb: row.source, en: row.source }
      const host = row.source.split('/')[0] ?? ''
      view.source = {
        code: row.source,
        params: {},
        text: { nb: `${text.nb}, ${host}`, en: `${text.en}, ${host}` },
      }
    }
    if (typeof row.what === 'string') view.what = said(judgingWords, row.what)
    if (typeof row.state === 'string') view.state = said(outcomeWords, row.state)
    return view
  })
}

function said(words: { readonly [code: string]: Bilingual }, code: string): ReasonView {
  return { code, params: {}, text: words[code] ?? { nb: code, en: code } }
}

/** Reasons are stored as the canonical JSON that was hashed. */
function reasonOf(text: string): Reason {
  const reason: Reason = JSON.parse(text)
  return reason
}

function cursorOf({ a, b, moment, c }: Place, total: number): string {
  const at = Number.isFinite(moment) ? moment : 0
  return Buffer.from(JSON.stringify([a, b, at, c, total])).toString('base64url')
}

function parseCursor(text: string): { readonly place: Place; readonly total: number } {
  try {
    const [a, b, moment, c, total] = cursorForm.parse(JSON.parse(Buffer.from(text, 'base64url').toString()))
    return { place: { a, b, moment, c }, total }
  } catch {
    throw new PostureError('cursor-not-valid')
  }
}
