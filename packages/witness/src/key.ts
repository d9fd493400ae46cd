import { createPrivateKey, generateKeyPairSync, type KeyObject } from 'node:crypto'
import { statSync } from 'node:fs'
import { readIfThere, writeDurably } from './durable-file.ts'
import { WitnessError } from './errors.ts'

/** Reads the witness's Ed25519 key, or makes it (0600) when `mayMake`. Throws `key-missing`, `key-open-to-others`. */
export function loadKey(path: string, mayMake: boolean): KeyObject {
  const pem = readIfThere(path)
  if (pem !== null) {
    if ((statSync(path).mode & 0o077) !== 0) throw new WitnessError('key-open-to-others', { path })
    return createPrivateKey(pem)
  }
  if (!mayMake) throw new WitnessError('key-missing', { path })
  const { privateKey } = generateKeyPairSync('ed25519')
  writeDurably(path, privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(), 0o600)
  return privateKey
}
