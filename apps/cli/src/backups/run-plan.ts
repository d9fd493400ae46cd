import {
  ArchiveError,
  listBackups,
  lockOf,
  type Made,
  madeOf,
  nextDue,
  type Plan,
  prune,
  type Repository,
  type RunRecord,
  sweep,
  type Why,
} from '@hevd/archive'
import type { Instant } from '@hevd/core'
import { type BackupDeps, type MadeBackup, makeBackup } from './make-backup.ts'
import { zoneHere } from './prune.ts'
import { type Place, withRepository } from './where.ts'
import { whyOf } from './why.ts'

export type RunDeps = BackupDeps & { readonly place: Place }

/** What came of a run. */
export type Ran = Pick<RunRecord, 'kind' | 'outcome' | 'backupId' | 'bytes' | 'why'> & {
  readonly source: string
  /** Bytes as they lie there, encrypted. */
  readonly stored: number
  readonly missed: MadeBackup['missed']
  /** What the rules removed afterwards. */
  readonly removed: readonly string[]
  /** Why tidying did not go well; the backup is there all the same. */
  readonly untidy: Why | null
}

type Begun = { readonly id: number; readonly kind: 'full' | 'incremental' }

const aDay = 86_400_000
const nothing = { backupId: null, bytes: 0, stored: 0, missed: [], removed: [], untidy: null }

/**
 * Makes a backup of a plan, writes down how that went, and removes what its rules no longer keep. What goes wrong is in what
 * it gives; thrown is ArchiveError `already-running` alone.
 *
 * @param asked null: full where that is due, else of the changes
 */
export async function runPlan(deps: RunDeps, asked: 'full' | null): Promise<Ran> {
  const { config, journal, place, plan, now, signal } = deps
  const release = lockOf(config.home, `backup-${plan.name}`, `hevd backups run ${plan.name}`, process.pid)
  const begin = (made: Made): Begun => {
    const kind = asked ?? kindOf(plan, made, now())
    return { kind, id: journal.begin({ source: plan.name, target: place.name, kind, at: now() }) }
  }
  let begun: Begun | undefined
  try {
    journal.interrupt(plan.name, now())
    return await withRepository(place, async (repository) => {
      const { backups } = await listBackups(repository, plan.name)
      begun = begin(madeOf(plan.name, backups, journal.state()))
      const made = await makeBackup(deps, repository, begun.kind)
      const ended = endOf(made)
      journal.end(begun.id, { ...ended, at: now() })
      const { record, missed } = made
      const stored = record?.files.reduce((sum, file) => sum + file.bytes, 0) ?? 0
      const kind = record?.kind ?? begun.kind
      return { source: plan.name, kind, ...ended, stored, missed, ...(await tidied(repository, plan, now())) }
    })
  } catch (error) {
    const { kind, id } = begun ?? begin(madeOf(plan.name, null, journal.state()))
    const outcome = signal.aborted ? 'interrupted' : 'failed'
    const why = signal.aborted ? null : whyOf(error)
    journal.end(id, { outcome, why, at: now(), backupId: null, bytes: 0 })
    return { source: plan.name, kind, outcome, why, ...nothing }
  } finally {
    release()
  }
}

/** Of the changes where a full one is there and not due; a plan without them makes full ones. */
function kindOf(plan: Plan, made: Made, now: Instant): 'full' | 'incremental' {
  if (plan.incremental === null || made.full === null) return 'full'
  const due = nextDue(plan, { ...made, failures: 0 }, now)
  return due.kind === 'full' && due.at <= now ? 'full' : 'incremental'
}

function endOf({ record, missed }: MadeBackup): Pick<RunRecord, 'outcome' | 'backupId' | 'bytes' | 'why'> {
  const about = { backupId: record?.id ?? null, bytes: record?.contentBytes ?? 0 }
  if (record === null || missed.length === 0) return { ...about, outcome: 'made', why: null }
  const why = whyOf(new ArchiveError('source-not-read', { source: record.source, count: record.missed }))
  return { ...about, outcome: 'incomplete', why }
}

async function tidied(
  repository: Repository,
  plan: Plan,
  now: Instant,
): Promise<Pick<Ran, 'removed' | 'untidy'>> {
  try {
    const { removed } = await prune(repository, plan.name, plan.keep, { now, zone: zoneHere() })
    await sweep(repository, plan.name, now - aDay)
    return { removed: removed.map(({ id }) => id), untidy: null }
  } catch (error) {
    return { removed: [], untidy: whyOf(error) }
  }
}
