import { drawn, openShare } from '@hevd/scan'
import type pg from 'pg'
import { columnTallies, cutGap, longestValue } from '../columns.ts'
import { batches } from '../pace.ts'
import { type ObjectScan, type ScanOptions, unseenObject, whyOf } from '../place.ts'
import { calledTable, readingOf, type Table } from './catalogue.ts'

/** Pages of a table that are looked at unless all are: five megabytes, of which a find in 0.5 % is seen with 95 %. */
export const pagesDrawn = 600
/** Neighbouring pages that are read in one short transaction. */
const run = 64
const bytesAtOnce = 1 << 20

type Run = { readonly from: number; readonly to: number }

/**
 * Looks at a table page by page: all of it when it is small or everything is wanted, else pages drawn at random. Each run
 * of pages is a transaction of its own, so that no old snapshot is held; between fetches it rests.
 */
export async function lookAtTable(
  client: pg.Client,
  table: Table,
  options: ScanOptions,
): Promise<ObjectScan> {
  const object = calledTable(table)
  if (table.foreign) return unseenObject(object, 'foreign-table')
  if (!table.enters) return unseenObject(object, 'no-usage')
  if (table.hidden) return unseenObject(object, 'row-security')
  const { from, select, columns, gaps } = readingOf(table, longestValue)
  const nothing: ObjectScan = { object, state: 'whole', looked: 0, of: 0, open: 0, columns: [], gaps }
  if (columns.length === 0)
    return gaps.length === 0 ? nothing : { ...nothing, state: 'partial', of: null, open: 1 }
  const tallies = columnTallies(table.name, columns)
  let rows = 0
  let pages = 0
  let all = 0
  const estimate = () => (pages === 0 ? null : pages === all ? rows : Math.round((rows / pages) * all))
  const ended = (state: ObjectScan['state'], more: ObjectScan['gaps'] = []): ObjectScan => ({
    object,
    state,
    looked: rows,
    of: estimate(),
    open: state === 'partial' ? 1 : openShare(pages, all),
    columns: tallies.scans(),
    gaps: [...gaps, ...cutGap(object, tallies.cut), ...more],
  })
  try {
    all = await pagesOf(client, table.oid)
    if (all === 0) return nothing
    const isWhole = options.full || all <= pagesDrawn
    const runs = isWhole ? wholeRuns(all) : runsOf(drawn(pagesDrawn, all, options.randomBelow))
    for (const one of runs) {
      const whole = await readRun(client, `select ${select} from ${from}`, one, options, (row) => {
        rows += 1
        return tallies.add(row)
      })
      if (!whole) return ended('partial', [{ what: object, why: 'stopped' }])
      pages += one.to - one.from
      options.progress(rows, estimate())
    }
    return ended(isWhole ? 'whole' : 'sample')
  } catch (error) {
    await client.query('rollback').catch(() => {})
    return ended('partial', [{ what: object, why: whyOf(error) }])
  }
}

async function pagesOf(client: pg.Client, oid: string): Promise<number> {
  const { rows } = await client.query<{ pages: number }>(
    `select ceil(pg_relation_size($1::oid) / current_setting('block_size')::numeric)::int as pages`,
    [oid],
  )
  return rows[0]?.pages ?? 0
}

/** Reads the rows of a run; false when it was told to stop before the end. */
async function readRun(
  client: pg.Client,
  select: string,
  { from, to }: Run,
  { rest, signal }: ScanOptions,
  add: (row: readonly unknown[]) => number,
): Promise<boolean> {
  const batch = batches(1000, bytesAtOnce)
  await client.query('begin read only')
  await client.query(
    `declare scan no scroll cursor for ${select} where ctid >= '(${from},0)'::tid and ctid < '(${to},0)'::tid`,
  )
  let isWhole = true
  for (;;) {
    if (signal.aborted) {
      isWhole = false
      break
    }
    const began = performance.now()
    const { rows } = await client.query<unknown[]>({
      text: `fetch ${batch.size} from scan`,
      rowMode: 'array',
    })
    const size = rows.reduce((sum, row) => sum + add(row), 0)
    const asked = batch.size
    batch.took(rows.length, size)
    await rest(performance.now() - began)
    if (rows.length < asked) break
  }
  await client.query('commit')
  return isWhole
}

function wholeRuns(pages: number): Run[] {
  return Array.from({ length: Math.ceil(pages / run) }, (_, at) => ({
    from: at * run,
    to: Math.min(pages, (at + 1) * run),
  }))
}

/** Pages in order, neighbours joined. */
function runsOf(pages: readonly number[]): Run[] {
  const runs: Run[] = []
  for (const page of pages) {
    const last = runs.at(-1)
    if (last !== undefined && last.to === page && last.to - last.from < run)
      runs[runs.length - 1] = { from: last.from, to: page + 1 }
    else runs.push({ from: page, to: page + 1 })
  }
  return runs
}
