import type { Locale } from '@hevd/core'

export type Unit =
  | 'minute'
  | 'hour'
  | 'day'
  | 'week'
  | 'month'
  | 'quarter'
  | 'half-year'
  | 'year'
  | 'business-day'

const forms: { readonly [language in Locale]: readonly (readonly [RegExp, Unit])[] } = {
  en: [
    [/^min(ute)?s?$/, 'minute'],
    [/^h(ou)?rs?$/, 'hour'],
    [/^days?$/, 'day'],
    [/^nights?$/, 'day'],
    [/^weeks?$/, 'week'],
    [/^months?$/, 'month'],
    [/^quarters?$/, 'quarter'],
    [/^years?$/, 'year'],
    [/^weekdays?$|^workdays?$/, 'business-day'],
  ],
  nb: [
    [/^min(utt(er|et|ene)?)?$/, 'minute'],
    [/^time(n|r|ne)?$/, 'hour'],
    [/^døgn(et|ene)?$|^dag(en|er|ene)?$|^natt(en)?$/, 'day'],
    [/^uke(n|r|ne)?$|^uka$/, 'week'],
    [/^måned(en|er|ene)?$/, 'month'],
    [/^kvartal(et|er|ene)?$/, 'quarter'],
    [/^halvår(et|ene)?$/, 'half-year'],
    [/^år(et|ene)?$/, 'year'],
    [/^(virke|arbeids|bank)dag(en|er|ene)?$|^arbeidstime(n|r|ne)?$/, 'business-day'],
  ],
}

/** The unit of time a word names; null where it names none. */
export function unitOf(form: string, language: Locale): Unit | null {
  return forms[language].find(([pattern]) => pattern.test(form))?.[1] ?? null
}

/** `count` units as an ISO 8601 duration; weeks as days, quarters and half-years as months. */
export function isoDuration(count: number, unit: Exclude<Unit, 'business-day'>): string {
  const written = {
    minute: `PT${count}M`,
    hour: `PT${count}H`,
    day: `P${count}D`,
    week: `P${7 * count}D`,
    month: `P${count}M`,
    quarter: `P${3 * count}M`,
    'half-year': `P${6 * count}M`,
    year: `P${count}Y`,
  } as const
  return written[unit]
}

/** The time between two of `times` per `unit`; null where that is no whole number of a smaller unit. */
export function isoShare(times: number, unit: Exclude<Unit, 'business-day'>): string | null {
  if (times === 1) return isoDuration(1, unit)
  const smaller = {
    year: [12, 'month'],
    'half-year': [6, 'month'],
    quarter: [3, 'month'],
    week: [7, 'day'],
    day: [24, 'hour'],
    hour: [60, 'minute'],
  } as const
  if (unit === 'month' || unit === 'minute') return null
  const [count, part] = smaller[unit]
  return count % times === 0 ? isoDuration(count / times, part) : null
}
