import { equalBytes } from '../bytes/bytes.ts'
import { TlogError } from '../errors.ts'
import { nodeHashAsync } from './hash-async.ts'
import { hashLength } from './hash-length.ts'

/** That the tree of `from` leaves with `fromRoot` is the beginning of the tree of `to` leaves with `toRoot`. */
export type ConsistencyClaim = {
  readonly from: number
  readonly to: number
  readonly fromRoot: Uint8Array
  readonly toRoot: Uint8Array
  readonly path: readonly Uint8Array[]
}

/**
 * Verifies a consistency proof (RFC 9162, 2.1.4.2). Throws `sizes-reversed`, `path-length`, `hash-length`,
 * `root-differs`. An empty tree is the beginning of every other, which proves nothing: `from` is at least one.
 */
export async function verifyConsistency(claim: ConsistencyClaim): Promise<void> {
  const { from, to, fromRoot, toRoot, path } = claim
  if (!(Number.isSafeInteger(from) && Number.isSafeInteger(to) && from >= 1 && from <= to))
    throw new TlogError('sizes-reversed', `${from} to ${to}`)
  if (path.some((hash) => hash.length !== hashLength)) throw new TlogError('hash-length')
  if (from === to) {
    if (path.length > 0) throw new TlogError('path-length')
    if (!equalBytes(fromRoot, toRoot)) throw new TlogError('root-differs')
    return
  }
  if (path.length === 0) throw new TlogError('path-length')
  const [first, ...rest] = isPowerOfTwo(from) ? [fromRoot, ...path] : path
  if (first === undefined) throw new TlogError('path-length')
  let node = from - 1
  let last = to - 1
  while (isOdd(node)) {
    node = half(node)
    last = half(last)
  }
  let older = first
  let newer = first
  for (const hash of rest) {
    if (last === 0) throw new TlogError('path-length')
    if (isOdd(node) || node === last) {
      older = await nodeHashAsync(hash, older)
      newer = await nodeHashAsync(hash, newer)
      while (!isOdd(node) && node !== 0) {
        node = half(node)
        last = half(last)
      }
    } else newer = await nodeHashAsync(newer, hash)
    node = half(node)
    last = half(last)
  }
  if (last !== 0) throw new TlogError('path-length')
  if (!equalBytes(older, fromRoot) || !equalBytes(newer, toRoot)) throw new TlogError('root-differs')
}

const isOdd = (value: number) => value % 2 === 1
const half = (value: number) => Math.floor(value / 2)
const isPowerOfTwo = (value: number) => Number.isInteger(Math.log2(value))
