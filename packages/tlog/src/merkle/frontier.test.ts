import fc from 'fast-check'
import { expect, test } from 'vitest'
import { toHex } from '../bytes/bytes.ts'
import { Frontier } from './frontier.ts'
import { emptyRoot, leafHash, leafHashes, nodeHash } from './hash.ts'
import { leafHashAsync, nodeHashAsync } from './hash-async.ts'
import { merkleTreeHash, someLeaves } from './tree.fixture.ts'

/** Entries and roots that the implementations of Certificate Transparency are tested with. */
const published = [
  ['', '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d'],
  ['00', 'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125'],
  ['10', 'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77'],
  ['2021', 'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7'],
  ['3031', '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4'],
  ['40414243', '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef'],
  ['5051525354555657', 'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c'],
  ['606162636465666768696a6b6c6d6e6f', '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328'],
] as const

test('the published tree has the published root at every size', () => {
  const frontier = new Frontier()
  expect(toHex(frontier.root())).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855')
  for (const [entry, root] of published) {
    frontier.append(leafHash(Buffer.from(entry, 'hex')))
    expect(toHex(frontier.root())).toBe(root)
  }
  expect(frontier.size).toBe(8)
})

test('appending in any batches, stopped and taken up again, gives the root of the definition', () => {
  const batches = fc.array(fc.integer({ min: 0, max: 40 }), { maxLength: 8 })
  fc.assert(
    fc.property(batches, fc.boolean(), (sizes, resumed) => {
      const leaves = someLeaves(sizes.reduce((sum, size) => sum + size, 0))
      let frontier = new Frontier()
      let taken = 0
      for (const size of sizes) {
        frontier.appendAll(leafHashes(leaves.slice(taken, taken + size)))
        taken += size
        if (resumed) frontier = Frontier.fromBytes(frontier.size, frontier.toBytes())
      }
      expect(frontier.size).toBe(leaves.length)
      expect(toHex(frontier.root())).toBe(toHex(merkleTreeHash(leaves)))
    }),
  )
})

test('one leaf at a time gives the root of the definition at every size', () => {
  const frontier = new Frontier()
  for (const [index, leaf] of someLeaves(130).entries()) {
    frontier.append(leafHash(leaf))
    expect(toHex(frontier.root())).toBe(toHex(merkleTreeHash(someLeaves(index + 1))))
  }
})

test('hashing in Node and over WebCrypto is the same, also of long entries', async () => {
  for (const length of [0, 1, 31, 65535, 65536, 65537, 200_000]) {
    const data = new Uint8Array(length).fill(length % 251)
    expect(toHex(leafHash(data))).toBe(toHex(await leafHashAsync(data)))
    expect(toHex(leafHashes([data, data]))).toBe(toHex(await leafHashAsync(data)).repeat(2))
  }
  const [left, right] = [leafHash(Buffer.from('a')), leafHash(Buffer.from('b'))]
  expect(toHex(nodeHash(left, right))).toBe(toHex(await nodeHashAsync(left, right)))
  expect(emptyRoot().length).toBe(32)
})

test('a frontier is not made of the wrong number of hashes', () => {
  expect(() => Frontier.fromBytes(3, new Uint8Array(32))).toThrow(/32 bytes long/)
  expect(() => new Frontier().append(new Uint8Array(31))).toThrow(/32 bytes long/)
  expect(() => new Frontier().appendAll(new Uint8Array(33))).toThrow(/32 bytes long/)
})
