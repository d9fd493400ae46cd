import { emptyRoot, Frontier, hashLength, nodeHash, tileRoot, tileWidth } from '@hevd/tlog'

/** A full tile as it is stored: its 256 hashes, and the one it has in the tile above. */
export type FullTile = {
  readonly level: number
  readonly index: number
  readonly hashes: Buffer
  readonly root: Uint8Array
}

/** The unfinished tile of one level. */
type Level = { full: number; width: number; readonly hashes: Buffer }

/**
 * The right edge of a tree as tiles: of each level the one that is not full yet. All that is needed to append to the
 * tree, to know its root and to make the tiles that become full. A leaf costs about one hash.
 */
export class RightEdge {
  readonly #levels: Level[] = []
  #size = 0
  #root: Uint8Array | null = null

  /** @param unfinished of each level, from the leaves up, the hashes of its unfinished tile; as many levels as the tree has */
  static of(size: number, unfinished: readonly Uint8Array[]): RightEdge {
    const edge = new RightEdge()
    edge.#size = size
    for (const [level, hashes] of unfinished.entries()) {
      const stands = edge.#level(level)
      stands.full = Math.floor(size / tileWidth ** (level + 1))
      stands.width = hashes.length / hashLength
      stands.hashes.set(hashes)
    }
    return edge
  }

  /** Number of leaves. */
  get size(): number {
    return this.#size
  }

  /** An edge of its own, to go on from this one and leave it as it is. */
  copy(): RightEdge {
    const copied = RightEdge.of(
      this.#size,
      this.#levels.map(({ hashes, width }) => hashes.subarray(0, width * hashLength)),
    )
    copied.#root = this.#root
    return copied
  }

  /** Appends leaves whose hashes stand one after the other; the tiles that became full, lowest level first within each. */
  append(leafHashes: Uint8Array): readonly FullTile[] {
    const tiles: FullTile[] = []
    this.#size += leafHashes.length / hashLength
    this.#root = null
    this.#extend(0, leafHashes, tiles)
    return tiles
  }

  /** The root of the tree as it stands (RFC 6962, 2.1). */
  root(): Uint8Array {
    this.#root ??= this.#computed()
    return this.#root
  }

  #computed(): Uint8Array {
    let root: Uint8Array | null = null
    for (const { hashes, width } of this.#levels) {
      const frontier = new Frontier()
      frontier.appendAll(hashes.subarray(0, width * hashLength))
      const perfect = frontier.toBytes()
      for (let end = perfect.length; end > 0; end -= hashLength) {
        const left = perfect.subarray(end - hashLength, end)
        root = root === null ? left : nodeHash(left, root)
      }
    }
    return root ?? emptyRoot()
  }

  #level(level: number): Level {
    const found = this.#levels[level]
    if (found !== undefined) return found
    const made = { full: 0, width: 0, hashes: Buffer.alloc(tileWidth * hashLength) }
    this.#levels.push(made)
    return made
  }

  #extend(level: number, hashes: Uint8Array, tiles: FullTile[]): void {
    const stands = this.#level(level)
    for (let offset = 0; offset < hashes.length; ) {
      const taken = hashes.subarray(offset, offset + (tileWidth - stands.width) * hashLength)
      stands.hashes.set(taken, stands.width * hashLength)
      stands.width += taken.length / hashLength
      offset += taken.length
      if (stands.width < tileWidth) return
      const full = Buffer.from(stands.hashes)
      const root = tileRoot(full)
      tiles.push({ level, index: stands.full, hashes: full, root })
      stands.full += 1
      stands.width = 0
      this.#extend(level + 1, root, tiles)
    }
  }
}
