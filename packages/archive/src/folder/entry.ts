import { z } from 'zod'

/** A path below the folder, with `/` between: none of its parts is empty, `.` or `..`. The folder itself is `.`. */
export const entryPath = z
  .string()
  .refine(
    (path) =>
      path === '.' ||
      path.split('/').every((part) => !['', '.', '..'].includes(part) && !part.includes('\0')),
    'leads out of the folder',
  )

/** Seconds since 1970 with nine decimals, as the file system has it. */
const moment = z.string().regex(/^-?\d+\.\d{9}$/)

const common = {
  kind: z.literal('entry'),
  path: entryPath,
  mode: z.number().int().min(0).max(0o7777),
  uid: z.number().int().min(0),
  gid: z.number().int().min(0),
  mtime: moment,
  /** With `mtime`, size and `inode`, what tells that it has not changed since. */
  ctime: moment,
  inode: z.string(),
  /** The backup in whose content it lies. */
  from: z.string(),
}

const entry = z.discriminatedUnion('type', [
  z.strictObject({
    ...common,
    type: z.literal('file'),
    size: z.number().int().min(0),
    sha256: z.string().regex(/^[0-9a-f]{64}$/),
    /** Has holes. */
    sparse: z.boolean(),
    /** Changed each time that it was read: what lies in the backup is of no one moment. */
    torn: z.boolean(),
  }),
  z.strictObject({ ...common, type: z.literal('directory') }),
  z.strictObject({ ...common, type: z.literal('symlink'), target: z.string() }),
  /** Another name of a file that comes before it. */
  z.strictObject({ ...common, type: z.literal('link'), target: entryPath }),
])

/** A line of `listing.jsonl`: the folder as it was, all of it, whatever backup its content lies in. */
export const listingLine = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('listing'),
    format: z.literal(1),
    source: z.string(),
    id: z.string(),
    folder: z.string(),
  }),
  entry,
  /** What could not be read, or is of no kind that is kept: why, as a code. */
  z.strictObject({
    kind: z.enum(['missed', 'skipped']),
    path: z.string(),
    reason: z.string(),
  }),
  z.strictObject({ kind: z.literal('end'), entries: z.number().int() }),
])

export type ListingLine = z.infer<typeof listingLine>
export type Entry = z.infer<typeof entry>
export type FileEntry = Extract<Entry, { type: 'file' }>

/** What cannot be backed up: `EACCES` and the like, `not-text` for a name that is not UTF-8, `vanished`. */
export type Missed = { readonly path: string; readonly reason: string }

/** The order of a listing: each folder before what is in it, names by code unit. */
export function comparePaths(a: string, b: string): number {
  const [left, right] = [keyOf(a), keyOf(b)]
  return left < right ? -1 : left > right ? 1 : 0
}

const keyOf = (path: string) => (path === '.' ? '' : `\0${path.replaceAll('/', '\0')}`)
