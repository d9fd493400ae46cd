import { createPrivateKey, generateKeyPairSync, type KeyObject } from 'node:crypto'
import {
  closeSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  readFileSync,
  statSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs'
import { dirname } from 'node:path'
import { LedgerError } from './errors.ts'

/**
 * A log's signing key: Ed25519, PKCS #8 in PEM, 0600, outside the database. Custody and rotation: SECURITY.md. Read
 * from `path`, or made when `mayMake`: for a log that has signed nothing yet. Throws `key-missing` and
 * `key-open-to-others`.
 */
export function loadLogKey(path: string, mayMake: boolean): KeyObject {
  const pem = read(path)
  if (pem !== null) return createPrivateKey(pem)
  if (!mayMake) throw new LedgerError('key-missing', { path })
  make(path)
  return createPrivateKey(readFileSync(path, 'utf8'))
}

function read(path: string): string | null {
  try {
    if ((statSync(path).mode & 0o077) !== 0) throw new LedgerError('key-open-to-others', { path })
    return readFileSync(path, 'utf8')
  } catch (error) {
    if (isCode(error, 'ENOENT')) return null
    throw error
  }
}

/** Written beside, synced, and linked into place: of two that make one at once, the first one's stays. */
function make(path: string): void {
  const { privateKey } = generateKeyPairSync('ed25519')
  const folder = dirname(path)
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const beside = `${path}.${process.pid}.new`
  const pem = privateKey.export({ type: 'pkcs8', format: 'pem' })
  writeFileSync(beside, pem, { mode: 0o600, flush: true })
  try {
    linkSync(beside, path)
  } catch (error) {
    if (!isCode(error, 'EEXIST')) throw error
  } finally {
    unlinkSync(beside)
  }
  const opened = openSync(folder, 'r')
  fsyncSync(opened)
  closeSync(opened)
}

function isCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code
}
