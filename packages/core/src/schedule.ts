import type { Duration } from './time.ts'
import { isNothing, type When } from './when.ts'

/**
 * What the next one is counted from: from the moment the last one was due (a calendar that nobody can shift by being
 * late or early), or from the moment it was done (a fixed distance between two).
 */
export type Counting = 'from-due' | 'from-completion'

/** When something is due: within a time of an event, and then perhaps again and again. */
export type Schedule = {
  readonly event: When
  readonly within: Duration
  readonly repeat: { readonly every: Duration; readonly counting: Counting } | null
}

/** A schedule that is due once, unless it is told to go on. */
export type Once = Schedule & { thenEvery(every: Duration, counting: Counting): Schedule }

/** Due at `duration` after `event`. An event on a date and whole days give a date: due until its end. */
export function within(duration: Duration, event: When): Once {
  return {
    event,
    within: duration,
    repeat: null,
    thenEvery(every, counting) {
      if (isNothing(every)) throw new RangeError(`Every ${every} is no repetition`)
      return { event, within: duration, repeat: { every, counting } }
    },
  }
}

/** Due at a moment, or on a date until it ends. */
export function due(when: When): Once {
  return within('P0D', when)
}
