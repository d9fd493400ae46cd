import type { Tx } from '@hevd/postgres'
import { hashesAtLevel, type Tile, type TileSource, tileOf, tileWidth } from '@hevd/tlog'
import { sql } from 'kysely'
import type { LogName } from './contract.ts'
import { RightEdge } from './domain/right-edge.ts'
import { leafHash } from './store.ts'

/** Reads tiles of a log: full ones as stored, partial ones off the entries and the tiles below. */
export function tileSource(tx: Tx, organisation: string, log: LogName): TileSource {
  return async (tiles) => {
    const read: Buffer[] = []
    for (const tile of tiles) read.push(await readTile(tx, organisation, log, tile))
    return read
  }
}

/** One tile of as many hashes as are there, at most `width`. */
async function readTile(
  tx: Tx,
  organisation: string,
  log: LogName,
  { level, index, width }: Tile,
): Promise<Buffer> {
  const first = index * tileWidth
  const query =
    width === tileWidth
      ? sql<{ hashes: Buffer | null }>`select hashes from ledger.tile
          where organisation = ${organisation} and log = ${log} and level = ${level} and index = ${index}`
      : level === 0
        ? sql<{
            hashes: Buffer | null
          }>`select string_agg(${leafHash}, '' order by index) as hashes from ledger.entry
            where organisation = ${organisation} and log = ${log} and index >= ${first} and index < ${first + width}`
        : sql<{ hashes: Buffer | null }>`select string_agg(root, '' order by index) as hashes from ledger.tile
            where organisation = ${organisation} and log = ${log} and level = ${level - 1}
              and index >= ${first} and index < ${first + width}`
  const { rows } = await query.execute(tx)
  return rows[0]?.hashes ?? Buffer.alloc(0)
}

/** The right edge of the tree of `size` leaves. */
export async function readEdge(tx: Tx, organisation: string, log: LogName, size: number): Promise<RightEdge> {
  const unfinished: Buffer[] = []
  for (let level = 0; hashesAtLevel(level, size) > 0; level += 1) {
    const tile = tileOf(level, Math.floor(hashesAtLevel(level, size) / tileWidth), size)
    unfinished.push(tile === null ? Buffer.alloc(0) : await readTile(tx, organisation, log, tile))
  }
  return RightEdge.of(size, unfinished)
}
