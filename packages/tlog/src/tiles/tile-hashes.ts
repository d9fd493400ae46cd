import { TlogError } from '../errors.ts'
import { nodeHash, nodeHashInto } from '../merkle/hash.ts'
import { hashLength } from '../merkle/hash-length.ts'
import type { HashReader } from '../merkle/prove.ts'
import { tileWidth } from './tile.ts'
import { readerOfTiles, type TileSource } from './tile-reader.ts'

/** The hash that a full tile has in the tile above it: the root over its 256 hashes. Throws `tile-length`. */
export function tileRoot(hashes: Uint8Array): Uint8Array {
  if (hashes.length !== tileWidth * hashLength) throw new TlogError('tile-length', `${hashes.length} bytes`)
  const row = Buffer.from(hashes)
  for (let width = tileWidth; width > 1; width /= 2)
    for (let at = 0; at < width; at += 2)
      nodeHashInto(row, at * hashLength, (at + 1) * hashLength, row, (at / 2) * hashLength)
  return Uint8Array.from(row.subarray(0, hashLength))
}

/** Reads the hashes of a tree of `size` leaves off its tiles, for proofs made in Node. */
export function tileHashReader(size: number, read: TileSource): HashReader {
  return readerOfTiles(size, read, nodeHash)
}
