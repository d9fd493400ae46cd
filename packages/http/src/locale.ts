import { type Locale, locales } from '@hevd/core'

/**
 * The reader's language: what was chosen explicitly, else the best of Accept-Language (RFC 9110, 12.5.4). Norwegian
 * in any form (`no`, `nn`, `nb-NO`) reads bokmål; whoever asks for neither reads `fallback`.
 */
export function localeOf(
  chosen: string | undefined,
  acceptLanguage: string | undefined,
  fallback: Locale,
): Locale {
  const explicit = locales.find((locale) => locale === chosen)
  if (explicit !== undefined) return explicit
  const wanted = (acceptLanguage ?? '')
    .split(',')
    .map((part) => {
      const [tag = '', quality] = part
        .trim()
        .toLowerCase()
        .split(/;\s*q=/)
      return { language: tag.split('-')[0] ?? '', quality: quality === undefined ? 1 : Number(quality) }
    })
    .filter(({ quality }) => quality > 0)
    .sort((a, b) => b.quality - a.quality)
  for (const { language } of wanted) {
    if (language === 'nb' || language === 'no' || language === 'nn') return 'nb'
    if (language === 'en') return 'en'
  }
  return fallback
}
