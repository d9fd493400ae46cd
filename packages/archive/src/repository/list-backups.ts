import type { Instant } from '@hevd/core'
import { type BackupRecord, backupRecord } from '../backup.ts'
import { ArchiveError } from '../errors.ts'
import type { TargetFile } from '../target.ts'
import { backupsFolder, markerPath } from './layout.ts'
import { type Repository, readJson } from './repository.ts'

/** What there is of a backup without marker: one that is being made, was broken off, or was half removed. */
export type Unfinished = {
  readonly id: string
  readonly files: readonly string[]
  readonly bytes: number
  readonly lastWrittenAt: Instant
}

export type BackupsOfSource = {
  /** Oldest first. Their files are not looked at: see `checkFiles`. */
  readonly backups: readonly BackupRecord[]
  readonly unfinished: readonly Unfinished[]
  /** Those whose marker is there and cannot be read; nothing of them is ever removed. */
  readonly damaged: readonly { readonly id: string; readonly error: ArchiveError }[]
}

/** The backups of a source; none where there is no such source. */
export async function listBackups(repository: Repository, source: string): Promise<BackupsOfSource> {
  const byId = new Map<string, TargetFile[]>()
  for await (const file of repository.target.list(backupsFolder(source))) {
    const id = file.path.slice(backupsFolder(source).length + 1).split('/')[0] ?? ''
    byId.set(id, [...(byId.get(id) ?? []), file])
  }
  const backups: BackupRecord[] = []
  const unfinished: Unfinished[] = []
  const damaged: { id: string; error: ArchiveError }[] = []
  for (const [id, files] of [...byId].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const found = await markerOf(repository, source, id, files)
    if (found instanceof ArchiveError) damaged.push({ id, error: found })
    else if (found !== null) backups.push(found)
    else
      unfinished.push({
        id,
        files: files.map(({ path }) => path),
        bytes: files.reduce((sum, { bytes }) => sum + bytes, 0),
        lastWrittenAt: Math.max(...files.map(({ modifiedAt }) => modifiedAt)),
      })
  }
  return { backups, unfinished, damaged }
}

/** Throws `backup-missing`. @param id null for the newest whole one */
export async function findBackup(
  repository: Repository,
  source: string,
  id: string | null,
): Promise<BackupRecord> {
  const { backups } = await listBackups(repository, source)
  const found = id === null ? backups.findLast(isWhole) : backups.find((backup) => backup.id === id)
  if (found === undefined) throw new ArchiveError('backup-missing', { source, id: id ?? '' })
  return found
}

/** Whether all of the source was read. */
export const isWhole = ({ missed }: BackupRecord): boolean => missed === 0

/** A backup with those it needs, the full one first. Throws `backup-missing` where one of them is gone. */
export function chainOf(backups: readonly BackupRecord[], backup: BackupRecord): readonly BackupRecord[] {
  const chain = [backup]
  for (let parent = backup.parent; parent !== null; ) {
    const found = backups.find(({ id }) => id === parent)
    if (found === undefined || chain.includes(found))
      throw new ArchiveError('backup-missing', { source: backup.source, id: parent })
    chain.unshift(found)
    parent = found.parent
  }
  return chain
}

async function markerOf(
  repository: Repository,
  source: string,
  id: string,
  files: readonly TargetFile[],
): Promise<BackupRecord | ArchiveError | null> {
  const path = markerPath(source, id)
  if (!files.some((file) => file.path === path)) return null
  try {
    const record = await readJson(repository.target, path, backupRecord)
    if (record === null || (record.id === id && record.source === source)) return record
    const reason = `it speaks of ${record.source}/${record.id}`
    return new ArchiveError('repository-not-valid', { target: repository.target.name, path, reason })
  } catch (error) {
    if (error instanceof ArchiveError && error.code === 'repository-not-valid') return error
    throw error
  }
}
