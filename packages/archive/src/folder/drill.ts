import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { lstat, mkdir, mkdtemp, readlink, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Instant } from '@hevd/core'
import { type DrillRecord, failsDrill } from '../drill.ts'
import { ArchiveError } from '../errors.ts'
import { findBackup } from '../repository/list-backups.ts'
import type { Entry } from './entry.ts'
import { type RestoreFolder, restoreFolder } from './restore.ts'
import { codeOf } from './walk.ts'

export type DrillFolder = Omit<RestoreFolder, 'into'> & {
  /** A folder in which the restored one is made and removed; it needs room for all of it. */
  readonly scratch: string
  readonly now: () => Instant
}

/**
 * Restores a folder, then reads every file of it again from the disk and compares kind, size and digest with the listing
 * made at the time of backup. `failed` is what speaks against the backup; what only kept the drill from being carried out
 * (target away, no room) is thrown.
 */
export async function drillFolder(options: DrillFolder): Promise<DrillRecord> {
  const { repository, source, now, progress, signal } = options
  const startedAt = now()
  const { id } = await findBackup(repository, source, options.backupId ?? null)
  await mkdir(options.scratch, { recursive: true, mode: 0o700 })
  const place = await mkdtemp(join(options.scratch, 'hevd-drill-'))
  const ended = { source, backupId: id, startedAt, tables: 0, rows: 0 }
  let files = 0
  try {
    const { into, entries } = await restoreFolder({ ...options, backupId: id, into: join(place, 'restored') })
    for (const entry of entries) {
      signal?.throwIfAborted()
      await compare(into, entry)
      if (entry.type !== 'file') continue
      files += 1
      progress?.('comparing', files, null)
    }
    return { ...ended, files, endedAt: now(), outcome: 'passed', reason: null }
  } catch (error) {
    if (!(error instanceof ArchiveError && failsDrill(error))) throw error
    const { code, params } = error
    return { ...ended, files, endedAt: now(), outcome: 'failed', reason: { code, params } }
  } finally {
    await rm(place, { recursive: true, force: true })
  }
}

async function compare(root: string, entry: Entry): Promise<void> {
  const path = join(root, entry.path)
  const differs = (reason: string) => new ArchiveError('content-differs', { name: entry.path, reason })
  const found = await lstat(path).catch(codeOf)
  if (typeof found === 'string') throw differs(`cannot be read (${found})`)
  if (entry.type === 'directory' && !found.isDirectory()) throw differs('is not a folder')
  if (entry.type === 'symlink' && (!found.isSymbolicLink() || (await readlink(path)) !== entry.target))
    throw differs('is another link')
  if (entry.type === 'link' && found.ino !== (await lstat(join(root, entry.target))).ino)
    throw differs(`is not the same file as ${entry.target}`)
  if (entry.type !== 'file') return
  if (!found.isFile() || found.size !== entry.size)
    throw differs(`has ${found.size} bytes, not ${entry.size}`)
  const hash = createHash('sha256')
  for await (const chunk of createReadStream(path)) hash.update(chunk)
  if (hash.digest('hex') !== entry.sha256) throw differs('has another SHA-256')
}
