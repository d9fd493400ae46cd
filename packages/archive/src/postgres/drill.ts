import { rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { accountOf, PostgresError, runCopy, stopCopy } from '@hevd/postgres'
import { type DrillRecord, failsDrill } from '../drill.ts'
import { ArchiveError } from '../errors.ts'
import { findBackup } from '../repository/list-backups.ts'
import { countsFile } from './back-up.ts'
import { compareCounts } from './compare.ts'
import { type BackupCounts, backupCounts } from './counts.ts'
import type { DrillPostgres } from './options.ts'
import { openUnsealed, restoreTree } from './restore.ts'

/**
 * Restores a backup into a throwaway server, lets it recover to the backup's end, reads every table there, compares them with
 * the counts taken at the time of the backup, and removes it all. A backup that is at fault is a record with its reason.
 * Throws where the drill could not be carried out: `backup-missing`, `programs-missing`, `identity-*`, `target-*`, and
 * PostgresError `path-closed` (the server's account cannot reach the scratch folder).
 */
export async function drillPostgres(options: DrillPostgres): Promise<DrillRecord> {
  const { repository, source, now } = options
  const startedAt = now()
  const backup = await findBackup(repository, source, options.backupId ?? null)
  const into = join(options.scratch, `hevd-drill-${source}`)
  const found = { files: 0, tables: 0, rows: 0 }
  const record = (reason: DrillRecord['reason']): DrillRecord => ({
    ...{ source, backupId: backup.id, startedAt, endedAt: now() },
    outcome: reason === null ? 'passed' : 'failed',
    reason,
    ...found,
  })
  await clear(into)
  try {
    const { progress, signal, identities } = options
    const owner = (await accountOf('postgres')) ?? (await accountOf('nobody'))
    const restoring = {
      ...{ repository, source, identities, into, until: 'backup' as const, backupId: backup.id },
      ...(owner === undefined ? {} : { owner }),
      ...(progress === undefined ? {} : { progress }),
      ...(signal === undefined ? {} : { signal }),
    }
    const restored = await restoreTree(restoring, false)
    found.files = restored.files
    const counts = await readBackupCounts(options, restored.backup)
    Object.assign(found, await compareRunning(options, restored.data, restored.major, counts))
    return record(null)
  } catch (error) {
    if (!(error instanceof ArchiveError && failsDrill(error))) throw error
    return record({ code: error.code, params: { ...error.params } })
  } finally {
    await clear(into)
  }
}

async function readBackupCounts(
  options: DrillPostgres,
  backup: Parameters<typeof openUnsealed>[1],
): Promise<BackupCounts> {
  const content = await text(openUnsealed(options, backup, countsFile))
  const parsed = backupCounts.safeParse(JSON.parse(content))
  if (!parsed.success)
    throw new ArchiveError('content-differs', { name: countsFile, reason: 'is not what it should be' })
  return parsed.data
}

async function compareRunning(
  { path, scratch, progress, signal }: DrillPostgres,
  data: string,
  major: number,
  counts: BackupCounts,
): Promise<{ readonly tables: number; readonly rows: number }> {
  progress?.('starting', 0, null)
  const copy = await start(data, major, path ?? '', join(scratch, 'programs'), counts)
  try {
    const urlOf = (database: string) => copy.url(counts.superuser ?? 'postgres', database)
    return await compareCounts(urlOf, counts, (done, total) => {
      signal?.throwIfAborted()
      progress?.('comparing', done, total)
    })
  } finally {
    await copy.stop()
  }
}

async function start(
  data: string,
  major: number,
  path: string,
  programs: string,
  { settings }: BackupCounts,
) {
  try {
    return await runCopy({ data, path, programs, settings })
  } catch (error) {
    if (!(error instanceof PostgresError)) throw error
    if (error.code === 'no-binaries' || error.code === 'version-mismatch')
      throw new ArchiveError('programs-missing', { major }, error)
    if (error.code === 'start-failed')
      throw new ArchiveError('restored-not-started', { reason: error.message }, error)
    throw error
  }
}

/** Removes what a drill made, and ends the server that one which was killed left in it. */
async function clear(into: string): Promise<void> {
  const data = join(into, 'data')
  if ((await stat(data).catch(() => null)) !== null) await stopCopy(data)
  await rm(into, { recursive: true, force: true })
  await rm(`${into}.partial`, { recursive: true, force: true })
}
