import { back, type Node, no, yes } from './diagram/diagrams.ts'
import { ReachError } from './errors.ts'
import type { Assignment, Field, Filter, Rule, Step, Value, Verdict } from './model.ts'
import type { Space } from './space.ts'

/**
 * What becomes of a packet after a chain, as sets of packets that are let in: when the chain accepts it, when it gives
 * it back to the chain that called, and when a nat rule rewrote it. All speak of the packet as it is then.
 */
export type After = { readonly accept: Node; readonly back: Node; readonly translated: Node }

/**
 * Works out chains backwards: from the sets of packets that are let in after a chain to the set that is let in before it.
 * A chain that changes no packet is worked out once, with leaves for what comes after it, however many rules lead there.
 */
export class Evaluation {
  readonly #space: Space
  readonly #chains: Filter['chains']
  readonly #summaries = new Map<string, Node>()
  readonly #changes = new Map<string, boolean>()

  /** Throws ReachError for a chain that is missing or leads back to itself. */
  constructor(space: Space, filter: Filter) {
    this.#space = space
    this.#chains = filter.chains
    for (const { chain } of filter.hooked) this.#changesPackets(chain, [])
  }

  chain(name: string, after: After): Node {
    if (this.#changes.get(name) === true) return this.#rules(name, after)
    let summary = this.#summaries.get(name)
    if (summary === undefined) {
      summary = this.#rules(name, { accept: yes, back, translated: no })
      this.#summaries.set(name, summary)
    }
    return this.#space.diagrams.choose(summary, no, after.accept, after.back)
  }

  #rules(name: string, after: After): Node {
    return this.#rulesOf(name).reduceRight<Node>((next, rule) => this.#rule(rule, 0, next, after), after.back)
  }

  #rulesOf(name: string): readonly Rule[] {
    const rules = this.#chains.get(name)
    if (rules === undefined) throw new ReachError('chain-missing', name)
    return rules
  }

  #rule(rule: Rule, at: number, next: Node, after: After): Node {
    const step = rule[at]
    if (step === undefined) return next
    const { diagrams } = this.#space
    const rest = () => this.#rule(rule, at + 1, next, after)
    switch (step.do) {
      case 'match': {
        const when = this.#space.encode(step.when)
        return when === no ? next : diagrams.ifElse(when, rest(), next)
      }
      case 'verdict':
        return this.#verdict(step.verdict, rest, next, after)
      case 'choose':
        return step.arms.reduceRight<Node>((otherwise, arm) => {
          const when = this.#space.encode(arm.when)
          return when === no
            ? otherwise
            : diagrams.ifElse(when, this.#verdict(arm.verdict, rest, next, after), otherwise)
        }, next)
      case 'set': {
        const then = step.next === 'translated' ? after.translated : rest()
        return step.arms.reduceRight<Node>(
          (otherwise, arm) =>
            diagrams.ifElse(this.#space.encode(arm.when), assigned(this.#space, then, arm.assign), otherwise),
          next,
        )
      }
    }
  }

  #verdict(verdict: Verdict, rest: () => Node, next: Node, after: After): Node {
    switch (verdict.to) {
      case 'accept':
        return after.accept
      case 'drop':
        return no
      case 'return':
        return after.back
      case 'continue':
        return rest()
      case 'jump':
        return this.chain(verdict.chain, { ...after, back: next })
      case 'goto':
        return this.chain(verdict.chain, after)
    }
  }

  #changesPackets(name: string, above: readonly string[]): boolean {
    const known = this.#changes.get(name)
    if (known !== undefined) return known
    if (above.includes(name)) throw new ReachError('jump-cycle', [...above, name].join(' → '))
    const steps = this.#rulesOf(name).flat()
    const below = [...new Set(steps.flatMap(targets))]
    const found = below.map((target) => this.#changesPackets(target, [...above, name]))
    const changes = steps.some((step) => step.do === 'set') || found.includes(true)
    this.#changes.set(name, changes)
    return changes
  }
}

function targets(step: Step): string[] {
  const verdicts =
    step.do === 'verdict' ? [step.verdict] : step.do === 'choose' ? step.arms.map((arm) => arm.verdict) : []
  return verdicts.flatMap((verdict) => ('chain' in verdict ? [verdict.chain] : []))
}

/** The packets that are in `set` after their fields were assigned, all at once. */
export function assigned(space: Space, set: Node, assignments: readonly Assignment[]): Node {
  const bits = assignments.flatMap(({ field, value }) =>
    Array.from(
      { length: space.width(field) },
      (_, bit) => [space.levelOf(field, bit), bitOf(space, field, value, bit)] as const,
    ),
  )
  return space.diagrams.substitute(set, new Map(bits))
}

function bitOf(space: Space, field: Field, value: Value, bit: number): Node {
  const width = space.width(field)
  const isSet = (number: bigint) => ((number >> BigInt(width - bit - 1)) & 1n) === 1n
  switch (value.is) {
    case 'constant':
      return isSet(value.value) ? yes : no
    case 'free':
      return space.free(value.name, `${value.key} ${field} ${bit}`)
    case 'bits': {
      const { diagrams } = space
      return value.of
        .filter(({ and }) => isSet(and))
        .map((part) => diagrams.node(space.levelOf(part.field, bit), no, yes))
        .reduce<Node>((sum, one) => diagrams.ifElse(one, diagrams.not(sum), sum), isSet(value.xor) ? yes : no)
    }
  }
}
