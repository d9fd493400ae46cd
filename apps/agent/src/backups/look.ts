import {
  ArchiveError,
  type BackupsSettings,
  type BackupsState,
  type DrillRun,
  openRepository,
  openTarget,
  type Plan,
  type Repository,
} from '@hevd/archive'
import type { backupLogs, ValueOf } from '@hevd/facts'
import { type Budget, lookAtFiles } from './files.ts'
import { lookAtLog } from './log.ts'
import { type BackupsMemory, unknownPlan } from './memory.ts'
import { type RecordCache, type Recorded, recordAt, recordsOf } from './records.ts'

/** What was seen of a plan's repository. */
export type PlanSeen = {
  readonly plan: Plan
  readonly records: readonly Recorded[]
  readonly log: Omit<ValueOf<typeof backupLogs>, 'plan' | 'host'> | null
}

export type Seen = {
  readonly plans: readonly PlanSeen[]
  /** Digests of the records of the backups that drills restored, by `<source>/<backup>`. */
  readonly drilled: ReadonlyMap<string, string>
  /** What could not be looked at, and why; no credentials. */
  readonly missing: readonly string[]
}

/** How many of the drills of this host are told of. */
export const drillsTold = 50

/** Looks at every repository that plans and drills of this host name. Never throws for one that cannot be reached. */
export async function lookAtRepositories(
  settings: BackupsSettings,
  state: BackupsState,
  memory: BackupsMemory,
  cache: RecordCache,
  { budget, now, signal }: { readonly budget: Budget; readonly now: number; readonly signal: AbortSignal },
): Promise<Seen> {
  const plans: PlanSeen[] = []
  const drilled = new Map<string, string>()
  const missing: string[] = []
  const drills = state.drills.slice(0, drillsTold)
  for (const [name, setting] of settings.targets) {
    const its = settings.plans.filter(({ target }) => target === name)
    const restored = drills.filter(({ target }) => target === name)
    if (its.length + restored.length === 0) continue
    try {
      const target = await openTarget(setting, { now: () => now }, 'look')
      try {
        const repository = await openRepository(target)
        for (const plan of its) plans.push(await lookAtPlan(repository, plan))
        for (const drill of restored) await lookAtDrilled(repository, drill)
      } finally {
        await target.close()
      }
    } catch (error) {
      if (!(error instanceof ArchiveError) && !signal.aborted) throw error
      missing.push(signal.aborted ? `${name}: no answer in time` : messageOf(error))
    }
  }
  return { plans, drilled, missing }

  async function lookAtPlan(repository: Repository, plan: Plan): Promise<PlanSeen> {
    const { target, keepAtLeast } = repository
    const { records, damaged } = await recordsOf(target, plan.name, cache, now, signal)
    missing.push(...damaged.map((path) => `${target.name}: ${path} is no record of a backup`))
    await lookAtFiles(repository, records, memory, budget, now, signal)
    const before = memory.plans.get(plan.name) ?? unknownPlan
    const system = records.at(-1)?.record.postgresql?.systemIdentifier ?? before.system
    const isLogged = plan.of.kind === 'postgresql' && plan.incremental !== null
    const claimed = state.logs.find(({ source }) => source === plan.name)
    const seen = isLogged ? await lookAtLog(repository, plan.name, records, claimed, before, signal) : null
    memory.plans.set(plan.name, { ...before, ...seen?.memory, system, keepAtLeast })
    return { plan, records, log: seen?.log ?? null }
  }

  async function lookAtDrilled({ target }: Repository, { source, backupId }: DrillRun): Promise<void> {
    if (backupId === null || drilled.has(`${source}/${backupId}`)) return
    try {
      const found = await recordAt(target, `${source}/backups/${backupId}/backup.json`, signal)
      if (found !== null) drilled.set(`${source}/${backupId}`, found.digest)
    } catch (error) {
      if (!(error instanceof ArchiveError && error.code === 'file-missing')) throw error
    }
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
