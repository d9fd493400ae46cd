import { equalBytes } from '../bytes/bytes.ts'
import { TlogError } from '../errors.ts'
import { nodeHashAsync } from './hash-async.ts'
import { hashLength } from './hash-length.ts'

/** That leaf `index` of the tree of `size` leaves with this root has this hash. */
export type InclusionClaim = {
  readonly index: number
  readonly size: number
  readonly leafHash: Uint8Array
  /** Sibling hashes, bottom up. */
  readonly path: readonly Uint8Array[]
  readonly root: Uint8Array
}

/** Verifies an inclusion proof (RFC 9162, 2.1.3.2). Throws `index-outside`, `path-length`, `hash-length`, `root-differs`. */
export async function verifyInclusion({ index, size, leafHash, path, root }: InclusionClaim): Promise<void> {
  if (!(Number.isSafeInteger(index) && Number.isSafeInteger(size) && index >= 0 && index < size))
    throw new TlogError('index-outside', `${index} of ${size}`)
  if ([leafHash, ...path].some((hash) => hash.length !== hashLength)) throw new TlogError('hash-length')
  let node = index
  let last = size - 1
  let hash = leafHash
  for (const sibling of path) {
    if (last === 0) throw new TlogError('path-length')
    if (isOdd(node) || node === last) {
      hash = await nodeHashAsync(sibling, hash)
      while (!isOdd(node) && node !== 0) {
        node = half(node)
        last = half(last)
      }
    } else hash = await nodeHashAsync(hash, sibling)
    node = half(node)
    last = half(last)
  }
  if (last !== 0) throw new TlogError('path-length')
  if (!equalBytes(hash, root)) throw new TlogError('root-differs')
}

const isOdd = (value: number) => value % 2 === 1
const half = (value: number) => Math.floor(value / 2)
