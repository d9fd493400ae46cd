import type { Instant, Locale } from '@hevd/core'

const languages = { nb: 'nb-NO', en: 'en-GB' } as const

/** Numbers and moments as the reader writes them, in the period's own zone. */
export type Form = {
  readonly language: string
  number(value: number): string
  /** Cut off and not rounded: what is nearly all is not said to be all. */
  percent(part: number, whole: number): string
  moment(at: Instant): string
  day(date: string): string
  /** A stretch of time in its largest unit. */
  lasting(milliseconds: number): string
}

const units = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
  ['second', 1000],
] as const

export function formOf(locale: Locale, timeZone: string): Form {
  const language = languages[locale]
  const moments = new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short', timeZone })
  const days = new Intl.DateTimeFormat(language, { dateStyle: 'long', timeZone: 'UTC' })
  const share = new Intl.NumberFormat(language, { style: 'percent', maximumFractionDigits: 2 })
  const plain = (text: string) => text.replaceAll('\u202F', '\u00A0')
  return {
    language,
    number: (value) => plain(new Intl.NumberFormat(language).format(value)),
    percent: (part, whole) =>
      plain(share.format(whole === 0 ? 0 : Math.floor((part / whole) * 10_000) / 10_000)),
    moment: (at) => plain(moments.format(at)),
    day: (date) => plain(days.format(Date.parse(date))),
    lasting: (milliseconds) => {
      const [unit, size] = units.find(([, least]) => milliseconds >= least) ?? units[3]
      const count = Math.floor(milliseconds / size)
      // The locale data calls days «døgn», which nobody says of a deadline.
      if (locale === 'nb' && unit === 'day')
        return `${plain(new Intl.NumberFormat(language).format(count))} ${count === 1 ? 'dag' : 'dager'}`
      return plain(
        new Intl.NumberFormat(language, { style: 'unit', unit, unitDisplay: 'long' }).format(count),
      )
    },
  }
}
