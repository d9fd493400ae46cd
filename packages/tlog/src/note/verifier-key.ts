import { fromBase64, toBase64 } from '../bytes/base64.ts'
import { concat, utf8 } from '../bytes/bytes.ts'
import { TlogError } from '../errors.ts'
import { sha256 } from '../merkle/hash-async.ts'
import { isKeyName } from './key-name.ts'
import { signatureSchemes } from './signature-type.ts'

/** A public key with its name and the kind of signatures it makes. */
export type VerifierKey = {
  readonly name: string
  readonly keyHash: number
  /** One of {@link signatureTypes}, or another that we cannot verify. */
  readonly type: number
  readonly publicKey: Uint8Array<ArrayBuffer>
}

/** Parses `name+hash+base64` (C2SP signed-note), and that the hash is the key's. Throws `key-malformed`. */
export async function parseVerifierKey(text: string): Promise<VerifierKey> {
  const [, name = '', hash = '', encoded = ''] = /^([^+]*)\+([0-9a-f]{8})\+(.+)$/.exec(text) ?? []
  const bytes = encoded === '' || !isKeyName(name) ? null : decoded(encoded)
  const type = bytes?.[0]
  if (bytes === null || type === undefined) throw new TlogError('key-malformed', text)
  const publicKey = bytes.slice(1)
  const scheme = signatureSchemes.get(type)
  if (scheme !== undefined && scheme.keyLength !== publicKey.length)
    throw new TlogError('key-malformed', text)
  const keyHash = firstFour(await sha256(keyHashInput(name, type, publicKey)))
  if (keyHash !== Number.parseInt(hash, 16)) throw new TlogError('key-malformed', text)
  return { name, keyHash, type, publicKey }
}

/** The reverse of {@link parseVerifierKey}. */
export function formatVerifierKey({ name, keyHash, type, publicKey }: VerifierKey): string {
  const hash = keyHash.toString(16).padStart(8, '0')
  return `${name}+${hash}+${toBase64(concat(Uint8Array.of(type), publicKey))}`
}

/** What is hashed for a key's hash: name, newline, type, key. */
export function keyHashInput(name: string, type: number, publicKey: Uint8Array): Uint8Array<ArrayBuffer> {
  return concat(utf8(`${name}\n`), Uint8Array.of(type), publicKey)
}

/** The first four bytes of a hash as a number, big-endian. */
export function firstFour(hash: Uint8Array): number {
  return new DataView(hash.buffer, hash.byteOffset).getUint32(0)
}

function decoded(encoded: string): Uint8Array<ArrayBuffer> | null {
  try {
    return fromBase64(encoded)
  } catch {
    return null
  }
}
