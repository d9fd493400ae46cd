import { createHmac, createSecretKey, hkdfSync, type KeyObject, timingSafeEqual } from 'node:crypto'
import type { KeyType } from '../contract.ts'
import { decrypt, encrypt, nonceLength } from './aead.ts'
import { lengthPrefixed } from './length-prefixed.ts'

export const rootKeyLength = 32

/** Bytes that a sealed root key is bound to. */
export function rootContext(organisation: string): Buffer {
  return lengthPrefixed('hevd/root-key/1', organisation)
}

/** Tells a right root key from a wrong one; nothing can be learnt of the key from it (HMAC-SHA-256). */
export function verifierOf(rootKey: Buffer, organisation: string): Buffer {
  return createHmac('sha256', rootKey).update(lengthPrefixed('hevd/root-verifier/1', organisation)).digest()
}

export function isRootKey(rootKey: Buffer, organisation: string, verifier: Buffer): boolean {
  const made = verifierOf(rootKey, organisation)
  return made.length === verifier.length && timingSafeEqual(made, verifier)
}

/** The key that versions are wrapped under, derived from the root key for that alone (HKDF-SHA-256, RFC 5869). */
export function wrappingKey(rootKey: Buffer, organisation: string): KeyObject {
  const info = lengthPrefixed('hevd/version-wrapping/1', organisation)
  const bytes = Buffer.from(hkdfSync('sha256', rootKey, '', info, rootKeyLength))
  try {
    return createSecretKey(bytes)
  } finally {
    bytes.fill(0)
  }
}

/** Which version of which key; a wrapped version opens as this one alone. */
export type VersionId = {
  readonly organisation: string
  readonly key: string
  readonly type: KeyType
  readonly version: number
}

const format = '1'

function associatedOf({ organisation, key, type, version }: VersionId): Buffer {
  return lengthPrefixed(organisation, key, String(version), type, format)
}

/** A version as it is stored: AES-256-GCM, with what it is as associated data. */
export function wrapVersion(
  wrapping: KeyObject,
  id: VersionId,
  bytes: Buffer,
  random: (bytes: number) => Buffer,
): Buffer {
  return encrypt('aes-256-gcm', wrapping, random(nonceLength), associatedOf(id), bytes)
}

/** The version's bytes, which the caller zeroes; null where the stored ones were changed or are another version's. */
export function unwrapVersion(wrapping: KeyObject, id: VersionId, wrapped: Buffer): Buffer | null {
  return decrypt('aes-256-gcm', wrapping, wrapped, associatedOf(id))
}
