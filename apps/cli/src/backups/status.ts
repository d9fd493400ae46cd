import {
  type BackupsSettings,
  backupsFileOf,
  isHeld,
  type Made,
  madeOf,
  nextDue,
  type Plan,
  readState,
  type SourceState,
  sourceState,
  type Why,
} from '@hevd/archive'
import type { Instant } from '@hevd/core'
import { wallClock } from '../clock.ts'
import type { BackupsRun } from './backups-run.ts'
import { type Listed, listedOf } from './list.ts'
import { statusText } from './status-text.ts'
import { placeNamed, settingsOf, withRepository } from './where.ts'
import { whyOf } from './why.ts'

/** How a plan stands. */
export type PlanStatus = {
  readonly plan: Plan
  /** The place as people may see it. */
  readonly where: string
  readonly own: SourceState
  /** What the repository says; null where it cannot be asked, and why. */
  readonly listed: Listed | null
  readonly why: Why | null
  readonly made: Made
  readonly next: { readonly kind: 'full' | 'incremental'; readonly at: Instant }
  readonly isKept: boolean
}

export type BackupsStatus = {
  readonly at: Instant
  /** Whether a process runs the plans here. */
  readonly keeping: boolean
  readonly plans: readonly PlanStatus[]
}

/** How late a backup may be before it counts as late: what runs at its time takes time. */
const patience = 3_600_000

/** `hevd backups status`. Exit code: 0 each plan is kept and something runs them, 1 not. */
export async function status(run: BackupsRun): Promise<number> {
  const { config, json, locale, terminal } = run
  const settings = settingsOf(run)
  const now = wallClock()
  const plans = []
  for (const plan of settings.plans) plans.push(await planStatus(config.home, settings, plan, now))
  const found: BackupsStatus = { at: now, keeping: isHeld(config.home, 'keep'), plans }
  if (json)
    terminal.write(
      JSON.stringify({ settings: backupsFileOf(config.home), ...found, plans: plans.map(asJson) }),
    )
  else for (const line of statusText(found, locale, terminal)) terminal.write(line)
  return found.keeping && plans.every(({ isKept }) => isKept) ? 0 : 1
}

async function planStatus(
  home: string,
  settings: BackupsSettings,
  plan: Plan,
  now: Instant,
): Promise<PlanStatus> {
  const state = readState(home)
  const own = sourceState(state, plan.name)
  const place = placeNamed(settings, plan.target)
  let where = place.setting.kind === 'folder' ? place.setting.path : place.name
  let listed: Listed | null = null
  let why: Why | null = null
  try {
    listed = await withRepository(place, (repository) => {
      where = repository.target.name
      return listedOf(repository, plan.name)
    })
  } catch (error) {
    why = whyOf(error)
  }
  const made = madeOf(plan.name, listed?.backups ?? null, state)
  // When it is due by itself: what waits after a failure is no later for that.
  const due = nextDue(plan, { ...made, failures: 0 }, now)
  const next = nextDue(plan, made, now)
  const { lastAttempt, lastDrill, log } = own
  const isKept =
    listed !== null &&
    made.full !== null &&
    due.at + patience > now &&
    (lastAttempt === null || lastAttempt.outcome === 'made' || lastAttempt.outcome === 'running') &&
    lastDrill?.outcome !== 'failed' &&
    listed.damaged.length === 0 &&
    (plan.of.kind === 'folder' || plan.incremental === null || (log !== null && log.why === null))
  return { plan, where, own, listed, why, made, next, isKept }
}

/** Without addresses and paths of what is backed up: who reads this may not be who may read those. */
function asJson({ plan, where, own, listed, why, next, isKept }: PlanStatus) {
  const { name, of, target, recipients, full, incremental, keep } = plan
  return {
    plan: name,
    of: of.kind,
    target,
    where,
    schedule: { full, incremental, keep },
    recipients,
    isKept,
    why,
    lastAttempt: own.lastAttempt,
    lastFull: own.lastFull,
    lastDrill: own.lastDrill,
    log: own.log,
    next,
    restorable: listed?.spans ?? null,
    unfinished: listed?.unfinished.length ?? null,
  }
}
