import { type Instant, type Locale, languageTag } from '@hevd/core'

/** Moments as the reader of a language writes them, in the time zone of this host. */
export function momentsOf(locale: Locale): (at: Instant) => string {
  const format = new Intl.DateTimeFormat(languageTag[locale], { dateStyle: 'medium', timeStyle: 'short' })
  return (at) => format.format(at)
}

const units = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
] as const

/** How long since, or until, in the largest unit that fits: `2 days ago`. */
export function agoIn(locale: Locale): (at: Instant, now: Instant) => string {
  const format = new Intl.RelativeTimeFormat(languageTag[locale], { numeric: 'auto' })
  return (at, now) => {
    const [unit, length] = units.find(([, each]) => Math.abs(at - now) >= each) ?? ['minute', 60_000]
    return format.format(Math.trunc((at - now) / length), unit)
  }
}
