import { hostname } from 'node:os'
import {
  ArchiveError,
  archiveWal,
  type BackedUpFolder,
  type BackupRecord,
  backUpFolder,
  backUpPostgres,
  currentLsn,
  type Journal,
  listingsFolderOf,
  type Plan,
  type Progress,
  type Repository,
  type WalEvent,
} from '@hevd/archive'
import type { Instant } from '@hevd/core'
import type { ServerConfig } from '@hevd/server'
import { urlOf } from './own-database.ts'

export type BackupDeps = {
  readonly config: ServerConfig
  readonly journal: Journal
  readonly plan: Plan
  readonly now: () => Instant
  readonly progress: Progress
  /** Aborted when it is to be broken off. */
  readonly signal: AbortSignal
  /** Whether Hevd's own database may be started for it, where it is not running. */
  readonly start: boolean
}

/** What was made. `record` is null where it was log alone. */
export type MadeBackup = {
  readonly record: BackupRecord | null
  /** What of a folder could not be read. */
  readonly missed: BackedUpFolder['missed']
}

/** How long the end of the log is waited for. */
const patience = 30_000

/** Makes a backup of a plan's source. Throws what the archive and the server throw. */
export async function makeBackup(
  deps: BackupDeps,
  repository: Repository,
  kind: 'full' | 'incremental',
): Promise<MadeBackup> {
  const { config, journal, plan, now, progress, signal, start } = deps
  const { name: source, of, recipients } = plan
  const about = { repository, source, recipients, host: hostname(), now, progress, signal }
  if (of.kind === 'folder') {
    const { path: folder, exclude, oneFileSystem } = of
    const state = listingsFolderOf(config.home)
    return backUpFolder({ ...about, folder, exclude, oneFileSystem, state, kind })
  }
  const { url, close } = await urlOf(config, of.url, start)
  try {
    const record = kind === 'full' ? await backUpPostgres({ ...about, url }) : null
    if (record === null) await putLogAway(deps, repository, url)
    else journal.logged({ source, at: now(), lsn: record.postgresql?.endLsn ?? '', why: null })
    return { record, missed: [] }
  } finally {
    await close()
  }
}

/** The log up to now, or as far as it goes before patience ends; whoever archives it all the time does that too. */
async function putLogAway(deps: BackupDeps, repository: Repository, url: string): Promise<void> {
  const { plan, journal, now, signal } = deps
  const { name: source, recipients } = plan
  const until = await currentLsn(url)
  const stop = AbortSignal.any([signal, AbortSignal.timeout(patience)])
  const report = (event: WalEvent) => {
    if (event.kind === 'archived' || event.kind === 'caught-up')
      journal.logged({ source, at: now(), lsn: event.lsn, why: null })
  }
  try {
    await archiveWal({ source, url, repository, recipients, until, switchAfter: 1000, signal: stop, report })
    signal.throwIfAborted()
  } catch (error) {
    if (!(error instanceof ArchiveError) || error.code !== 'slot-taken') throw error
  }
}
