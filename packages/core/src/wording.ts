/** Languages of the product. Norwegian bokmål is written first. */
export const locales = ['nb', 'en'] as const
export type Locale = (typeof locales)[number]

/** One text in every language of the product; a missing language is a type error. */
export type Bilingual = { readonly [L in Locale]: string }

/** What a reason may carry. Personal data goes by id and is looked up by the reader, never written in. */
export type WordingParameter = string | number | boolean | null | readonly string[] | readonly number[]
export type WordingParameters = { readonly [name: string]: WordingParameter }

/** A text with parameters, in every language. */
export type Wording<P extends WordingParameters = WordingParameters> = {
  readonly [L in Locale]: (params: P) => string
}

/** The word form for a count, by the plural rules of the language. Both languages here know one and other. */
export function plural(count: number, one: string, other: string): string {
  return count === 1 ? one : other
}

/** Words joined as a sentence of the language does: `a, b og c`, `a, b and c`. */
export function listed(locale: Locale, items: readonly (string | number)[]): string {
  return new Intl.ListFormat(locale, { type: 'conjunction' }).format(items.map(String))
}
