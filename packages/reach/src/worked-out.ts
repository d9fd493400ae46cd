import type { Node } from './diagram/diagrams.ts'
import { ReachError } from './errors.ts'
import { Ground, type Host } from './host.ts'
import type { Family, Filter } from './model.ts'
import { letIn } from './packet-path.ts'
import { filterOf, type RuleSets } from './rule-sets.ts'
import { orders, Space } from './space.ts'

/** A filter worked out for one family: the packets that are let in, as they come in by the wire. */
export type WorkedOut = {
  readonly space: Space
  readonly ground: Ground
  readonly filter: Filter
  readonly letIn: Node
}

const usualBudget = 8_000_000

/**
 * Works a filter out and asks `about` it. Several orders of the fields are tried within the budget of nodes, for the
 * asking too. Throws ReachError.
 */
export function workOut<T>(
  rules: RuleSets,
  host: Host,
  family: Family,
  about: (workedOut: WorkedOut) => T,
  budget = usualBudget,
): T {
  const ground = new Ground(host, family)
  const filter = filterOf(rules, ground)
  for (let attempt = 0; ; attempt += 1) {
    try {
      const space = new Space(family, host.interfaces.length, orders[attempt] ?? [], budget)
      return about({ space, ground, filter, letIn: letIn(space, ground, filter) })
    } catch (error) {
      const again = error instanceof ReachError && error.code === 'too-large' && attempt + 1 < orders.length
      if (!again) throw error
    }
  }
}
