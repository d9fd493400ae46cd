import { ReachError } from '../errors.ts'

const leafLevel = 0x7fffffff
const leaves = 3
const cacheSize = 1 << 17

/** Nodes and the memory of operations, in typed arrays. A node's number is its place; the first three are leaves. */
export class NodeTable {
  readonly #budget: number
  #count = leaves
  #levels = new Int32Array(1 << 12).fill(leafLevel, 0, leaves)
  #lows = new Int32Array(1 << 12)
  #highs = new Int32Array(1 << 12)
  /** Open addressing; 0 is an empty place, since no node that is kept there has the number 0. */
  #places = new Int32Array(1 << 13)
  /** Direct-mapped: four operands and what they gave. */
  readonly #cache = new Int32Array(cacheSize * 5)

  constructor(budget: number) {
    this.#budget = budget
  }

  get size(): number {
    return this.#count
  }

  level(node: number): number {
    return this.#levels[node] ?? leafLevel
  }

  low(node: number): number {
    return this.#lows[node] ?? 0
  }

  high(node: number): number {
    return this.#highs[node] ?? 0
  }

  lowAt(node: number, level: number): number {
    return this.level(node) === level ? this.low(node) : node
  }

  highAt(node: number, level: number): number {
    return this.level(node) === level ? this.high(node) : node
  }

  make(level: number, low: number, high: number): number {
    const mask = this.#places.length - 1
    let place = hash(level, low, high, 0) & mask
    for (;;) {
      const found = this.#places[place] ?? 0
      if (found === 0) break
      if (this.#levels[found] === level && this.#lows[found] === low && this.#highs[found] === high)
        return found
      place = (place + 1) & mask
    }
    const made = this.#count
    if (made >= this.#budget) throw new ReachError('too-large', `${made} nodes`)
    if (made === this.#levels.length) this.#grow()
    this.#levels[made] = level
    this.#lows[made] = low
    this.#highs[made] = high
    this.#count += 1
    if (this.#count * 2 > this.#places.length) this.#spread()
    else this.#places[place] = made
    return made
  }

  #grow(): void {
    const wider = (old: Int32Array<ArrayBuffer>) => {
      const next = new Int32Array(old.length * 2)
      next.set(old)
      return next
    }
    this.#levels = wider(this.#levels)
    this.#lows = wider(this.#lows)
    this.#highs = wider(this.#highs)
  }

  #spread(): void {
    const next = new Int32Array(this.#places.length * 2)
    const mask = next.length - 1
    for (let node = leaves; node < this.#count; node += 1) {
      let place = hash(this.level(node), this.low(node), this.high(node), 0) & mask
      while (next[place] !== 0) place = (place + 1) & mask
      next[place] = node
    }
    this.#places = next
  }

  /** What the operation gave before; -1 when it is not remembered. */
  lookUp(a: number, b: number, c: number, d: number): number {
    const at = (hash(a, b, c, d) & (cacheSize - 1)) * 5
    const cache = this.#cache
    const same = cache[at] === a && cache[at + 1] === b && cache[at + 2] === c && cache[at + 3] === d
    return same ? (cache[at + 4] ?? -1) : -1
  }

  keep(a: number, b: number, c: number, d: number, made: number): void {
    const at = (hash(a, b, c, d) & (cacheSize - 1)) * 5
    this.#cache[at] = a
    this.#cache[at + 1] = b
    this.#cache[at + 2] = c
    this.#cache[at + 3] = d
    this.#cache[at + 4] = made
  }
}

function hash(a: number, b: number, c: number, d: number): number {
  let h =
    Math.imul(a, 0x9e3779b1) ^ Math.imul(b, 0x85ebca6b) ^ Math.imul(c, 0xc2b2ae35) ^ Math.imul(d, 0x27d4eb2f)
  h = Math.imul(h ^ (h >>> 15), 0x2c1b3c6d)
  return (h ^ (h >>> 13)) >>> 0
}
