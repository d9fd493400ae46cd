import { access, constants, lstat } from 'node:fs/promises'
import type { Instant } from '@hevd/core'
import { encrypt } from '../age/stream.ts'
import type { BackupRecord, Progress } from '../backup.ts'
import { ArchiveError } from '../errors.ts'
import { chainOf, listBackups } from '../repository/list-backups.ts'
import type { Repository } from '../repository/repository.ts'
import { beginBackup } from '../repository/write-backup.ts'
import { compress } from '../zstd.ts'
import { type Change, changes, none } from './changes.ts'
import { contentWriter } from './content.ts'
import type { ListingLine, Missed } from './entry.ts'
import { excluder } from './exclude.ts'
import { type LastListing, lastListing } from './last-listing.ts'
import { entriesOf, toLines } from './listing.ts'
import { ahead, type Loaded, load, smallBytes } from './read-file.ts'
import { type Bare, codeOf, walk } from './walk.ts'

export const contentFile = 'content.tar.zst.age'
export const listingFile = 'listing.jsonl.zst.age'

export type BackUpFolder = {
  readonly repository: Repository
  /** Its name in the repository. */
  readonly source: string
  /** Absolute. */
  readonly folder: string
  readonly exclude: readonly string[]
  readonly oneFileSystem: boolean
  /** `age1…`, at least one. */
  readonly recipients: readonly string[]
  /** Name of this host, for the record. */
  readonly host: string
  /** An incremental one becomes a full one where this host has no listing of a backup that is still there. */
  readonly kind: BackupRecord['kind']
  /** A folder of this host's own state, for the listing of the last backup; it is made. */
  readonly state: string
  readonly now: () => Instant
  readonly progress?: Progress
  readonly signal?: AbortSignal
}

export type BackedUpFolder = {
  readonly record: BackupRecord
  /** What could not be read. Where there is any the backup is not whole. */
  readonly missed: readonly Missed[]
  /** Files that changed each time they were read. */
  readonly torn: readonly string[]
  /** Sockets, pipes and devices, which are not kept. */
  readonly skipped: readonly string[]
}

/** Entries that are begun on before those before them are done: at most 4 MiB of small files. */
const readAhead = 32

/** Longest list of names that is handed back; all of them are in the listing. */
const told = 1000

/**
 * Backs up a folder: all of it, or what has changed since this host's last backup of it. Kept are files, folders, symbolic and
 * hard links with mode, owner and moment; not extended attributes and ACLs. Throws `folder-not-readable`, and what the
 * target throws; what was begun is then not a backup, and is swept later.
 */
export async function backUpFolder(options: BackUpFolder): Promise<BackedUpFolder> {
  const { repository, source, folder, recipients, host, now, signal, progress } = options
  await requireReadable(folder)
  const last = lastListing(options.state, source)
  const startedAt = now()
  const parent = options.kind === 'incremental' ? await usableParent(options, last) : null
  const kind = parent === null ? 'full' : 'incremental'
  const found = () =>
    changes(
      walk({ folder, excluded: excluder(options.exclude), oneFileSystem: options.oneFileSystem, signal }),
      parent === null ? none() : entriesOf(last.lines()),
    )
  const total = await bytesToRead(found(), progress)
  const writer = await beginBackup(repository, { source, of: 'folder', kind, parent, host, startedAt })

  let read = 0
  const content = contentWriter(folder, (bytes) => {
    read += bytes
    progress?.('copying', Math.min(read, total), total)
  })
  const putting = writer.put(contentFile, encrypt(recipients, compress(content.bytes)), signal)
  const missed: Missed[] = []
  const torn: string[] = []
  const skipped: string[] = []

  async function* lines(): AsyncGenerator<ListingLine> {
    yield { kind: 'listing', format: 1, source, id: writer.id, folder }
    let entries = 0
    for await (const { one, loaded } of ahead(found(), readAhead, begun)) {
      if (one.kind === 'skipped') skipped.push(one.path)
      const line = one.kind === 'entry' ? await lineOf(one, loaded) : one
      if (line === null) continue
      if (line.kind === 'missed') missed.push({ path: line.path, reason: line.reason })
      if (line.kind === 'entry') entries += 1
      if (line.kind === 'entry' && line.type === 'file' && line.torn) torn.push(line.path)
      yield line
    }
    content.end()
    yield { kind: 'end', entries }
  }
  function begun(one: Change) {
    const small =
      one.kind === 'entry' &&
      one.unchanged === null &&
      one.entry.type === 'file' &&
      one.entry.size <= smallBytes
    return { one, loaded: small && one.entry.type === 'file' ? load(folder, one.entry) : undefined }
  }
  /** Files that could not be listed, and another name of each that stands for it. */
  const unlisted = new Map<string, string | null>()
  async function lineOf(
    { entry, unchanged }: Extract<Change, { kind: 'entry' }>,
    loaded: Promise<Loaded> | undefined,
  ): Promise<ListingLine | null> {
    if (unchanged !== null) return unchanged
    const added = await content.add(standingFor(entry, unlisted), writer.id, loaded)
    const isListed = added !== null && 'kind' in added
    if (entry.type === 'file' && !isListed) unlisted.set(entry.path, null)
    if (entry.type === 'link' && isListed && added.type === 'file') unlisted.set(entry.target, entry.path)
    return added === null || isListed ? added : { kind: 'missed', ...added }
  }

  const writing = last.write(lines()).catch((error: unknown) => {
    content.break(error instanceof Error ? error : new Error(String(error)))
    throw error
  })
  putting.catch((error: unknown) => content.break(error instanceof Error ? error : new Error(String(error))))
  const [put, wrote] = await Promise.allSettled([putting, writing])
  if (put.status === 'rejected' || wrote.status === 'rejected') {
    if (wrote.status === 'fulfilled') await wrote.value.remove()
    // Whichever broke off first broke the other.
    throw put.status === 'rejected' ? put.reason : wrote.status === 'rejected' ? wrote.reason : null
  }
  const next = wrote.value
  await writer.put(listingFile, encrypt(recipients, compress(toLines(next.lines()))), signal)
  const outcome = { contentBytes: read, recipients: [...recipients], postgresql: null }
  const record = await writer.commit({ ...outcome, endedAt: now(), missed: missed.length, torn: torn.length })
  await next.keep()
  return {
    record,
    missed: missed.slice(0, told),
    torn: torn.slice(0, told),
    skipped: skipped.slice(0, told),
  }
}

/** A hard link to a file that could not be listed is a file itself, the next one a link to that. */
function standingFor(entry: Bare, unlisted: ReadonlyMap<string, string | null>): Bare {
  const target = entry.type === 'link' ? unlisted.get(entry.target) : undefined
  if (entry.type !== 'link' || target === undefined) return entry
  if (target !== null) return { ...entry, target }
  const { target: _, ...file } = entry
  return { ...file, type: 'file', size: 0, sparse: false }
}

/** The last backup that this host has the listing of, if it and those it needs are there. */
async function usableParent(
  { repository, source, folder }: BackUpFolder,
  last: LastListing,
): Promise<string | null> {
  const id = await last.id(folder)
  if (id === null) return null
  const { backups } = await listBackups(repository, source)
  const parent = backups.find((backup) => backup.id === id)
  if (parent === undefined) return null
  try {
    chainOf(backups, parent)
    return id
  } catch (error) {
    if (error instanceof ArchiveError && error.code === 'backup-missing') return null
    throw error
  }
}

async function bytesToRead(found: AsyncIterable<Change>, progress: Progress | undefined): Promise<number> {
  let bytes = 0
  let entries = 0
  for await (const one of found) {
    if (one.kind === 'entry' && one.unchanged === null && one.entry.type === 'file') bytes += one.entry.size
    entries += 1
    if (entries % 1000 === 0) progress?.('looking', entries, null)
  }
  return bytes
}

async function requireReadable(path: string): Promise<void> {
  const refused = (reason: string, cause?: unknown) =>
    new ArchiveError('folder-not-readable', { path, reason }, cause)
  try {
    await access(path, constants.R_OK | constants.X_OK)
    if (!(await lstat(path)).isDirectory()) throw refused('it is not a folder')
  } catch (error) {
    throw error instanceof ArchiveError ? error : refused(codeOf(error), error)
  }
}
