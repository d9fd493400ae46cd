import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import {
  archiveErrorOf,
  type DrillRun,
  drillFolder,
  drillPostgres,
  findBackup,
  type Journal,
  openJournal,
  type Progress,
} from '@hevd/archive'
import { type Instant, languageTag } from '@hevd/core'
import type { ServerConfig } from '@hevd/server'
import { wallClock } from '../clock.ts'
import { mark, wrapped } from '../terminal.ts'
import type { BackupsRun } from './backups-run.ts'
import { identitiesIn } from './identity.ts'
import { progressBar } from './progress.ts'
import { type Place, placeOf, type Where, withRepository } from './where.ts'
import { whyOf } from './why.ts'
import { backupsWords } from './words.ts'

export type DrillDeps = {
  readonly config: ServerConfig
  readonly journal: Journal
  readonly place: Place
  readonly source: string
  readonly identityFile: string
  /** Null: the newest. */
  readonly backupId: string | null
  /** Null: `<HEVD_HOME>/drills`. */
  readonly scratch: string | null
  readonly now: () => Instant
  readonly progress: Progress
  readonly signal: AbortSignal
}

/**
 * Drills one source and writes down how that went; what was broken off is not. What cannot be carried out is `not-run`:
 * nothing is known of the backup then.
 */
export async function runDrill(deps: DrillDeps): Promise<Omit<DrillRun, 'id'>> {
  const { config, journal, place, source, now, progress, signal } = deps
  const { path } = config
  const startedAt = now()
  const about = { source, target: place.name, startedAt }
  let drilled: Omit<DrillRun, 'id'>
  try {
    const identities = identitiesIn(deps.identityFile)
    const scratch = deps.scratch ?? scratchIn(config.home)
    const record = await withRepository(place, async (repository) => {
      const backup = await findBackup(repository, source, deps.backupId)
      const given = {
        repository,
        source,
        identities,
        backupId: backup.id,
        scratch,
        path,
        now,
        progress,
        signal,
      }
      return backup.of === 'folder' ? drillFolder(given) : drillPostgres(given)
    })
    const { backupId, endedAt, outcome, reason, files, tables, rows } = record
    const why = reason === null ? null : whyOf(archiveErrorOf(reason))
    drilled = { ...about, backupId, endedAt, outcome, why, files, tables, rows }
  } catch (error) {
    const none = { backupId: deps.backupId, files: 0, tables: 0, rows: 0 }
    drilled = { ...about, ...none, endedAt: now(), outcome: 'not-run', why: whyOf(error) }
  }
  if (!signal.aborted) journal.drilled(drilled)
  return drilled
}

/** The account of a throwaway server must be able to pass through. */
function scratchIn(home: string): string {
  const folder = join(home, 'drills')
  mkdirSync(folder, { recursive: true, mode: 0o711 })
  return folder
}

/** `hevd backups drill`. Exit code: 1 where it did not pass, 2 where it could not be carried out. */
export async function drill(
  run: BackupsRun,
  source: string,
  options: Where & { readonly identity: string; readonly backup?: string; readonly scratch?: string },
): Promise<number> {
  const { config, json, locale, terminal, signal } = run
  const { identity, backup = null, scratch = null, ...where } = options
  const journal = openJournal(config.home)
  try {
    const drilled = await runDrill({
      config,
      journal,
      place: placeOf(run, source, where),
      source,
      identityFile: identity,
      backupId: backup,
      scratch,
      now: wallClock,
      progress: progressBar(source, terminal, locale),
      signal,
    })
    if (json) terminal.write(JSON.stringify(drilled))
    else for (const line of lines(drilled, run)) terminal.write(line)
    return { passed: 0, failed: 1, 'not-run': 2 }[drilled.outcome]
  } finally {
    journal.close()
  }
}

function lines(drilled: Omit<DrillRun, 'id'>, { locale, terminal }: BackupsRun): string[] {
  const say = backupsWords[locale]
  const { source, backupId, outcome, why, files, tables, rows } = drilled
  const count = new Intl.NumberFormat(languageTag[locale]).format(rows)
  const shape = mark(outcome === 'passed' ? 'holds' : outcome === 'failed' ? 'fails' : 'unknown', terminal)
  return [
    `${shape} ${source} ${backupId ?? ''}: ${say.drill[outcome]}`,
    ...wrapped(why === null ? say.drilled(files, tables, count) : why.words[locale], 80, 2),
  ]
}
