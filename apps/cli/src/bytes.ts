import { type Locale, languageTag } from '@hevd/core'

/** Bytes as kB, MB, GB (powers of ten). */
export function bytes(value: number, locale: Locale): string {
  const at = value < 1000 ? 0 : Math.min(4, Math.floor(Math.log10(value) / 3))
  const format = new Intl.NumberFormat(languageTag[locale], { maximumSignificantDigits: 3 })
  return `${format.format(value / 1000 ** at)} ${['B', 'kB', 'MB', 'GB', 'TB'][at]}`
}
