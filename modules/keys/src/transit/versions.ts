import { fromBase64, readVersioned, type Versioned } from '../domain/ciphertext.ts'
import type { KeyRow } from '../store/keys.ts'
import { TransitError } from './errors.ts'

const bad = (message: string) => new TransitError(400, message)

/** Bytes of a parameter in base64; `what` names it in the fault. */
export function bytesOf(text: string, what: string): Buffer {
  const bytes = fromBase64(text)
  if (bytes === null) throw bad(`failed to base64-decode ${what}`)
  return bytes
}

/** The version that something new is made with: the newest, or the one asked for if the key allows it. */
export function versionToUse({ latest, minEncryption }: KeyRow, asked: number | null | undefined): number {
  if (asked === null || asked === undefined || asked === 0) return latest
  if (asked > latest) throw bad('requested version for encryption is higher than the latest key version')
  if (asked < Math.max(1, minEncryption))
    throw bad('requested version for encryption is less than the minimum encryption key version')
  return asked
}

/** A ciphertext, signature or HMAC whose version may still be read. */
export function versionRead(row: KeyRow, text: string, what: 'ciphertext' | 'signature'): Versioned {
  if (!text.startsWith('vault:v')) throw bad(`invalid ${what}: no prefix`)
  const read = readVersioned(text)
  if (read === null) throw bad(`invalid ${what}`)
  checkVersion(row, read.version, what)
  return read
}

export function checkVersion(
  { latest, minDecryption }: KeyRow,
  version: number,
  what: 'ciphertext' | 'signature',
): void {
  if (version > latest) throw bad(`invalid ${what}: version is too new`)
  if (version < minDecryption) throw bad('ciphertext or signature version is disallowed by policy (too old)')
}

/** The context of a derived key; null for a key that is none, which takes no notice of one. */
export function contextOf({ derived }: KeyRow, given: string | null | undefined): Buffer | null {
  if (!derived) return null
  const context = given === null || given === undefined ? null : bytesOf(given, 'context')
  if (context === null || context.length === 0)
    throw bad(
      "missing 'context' for key derivation; the key was created using a derived key, which means additional, per-request information must be included in order to perform operations with the key",
    )
  return context
}
