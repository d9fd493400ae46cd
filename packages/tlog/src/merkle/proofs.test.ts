import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { toHex } from '../bytes/bytes.ts'
import { TlogError } from '../errors.ts'
import { leafHash } from './hash.ts'
import { consistencyPath, inclusionPath, inclusionPaths, rootFrom } from './paths.ts'
import { merkleTreeHash, readerOfLeaves, someLeaves } from './tree.fixture.ts'
import { verifyConsistency } from './verify-consistency.ts'
import { verifyInclusion } from './verify-inclusion.ts'

const largest = 70
const leaves = someLeaves(largest)
const roots = Array.from({ length: largest + 1 }, (_, size) => merkleTreeHash(leaves.slice(0, size)))
const hashes = readerOfLeaves(leaves)
const rootAt = (size: number) => roots[size] ?? new Uint8Array()

function leafAt(index: number): Uint8Array {
  return leafHash(leaves[index] ?? new Uint8Array())
}

async function inclusion(index: number, size: number) {
  const path = await inclusionPath(index, size, hashes)
  return { index, size, leafHash: leafAt(index), path, root: rootAt(size) }
}

async function consistency(from: number, to: number) {
  return {
    from,
    to,
    fromRoot: rootAt(from),
    toRoot: rootAt(to),
    path: await consistencyPath(from, to, hashes),
  }
}

const sizes = fc
  .integer({ min: 1, max: largest })
  .chain((size) => fc.tuple(fc.constant(size), fc.integer({ min: 0, max: size - 1 })))

/** One bit of one hash, any of them. */
function flipped(hash: Uint8Array, bit: number): Uint8Array {
  const copy = Uint8Array.from(hash)
  copy[bit >> 3] = (copy[bit >> 3] ?? 0) ^ (1 << (bit & 7))
  return copy
}
const anyBit = fc.integer({ min: 0, max: 255 })

describe('inclusion', () => {
  test('every leaf of every tree up to 70 is proven', async () => {
    for (let size = 1; size <= largest; size += 1)
      for (let index = 0; index < size; index += 1) await verifyInclusion(await inclusion(index, size))
  })

  test('many at once are the proofs of each', async () => {
    const indexes = [69, 0, 33, 33]
    const paths = await inclusionPaths(indexes, 70, hashes)
    expect(paths).toEqual(await Promise.all(indexes.map((index) => inclusionPath(index, 70, hashes))))
  })

  test('no altered proof is accepted', async () => {
    await fc.assert(
      fc.asyncProperty(sizes, fc.nat(), anyBit, async ([size, index], which, bit) => {
        const good = await inclusion(index, size)
        const at = good.path.length === 0 ? 0 : which % good.path.length
        const bad = [
          { ...good, leafHash: flipped(good.leafHash, bit) },
          { ...good, root: flipped(good.root, bit) },
          { ...good, index: size },
          { ...good, index: -1 },
          { ...good, path: [...good.path, good.root] },
          { ...good, path: [good.root, ...good.path] },
          { ...good, root: rootAt(size - 1) },
          ...(size > 1
            ? [
                { ...good, index: (index + 1) % size },
                { ...good, leafHash: leafAt((index + 1) % size) },
                { ...good, path: good.path.slice(0, -1) },
                { ...good, path: good.path.slice(1) },
                { ...good, path: good.path.map((hash, i) => (i === at ? flipped(hash, bit) : hash)) },
                { ...good, path: good.path.map((hash, i) => (i === at ? hash.subarray(1) : hash)) },
              ]
            : []),
          ...(good.path.length > 1 ? [{ ...good, path: good.path.toReversed() }] : []),
        ]
        for (const claim of bad) await expect(verifyInclusion(claim)).rejects.toThrow(TlogError)
      }),
      { numRuns: 60 },
    )
  })

  test('there is none for a leaf that the tree does not have', async () => {
    await expect(inclusionPath(5, 5, hashes)).rejects.toThrow(/does not have/)
    await expect(inclusionPath(-1, 5, hashes)).rejects.toThrow(/does not have/)
  })
})

describe('consistency', () => {
  test('every tree up to 70 is proven to begin every larger one', async () => {
    for (let to = 1; to <= largest; to += 1)
      for (let from = 1; from <= to; from += 1) await verifyConsistency(await consistency(from, to))
  })

  test('no altered proof is accepted', async () => {
    await fc.assert(
      fc.asyncProperty(sizes, fc.nat(), anyBit, async ([to, below], which, bit) => {
        const from = below + 1
        const good = await consistency(from, to)
        const at = good.path.length === 0 ? 0 : which % good.path.length
        const bad = [
          { ...good, fromRoot: flipped(good.fromRoot, bit) },
          { ...good, toRoot: flipped(good.toRoot, bit) },
          { ...good, from: 0 },
          { ...good, from: to + 1 },
          { ...good, path: [...good.path, good.toRoot] },
          ...(from < to
            ? [
                { ...good, fromRoot: good.toRoot, toRoot: good.fromRoot },
                { ...good, from: to },
                { ...good, path: [] },
                { ...good, path: good.path.slice(0, -1) },
                { ...good, path: good.path.map((hash, i) => (i === at ? flipped(hash, bit) : hash)) },
              ]
            : []),
        ]
        for (const claim of bad) await expect(verifyConsistency(claim)).rejects.toThrow(TlogError)
      }),
      { numRuns: 60 },
    )
  })

  test('a tree with one entry exchanged does not continue the first', async () => {
    const other = leaves.map((leaf, index) => (index === 3 ? Buffer.from('another') : leaf))
    const path = await consistencyPath(5, 40, readerOfLeaves(other))
    const claim = { from: 5, to: 40, fromRoot: rootAt(5), toRoot: merkleTreeHash(other.slice(0, 40)), path }
    await expect(verifyConsistency(claim)).rejects.toMatchObject({ code: 'root-differs' })
  })
})

test('the root at any size is read off stored hashes', async () => {
  for (let size = 1; size <= largest; size += 1)
    expect(toHex(await rootFrom(size, hashes))).toBe(toHex(rootAt(size)))
})
