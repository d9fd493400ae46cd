import {
  clockTimeOf,
  dateOf,
  type Instant,
  plus,
  startOfDate,
  type TimeZone,
  whenClocksShow,
} from '@hevd/core'
import type { Preference } from '../contract.ts'

type Rhythm = Pick<Preference, 'rhythm' | 'digestTime' | 'digestWeekday' | 'urgentAtOnce' | 'quiet'>

/**
 * The first moment from `now` on at which what was found to be asked at `madeAt` may be told; null where it is not told
 * at all. Digests and quiet hours go by the clocks of `zone`, whatever they are set to that night. Quiet hours only
 * delay: what would have come in them comes when they end.
 */
export function tellAt(
  rhythm: Rhythm,
  zone: TimeZone,
  told: { readonly madeAt: Instant; readonly urgent: boolean },
  now: Instant,
): Instant | null {
  if (rhythm.rhythm === 'off') return null
  const atOnce = rhythm.rhythm === 'at-once' || (told.urgent && rhythm.urgentAtOnce)
  const wanted = atOnce ? told.madeAt : nextDigest(rhythm, zone, told.madeAt)
  return afterQuiet(rhythm.quiet, zone, Math.max(wanted, now))
}

/** The first digest at or after a moment. */
export function nextDigest(
  { rhythm, digestTime, digestWeekday }: Rhythm,
  zone: TimeZone,
  from: Instant,
): Instant {
  for (let day = startOfDate(dateOf(from, zone), zone); ; day = plus(day, 'P1D', zone)) {
    const date = dateOf(day, zone)
    const at = whenClocksShow(date, digestTime, zone)
    if (at >= from && (rhythm !== 'weekly' || weekdayOf(date) === digestWeekday)) return at
  }
}

/** The moment itself where it is not quiet, else the end of the quiet. A span of no length is never quiet. */
export function afterQuiet(quiet: Preference['quiet'], zone: TimeZone, moment: Instant): Instant {
  const clock = clockTimeOf(moment, zone)
  if (quiet === null || !isQuiet(quiet, clock)) return moment
  // By elapsed time first: in an hour that comes twice, the date alone does not tell which of the two it is.
  const elapsed =
    moment - (moment % minute) + ((minutesOf(quiet.until) - minutesOf(clock) + 1440) % 1440) * minute
  if (clockTimeOf(elapsed, zone) === quiet.until) return elapsed
  const today = dateOf(moment, zone)
  const end = whenClocksShow(today, quiet.until, zone)
  if (end > moment) return end
  return whenClocksShow(dateOf(plus(startOfDate(today, zone), 'P1D', zone), zone), quiet.until, zone)
}

const minute = 60_000

function minutesOf(clock: string): number {
  const [hours = 0, minutes = 0] = clock.split(':').map(Number)
  return hours * 60 + minutes
}

/** By the clocks, from the first minute to before the last; over midnight where it ends earlier than it begins. */
function isQuiet({ from, until }: NonNullable<Preference['quiet']>, clock: string): boolean {
  return from <= until ? from <= clock && clock < until : from <= clock || clock < until
}

/** 1 is Monday (ISO 8601). */
function weekdayOf(date: string): number {
  return new Date(`${date}T00:00:00Z`).getUTCDay() || 7
}
