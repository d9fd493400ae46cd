import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { concat, toHex } from '../bytes/bytes.ts'
import { Frontier } from '../merkle/frontier.ts'
import { leafHash, leafHashes } from '../merkle/hash.ts'
import { hashLength } from '../merkle/hash-length.ts'
import { consistencyPath, inclusionPath, rootFrom } from '../merkle/paths.ts'
import { someLeaves } from '../merkle/tree.fixture.ts'
import { verifyConsistency } from '../merkle/verify-consistency.ts'
import { verifyInclusion } from '../merkle/verify-inclusion.ts'
import { decodeEntryBundle, encodeEntryBundle } from './entry-bundle.ts'
import { type Tile, tileOf, tilesCompleted } from './tile.ts'
import { tileHashReader, tileRoot } from './tile-hashes.ts'
import { entryBundlePath, parseTilePath, tilePath } from './tile-path.ts'

describe('paths', () => {
  test.each([
    [tilePath(0, 1234067), 'tile/0/x001/x234/067'],
    [tilePath(0, 0), 'tile/0/000'],
    [tilePath(12, 999, 3), 'tile/12/999.p/3'],
    [tilePath(1, 1000, 255), 'tile/1/x001/000.p/255'],
    [entryBundlePath(273, 112), 'tile/entries/273.p/112'],
  ])('%s', (path, expected) => expect(path).toBe(expected))

  test('a path is read as it was written', () => {
    const place = fc.tuple(fc.nat(63), fc.nat(2 ** 40), fc.integer({ min: 1, max: 256 }))
    fc.assert(
      fc.property(place, ([level, index, width]) => {
        expect(parseTilePath(tilePath(level, index, width))).toEqual({ kind: 'hashes', level, index, width })
        expect(parseTilePath(entryBundlePath(index, width))).toEqual({ kind: 'entries', index, width })
      }),
    )
  })

  test.each([
    'tile/0/0',
    'tile/00/000',
    'tile/64/000',
    'tile/0/1234',
    'tile/0/001/067',
    'tile/0/x000/067',
    'tile/0/000.p/0',
    'tile/0/000.p/256',
    'tile/0/000.p/01',
    'tile/0/000/',
    '/tile/0/000',
    'tile/entry/000',
    'tile/0/000.p/1\n',
  ])('%j is no path', (path) => expect(parseTilePath(path)).toBeNull())
})

describe('which tiles a tree has', () => {
  test('the example of the standard: 70,000 entries', () => {
    expect(tileOf(0, 272, 70_000)?.width).toBe(256)
    expect(tileOf(0, 273, 70_000)?.width).toBe(112)
    expect(tileOf(0, 274, 70_000)).toBeNull()
    expect(tileOf(1, 0, 70_000)?.width).toBe(256)
    expect(tileOf(1, 1, 70_000)?.width).toBe(17)
    expect(tileOf(2, 0, 70_000)?.width).toBe(1)
    expect(tileOf(3, 0, 70_000)).toBeNull()
  })

  test('what growing completes', () => {
    expect(tilesCompleted(0, 255)).toEqual([])
    expect(tilesCompleted(255, 256)).toEqual([{ level: 0, index: 0, width: 256 }])
    expect(tilesCompleted(256, 600)).toEqual([{ level: 0, index: 1, width: 256 }])
    expect(tilesCompleted(65_535, 65_536)).toEqual([
      { level: 0, index: 255, width: 256 },
      { level: 1, index: 0, width: 256 },
    ])
  })
})

describe('a tree of 70,000 read off its tiles', () => {
  const size = 70_000
  const leaves = someLeaves(size)
  const levels = levelsOf(leafHashes(leaves))
  const hashes = tileHashReader(size, readTiles)

  async function readTiles(tiles: readonly Tile[]): Promise<Uint8Array[]> {
    return tiles.map(({ level, index, width }) => {
      const start = index * 256 * hashLength
      return levels[level]?.subarray(start, start + width * hashLength) ?? new Uint8Array()
    })
  }

  function rootAt(count: number): Uint8Array {
    const frontier = new Frontier()
    frontier.appendAll(leafHashes(leaves.slice(0, count)))
    return frontier.root()
  }

  test('has the root that appending gives', async () => {
    expect(toHex(await rootFrom(size, hashes))).toBe(toHex(rootAt(size)))
  })

  test('proves its leaves', async () => {
    const root = rootAt(size)
    for (const index of [0, 1, 255, 256, 65_535, 65_536, 69_887, 69_888, 69_999]) {
      const path = await inclusionPath(index, size, hashes)
      const leaf = leafHash(leaves[index] ?? new Uint8Array())
      await verifyInclusion({ index, size, leafHash: leaf, path, root })
    }
  })

  test('proves that it continues smaller ones', async () => {
    for (const from of [1, 255, 256, 257, 65_535, 65_536, 65_537, 69_999, 70_000]) {
      const path = await consistencyPath(from, size, hashes)
      await verifyConsistency({ from, to: size, fromRoot: rootAt(from), toRoot: rootAt(size), path })
    }
  })

  test('says so when a tile is cut short or is not there', async () => {
    const short = tileHashReader(size, async (tiles) =>
      (await readTiles(tiles)).map((tile) => tile.subarray(1)),
    )
    await expect(inclusionPath(3, size, short)).rejects.toMatchObject({ code: 'tile-length' })
    const none = tileHashReader(size, async () => [])
    await expect(inclusionPath(3, size, none)).rejects.toMatchObject({ code: 'tile-length' })
    await expect(hashes([{ level: 0, index: size }])).rejects.toMatchObject({ code: 'node-not-stored' })
    await expect(hashes([{ level: 8, index: 273 }])).rejects.toMatchObject({ code: 'node-not-stored' })
  })
})

/** Hashes at each level of tiles, as the sequencer makes them. */
function levelsOf(leafHashes: Uint8Array): Uint8Array[] {
  const tile = 256 * hashLength
  const full = Math.floor(leafHashes.length / tile)
  if (full === 0) return leafHashes.length === 0 ? [] : [leafHashes]
  const above = Array.from({ length: full }, (_, index) =>
    tileRoot(leafHashes.subarray(index * tile, (index + 1) * tile)),
  )
  return [leafHashes, ...levelsOf(concat(...above))]
}

describe('entry bundles', () => {
  test('are read as they were written', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 600 }), { maxLength: 20 }), (entries) => {
        expect(decodeEntryBundle(encodeEntryBundle(entries)).map(toHex)).toEqual(entries.map(toHex))
      }),
    )
  })

  test('cut anywhere inside, an entry is missed', () => {
    const bundle = encodeEntryBundle([Buffer.from('first'), Buffer.from('second')])
    for (let length = 1; length < bundle.length; length += 1)
      if (length !== 7) expect(() => decodeEntryBundle(bundle.subarray(0, length))).toThrow(/cut short/)
  })

  test('the longest entry fits, one longer does not', () => {
    expect(decodeEntryBundle(encodeEntryBundle([new Uint8Array(65_535)]))[0]?.length).toBe(65_535)
    expect(() => encodeEntryBundle([new Uint8Array(65_536)])).toThrow(/65,535/)
  })
})
