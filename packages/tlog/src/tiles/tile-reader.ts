import { TlogError } from '../errors.ts'
import { hashLength } from '../merkle/hash-length.ts'
import type { HashReader, NodeHash } from '../merkle/prove.ts'
import type { TreeNode } from '../merkle/shape.ts'
import { type Tile, tileHeight, tileOf, tileWidth } from './tile.ts'

/** Reads tiles, in the order asked for: `width` hashes of 32 bytes each. */
export type TileSource = (tiles: readonly Tile[]) => Promise<readonly Uint8Array[]>

/**
 * Reads the hashes of a tree of `size` leaves off its tiles; each tile is read once a call. Throws `node-not-stored`
 * for a node that such a tree does not have, `tile-length` for a tile that is not as wide as asked.
 */
export function readerOfTiles(size: number, read: TileSource, nodeHash: NodeHash): HashReader {
  return async (nodes) => {
    const places = nodes.map((node) => placeOf(node, size))
    const wanted = new Map(places.map(({ tile }) => [keyOf(tile), tile]))
    const contents = await read([...wanted.values()])
    const tiles = new Map([...wanted.keys()].map((key, index) => [key, contents[index]]))
    return Promise.all(
      places.map(({ tile, from, count }) => {
        const hashes = tiles.get(keyOf(tile))
        if (hashes === undefined || hashes.length !== tile.width * hashLength)
          throw new TlogError('tile-length', keyOf(tile))
        return rootOver(hashes.subarray(from * hashLength, (from + count) * hashLength), nodeHash)
      }),
    )
  }
}

/** Where a node's hash comes from: `count` hashes of a tile, a power of two. */
type Place = { readonly tile: Tile; readonly from: number; readonly count: number }

function placeOf({ level, index }: TreeNode, size: number): Place {
  const count = 2 ** (level % tileHeight)
  const tileLevel = Math.floor(level / tileHeight)
  const first = index * count
  const tile = tileOf(tileLevel, Math.floor(first / tileWidth), size)
  const from = first % tileWidth
  if (tile === null || from + count > tile.width)
    throw new TlogError('node-not-stored', `level ${level}, ${index} of a tree of ${size}`)
  return { tile, from, count }
}

function keyOf({ level, index, width }: Tile): string {
  return `${level}/${index}.${width}`
}

/** The root over a power of two of hashes. */
async function rootOver(hashes: Uint8Array, nodeHash: NodeHash): Promise<Uint8Array> {
  let row: Uint8Array[] = []
  for (let offset = 0; offset < hashes.length; offset += hashLength)
    row.push(hashes.subarray(offset, offset + hashLength))
  while (row.length > 1) {
    const above: Uint8Array[] = []
    for (let at = 0; at + 1 < row.length; at += 2) {
      const [left, right] = row.slice(at, at + 2)
      if (left !== undefined && right !== undefined) above.push(await nodeHash(left, right))
    }
    row = above
  }
  return row[0] ?? hashes
}
