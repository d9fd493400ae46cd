import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto'
import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { LedgerError } from './errors.ts'

/** A log's signing key: Ed25519, PKCS #8 in PEM, 0600, outside the database. Custody and rotation: SECURITY.md. */
export type LogKey = {
  readonly privateKey: KeyObject /** 32 bytes (RFC 8032). */
  readonly publicKey: Buffer
}

/**
 * Reads the key at `path`, or makes it when `mayMake`: for a log that has signed nothing yet. Throws `key-missing` and
 * `key-open-to-others`.
 */
export function loadLogKey(path: string, mayMake: boolean): LogKey {
  const pem = read(path)
  if (pem === null && !mayMake) throw new LedgerError('key-missing', { path })
  const privateKey = pem === null ? make(path) : createPrivateKey(pem)
  const spki = createPublicKey(privateKey).export({ type: 'spki', format: 'der' })
  return { privateKey, publicKey: spki.subarray(-32) }
}

function read(path: string): string | null {
  try {
    if ((statSync(path).mode & 0o077) !== 0) throw new LedgerError('key-open-to-others', { path })
    return readFileSync(path, 'utf8')
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null
    throw error
  }
}

function make(path: string): KeyObject {
  const { privateKey } = generateKeyPairSync('ed25519')
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
  writeFileSync(path, privateKey.export({ type: 'pkcs8', format: 'pem' }), {
    mode: 0o600,
    flag: 'wx',
    flush: true,
  })
  return privateKey
}
