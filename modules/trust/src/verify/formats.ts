import type { Instant, Locale } from '@hevd/core'

/** Written out by ourselves: two engines' own formats differ, and what is shown is held against what is proven. */
const months = {
  nb: [
    'januar',
    'februar',
    'mars',
    'april',
    'mai',
    'juni',
    'juli',
    'august',
    'september',
    'oktober',
    'november',
    'desember',
  ],
  en: [
    'January',
    'February',
    'March',
    'April',
    'May',
    'June',
    'July',
    'August',
    'September',
    'October',
    'November',
    'December',
  ],
} as const

/** A moment to the minute, in a time zone: `25. november 2026 kl. 19.12`, `25 November 2026 at 19:12`. */
export function moment(at: Instant, locale: Locale, timeZone: string): string {
  const { year, month, day, hour, minute } = fields(at, timeZone)
  const name = months[locale][Number(month) - 1] ?? month
  return locale === 'nb'
    ? `${Number(day)}. ${name} ${year} kl. ${hour}.${minute}`
    : `${Number(day)} ${name} ${year} at ${hour}:${minute}`
}

function fields(at: Instant, timeZone: string): { readonly [name: string]: string } {
  const parts = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
  }).formatToParts(at)
  return Object.fromEntries(parts.map(({ type, value }) => [type, value]))
}

const units = [
  ['Y', 'date', { nb: ['år', 'år'], en: ['year', 'years'] }],
  ['M', 'date', { nb: ['måned', 'måneder'], en: ['month', 'months'] }],
  ['W', 'date', { nb: ['uke', 'uker'], en: ['week', 'weeks'] }],
  ['D', 'date', { nb: ['døgn', 'døgn'], en: ['day', 'days'] }],
  ['H', 'time', { nb: ['time', 'timer'], en: ['hour', 'hours'] }],
  ['M', 'time', { nb: ['minutt', 'minutter'], en: ['minute', 'minutes'] }],
  ['S', 'time', { nb: ['sekund', 'sekunder'], en: ['second', 'seconds'] }],
] as const

/** An ISO 8601 duration in words; null for what is none. */
function durationWords(text: string, locale: Locale): string | null {
  const match = /^P(?=.)((?:\d+[YMWD])*)(?:T((?:[\d.]+[HMS])+))?$/.exec(text)
  if (match === null) return null
  const parts = { date: match[1] ?? '', time: match[2] ?? '' }
  const said = units.flatMap(([unit, part, words]) => {
    const count = new RegExp(`([\\d.]+)${unit}`).exec(parts[part])?.[1]
    return count === undefined ? [] : [`${count} ${words[locale][count === '1' ? 0 : 1]}`]
  })
  return said.length === 0 ? null : said.join(' ')
}

/** A parameter's value as a reader sees it; two different values never read the same. */
export function parameterWords(value: unknown, locale: Locale): string {
  if (typeof value === 'string') return durationWords(value, locale) ?? value
  if (Array.isArray(value))
    return value.length === 0 ? { nb: 'ingen', en: 'none' }[locale] : value.map(String).join(', ')
  return JSON.stringify(value)
}
