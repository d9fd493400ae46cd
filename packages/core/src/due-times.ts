import type { OccurrenceState } from './occurrence.ts'
import type { Schedule } from './schedule.ts'
import type { Duration, Instant, Moment, TimeZone } from './time.ts'
import { after, daysBetween, endOf, startOf, type When } from './when.ts'

/** A record as it counts: `made` is the last instant it may have been made at, by what it shows. */
export type Discharge = {
  readonly made: Instant
  readonly at: When
  /** Until when it is valid; null for ever. */
  readonly ends: When | null
  readonly recordedAt: Instant | null
}

/** A time in which something does not run, or does not apply; `until` null while it has no end. */
export type Span = { readonly from: Instant; readonly until: Instant | null }

/** Everything that decides when something was due and how it went. */
export type Course = {
  readonly schedule: Schedule
  /** The schedule by the parameters before the last change, and when they ended. */
  readonly before: { readonly schedule: Schedule; readonly until: Instant } | null
  /** Whether a shortened deadline also shortens what was set before the change. */
  readonly retroactive: boolean
  readonly grace: Duration
  /** Records that do not lie in the future, by `made`. */
  readonly records: readonly Discharge[]
  readonly pauses: readonly Span[]
  readonly exemptions: readonly Span[]
  /** Whether all that could discharge, pause or exempt was seen. */
  readonly whole: boolean
}

/** One time it was due and how that went. */
export type DueTime = {
  readonly due: When
  readonly dueAt: Instant
  /** From when it counts as overdue: the due moment and the grace. */
  readonly overdueAt: Instant
  readonly state: OccurrenceState
  readonly record: Discharge | null
  /** It fell due because a record ceased to be valid, not by the schedule. */
  readonly expired: boolean
}

/** A due moment to come: records made later than `since` can discharge it. */
type Step = {
  readonly due: When
  readonly since: Instant
  readonly expired: boolean
  /** The scheduled step that a renewal stands in front of. */
  readonly resume: Step | null
  readonly anchor: { readonly due: When; readonly every: Duration; readonly count: number } | null
}

/**
 * Every due moment up to the first that is not settled yet, in order. A record discharges one of them: the earliest that
 * was due and not yet discharged. Repeated from the due moment, each period needs a record of its own; a renewal of what
 * expired in between counts for its period too.
 */
export function dueTimes(course: Course, moment: Moment): readonly DueTime[] {
  const { zone } = moment
  const times: DueTime[] = []
  let step = firstStep(course, zone)
  while (step !== null) {
    const exempt = exemptionAt(endOf(step.due, zone), course.exemptions)
    const following: Step | null = step.expired ? step.resume : followingDue(course, step, zone)
    if (exempt !== null) {
      step = exempt.until === null ? null : (following ?? resumed(step, exempt.until))
      continue
    }
    const time = settledTime(course, step, following, moment)
    if (times.at(-1)?.dueAt === time.dueAt) times.pop()
    times.push(time)
    if (time.record !== null) step = afterRecord(course, step, following, time.record, zone)
    else if (following !== null && moment.passed(endOf(following.due, zone)))
      step = { ...following, since: endOf(following.due, zone) - 1 }
    else step = null
  }
  return times
}

function settledTime(course: Course, step: Step, following: Step | null, moment: Moment): DueTime {
  const { zone } = moment
  const dueAt = endOf(step.due, zone)
  const overdueAt = endOf(after(step.due, course.grace, zone), zone)
  const closes = following === null ? Number.POSITIVE_INFINITY : endOf(following.due, zone)
  const record =
    course.records.find(
      ({ made, ends }) =>
        made > step.since && made < closes && (made >= dueAt || ends === null || endOf(ends, zone) > dueAt),
    ) ?? null
  const state = (): OccurrenceState => {
    if (record !== null) return record.made < overdueAt ? 'met' : 'late'
    if (!moment.passed(overdueAt) && !(closes < overdueAt && moment.passed(closes))) return 'open'
    if (!course.whole) return 'not-observed'
    return Number.isFinite(closes) && moment.passed(closes) ? 'missed' : 'overdue'
  }
  return { due: step.due, dueAt, overdueAt, state: state(), record, expired: step.expired }
}

/** What comes after a due moment that a record discharged: the end of the record's validity, or the next by schedule. */
function afterRecord(
  course: Course,
  step: Step,
  following: Step | null,
  record: Discharge,
  zone: TimeZone,
): Step | null {
  const since = Math.max(record.made, step.since)
  const scheduled = step.expired && step.resume !== null ? step.resume : following
  const next =
    scheduled === null
      ? completionDue(course, record, zone)
      : step.expired
        ? scheduled
        : { ...scheduled, since: Math.max(endOf(step.due, zone) - 1, record.made) }
  const { ends } = record
  if (ends === null || (next !== null && endOf(next.due, zone) <= endOf(ends, zone))) return next
  const due = unpaused(ends, startOf(ends, zone), course.pauses, zone)
  if (due === null) return null
  return { due, since, expired: true, resume: scheduled === null ? null : next, anchor: null }
}

function firstStep(course: Course, zone: TimeZone): Step | null {
  const make = ({ event, within }: Schedule) => after(event, within, zone)
  const set = startOf(course.schedule.event, zone)
  const due = unpaused(inForce(course, set, make, zone), set, course.pauses, zone)
  if (due === null) return null
  const { repeat } = course.schedule
  const since =
    repeat === null ? Number.NEGATIVE_INFINITY : endOf(after(due, repeat.every, zone, -1), zone) - 1
  return { due, since, expired: false, resume: null, anchor: null }
}

/** The next due moment counted from this one; null where the schedule does not go on by itself, or its clock stands still. */
function followingDue(course: Course, step: Step, zone: TimeZone): Step | null {
  const { repeat } = course.schedule
  if (repeat === null || repeat.counting !== 'from-due') return null
  const set = endOf(step.due, zone)
  const counted = ({ repeat: by }: Schedule) => by && counter(step, by.every)
  const make = (schedule: Schedule) => {
    const anchor = counted(schedule) ?? counter(step, repeat.every)
    return after(anchor.due, anchor.every, zone, anchor.count)
  }
  const plain = inForce(course, set, make, zone)
  const due = unpaused(plain, set, course.pauses, zone)
  if (due === null) return null
  const anchor = counter(step, repeat.every)
  const regular = due === after(anchor.due, anchor.every, zone, anchor.count)
  return { due, since: set - 1, expired: false, resume: null, anchor: regular ? anchor : null }
}

/** Repetitions are counted from the first of a row, so that a month's end does not wander. */
function counter({ due, anchor }: Step, every: Duration): NonNullable<Step['anchor']> {
  return anchor?.every === every ? { ...anchor, count: anchor.count + 1 } : { due, every, count: 1 }
}

function completionDue(course: Course, record: Discharge, zone: TimeZone): Step | null {
  if (course.schedule.repeat?.counting !== 'from-completion') return null
  const { every } = course.schedule.repeat
  const make = ({ repeat }: Schedule) => after(record.at, repeat?.every ?? every, zone)
  const due = unpaused(inForce(course, record.made, make, zone), endOf(record.at, zone), course.pauses, zone)
  if (due === null) return null
  return { due, since: record.made, expired: false, resume: null, anchor: null }
}

/**
 * A deadline that was set before the parameters changed. One that had passed stays; a longer one is the policy now; a
 * shorter one counts only where the obligation says so, and never from before the change.
 */
function inForce(course: Course, set: Instant, make: (schedule: Schedule) => When, zone: TimeZone): When {
  const now = make(course.schedule)
  if (course.before === null) return now
  return keptDeadline(make(course.before.schedule), now, set, course.before.until, course.retroactive, zone)
}

export function keptDeadline(
  old: When,
  now: When,
  set: Instant,
  changed: Instant,
  retroactive: boolean,
  zone: TimeZone,
): When {
  if (set >= changed) return now
  if (endOf(old, zone) <= changed) return old
  if (endOf(now, zone) >= endOf(old, zone)) return now
  if (!retroactive) return old
  return endOf(now, zone) < changed ? changed : now
}

/** The deadline with the time added in which its clock stood still; null while it stands still without an end. */
function unpaused(due: When, set: Instant, pauses: readonly Span[], zone: TimeZone): When | null {
  let moved = due
  for (const { from, until } of pauses) {
    if (from >= endOf(moved, zone)) break
    if (until === null) return null
    const begin = Math.max(from, set)
    if (until <= begin) continue
    moved =
      typeof moved === 'number'
        ? moved + (until - begin)
        : after(moved, `P${daysBetween(begin, until, zone)}D`, zone)
  }
  return moved
}

function exemptionAt(at: Instant, exemptions: readonly Span[]): Span | null {
  return exemptions.find(({ from, until }) => from < at && (until === null || at <= until)) ?? null
}

/** A deadline that an exemption lifted falls due as the exemption ends, where the schedule has no other. */
function resumed(step: Step, until: Instant): Step {
  return { ...step, due: until + 1, anchor: null }
}
