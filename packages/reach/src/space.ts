import { joined, widthOf } from './address.ts'
import { Diagrams, type Node, no, yes } from './diagram/diagrams.ts'
import type { Condition, Family, Field, Range } from './model.ts'

/** Orders of the fields, from what is tested first; the first is best for most rule sets. */
export const orders: readonly (readonly Field[])[] = [
  [
    'ct',
    'dnat',
    'proto',
    'nexthdr',
    'flags',
    'dport',
    'sport',
    'iif',
    'daddr',
    'saddr',
    'mac',
    'mark',
    'ctmark',
  ],
  [
    'ct',
    'dnat',
    'proto',
    'nexthdr',
    'flags',
    'iif',
    'saddr',
    'daddr',
    'dport',
    'sport',
    'mac',
    'mark',
    'ctmark',
  ],
  [
    'ct',
    'dnat',
    'mark',
    'ctmark',
    'proto',
    'nexthdr',
    'flags',
    'iif',
    'mac',
    'daddr',
    'saddr',
    'dport',
    'sport',
  ],
]

export function fieldWidth(field: Field, family: Family, interfaces: number): number {
  switch (field) {
    case 'ct':
      return 7
    case 'dnat':
      return 1
    case 'proto':
    case 'nexthdr':
    case 'flags':
      return 8
    case 'dport':
    case 'sport':
      return 16
    case 'iif':
      return Math.max(1, Math.ceil(Math.log2(interfaces)))
    case 'daddr':
    case 'saddr':
      return widthOf(family)
    case 'mac':
      return 48
    case 'mark':
    case 'ctmark':
      return 32
  }
}

/**
 * The space of packets of one family: which level of the diagrams is which bit of which field. What cannot be told has
 * levels of its own below all fields, made as they are met.
 */
export class Space {
  readonly diagrams: Diagrams
  readonly family: Family
  readonly #first = new Map<Field, number>()
  readonly #width = new Map<Field, number>()
  readonly #free = new Map<string, number>()
  readonly #names = new Map<number, string>()
  readonly #extra = new Map<number, Node>()
  readonly #encoded = new WeakMap<Condition, Node>()
  readonly #fields: number

  constructor(family: Family, interfaces: number, order: readonly Field[], budget: number) {
    this.family = family
    this.diagrams = new Diagrams(budget)
    let level = 0
    for (const field of order) {
      const width = fieldWidth(field, family, interfaces)
      this.#first.set(field, level)
      this.#width.set(field, width)
      level += width
    }
    this.#fields = level
  }

  width(field: Field): number {
    return this.#width.get(field) ?? 0
  }

  /** Level of a field's bit; bit 0 is the most significant. */
  levelOf(field: Field, bit: number): number {
    return (this.#first.get(field) ?? 0) + bit
  }

  isOf(field: Field, level: number): boolean {
    const first = this.#first.get(field) ?? 0
    return level >= first && level < first + this.width(field)
  }

  /** Whether a level stands for something that cannot be told. */
  isFree(level: number): boolean {
    return level >= this.#fields
  }

  /** What a person is told of a free level. */
  nameOf(level: number): string {
    return this.#names.get(level) ?? '?'
  }

  /** Every packet without what the sender may add to it, such as extension headers. */
  get plain(): ReadonlyMap<number, Node> {
    return this.#extra
  }

  free(name: string, key: string, isExtra = false): Node {
    let level = this.#free.get(key)
    if (level === undefined) {
      level = this.#fields + this.#free.size
      this.#free.set(key, level)
      this.#names.set(level, name)
      if (isExtra) this.#extra.set(level, no)
    }
    return this.diagrams.node(level, no, yes)
  }

  encode(condition: Condition): Node {
    const known = this.#encoded.get(condition)
    if (known !== undefined) return known
    const made = this.#make(condition)
    this.#encoded.set(condition, made)
    return made
  }

  #make(condition: Condition): Node {
    const { diagrams } = this
    switch (condition.is) {
      case 'in':
        return this.#within(condition.field, condition.mask, joined(condition.ranges))
      case 'all':
        return condition.of.reduceRight<Node>((rest, one) => diagrams.and(this.encode(one), rest), yes)
      case 'any':
        return diagrams.anyOf(condition.of.map((one) => this.encode(one)))
      case 'not':
        return diagrams.not(this.encode(condition.of))
      case 'free':
        return this.free(condition.name, condition.key, condition.isExtra)
    }
  }

  /** Ranges are sorted and apart; a bit outside the mask is 0 in what is compared. */
  #within(field: Field, mask: bigint | null, ranges: readonly Range[]): Node {
    const width = this.width(field)
    const first = (at: number) => ranges[at]?.[0] ?? 0n
    const last = (at: number) => ranges[at]?.[1] ?? 0n
    // Ranges `from` up to `to` are those that reach into the block of values that begins at `low`.
    const build = (bit: number, low: bigint, from: number, to: number): Node => {
      if (from >= to) return no
      const size = 1n << BigInt(width - bit)
      if (first(from) <= low && last(from) >= low + size - 1n) return yes
      const middle = low + size / 2n
      let [lowerEnd, upperStart] = [to, from]
      while (lowerEnd > from && first(lowerEnd - 1) >= middle) lowerEnd -= 1
      while (upperStart < to && last(upperStart) < middle) upperStart += 1
      const lower = build(bit + 1, low, from, lowerEnd)
      if (mask !== null && ((mask >> BigInt(width - bit - 1)) & 1n) === 0n) return lower
      return this.diagrams.node(this.levelOf(field, bit), lower, build(bit + 1, middle, upperStart, to))
    }
    const whole = (1n << BigInt(width)) - 1n
    return build(0, 0n, 0, ranges.filter(([start]) => start <= whole).length)
  }

  /** The values of a field in a set that is of that field alone. */
  rangesOf(set: Node, field: Field): Range[] {
    const width = this.width(field)
    const out: Range[] = []
    const walk = (node: Node, bit: number, low: bigint): void => {
      if (node === no) return
      const size = 1n << BigInt(width - bit)
      if (node === yes) out.push([low, low + size - 1n])
      else {
        const at = this.diagrams.level(node) === this.levelOf(field, bit)
        walk(at ? this.diagrams.low(node) : node, bit + 1, low)
        walk(at ? this.diagrams.high(node) : node, bit + 1, low + size / 2n)
      }
    }
    walk(set, 0, 0n)
    return joined(out)
  }

  /** One packet of a set, as the value of every field; bits that make no difference are 0. Null for the empty set. */
  packetOf(set: Node): ReadonlyMap<Field, bigint> | null {
    if (set === no) return null
    const bits = new Map<number, boolean>()
    for (let node = set; node !== yes; ) {
      const high = this.diagrams.low(node) === no
      bits.set(this.diagrams.level(node), high)
      node = high ? this.diagrams.high(node) : this.diagrams.low(node)
    }
    return new Map(
      [...this.#first.keys()].map((field) => {
        let value = 0n
        for (let bit = 0; bit < this.width(field); bit += 1)
          value = (value << 1n) | (bits.get(this.levelOf(field, bit)) === true ? 1n : 0n)
        return [field, value]
      }),
    )
  }
}
