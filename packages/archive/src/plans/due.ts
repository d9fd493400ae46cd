import { type Duration, type Instant, plus } from '@hevd/core'
import type { Plan } from './settings.ts'

/** What is known of a source when its next backup is set: moments at which its backups began, and its last attempts. */
export type Made = {
  /** When the last full one began; null where there is none. */
  readonly full: Instant | null
  /** When the last one of either kind began. */
  readonly any: Instant | null
  /** Attempts since then that came to nothing, and when the last of them ended. */
  readonly failures: number
  readonly failedAt: Instant | null
}

export type Due = { readonly kind: 'full' | 'incremental'; readonly at: Instant }

const zone = 'UTC'
const shortestWait = 60_000
const longestWait = 3_600_000
/** A moment further ahead than this was written by a clock that has been set back since. */
const tolerated = 5 * 60_000

/**
 * The next backup of a plan. A full one where there is none, and where the last one is a `full` old; of a folder an
 * incremental one between. What failed waits a minute, then twice as long each time, at most an hour. A backup that
 * seems to be made in the future counts for nothing: the clock was set back, and waiting until then would be too long.
 */
export function nextDue(plan: Plan, made: Made, now: Instant): Due {
  const due = wanted(plan, made, now)
  if (made.failures === 0 || made.failedAt === null || made.failedAt > now + tolerated) return due
  const wait = Math.min(longestWait, shortestWait * 2 ** Math.min(made.failures - 1, 10))
  return { ...due, at: Math.max(due.at, made.failedAt + wait) }
}

function wanted({ of, full, incremental }: Plan, made: Made, now: Instant): Due {
  const last = seen(made.full, now)
  if (last === null) return { kind: 'full', at: now }
  const nextFull = plus(last, full, zone)
  const changes = of.kind === 'folder' ? incremental : null
  const nextChanges = changes === null ? null : plus(seen(made.any, now) ?? last, changes, zone)
  return nextChanges !== null && nextChanges < nextFull && nextFull > now
    ? { kind: 'incremental', at: nextChanges }
    : { kind: 'full', at: nextFull }
}

/**
 * When a drill is due: now where none was made, else its time after the last one. One that failed is tried again the next
 * day, and one that could not be carried out after an hour.
 */
export function nextDrill(
  every: Duration,
  last: { readonly startedAt: Instant; readonly endedAt: Instant; readonly outcome: string } | null,
  now: Instant,
): Instant {
  if (last === null || seen(last.startedAt, now) === null) return now
  const next = plus(last.startedAt, every, zone)
  if (last.outcome === 'not-run') return Math.min(next, last.endedAt + longestWait)
  return last.outcome === 'failed' ? Math.min(next, plus(last.startedAt, 'P1D', zone)) : next
}

function seen(at: Instant | null, now: Instant): Instant | null {
  return at === null || at > now + tolerated ? null : at
}
