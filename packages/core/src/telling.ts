import type { CalendarDate, Instant, TimeZone } from './time.ts'
import type { Bilingual, Locale } from './wording.ts'

/** How a reader is told what a reason's parameters only name, in one language. */
export type Telling = {
  /** A moment to the minute: `25. november 2026 kl. 14:05`, `25 November 2026 at 14:05`. */
  moment(at: Instant): string
  /** A calendar date: `26. november 2026`, `26 November 2026`. */
  date(on: CalendarDate): string
  /** A source of facts by its title, in quotation marks; by its own name where it has none. */
  source(feed: string): string
  /** What a fact of a type is called, in quotation marks. */
  factType(type: string): string
}

/** What the words of reasons need to know beside the reasons. */
export type Titles = {
  /** Titles of feeds, by name. */
  readonly sources: ReadonlyMap<string, Bilingual>
  /** Titles of fact types, by name. */
  readonly factTypes: { readonly [type: string]: Bilingual }
}

/** BCP 47 tags whose dates and numbers are the reader's; British English writes the day before the month. */
export const languageTag: { readonly [L in Locale]: string } = { nb: 'nb-NO', en: 'en-GB' }

const quotes: { readonly [L in Locale]: (text: string) => string } = {
  nb: (text) => `«${text}»`,
  en: (text) => `“${text}”`,
}

/** Tells in a language, with the moments of a time zone. */
export function telling(locale: Locale, zone: TimeZone, { sources, factTypes }: Titles): Telling {
  const tag = languageTag[locale]
  const date = new Intl.DateTimeFormat(tag, { dateStyle: 'long', timeZone: zone })
  const calendar = new Intl.DateTimeFormat(tag, { dateStyle: 'long', timeZone: 'UTC' })
  const time = new Intl.DateTimeFormat(tag, {
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
    timeZone: zone,
  })
  const at = { nb: 'kl.', en: 'at' }[locale]
  return {
    moment: (instant) => `${date.format(instant)} ${at} ${time.format(instant)}`,
    date: (on) => calendar.format(Date.parse(on)),
    source: (feed) => quotes[locale](sources.get(feed)?.[locale] ?? feed.slice(feed.lastIndexOf('/') + 1)),
    factType: (type) => quotes[locale](factTypes[type]?.[locale] ?? type),
  }
}
