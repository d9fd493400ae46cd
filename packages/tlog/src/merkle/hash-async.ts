import { concat } from '../bytes/bytes.ts'
import { leafPrefix, nodePrefix } from './hash-length.ts'

/** SHA-256 over WebCrypto. */
export async function sha256(...parts: readonly Uint8Array[]): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await crypto.subtle.digest('SHA-256', concat(...parts)))
}

/** SHA-256(0x00 || data): the leaf hash of RFC 6962, 2.1. */
export function leafHashAsync(data: Uint8Array): Promise<Uint8Array<ArrayBuffer>> {
  return sha256(Uint8Array.of(leafPrefix), data)
}

/** SHA-256(0x01 || left || right). */
export function nodeHashAsync(left: Uint8Array, right: Uint8Array): Promise<Uint8Array<ArrayBuffer>> {
  return sha256(Uint8Array.of(nodePrefix), left, right)
}
