import { createHmac } from 'node:crypto'
import type { KeyType } from '../contract.ts'
import { derive, type Material } from './key-types.ts'

/** Hash functions by the names that Vault's Transit has for them, as OpenSSL calls them. */
export const hashes = {
  'sha2-224': 'sha224',
  'sha2-256': 'sha256',
  'sha2-384': 'sha384',
  'sha2-512': 'sha512',
  'sha3-224': 'sha3-224',
  'sha3-256': 'sha3-256',
  'sha3-384': 'sha3-384',
  'sha3-512': 'sha3-512',
} as const
export type HashName = keyof typeof hashes

export function isHashName(name: string): name is HashName {
  return Object.hasOwn(hashes, name)
}

/** HMAC (RFC 2104) under a version: its own bytes where it is for that, else a key derived from them. */
export function hmacWith(type: KeyType, material: Material, hash: HashName, input: Uint8Array): Buffer {
  if (type === 'hmac') return createHmac(hashes[hash], material.secret).update(input).digest()
  const key = derive(material, 'hmac', Buffer.alloc(0), 32)
  try {
    return createHmac(hashes[hash], key).update(input).digest()
  } finally {
    key.fill(0)
  }
}
