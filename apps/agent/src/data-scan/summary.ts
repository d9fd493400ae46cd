import type { Found } from '@hevd/scan'
import type { ObjectScan, ScanGap } from './place.ts'

/** What was found in a column or file, as it is reported. */
export type FindReport = Found & {
  readonly object: string
  readonly column: string | null
  /** Values looked at, and how many of them were encrypted. */
  readonly of: number
  readonly encrypted: number
}

/** A table or file, briefly. */
export type ObjectReport = Pick<ObjectScan, 'object' | 'state' | 'looked' | 'of' | 'open' | 'gaps'> & {
  readonly encryptedColumns: readonly string[]
  readonly binaryValues: number
  readonly finds: readonly FindReport[]
}

export function objectReport({ columns, ...scan }: ObjectScan): ObjectReport {
  const { object } = scan
  return {
    ...scan,
    encryptedColumns: columns.flatMap(({ column, encrypted }) => (encrypted > 0 ? [column ?? object] : [])),
    binaryValues: columns.reduce((sum, { binary }) => sum + binary, 0),
    finds: columns.flatMap(({ column, values, encrypted, found }) =>
      found.map((one) => ({ ...one, object, column, of: values, encrypted })),
    ),
  }
}

/** A place as a whole. */
export type PlaceReport = {
  readonly state: 'whole' | 'sample' | 'partial'
  readonly objects: number
  readonly ofObjects: number
  readonly looked: number
  readonly of: number | null
  readonly open: number
  readonly encryptedColumns: readonly string[]
  readonly binaryValues: number
  readonly gaps: readonly ScanGap[]
  readonly finds: readonly FindReport[]
}

/** @param ofObjects how many there are; those that are not among `objects` were not reached */
export function placeReport(
  objects: readonly ObjectReport[],
  ofObjects: number,
  placeGaps: readonly ScanGap[],
): PlaceReport {
  const gaps = [...placeGaps, ...objects.flatMap((one) => one.gaps)]
  const isAll = objects.length === ofObjects && gaps.length === 0
  const whole = isAll && objects.every(({ state }) => state === 'whole')
  const sample = isAll && objects.every(({ state }) => state !== 'partial')
  return {
    state: whole ? 'whole' : sample ? 'sample' : 'partial',
    objects: objects.filter(({ state, looked }) => state !== 'partial' || looked > 0).length,
    ofObjects,
    looked: objects.reduce((sum, { looked }) => sum + looked, 0),
    of: objects.some(({ of }) => of === null) ? null : objects.reduce((sum, { of }) => sum + (of ?? 0), 0),
    open: objects.reduce((most, { open }) => Math.max(most, open), objects.length < ofObjects ? 1 : 0),
    encryptedColumns: objects.flatMap(({ object, encryptedColumns }) =>
      encryptedColumns.map((column) => (column === object ? object : `${object}.${column}`)),
    ),
    binaryValues: objects.reduce((sum, { binaryValues }) => sum + binaryValues, 0),
    gaps,
    finds: objects.flatMap(({ finds }) => finds),
  }
}
