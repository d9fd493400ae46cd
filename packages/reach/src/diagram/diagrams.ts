import { NodeTable } from './node-table.ts'

/**
 * A function of the bits of a packet, as the number of a node in {@link Diagrams}. It has three leaves: {@link no} and
 * {@link yes} for sets of packets, and {@link back} for what a chain leaves undecided.
 */
export type Node = number
export const no: Node = 0
export const yes: Node = 1
export const back: Node = 2

/** What the bit of a level becomes: a function of the bits of the packet as it was before. */
export type Substitution = ReadonlyMap<number, Node>

/**
 * Ordered binary decision diagrams with shared nodes: two equal functions are one node, so that comparing is `===`.
 * Levels are tested from 0 upwards. Throws ReachError `too-large` past the budget of nodes.
 */
export class Diagrams {
  readonly #nodes: NodeTable

  constructor(budget: number) {
    this.#nodes = new NodeTable(budget)
  }

  get size(): number {
    return this.#nodes.size
  }

  /** The level that a node tests; a leaf lies below all levels. */
  level(node: Node): number {
    return this.#nodes.level(node)
  }

  low(node: Node): Node {
    return this.#nodes.low(node)
  }

  high(node: Node): Node {
    return this.#nodes.high(node)
  }

  node(level: number, low: Node, high: Node): Node {
    return low === high ? low : this.#nodes.make(level, low, high)
  }

  /** `of` with its leaves replaced by functions. */
  choose(of: Node, whenNo: Node, whenYes: Node, whenBack: Node): Node {
    if (of === no) return whenNo
    if (of === yes) return whenYes
    if (of === back) return whenBack
    if (whenNo === no && whenYes === yes && whenBack === back) return of
    if (whenNo === whenYes && whenYes === whenBack) return whenNo
    const nodes = this.#nodes
    const slot = nodes.lookUp(of, whenNo, whenYes, whenBack)
    if (slot >= 0) return slot
    const level = Math.min(nodes.level(of), nodes.level(whenNo), nodes.level(whenYes), nodes.level(whenBack))
    const low = this.choose(
      nodes.lowAt(of, level),
      nodes.lowAt(whenNo, level),
      nodes.lowAt(whenYes, level),
      nodes.lowAt(whenBack, level),
    )
    const high = this.choose(
      nodes.highAt(of, level),
      nodes.highAt(whenNo, level),
      nodes.highAt(whenYes, level),
      nodes.highAt(whenBack, level),
    )
    const made = this.node(level, low, high)
    nodes.keep(of, whenNo, whenYes, whenBack, made)
    return made
  }

  /** Where the set `condition` holds `then`, elsewhere `otherwise`. */
  ifElse(condition: Node, then: Node, otherwise: Node): Node {
    return then === otherwise ? then : this.choose(condition, otherwise, then, otherwise)
  }

  and(a: Node, b: Node): Node {
    return a === b ? a : this.ifElse(a, b, no)
  }

  or(a: Node, b: Node): Node {
    return a === b ? a : this.ifElse(a, yes, b)
  }

  not(a: Node): Node {
    return this.ifElse(a, no, yes)
  }

  /** All of many, joined pairwise so that no part is walked more often than needed. */
  anyOf(parts: readonly Node[]): Node {
    if (parts.length <= 1) return parts[0] ?? no
    const half = parts.length >> 1
    return this.or(this.anyOf(parts.slice(0, half)), this.anyOf(parts.slice(half)))
  }

  /** `of` for a packet whose bits are first changed, all at once. */
  substitute(of: Node, bits: Substitution): Node {
    const known = new Map<Node, Node>()
    const walk = (node: Node): Node => {
      const level = this.level(node)
      if (node <= back) return node
      const before = known.get(node)
      if (before !== undefined) return before
      const bit = bits.get(level)
      const made =
        bit === yes
          ? walk(this.high(node))
          : bit === no
            ? walk(this.low(node))
            : this.ifElse(bit ?? this.node(level, no, yes), walk(this.high(node)), walk(this.low(node)))
      known.set(node, made)
      return made
    }
    return walk(of)
  }

  /** What holds for some value of the bits that `hidden` names. */
  some(of: Node, hidden: (level: number) => boolean): Node {
    return this.#project(of, hidden, (low, high) => this.or(low, high))
  }

  /** What holds whatever the value of the bits that `hidden` names. */
  every(of: Node, hidden: (level: number) => boolean): Node {
    return this.#project(of, hidden, (low, high) => this.and(low, high))
  }

  #project(of: Node, hidden: (level: number) => boolean, join: (low: Node, high: Node) => Node): Node {
    const known = new Map<Node, Node>()
    const walk = (node: Node): Node => {
      if (node <= back) return node
      const before = known.get(node)
      if (before !== undefined) return before
      const level = this.level(node)
      const [low, high] = [walk(this.low(node)), walk(this.high(node))]
      const made = hidden(level) ? join(low, high) : this.node(level, low, high)
      known.set(node, made)
      return made
    }
    return walk(of)
  }

  /** Levels that make a difference. */
  support(of: Node): ReadonlySet<number> {
    const seen = new Set<Node>()
    const levels = new Set<number>()
    const walk = (node: Node): void => {
      if (node <= back || seen.has(node)) return
      seen.add(node)
      levels.add(this.level(node))
      walk(this.low(node))
      walk(this.high(node))
    }
    walk(of)
    return levels
  }
}
