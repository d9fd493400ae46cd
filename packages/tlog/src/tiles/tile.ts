/** Hashes of a full tile, and entries of a full bundle (C2SP tlog-tiles). */
export const tileWidth = 256
/** Levels of the tree that one level of tiles spans. */
export const tileHeight = 8

/** Tile `index` of a level of tiles: the first `width` of its 256 hashes. */
export type Tile = { readonly level: number; readonly index: number; readonly width: number }

/** Number of hashes at a level of tiles in a tree of `size` leaves. */
export function hashesAtLevel(level: number, size: number): number {
  return Math.floor(size / tileWidth ** level)
}

/** The tile as a tree of `size` leaves has it; null when it has none of its hashes. */
export function tileOf(level: number, index: number, size: number): Tile | null {
  const width = Math.min(tileWidth, hashesAtLevel(level, size) - index * tileWidth)
  return width > 0 ? { level, index, width } : null
}

/** Full tiles that a tree of `to` leaves has and one of `from` has not, lowest level first. */
export function tilesCompleted(from: number, to: number): readonly Tile[] {
  const tiles: Tile[] = []
  for (let level = 0; hashesAtLevel(level + 1, to) > 0; level += 1) {
    const end = hashesAtLevel(level + 1, to)
    for (let index = hashesAtLevel(level + 1, from); index < end; index += 1)
      tiles.push({ level, index, width: tileWidth })
  }
  return tiles
}
