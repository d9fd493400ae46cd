import { z } from 'zod'
import { facts } from './fact-type.ts'
import { sensitiveKinds } from './sensitive.ts'

const id = z.string().min(1)
const count = z.int().min(0)

/** A database, or a folder of logs, that is to be scanned for what should not lie there in plain text. */
export const scannedPlaces = facts('scanned-place', {
  value: z.object({
    /** The server's id and the database's name, or the host's and the folder of the logs. */
    id,
    /** The host whose agent looks. */
    host: id,
    /** `postgres-server` that the database is on; null for what is none. */
    server: id.nullable(),
    kind: z.enum(['postgres', 'mysql', 'logs']),
    name: z.string(),
    /** When the last scan that reached its end began, in milliseconds, or the first one that has not; null before it. */
    scannedAt: z.number().nullable(),
    /** `partial`: not all that was to be looked at could be. */
    state: z.enum(['whole', 'sample', 'partial', 'not-scanned']),
    /** Tables or files looked at, of how many there are. */
    objects: count,
    ofObjects: count,
    /** Rows or bytes looked at, and of about how many; null where nobody could count them. */
    looked: count,
    of: count.nullable(),
    unit: z.enum(['rows', 'bytes']),
    /** The largest share of an object that its sample leaves open at 95 % confidence; 0 where all was looked at. */
    open: z.number().min(0).max(1),
    /** Columns with values that @hevd/columns had encrypted. */
    encryptedColumns: count,
    /** Values that are no text, which are not looked into. */
    binaryValues: count,
    /** What could not be looked at and why (`gapInWords`), at most five, and how many there are. */
    gaps: z.array(z.object({ what: z.string(), why: z.string() })),
    gapCount: count,
  }),
  key: (place) => place.id,
  label: (place) => place.name,
  scope: 'ofHost',
  lookups: {
    ofHost: (place) => place.host,
    ofServer: (place) => place.server,
    ofKind: (place) => place.kind,
  },
})

/** Something sensitive in plain text: how much and where, never what. */
export const sensitiveFinds = facts('sensitive-find', {
  value: z.object({
    host: id,
    /** `scanned-place` it is in. */
    place: id,
    /** Table with its schema, or file. */
    object: id,
    /** Null in a file. */
    column: z.string().nullable(),
    kind: z.enum(sensitiveKinds),
    /** What it was known by: `github-token`. */
    detector: z.string(),
    /** Values of the column, or lines of the file, that hold one, of how many that were looked at. */
    count,
    of: count,
    /** How many of those values @hevd/columns had encrypted. */
    encrypted: count,
    /** `low` may well be something else, and is judged by nowhere. */
    confidence: z.enum(['high', 'medium', 'low']),
    /** First and last line of a file that was read whole; empty elsewhere. */
    lines: z.array(count).max(2),
  }),
  key: (find) => `${find.place}/${find.object}/${find.column ?? ''}/${find.detector}`,
  label: (find) => (find.column === null ? find.object : `${find.object}.${find.column}`),
  scope: 'ofHost',
  beneath: ['ofPlace'],
  lookups: { ofHost: (find) => find.host, ofPlace: (find) => find.place, ofKind: (find) => find.kind },
})

/** Where a set of the data register was seen by a scan, or that a person said that what was seen is no set. */
export const dataSetPlaces = facts('data-set-place', {
  value: z.object({
    /** `scanned-place`, and the table or file in it. */
    place: id,
    object: id,
    /** The set; null where a person said that it is none, in `reason`. */
    dataSet: id.nullable(),
    reason: z.string().nullable(),
  }),
  key: (lies) => `${lies.place}/${lies.object}`,
  label: (lies) => lies.object,
  lookups: { ofPlace: (lies) => lies.place, ofDataSet: (lies) => lies.dataSet },
})
