import {
  createPrivateKey,
  createPublicKey,
  createSecretKey,
  generateKeyPairSync,
  hkdfSync,
  type KeyObject,
} from 'node:crypto'
import type { KeyType } from '../contract.ts'
import type { AeadName } from './aead.ts'

/** What keys of a type can do. `bytes` is how long a new one is; null for what is not random bytes. */
export type Traits = {
  readonly aead: AeadName | null
  readonly signs: 'ed25519' | 'ecdsa-p256' | null
  /** A context can have a key of its own, derived from it. */
  readonly derives: boolean
  readonly bytes: number | null
}

export const keyTypes: { readonly [Type in KeyType]: Traits } = {
  'aes128-gcm96': { aead: 'aes-128-gcm', signs: null, derives: true, bytes: 16 },
  'aes256-gcm96': { aead: 'aes-256-gcm', signs: null, derives: true, bytes: 32 },
  'chacha20-poly1305': { aead: 'chacha20-poly1305', signs: null, derives: true, bytes: 32 },
  hmac: { aead: null, signs: null, derives: false, bytes: 32 },
  ed25519: { aead: null, signs: 'ed25519', derives: true, bytes: 32 },
  'ecdsa-p256': { aead: null, signs: 'ecdsa-p256', derives: false, bytes: null },
}

/**
 * One version of a key, ready for use. What was read is zeroed as soon as this is made; the key objects hold their bytes
 * outside the JavaScript heap, and OpenSSL clears them when they go.
 */
export type Material = {
  /** The bytes of the version: random, the seed of Ed25519, or PKCS #8 in DER of P-256. */
  readonly secret: KeyObject
  readonly pair: { readonly privateKey: KeyObject; readonly publicKey: KeyObject } | null
}

/** Bytes of a new version; the caller zeroes them. */
export function newMaterial(type: KeyType, random: (bytes: number) => Buffer): Buffer {
  const { bytes } = keyTypes[type]
  if (bytes !== null) return random(bytes)
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  return privateKey.export({ format: 'der', type: 'pkcs8' })
}

/** Takes up the bytes of a version, and zeroes them. Throws what OpenSSL does for bytes that are no key of the type. */
export function takeUp(type: KeyType, bytes: Buffer): Material {
  try {
    const { signs } = keyTypes[type]
    const secret = createSecretKey(bytes)
    if (signs === null) return { secret, pair: null }
    return { secret, pair: signs === 'ed25519' ? ed25519Pair(bytes) : pairOf(bytes) }
  } finally {
    bytes.fill(0)
  }
}

/** Begins the PKCS #8 of Ed25519 in DER (RFC 8410, section 7); the seed of 32 bytes ends it. */
const ed25519Prefix = Buffer.from('302e020100300506032b657004220420', 'hex')

/** The pair of a seed; the seed is left as it is. */
function ed25519Pair(seed: Buffer): Material['pair'] {
  const der = Buffer.concat([ed25519Prefix, seed])
  try {
    return pairOf(der)
  } finally {
    der.fill(0)
  }
}

function pairOf(der: Buffer): Material['pair'] {
  const privateKey = createPrivateKey({ key: der, format: 'der', type: 'pkcs8' })
  return { privateKey, publicKey: createPublicKey(privateKey) }
}

/** What a key derived from another is for; the same bytes never serve two of these. */
export type Derivation = 'context' | 'nonce' | 'hmac'

/**
 * Bytes derived from a version (HKDF-SHA-256, RFC 5869, without a salt), which the caller zeroes.
 *
 * @param context of a derived key; empty for the others
 */
export function derive(
  { secret }: Pick<Material, 'secret'>,
  purpose: Derivation,
  context: Uint8Array,
  bytes: number,
): Buffer {
  const info = Buffer.concat([Buffer.from(`hevd/transit/${purpose}\0`), context])
  return Buffer.from(hkdfSync('sha256', secret, '', info, bytes))
}

/** The version that a context has of its own; the caller lets it go after use. */
export function derivedMaterial(type: KeyType, material: Material, context: Uint8Array): Material {
  return takeUp(type, derive(material, 'context', context, keyTypes[type].bytes ?? 32))
}
