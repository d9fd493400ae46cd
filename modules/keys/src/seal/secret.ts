import { readFileSync } from 'node:fs'
import { KeysError } from '../errors.ts'
import type { Secret } from './config.ts'

/** A secret as it is now: a file is read anew each time, for it is what others renew. Throws `seal-not-valid`. */
export function readSecret(secret: Secret): string {
  return 'text' in secret ? secret.text : readSetting(secret.file).trim()
}

/** A file that a setting names. Throws `seal-not-valid` with its path and why it cannot be read. */
export function readSetting(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    const reason = error instanceof Error && 'code' in error ? String(error.code) : String(error)
    throw new KeysError('seal-not-valid', {
      nb: `Filen ${path} kan ikke leses (${reason}).`,
      en: `The file ${path} cannot be read (${reason}).`,
    })
  }
}

/** Something of a seal that is set wrong, in words. */
export const notValid = (nb: string, en: string) => new KeysError('seal-not-valid', { nb, en })
