import { nodeHash } from './hash.ts'
import { type HashReader, proveConsistency, proveInclusions, proveRoot } from './prove.ts'

/** Sibling hashes of leaf `index` in the tree of `size` leaves, bottom up (RFC 6962, 2.1.1). */
export async function inclusionPath(
  index: number,
  size: number,
  hashes: HashReader,
): Promise<readonly Uint8Array[]> {
  return (await inclusionPaths([index], size, hashes))[0] ?? []
}

/** The same for several leaves of one tree, in their order, with one read of hashes. */
export function inclusionPaths(
  indexes: readonly number[],
  size: number,
  hashes: HashReader,
): Promise<readonly (readonly Uint8Array[])[]> {
  return proveInclusions(indexes, size, { hashes, nodeHash })
}

/** Proof that the first `from` leaves of a tree of `to` are those of the tree that had `from` (RFC 6962, 2.1.2). */
export function consistencyPath(
  from: number,
  to: number,
  hashes: HashReader,
): Promise<readonly Uint8Array[]> {
  return proveConsistency(from, to, { hashes, nodeHash })
}

/** The root over the first `size` leaves (at least one), from stored hashes. */
export function rootFrom(size: number, hashes: HashReader): Promise<Uint8Array> {
  return proveRoot(size, { hashes, nodeHash })
}
