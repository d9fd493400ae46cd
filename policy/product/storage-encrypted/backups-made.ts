import {
  check,
  type Duration,
  duration,
  type Fails,
  fails,
  holds,
  type Instant,
  type Moment,
  plus,
  type Reading,
  unknown,
  unseen,
} from '@hevd/core'
import {
  type backupLogs,
  backupPlans,
  backupRuns,
  backupSources,
  backups,
  backupLogs as logs,
  type ValueOf,
} from '@hevd/facts'
import { plannedBackups } from '../../populations.ts'

/**
 * Every plan has made whole backups as often as it says, and puts its log away. One that is late is not missed: three times as
 * long may go by as between two.
 */
export const backupsMade = check('storage-encrypted/backups-made', {
  of: plannedBackups,
  parameters: { logBehindAtMost: duration },
  reads: ({ id }) => ({
    plan: backupPlans.ofPlan(id),
    source: backupSources.byKey(id),
    backups: backups.ofPlan(id),
    log: logs.ofPlan(id),
    runs: backupRuns.ofPlan(id),
  }),
  judge: (plan, { plan: self, source, backups: made, log, runs }, { logBehindAtMost }, moment) => {
    const known = [
      ...source.facts.map(({ value }) => value.firstSeenAt),
      ...self.facts.map((fact) => fact.recordedAt),
    ]
    const since = Math.min(...known)
    const code = runs.facts.find(({ value }) => value.outcome === 'failed')?.value.code ?? ''
    const newest = (kind: 'full' | 'any') =>
      Math.max(
        ...made.facts.flatMap(({ value }) =>
          value.missed === 0 && (kind === 'any' || value.kind === kind) ? [value.startedAt] : [],
        ),
      )
    const full = newest('full')
    const [missing] = made.unseen
    if (full === -Infinity) {
      const tooLong = threeTimes(plan.full, since, moment)
      if (missing !== undefined) return unseen(missing)
      return tooLong ? fails('never-backed-up', { since, code }) : unknown('not-yet-backed-up', { code })
    }
    const late = lateIn(plan, { full, any: newest('any') }, code, moment)
    const open = plan.log ? openIn(log, logBehindAtMost, moment) : null
    // What is older than it should be was only the newest if the repository was seen.
    if (missing !== undefined) return unseen(missing)
    return late ?? open ?? holds('backed-up', { at: newest('any') })
  },
})

type Plan = ValueOf<typeof backupPlans>
type Log = ValueOf<typeof backupLogs>

function lateIn(
  plan: Plan,
  { full, any }: { readonly full: Instant; readonly any: Instant },
  code: string,
  moment: Moment,
): Fails | null {
  if (threeTimes(plan.full, full, moment)) return fails('backup-too-old', { at: full, kind: 'full', code })
  if (plan.incremental !== null && threeTimes(plan.incremental, any, moment))
    return fails('backup-too-old', { at: any, kind: 'incremental', code })
  return null
}

/** What keeps a database from being restored to just now, or to any moment since its oldest backup. */
function openIn({ facts }: Reading<Log>, atMost: Duration, moment: Moment) {
  const [log] = facts.map(({ value }) => value)
  if (log === undefined || log.until === null) return unknown('log-not-seen')
  if (log.firstGap !== null) return fails('log-gap', { first: log.firstGap, count: log.gaps })
  return moment.elapsed(log.until, atMost) ? fails('log-behind', { at: log.until }) : null
}

function threeTimes(every: Duration, since: Instant, moment: Moment): boolean {
  const { zone } = moment
  return moment.passed(plus(plus(plus(since, every, zone), every, zone), every, zone))
}
