import { hash } from 'node:crypto'
import { canonicalJson } from '@hevd/core'

const modulus = 1n << 256n

/** Digest of one fact, as a number below 2^256: SHA-256 over type, key and canonical value. */
export function factDigest(type: string, key: string, value: unknown): bigint {
  return BigInt(`0x${hash('sha256', canonicalJson([type, key, value]))}`)
}

/**
 * Digest of a set of facts that is kept up to date by what changes alone: the sum of its members' digests modulo
 * 2^256 (AdHash, Bellare and Micciancio 1997). It finds what was lost or applied twice between two that trust each
 * other; it is no commitment against somebody who chooses the facts.
 */
export function addToDigest(digest: bigint, added: bigint): bigint {
  return (digest + added) % modulus
}

export function takeFromDigest(digest: bigint, taken: bigint): bigint {
  return (digest - taken + modulus) % modulus
}

/** The digest as it is sent and stored: 64 hex digits. */
export function digestText(digest: bigint): string {
  return digest.toString(16).padStart(64, '0')
}

/** The digest of a whole set. */
export function digestOfFacts(
  facts: Iterable<{ readonly type: string; readonly key: string; readonly value: unknown }>,
): string {
  let digest = 0n
  for (const { type, key, value } of facts) digest = addToDigest(digest, factDigest(type, key, value))
  return digestText(digest)
}
