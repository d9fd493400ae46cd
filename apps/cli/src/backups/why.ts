import { ArchiveError, type Why } from '@hevd/archive'
import { wordsOf } from '../errors.ts'

/** Why something failed, for people and for the journal; of what nobody foresaw, its own message in both languages. */
export function whyOf(error: unknown): Why {
  const message = error instanceof Error ? error.message : String(error)
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'unexpected'
  const params = error instanceof ArchiveError ? error.params : {}
  return { code, params, words: wordsOf(error) ?? { nb: message, en: message } }
}
