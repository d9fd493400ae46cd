import { chmod, lchown, link, lutimes, mkdir, open, rename, rm, rmdir, symlink } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import type { BackupRecord, Progress } from '../backup.ts'
import { ArchiveError } from '../errors.ts'
import { isFree, makeDurable } from '../postgres/durable-tree.ts'
import { unsealed } from '../postgres/sealed.ts'
import { chainOf, findBackup, listBackups } from '../repository/list-backups.ts'
import { openBackupFile } from '../repository/read-file.ts'
import type { Repository } from '../repository/repository.ts'
import { contentFile, listingFile } from './back-up.ts'
import type { Entry, FileEntry } from './entry.ts'
import { entriesOf, fromLines } from './listing.ts'
import { treeOf } from './tree.ts'
import { unpackFiles } from './unpack.ts'

export type RestoreFolder = {
  readonly repository: Repository
  readonly source: string
  /** `AGE-SECRET-KEY-1…`. */
  readonly identities: readonly string[]
  /** Absolute; not there, or an empty folder. */
  readonly into: string
  /** Not given: the newest whole one. */
  readonly backupId?: string
  readonly progress?: Progress
  readonly signal?: AbortSignal
}

export type RestoredFolder = {
  readonly backup: BackupRecord
  readonly into: string
  /** Regular files, each compared with the digest in the listing. */
  readonly files: number
  readonly entries: readonly Entry[]
}

/**
 * Restores a folder as it was at a backup, from it and those it needs, into a new place: each file from the one backup that
 * has it, so that what was deleted meanwhile stays deleted. Owners are given by root alone; without it setuid and setgid
 * bits are not. Until all is there and outlives a power cut the folder is called `<into>.partial`; one that an earlier
 * attempt left is removed first. Throws `into-not-empty`, `backup-missing`, `backup-changed`, `file-damaged`,
 * `identity-not-fitting`, `content-differs`, `entry-unsafe`.
 */
export async function restoreFolder(options: RestoreFolder): Promise<RestoredFolder> {
  const { repository, source, progress, signal } = options
  const into = resolve(options.into)
  if (!(await isFree(into))) throw new ArchiveError('into-not-empty', { into })
  const backup = await findBackup(repository, source, options.backupId ?? null)
  const chain = chainOf((await listBackups(repository, source)).backups, backup)
  const partial = `${into}.partial`
  await rm(partial, { recursive: true, force: true })
  await mkdir(partial, { recursive: true, mode: 0o700 })

  const entries = await Array.fromAsync(
    entriesOf(fromLines(openUnsealed(options, backup, listingFile), listingFile)),
  )
  const tree = treeOf(entries)
  for (const { path } of tree.directories) if (path !== '.') await mkdir(join(partial, path), { mode: 0o700 })
  const total = tree.files.reduce((sum, { size }) => sum + size, 0)
  let done = 0
  for (const each of chain) {
    const wanted = new Map<string, FileEntry>(
      tree.files.flatMap((file) => (file.from === each.id ? [[file.path, file]] : [])),
    )
    if (wanted.size === 0) continue
    await unpackFiles(openUnsealed(options, each, contentFile), partial, wanted, (bytes) => {
      signal?.throwIfAborted()
      done += bytes
      progress?.('files', Math.min(done, total), total)
    })
  }
  requireAll(tree.files, chain)
  for (const { path, target } of tree.links) await link(join(partial, target), join(partial, path))
  for (const { path, target } of tree.symlinks) await symlink(target, join(partial, path))
  // Twice: content while all of it can be read, then modes, owners and moments.
  await makeDurable(partial)
  for (const entry of entries.toReversed()) await asItWas(join(partial, entry.path), entry)
  await makeDurable(partial)
  if (!(await isFree(into))) throw new ArchiveError('into-not-empty', { into })
  await rmdir(into).catch(() => {})
  await rename(partial, into)
  await sync(dirname(into))
  return { backup, into, files: tree.files.length, entries }
}

async function* openUnsealed(
  { repository, identities, signal }: RestoreFolder,
  backup: BackupRecord,
  name: string,
) {
  const file = await openBackupFile(repository, backup, name, signal)
  try {
    yield* unsealed(identities, file, name)
  } finally {
    file.destroy()
  }
}

/** Each file is of a backup that was read. */
function requireAll(files: readonly FileEntry[], chain: readonly BackupRecord[]): void {
  for (const { path, from } of files)
    if (!chain.some(({ id }) => id === from))
      throw new ArchiveError('content-differs', {
        name: path,
        reason: `lies in ${from}, which is not among its backups`,
      })
}

/** Owner before mode, for a change of owner takes setuid bits away. */
async function asItWas(path: string, entry: Entry): Promise<void> {
  if (entry.type === 'link') return
  const root = process.getuid?.() === 0
  if (root) await lchown(path, entry.uid, entry.gid)
  if (entry.type !== 'symlink') await chmod(path, root ? entry.mode : entry.mode & 0o1777)
  await lutimes(path, Number(entry.mtime), Number(entry.mtime))
}

async function sync(path: string): Promise<void> {
  const folder = await open(path, 'r')
  try {
    await folder.sync()
  } finally {
    await folder.close()
  }
}
