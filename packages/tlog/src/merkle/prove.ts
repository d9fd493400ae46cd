import { TlogError } from '../errors.ts'
import { consistencyShape, inclusionShape, perfectNodes, type Range, type TreeNode } from './shape.ts'

/** Reads the hashes of perfect subtrees, in the order asked for, from wherever they are kept. */
export type HashReader = (nodes: readonly TreeNode[]) => Promise<readonly Uint8Array[]>

/** SHA-256(0x01 || left || right), by whatever means the caller has. */
export type NodeHash = (left: Uint8Array, right: Uint8Array) => Uint8Array | Promise<Uint8Array>

/** What proofs are made from: where the hashes are and how two become one. */
export type Prover = { readonly hashes: HashReader; readonly nodeHash: NodeHash }

/** Inclusion proofs of several leaves in one tree, with one read. Throws `index-outside`. */
export async function proveInclusions(
  indexes: readonly number[],
  size: number,
  prover: Prover,
): Promise<readonly (readonly Uint8Array[])[]> {
  const outside = indexes.find((index) => !Number.isSafeInteger(index) || index < 0 || index >= size)
  if (outside !== undefined) throw new TlogError('index-outside', `${outside} of ${size}`)
  const shapes = indexes.map((index) => inclusionShape(index, size))
  const hashes = await hashRanges(shapes.flat(), prover)
  let taken = 0
  return shapes.map(({ length }) => {
    taken += length
    return hashes.slice(taken - length, taken)
  })
}

/** The proof that the tree of `from` leaves is the beginning of that of `to`. Throws `sizes-reversed`. */
export async function proveConsistency(
  from: number,
  to: number,
  prover: Prover,
): Promise<readonly Uint8Array[]> {
  if (!(from >= 1 && from <= to)) throw new TlogError('sizes-reversed', `${from} to ${to}`)
  return hashRanges(consistencyShape(from, to), prover)
}

/** The root over the first `size` leaves, at least one. */
export async function proveRoot(size: number, prover: Prover): Promise<Uint8Array> {
  const [root] = await hashRanges([{ start: 0, end: size }], prover)
  if (root === undefined) throw new TlogError('node-not-stored')
  return root
}

async function hashRanges(
  ranges: readonly Range[],
  { hashes, nodeHash }: Prover,
): Promise<readonly Uint8Array[]> {
  const parts = ranges.map(perfectNodes)
  const read = await hashes(parts.flat())
  let taken = 0
  const results: Uint8Array[] = []
  for (const { length } of parts) {
    const [last, ...rest] = read.slice(taken, taken + length).reverse()
    if (last === undefined || rest.length + 1 !== length) throw new TlogError('node-not-stored')
    let joined = last
    for (const left of rest) joined = await nodeHash(left, joined)
    results.push(joined)
    taken += length
  }
  return results
}
