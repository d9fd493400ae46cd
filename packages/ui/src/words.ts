import type { Bilingual, Locale } from '@hevd/core'
import { languageTag } from '@hevd/core/telling'

/** A text, or a text of parameters, in every language. */
type Entry = { readonly [L in Locale]: string | ((...parameters: never[]) => string) }
export type WordTable = { readonly [key: string]: Entry }
/** One language of a table: what a screen says. */
export type Said<T extends WordTable> = { readonly [K in keyof T]: T[K]['nb'] }

/**
 * The words of one screen, beside the screen. A missing language is a type error, and so is a text that takes other
 * parameters in one language than in the other.
 */
export function words<T extends WordTable>(
  table: T & { readonly [K in keyof T]: { readonly en: T[K]['nb'] } },
): T {
  return table
}

/** A table in one language. */
export function say<T extends WordTable>(table: T, locale: Locale): Said<T> {
  return Object.fromEntries(Object.entries(table).map(([key, entry]) => [key, entry[locale]])) as Said<T>
}

/** A text of the policy or the server in the reader's language. */
export function read(text: Bilingual, locale: Locale): string {
  return text[locale]
}

/** A number as the reader writes it. */
export function numeral(value: number, locale: Locale): string {
  return new Intl.NumberFormat(languageTag[locale]).format(value)
}

/** Words joined as a sentence of the language does. */
export function listedWords(items: readonly string[], locale: Locale): string {
  return new Intl.ListFormat(languageTag[locale], { type: 'conjunction' }).format(items)
}

export { languageTag }
