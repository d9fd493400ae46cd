import type { Instant } from '@hevd/core'
import type { BackupRecord } from '../backup.ts'

/** `20261126T083000Z-full`. */
export function backupId(startedAt: Instant, kind: BackupRecord['kind']): string {
  return `${new Date(startedAt).toISOString().replaceAll(/[-:]|\.\d{3}/g, '')}-${kind}`
}

export const backupsFolder = (source: string): string => `${source}/backups`
export const backupFolder = (source: string, id: string): string => `${source}/backups/${id}`
export const markerPath = (source: string, id: string): string => `${backupFolder(source, id)}/backup.json`
export const walFolder = (source: string): string => `${source}/wal`

/** Where a file of a backup lies. */
export function filePath(
  { source, id, generation }: Pick<BackupRecord, 'source' | 'id' | 'generation'>,
  name: string,
): string {
  return `${backupFolder(source, id)}/${generation === 0 ? '' : `r${generation}/`}${name}`
}
