import { Temporal } from 'temporal-polyfill'
import {
  type CalendarDate,
  type Duration,
  endOfDate,
  type Instant,
  startOfDate,
  type TimeZone,
} from './time.ts'

/**
 * When something is or was, as precisely as it is known: a moment, or a date of the organisation's calendar.
 * What is due on a date is due until that date ends; what was done on a date was done before it ended.
 */
export type When = Instant | CalendarDate

/** The first instant it may be. */
export function startOf(when: When, zone: TimeZone): Instant {
  return typeof when === 'number' ? when : startOfDate(when, zone)
}

/** The moment at which it is over: for a date, the first instant after it. */
export function endOf(when: When, zone: TimeZone): Instant {
  return typeof when === 'number' ? when : endOfDate(when, zone)
}

/** The last instant it may be. */
export function lastOf(when: When, zone: TimeZone): Instant {
  return typeof when === 'number' ? when : endOfDate(when, zone) - 1
}

/** The later of two; of equal ones the first. A date counts until its end. */
export function laterOf(a: When, b: When, zone: TimeZone): When {
  return endOf(b, zone) > endOf(a, zone) ? b : a
}

/**
 * `times` durations after `when`, counted in one go so that a month's end does not wander: 31 January and
 * twice P1M is 31 March. A date and calendar units give a date; with hours in it, hours from the end of the date.
 */
export function after(when: When, duration: Duration, zone: TimeZone, times = 1): When {
  const scaled = multiplied(Temporal.Duration.from(duration), times)
  if (typeof when === 'number')
    return Temporal.Instant.fromEpochMilliseconds(when).toZonedDateTimeISO(zone).add(scaled).epochMilliseconds
  const date = Temporal.PlainDate.from(when)
    .add({ years: scaled.years, months: scaled.months, weeks: scaled.weeks, days: scaled.days })
    .toString()
  const { hours, minutes, seconds, milliseconds } = scaled
  if (hours === 0 && minutes === 0 && seconds === 0 && milliseconds === 0) return date
  return Temporal.Instant.fromEpochMilliseconds(endOfDate(date, zone)).add({
    hours,
    minutes,
    seconds,
    milliseconds,
  }).epochMilliseconds
}

/** Whole calendar days from the date of one instant to the date of another. */
export function daysBetween(from: Instant, to: Instant, zone: TimeZone): number {
  const date = (instant: Instant) =>
    Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(zone).toPlainDate()
  return date(from).until(date(to), { largestUnit: 'days' }).days
}

/** Whether a duration takes no time at all. */
export function isNothing(duration: Duration): boolean {
  return Temporal.Duration.from(duration).blank
}

function multiplied(duration: Temporal.Duration, times: number): Temporal.Duration {
  return Temporal.Duration.from({
    years: duration.years * times,
    months: duration.months * times,
    weeks: duration.weeks * times,
    days: duration.days * times,
    hours: duration.hours * times,
    minutes: duration.minutes * times,
    seconds: duration.seconds * times,
    milliseconds: duration.milliseconds * times,
  })
}
