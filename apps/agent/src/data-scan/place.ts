import type { GapWhy } from '@hevd/facts'
import type { Found } from '@hevd/scan'

/** What could not be looked at, and why; never anything of what stands there. */
export type ScanGap = { readonly what: string; readonly why: GapWhy }

/** What was seen of one column, or of a file, whose column is null. */
export type ColumnScan = {
  readonly column: string | null
  readonly values: number
  readonly encrypted: number
  readonly binary: number
  readonly found: readonly Found[]
}

/** What was seen of one table or file. */
export type ObjectScan = {
  readonly object: string
  /** `sample`: units drawn at random. `partial`: neither all of it nor at random. */
  readonly state: 'whole' | 'sample' | 'partial'
  /** Rows or bytes, of about how many; null where nobody could count them. */
  readonly looked: number
  readonly of: number | null
  /** The largest share of its units (pages, rows, blocks) that may hold a find of which none was seen; 95 %. */
  readonly open: number
  readonly columns: readonly ColumnScan[]
  readonly gaps: readonly ScanGap[]
}

/** A database or folder of logs, opened; one object after the other is looked at. */
export type OpenPlace = {
  readonly kind: 'postgres' | 'mysql' | 'logs'
  /** What people know it by: `db1:5432/shop`, `/var/log`. No credentials. */
  readonly name: string
  /** Its name on its server: the database, or the path. */
  readonly local: string
  readonly unit: 'rows' | 'bytes'
  readonly objects: readonly string[]
  /** What of the place is not looked at, whichever objects are. */
  readonly gaps: readonly ScanGap[]
  /** Looks at one of the objects until the end or until it is told to stop; never throws for what it may not read. */
  look(object: string, options: ScanOptions): Promise<ObjectScan>
}

/** A place that is there and is not looked at. */
export type ClosedPlace = Pick<OpenPlace, 'kind' | 'name' | 'local' | 'unit'> & { readonly why: GapWhy }

export type ScanOptions = {
  /** Whether everything is looked at, however much there is. */
  readonly full: boolean
  /** Rests after work that took some milliseconds, so that what is scanned keeps its speed. */
  readonly rest: (took: number) => Promise<void>
  /** Aborted when the scan is to stop; what was seen until then is kept. */
  readonly signal: AbortSignal
  /** A random whole number from 0 to below `limit`. */
  readonly randomBelow: (limit: number) => number
  /** Told now and then how much of an object was looked at. */
  readonly progress: (looked: number, of: number | null) => void
}

export const isOpen = (place: OpenPlace | ClosedPlace): place is OpenPlace => 'objects' in place

/** An object of which nothing was seen. */
export function unseenObject(object: string, why: GapWhy): ObjectScan {
  return {
    object,
    state: 'partial',
    looked: 0,
    of: null,
    open: 1,
    columns: [],
    gaps: [{ what: object, why }],
  }
}

/** An error in the words of who threw it, short. */
export function whyOf(error: unknown): GapWhy {
  const text = error instanceof Error ? error.message : String(error)
  return `failed ${(text.split('\n')[0] ?? '').slice(0, 160)}`
}
