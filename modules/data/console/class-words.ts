import type { Bilingual, Locale } from '@hevd/core'

/** Words of the scheme that comes with Hevd; a class of one's own is called what it is. */
export const classWords: { readonly [name: string]: Bilingual } = {
  public: { nb: 'Åpen', en: 'Public' },
  internal: { nb: 'Intern', en: 'Internal' },
  confidential: { nb: 'Fortrolig', en: 'Confidential' },
  sensitive: { nb: 'Følsom', en: 'Sensitive' },
}

export function classCalled(name: string, locale: Locale): string {
  return classWords[name]?.[locale] ?? name
}
