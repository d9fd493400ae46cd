import type { Bilingual, Locale } from '@hevd/core'
import { createContext, type ReactNode, useContext, useEffect, useMemo, useState } from 'react'
import { recall, remember } from './memory.ts'
import { read, type Said, say, type WordTable } from './words.ts'

const Choice = createContext<{ readonly locale: Locale; choose(locale: Locale): void }>({
  locale: 'nb',
  choose: () => undefined,
})

/** Language of everything below: chosen before on this machine, else the browser's, else Norwegian. */
export function LocaleProvider({ children }: { readonly children: ReactNode }) {
  const [locale, setLocale] = useState<Locale>(firstLocale)
  useEffect(() => {
    document.documentElement.lang = locale
  }, [locale])
  const value = useMemo(
    () => ({
      locale,
      choose(next: Locale) {
        remember('locale', next)
        setLocale(next)
      },
    }),
    [locale],
  )
  return <Choice value={value}>{children}</Choice>
}

export function useLocale(): Locale {
  return useContext(Choice).locale
}

export function useChooseLocale(): (locale: Locale) => void {
  return useContext(Choice).choose
}

/** The words of a table in the reader's language. */
export function useWords<T extends WordTable>(table: T): Said<T> {
  const locale = useLocale()
  return useMemo(() => say(table, locale), [table, locale])
}

/** Reads texts that the server sends in both languages. */
export function useRead(): (text: Bilingual) => string {
  const locale = useLocale()
  return (text) => read(text, locale)
}

function firstLocale(): Locale {
  const chosen = recall('locale')
  if (chosen === 'nb' || chosen === 'en') return chosen
  const wanted = navigator.languages.map((tag) => tag.toLowerCase().split('-')[0])
  const known = wanted.find((tag) => tag === 'nb' || tag === 'no' || tag === 'nn' || tag === 'en')
  return known === 'en' ? 'en' : 'nb'
}
