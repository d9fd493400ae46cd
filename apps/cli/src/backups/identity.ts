import { readFileSync, statSync } from 'node:fs'
import { ArchiveError, parseIdentities } from '@hevd/archive'

/**
 * The identities in a file that its owner alone may read. Throws ArchiveError `identity-not-readable`, `identity-exposed`,
 * `identity-not-valid`.
 */
export function identitiesIn(path: string): readonly string[] {
  let text: string
  try {
    text = readFileSync(path, 'utf8')
  } catch (error) {
    const reason = error instanceof Error && 'code' in error ? String(error.code) : String(error)
    throw new ArchiveError('identity-not-readable', { path, reason }, error)
  }
  if ((statSync(path).mode & 0o077) !== 0) throw new ArchiveError('identity-exposed', { path })
  return parseIdentities(text)
}
