import { hash } from 'node:crypto'
import { hashLength, leafPrefix, nodePrefix } from './hash-length.ts'

/**
 * `crypto.hash` to a latin1 text that is written into memory we hold is several times as fast as a Hash object:
 * nothing is allocated outside JavaScript's own heap.
 */
const nodeInput = Buffer.alloc(1 + 2 * hashLength, nodePrefix)
const leafInput = Buffer.alloc(1 + 64 * 1024, leafPrefix)

/** SHA-256(0x00 || data): the leaf hash of RFC 6962, 2.1. */
export function leafHash(data: Uint8Array): Uint8Array {
  const target = Buffer.allocUnsafeSlow(hashLength)
  leafHashInto(data, target, 0)
  return target
}

/** SHA-256(0x01 || left || right). */
export function nodeHash(left: Uint8Array, right: Uint8Array): Uint8Array {
  const target = Buffer.allocUnsafeSlow(hashLength)
  nodeInput.set(left, 1)
  nodeInput.set(right, 1 + hashLength)
  target.write(hash('sha256', nodeInput, 'binary'), 0, 'latin1')
  return target
}

/** The root of a tree without entries: SHA-256 of nothing. */
export function emptyRoot(): Uint8Array {
  return hash('sha256', '', 'buffer')
}

/** The leaf hashes of many entries, 32 bytes each, one after the other. */
export function leafHashes(entries: readonly Uint8Array[]): Uint8Array {
  const target = Buffer.allocUnsafeSlow(entries.length * hashLength)
  for (const [index, entry] of entries.entries()) leafHashInto(entry, target, index * hashLength)
  return target
}

function leafHashInto(data: Uint8Array, target: Buffer, offset: number): void {
  const fits = data.length < leafInput.length
  const input = fits ? leafInput.subarray(0, 1 + data.length) : Buffer.alloc(1 + data.length, leafPrefix)
  input.set(data, 1)
  target.write(hash('sha256', input, 'binary'), offset, 'latin1')
}

/** Hashes the pairs that stand at `left` and `right` of `source` into `target`. All offsets in bytes. */
export function nodeHashInto(
  source: Buffer,
  left: number,
  right: number,
  target: Buffer,
  offset: number,
): void {
  source.copy(nodeInput, 1, left, left + hashLength)
  source.copy(nodeInput, 1 + hashLength, right, right + hashLength)
  target.write(hash('sha256', nodeInput, 'binary'), offset, 'latin1')
}
