import { openShare } from '@hevd/scan'
import { type ColumnTallies, columnTallies, cutGap, longestValue } from '../columns.ts'
import type { ObjectScan, ScanGap, ScanOptions } from '../place.ts'
import { whyOf } from '../place.ts'
import { quoted, readingOf, type Table } from './catalogue.ts'
import type { Session } from './session.ts'

/** Rows of a table that are looked at unless all are. */
export const rowsDrawn = 10_000
const atOnce = 500
/** How many keys are drawn for each row that is wanted, before a table is held to have too many gaps among its keys. */
const mostDraws = 50

type Walk = {
  readonly session: Session
  readonly from: string
  readonly select: string
  readonly options: ScanOptions
  readonly tallies: ColumnTallies
  /** Rows so far. */
  rows: number
}
type End = { readonly state: ObjectScan['state']; readonly open: number; readonly gaps: readonly ScanGap[] }

/**
 * Looks at a table: all of it when it is small or everything is wanted, by ranges of its key; else rows whose keys are drawn
 * at random. Without a key of one whole number the first rows are read, which tells nothing of the others.
 */
export async function lookAtTable(session: Session, table: Table, options: ScanOptions): Promise<ObjectScan> {
  const object = table.name
  const { from, select, columns } = readingOf(table, longestValue)
  if (columns.length === 0)
    return { object, state: 'whole', looked: 0, of: 0, open: 0, columns: [], gaps: [] }
  const tallies = columnTallies(table.name, columns)
  const walk: Walk = { session, from, select, options, tallies, rows: 0 }
  const isWhole = options.full || table.rows <= rowsDrawn
  const ended = ({ state, open, gaps }: End): ObjectScan => ({
    object,
    state,
    looked: walk.rows,
    of: state === 'whole' ? walk.rows : Math.max(table.rows, walk.rows),
    open,
    columns: tallies.scans(),
    gaps: [...cutGap(object, tallies.cut), ...gaps],
  })
  try {
    if (table.key === null) return ended(await readOn(walk, object, isWhole))
    return ended(await (isWhole ? byRange : byDraw)(walk, object, table.key, table.rows))
  } catch (error) {
    return ended({ state: 'partial', open: 1, gaps: [{ what: object, why: whyOf(error) }] })
  }
}

const stopped = (object: string): End => ({
  state: 'partial',
  open: 1,
  gaps: [{ what: object, why: 'stopped' }],
})

async function take(
  walk: Walk,
  began: number,
  rows: readonly (readonly unknown[])[],
  skip = 0,
): Promise<void> {
  for (const row of rows) walk.tallies.add(skip === 0 ? row : row.slice(skip))
  walk.rows += rows.length
  walk.options.progress(walk.rows, null)
  await walk.options.rest(performance.now() - began)
}

async function byRange(walk: Walk, object: string, key: string): Promise<End> {
  const name = quoted(key)
  let after: unknown = null
  for (;;) {
    if (walk.options.signal.aborted) return stopped(object)
    const began = performance.now()
    const where = after === null ? '' : `where ${name} > ?`
    const rows = await walk.session.rows(
      `select ${name}, ${walk.select} from ${walk.from} ${where} order by ${name} limit ${atOnce}`,
      after === null ? [] : [after],
    )
    await take(walk, began, rows, 1)
    if (rows.length < atOnce) return { state: 'whole', open: 0, gaps: [] }
    after = rows.at(-1)?.[0]
  }
}

async function byDraw(walk: Walk, object: string, key: string, estimate: number): Promise<End> {
  const name = quoted(key)
  const [[low, high] = []] = await walk.session.rows(`select min(${name}), max(${name}) from ${walk.from}`)
  const [from, to] = [Number(low), Number(high)]
  if (!Number.isSafeInteger(from) || !Number.isSafeInteger(to) || to - from >= 2 ** 47)
    return readOn(walk, object, false)
  const drawn = new Set<number>()
  const span = to - from + 1
  while (walk.rows < rowsDrawn && drawn.size < Math.min(span, rowsDrawn * mostDraws)) {
    if (walk.options.signal.aborted) return stopped(object)
    const keys: number[] = []
    while (keys.length < atOnce && drawn.size < span) {
      const one = from + walk.options.randomBelow(span)
      if (!drawn.has(one)) keys.push(one)
      drawn.add(one)
    }
    const began = performance.now()
    await take(
      walk,
      began,
      await walk.session.rows(`select ${walk.select} from ${walk.from} where ${name} in (?)`, [keys]),
    )
  }
  const of = Math.max(estimate, walk.rows)
  return { state: 'sample', open: openShare(walk.rows, of), gaps: [] }
}

/** One statement whose rows are taken as slowly as is wanted. */
async function readOn(walk: Walk, object: string, isWhole: boolean): Promise<End> {
  const limit = isWhole ? '' : `limit ${rowsDrawn}`
  let rows: (readonly unknown[])[] = []
  let began = performance.now()
  for await (const row of walk.session.stream(`select ${walk.select} from ${walk.from} ${limit}`)) {
    rows.push(row)
    if (rows.length < atOnce) continue
    await take(walk, began, rows)
    rows = []
    began = performance.now()
    if (walk.options.signal.aborted) return stopped(object)
  }
  await take(walk, began, rows)
  if (isWhole || walk.rows < rowsDrawn) return { state: 'whole', open: 0, gaps: [] }
  return { state: 'partial', open: 1, gaps: [{ what: object, why: `no-key ${rowsDrawn}` }] }
}
