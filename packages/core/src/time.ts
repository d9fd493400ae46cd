import { Temporal } from 'temporal-polyfill'

/** Milliseconds since 1970-01-01T00:00:00Z. */
export type Instant = number
/** A calendar date, `YYYY-MM-DD`. */
export type CalendarDate = string
/** ISO 8601 duration, for example `P30D` or `PT15M`; never negative. */
export type Duration = string
/** IANA time zone, for example `Europe/Oslo`. */
export type TimeZone = string

/** Source of the present moment; the server's is the database's clock (DESIGN.md, "Time"). */
export type Clock = { readonly now: () => Instant }

/** Whether `text` is an ISO 8601 duration with calendar or clock units and is not negative. */
export function isDuration(text: string): text is Duration {
  try {
    return Temporal.Duration.from(text).sign >= 0
  } catch {
    return false
  }
}

/** Whether `text` is a calendar date that exists. */
export function isCalendarDate(text: string): text is CalendarDate {
  try {
    return (
      /^\d{4}-\d{2}-\d{2}$/.test(text) && Temporal.PlainDate.from(text, { overflow: 'reject' }) !== undefined
    )
  } catch {
    return false
  }
}

/**
 * `instant` plus `duration` by the calendar of `zone`: a day is a calendar day across a change to or
 * from daylight saving time, an hour is sixty minutes, and a month's end is kept within the month
 * (31 January + P1M = 28 or 29 February).
 */
export function plus(instant: Instant, duration: Duration, zone: TimeZone): Instant {
  return Temporal.Instant.fromEpochMilliseconds(instant)
    .toZonedDateTimeISO(zone)
    .add(Temporal.Duration.from(duration)).epochMilliseconds
}

/** `instant` minus `duration`, by the same calendar as {@link plus}. */
export function minus(instant: Instant, duration: Duration, zone: TimeZone): Instant {
  return Temporal.Instant.fromEpochMilliseconds(instant)
    .toZonedDateTimeISO(zone)
    .subtract(Temporal.Duration.from(duration)).epochMilliseconds
}

/** The first instant of a date in a zone. */
export function startOfDate(date: CalendarDate, zone: TimeZone): Instant {
  return Temporal.PlainDate.from(date).toZonedDateTime(zone).epochMilliseconds
}

/** The first instant after a date in a zone: something due on a date is due until then. */
export function endOfDate(date: CalendarDate, zone: TimeZone): Instant {
  return Temporal.PlainDate.from(date).add({ days: 1 }).toZonedDateTime(zone).epochMilliseconds
}

/** The date of an instant in a zone. */
export function dateOf(instant: Instant, zone: TimeZone): CalendarDate {
  return Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(zone).toPlainDate().toString()
}

/** What the clocks of a zone show at an instant, `HH:MM`. */
export function clockTimeOf(instant: Instant, zone: TimeZone): string {
  return Temporal.Instant.fromEpochMilliseconds(instant)
    .toZonedDateTimeISO(zone)
    .toPlainTime()
    .toString({ smallestUnit: 'minute' })
}

/**
 * When the clocks of a zone show `time` (`HH:MM`) on a date: the first of two where they are set back over it, and the
 * moment they are set forward where they skip it.
 */
export function whenClocksShow(date: CalendarDate, time: string, zone: TimeZone): Instant {
  const wanted = Temporal.PlainDate.from(date).toPlainDateTime(Temporal.PlainTime.from(time))
  const shown = wanted.toZonedDateTime(zone, { disambiguation: 'earlier' })
  if (shown.toPlainDateTime().equals(wanted)) return shown.epochMilliseconds
  return (shown.getTimeZoneTransition('next') ?? shown).epochMilliseconds
}

/** RFC 3339 in UTC with milliseconds. */
export function toIso(instant: Instant): string {
  return new Date(instant).toISOString()
}

/** Milliseconds of a duration without calendar units; throws `RangeError` on years, months and weeks. */
export function milliseconds(duration: Duration): number {
  return Temporal.Duration.from(duration).total({ unit: 'milliseconds' })
}

/**
 * The present, as a judge may see it: it can be asked whether a moment has passed, and remembers the
 * earliest one that had not. What time alone can change is therefore known by construction and
 * cannot be forgotten by a declaration.
 */
export class Moment {
  readonly #at: Instant
  readonly zone: TimeZone
  #horizon: Instant | null = null

  constructor(at: Instant, zone: TimeZone) {
    this.#at = at
    this.zone = zone
  }

  /** Whether `deadline` lies at or before now. */
  passed(deadline: Instant): boolean {
    if (deadline <= this.#at) return true
    this.#horizon = this.#horizon === null ? deadline : Math.min(this.#horizon, deadline)
    return false
  }

  /** Whether `duration` has gone by since `event`. */
  elapsed(event: Instant, duration: Duration): boolean {
    return this.passed(plus(event, duration, this.zone))
  }

  /** Earliest asked-for moment that has not passed; null when time alone changes nothing. */
  get horizon(): Instant | null {
    return this.#horizon
  }
}
