import { type Bilingual, type Locale, locales } from '@hevd/core'

/** What each command writes goes through this: words in the language of the terminal. */
export type Say = (words: Bilingual) => string

/** The language asked for with `--lang`, else that of LC_ALL, LC_MESSAGES or LANG; English where it is neither. */
export function languageOf(asked: string | undefined, environment: NodeJS.ProcessEnv): Locale {
  const explicit = locales.find((locale) => locale === asked)
  if (explicit !== undefined) return explicit
  const system = environment.LC_ALL || environment.LC_MESSAGES || environment.LANG || ''
  return /^(nb|no|nn)/i.test(system) ? 'nb' : 'en'
}
