import { createHmac } from 'node:crypto'
import type { KeyType } from '../contract.ts'
import { type AeadName, decrypt, encrypt, nonceLength } from './aead.ts'
import { derive, derivedMaterial, type Material } from './key-types.ts'
import { lengthPrefixed } from './length-prefixed.ts'

/** How one text is encrypted under one version. */
export type Encrypting = {
  readonly type: KeyType
  readonly aead: AeadName
  readonly material: Material
  /** Of a derived key; null for the others. */
  readonly context: Buffer | null
  readonly convergent: boolean
  readonly associated: Buffer
}

/** Nonce, ciphertext and tag. @param random gives that many random bytes */
export function encryptWith(how: Encrypting, plaintext: Buffer, random: (bytes: number) => Buffer): Buffer {
  const nonce = how.convergent ? convergentNonce(how, plaintext) : random(nonceLength)
  return encrypt(how.aead, materialOf(how).secret, nonce, how.associated, plaintext)
}

/** The plaintext, which the caller zeroes; null where anything differs from how it was encrypted. */
export function decryptWith(how: Encrypting, sealed: Buffer): Buffer | null {
  return decrypt(how.aead, materialOf(how).secret, sealed, how.associated)
}

function materialOf({ type, material, context }: Encrypting): Material {
  return context === null ? material : derivedMaterial(type, material, context)
}

/** Same text, context and associated data, same nonce; otherwise another, as an HMAC under a key of its own tells them apart. */
function convergentNonce({ material, context, associated }: Encrypting, plaintext: Buffer): Buffer {
  const key = derive(material, 'nonce', context ?? Buffer.alloc(0), 32)
  try {
    return createHmac('sha256', key)
      .update(lengthPrefixed(associated, plaintext))
      .digest()
      .subarray(0, nonceLength)
  } finally {
    key.fill(0)
  }
}
