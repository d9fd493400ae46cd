import { TlogError } from '../errors.ts'
import { emptyRoot, nodeHash, nodeHashInto } from './hash.ts'
import { hashLength } from './hash-length.ts'

/** Sizes are safe integers, so a frontier has at most this many hashes. */
const levels = 53

/**
 * The right edge of a tree: the roots of the perfect subtrees that its size is the sum of, largest first. All that is
 * needed to append to it and to know its root (a compact range of RFC 6962 trees that starts at zero).
 */
export class Frontier {
  #size = 0
  /** Hashes of `#edge`, largest subtree first. */
  #height = 0
  readonly #edge = Buffer.alloc((levels + 1) * hashLength)

  /** Number of leaves. */
  get size(): number {
    return this.#size
  }

  /** Appends one leaf by its hash. */
  append(leafHash: Uint8Array): void {
    if (leafHash.length !== hashLength) throw new TlogError('hash-length', `${leafHash.length} bytes`)
    this.#edge.set(leafHash, this.#height * hashLength)
    this.#height += 1
    for (let rest = this.#size; rest % 2 === 1; rest = (rest - 1) / 2) this.#join()
    this.#size += 1
  }

  /** Appends leaves whose hashes stand one after the other, 32 bytes each. */
  appendAll(leafHashes: Uint8Array): void {
    if (leafHashes.length % hashLength !== 0) throw new TlogError('hash-length', `${leafHashes.length} bytes`)
    for (let offset = 0; offset < leafHashes.length; offset += hashLength)
      this.append(leafHashes.subarray(offset, offset + hashLength))
  }

  /** The root of the tree as it stands. */
  root(): Uint8Array {
    if (this.#height === 0) return emptyRoot()
    let root = Uint8Array.from(this.#at(this.#height - 1))
    for (let index = this.#height - 2; index >= 0; index -= 1)
      root = Uint8Array.from(nodeHash(this.#at(index), root))
    return root
  }

  /** The hashes of the edge, largest subtree first, 32 bytes each. */
  toBytes(): Uint8Array {
    return Uint8Array.from(this.#edge.subarray(0, this.#height * hashLength))
  }

  /** The frontier that `toBytes` of a tree of `size` gave. Throws `hash-length` when the number of hashes differs. */
  static fromBytes(size: number, bytes: Uint8Array): Frontier {
    const frontier = new Frontier()
    frontier.#size = size
    for (let rest = size; rest > 0; rest = Math.floor(rest / 2)) frontier.#height += rest % 2
    if (bytes.length !== frontier.#height * hashLength)
      throw new TlogError('hash-length', `${bytes.length} bytes for ${size} entries`)
    frontier.#edge.set(bytes)
    return frontier
  }

  #at(index: number): Buffer {
    return this.#edge.subarray(index * hashLength, (index + 1) * hashLength)
  }

  /** The last two subtrees are of one size: they become one. */
  #join(): void {
    const left = (this.#height - 2) * hashLength
    nodeHashInto(this.#edge, left, left + hashLength, this.#edge, left)
    this.#height -= 1
  }
}
