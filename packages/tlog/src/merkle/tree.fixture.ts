import { createHash } from 'node:crypto'
import type { HashReader } from './prove.ts'

/** The tree as RFC 6962, 2.1 defines it, word for word and slowly: what everything else is held against. */
export function merkleTreeHash(leaves: readonly Uint8Array[]): Uint8Array {
  if (leaves.length === 0) return sha256()
  const [first, second] = leaves
  if (first !== undefined && second === undefined) return sha256(Uint8Array.of(0), first)
  let middle = 1
  while (middle * 2 < leaves.length) middle *= 2
  return sha256(
    Uint8Array.of(1),
    merkleTreeHash(leaves.slice(0, middle)),
    merkleTreeHash(leaves.slice(middle)),
  )
}

/** Hashes of perfect subtrees, each computed anew from the leaves. */
export function readerOfLeaves(leaves: readonly Uint8Array[]): HashReader {
  return async (nodes) =>
    nodes.map(({ level, index }) => {
      const width = 2 ** level
      const covered = leaves.slice(index * width, (index + 1) * width)
      if (covered.length !== width) throw new Error(`No perfect subtree ${level}/${index}`)
      return merkleTreeHash(covered)
    })
}

/** `count` leaves, no two of them the same. */
export function someLeaves(count: number): readonly Uint8Array[] {
  return Array.from({ length: count }, (_, index) => Buffer.from(`entry ${index}`))
}

function sha256(...parts: readonly Uint8Array[]): Uint8Array {
  const hash = createHash('sha256')
  for (const part of parts) hash.update(part)
  return Uint8Array.from(hash.digest())
}
