import type { CalendarDate, Instant, Locale } from '@hevd/core'
import { languageTag } from './words.ts'

const day = 86_400_000
const spans = [
  { unit: 'year', ms: 365 * day },
  { unit: 'month', ms: 30 * day },
  { unit: 'week', ms: 7 * day },
  { unit: 'day', ms: day },
  { unit: 'hour', ms: 3_600_000 },
  { unit: 'minute', ms: 60_000 },
] as const

/** How long, in words: `3 dager`, `2 hours`. Shorter than a minute is said so. */
export function lasting(ms: number, locale: Locale): string {
  const span = spans.find((candidate) => ms >= candidate.ms)
  if (span === undefined) return locale === 'nb' ? 'under ett minutt' : 'less than a minute'
  return counted(Math.floor(ms / span.ms), span.unit, locale)
}

function counted(count: number, unit: string, locale: Locale): string {
  // The locale data calls days «døgn», which nobody says of a deadline.
  if (locale === 'nb' && unit === 'day')
    return `${new Intl.NumberFormat(languageTag.nb).format(count)} ${count === 1 ? 'dag' : 'dager'}`
  return new Intl.NumberFormat(languageTag[locale], { style: 'unit', unit, unitDisplay: 'long' }).format(
    count,
  )
}

/** An ISO 8601 duration in words: `P30D` is `30 dager`. What is no duration is given back as it is. */
export function durationInWords(duration: string, locale: Locale): string {
  const match = /^P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?$/.exec(
    duration,
  )
  if (match === null) return duration
  const units = ['year', 'month', 'week', 'day', 'hour', 'minute', 'second']
  const parts = units.flatMap((unit, index) => {
    const count = match[index + 1]
    return count === undefined ? [] : [counted(Number(count), unit, locale)]
  })
  return parts.length === 0
    ? duration
    : new Intl.ListFormat(languageTag[locale], { type: 'conjunction' }).format(parts)
}

/**
 * A moment as people say it, the nearer the shorter: `i dag 09:12`, `tirsdag 09:12`, `3. mars`, `3. mars 2025`.
 * In the reader's own time zone.
 */
export function moment(at: Instant, now: Instant, locale: Locale): string {
  const tag = languageTag[locale]
  const time = new Intl.DateTimeFormat(tag, { hour: '2-digit', minute: '2-digit' }).format(at)
  const apart = calendarDay(at) - calendarDay(now)
  const near = nearDay[locale][String(apart)]
  if (near !== undefined) return `${near} ${time}`
  if (Math.abs(apart) < 7) return `${new Intl.DateTimeFormat(tag, { weekday: 'long' }).format(at)} ${time}`
  const sameYear = new Date(at).getFullYear() === new Date(now).getFullYear()
  return new Intl.DateTimeFormat(tag, {
    day: 'numeric',
    month: 'long',
    ...(sameYear ? {} : { year: 'numeric' }),
  }).format(at)
}

const nearDay: { readonly [L in Locale]: { readonly [apart: string]: string } } = {
  nb: { '-1': 'i går', '0': 'i dag', '1': 'i morgen' },
  en: { '-1': 'yesterday', '0': 'today', '1': 'tomorrow' },
}

/** Number of the local calendar day. */
function calendarDay(at: Instant): number {
  const date = new Date(at)
  return Math.round(Date.UTC(date.getFullYear(), date.getMonth(), date.getDate()) / day)
}

/** The moment to the second, with its zone, for whoever points at it. */
export function exact(at: Instant, locale: Locale): string {
  return new Intl.DateTimeFormat(languageTag[locale], {
    dateStyle: 'full',
    timeStyle: 'long',
  }).format(at)
}

/** A calendar date as the reader writes it. */
export function dateInWords(date: CalendarDate, locale: Locale): string {
  return new Intl.DateTimeFormat(languageTag[locale], {
    day: 'numeric',
    month: 'long',
    year: 'numeric',
    timeZone: 'UTC',
  }).format(Date.parse(`${date}T00:00:00Z`))
}

/** RFC 3339, for `<time dateTime>` and files. */
export function machineTime(at: Instant): string {
  return new Date(at).toISOString()
}
