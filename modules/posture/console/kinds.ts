import type { Bilingual } from '@hevd/core'
import { factTitles } from '@hevd/facts/titles'
import { useLocale } from '@hevd/ui'

/** What kinds of subjects and facts are called; one that is not listed is called by its own word. */
const kinds: { readonly [kind: string]: Bilingual } = {
  ...factTitles,
  'public-key': { nb: 'Offentlig nøkkel', en: 'Public key' },
  'stored-data': { nb: 'Alle datalagre', en: 'All data stores' },
  uid: { nb: 'Bruker-ID', en: 'User ID' },
}

export function useKind(): (kind: string) => string {
  const locale = useLocale()
  return (kind) => kinds[kind]?.[locale] ?? kind
}
