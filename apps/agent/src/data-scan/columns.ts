import { contextOf, type Tally, tallyOf } from '@hevd/scan'
import type { ColumnScan, ScanGap } from './place.ts'

/** A column that is looked at; numbers have lost their leading zeros. */
export type Column = { readonly name: string; readonly numeric: boolean }

/** Most of a value that is looked at, in characters; a longer one is looked at in part. */
export const longestValue = 1 << 20

/** Counts what the columns of one table hold, a row at a time. */
export type ColumnTallies = {
  /** Values in the order of the columns, as text or bytes. Returns their size in characters and bytes. */
  add(row: readonly unknown[]): number
  /** How many values were longer than is looked at. */
  readonly cut: number
  scans(): readonly ColumnScan[]
}

export function columnTallies(table: string, columns: readonly Column[]): ColumnTallies {
  const tallies = columns.map(({ name, numeric }): Tally => tallyOf(contextOf(name, table, numeric)))
  let cut = 0
  return {
    add(row) {
      let size = 0
      for (const [at, tally] of tallies.entries()) {
        const value = row[at]
        if (typeof value !== 'string' && !(value instanceof Uint8Array)) continue
        size += value.length
        if (value.length >= longestValue) cut += 1
        tally.add(value)
      }
      return size
    },
    get cut() {
      return cut
    },
    scans: () =>
      tallies.map((tally, at) => ({
        column: columns[at]?.name ?? '',
        values: tally.values,
        encrypted: tally.encrypted,
        binary: tally.binary,
        found: tally.found(),
      })),
  }
}

/** What a table's cut values say for themselves. */
export function cutGap(table: string, cut: number): ScanGap[] {
  return cut === 0 ? [] : [{ what: table, why: `long-values ${cut}` }]
}
