import type { Bilingual } from '@hevd/core'

/** What is wrong and the remedy in both languages: of a fault of Hevd's own, or of one that anybody can mend. */
export function wordsOf(error: unknown): Bilingual | null {
  if (typeof error !== 'object' || error === null) return null
  if ('words' in error) return bilingualOf(error.words)
  if (!('code' in error) || !(error instanceof Error)) return null
  if (error.code === 'ENOSPC' || error.code === 'EDQUOT')
    return {
      nb: `Disken er full: ${error.message}. Frigjør plass og prøv igjen.`,
      en: `The disk is full: ${error.message}. Make room and try again.`,
    }
  if ('syscall' in error && error.syscall === 'connect')
    return {
      nb: `Databasen svarer ikke: ${error.message}. Se «hevd doctor», og prøv igjen når den kjører.`,
      en: `The database does not answer: ${error.message}. See “hevd doctor”, and try again when it runs.`,
    }
  return null
}

function bilingualOf(words: unknown): Bilingual | null {
  if (typeof words !== 'object' || words === null || !('nb' in words) || !('en' in words)) return null
  return typeof words.nb === 'string' && typeof words.en === 'string' ? { nb: words.nb, en: words.en } : null
}
