import type { Bilingual } from '@hevd/core'

/** A fault of Hevd's own that says what is wrong and the remedy in both languages. */
export function wordsOf(error: unknown): Bilingual | null {
  if (typeof error !== 'object' || error === null || !('words' in error)) return null
  const { words } = error
  if (typeof words !== 'object' || words === null || !('nb' in words) || !('en' in words)) return null
  return typeof words.nb === 'string' && typeof words.en === 'string' ? { nb: words.nb, en: words.en } : null
}
