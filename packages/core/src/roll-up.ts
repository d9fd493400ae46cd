import type { Reason, Verdict } from './verdict.ts'

/** How one test stands over its whole population; every subject is counted, the unknown ones too. */
export type Tally = {
  readonly holds: number
  readonly fails: number
  readonly unknown: number
  /** Of `fails`, how many an exception covers. */
  readonly excepted: number
}

/** How something stands: `excepted` is a failure that is accepted for a time, and says so. */
export type State = 'fails' | 'unknown' | 'excepted' | 'holds'

/** How a control stands, or several together: `not-applicable` where the organisation has said so, for a time. */
export type PolicyState = State | 'not-applicable'

const order = {
  'not-applicable': 0,
  holds: 1,
  excepted: 2,
  unknown: 3,
  fails: 4,
} as const satisfies Record<PolicyState, number>

/**
 * The worst of several states: `fails` > `unknown` > `excepted` > `holds`. Of nothing: `unknown`. What does not apply
 * decides nothing beside what does.
 */
export function worst<S extends PolicyState>(states: readonly S[]): S | 'unknown' {
  const [first, ...rest] = states
  if (first === undefined) return 'unknown'
  return rest.reduce((a, b) => (order[b] > order[a] ? b : a), first)
}

/** What is known of the list that a test speaks of. */
export type PopulationSeen = {
  /** Whether the list itself was seen whole: the `unseen` of `Population.whole` is empty. */
  readonly whole: boolean
  readonly noneIsFine: boolean
}

/**
 * How one test stands. A failure that was seen is one, however much is not. While the list of subjects was not seen whole,
 * nothing about all of them holds. An empty list, wholly seen, is `unknown` unless the policy says that none is fine.
 */
export function stateOf(tally: Tally, { whole, noneIsFine }: PopulationSeen): State {
  if (tally.fails > tally.excepted) return 'fails'
  if (tally.unknown > 0 || !whole) return 'unknown'
  if (tally.excepted > 0) return 'excepted'
  if (tally.holds > 0) return 'holds'
  return noneIsFine ? 'holds' : 'unknown'
}

/** The verdict behind a state: an accepted failure is still a failure. */
export function verdictOf(state: State): Verdict {
  return state === 'excepted' ? 'fails' : state
}

/** Why a control without a judged subject is unknown. */
export function whyNothingJudged(tests: number): Reason {
  return { code: tests === 0 ? 'not-yet-proven' : 'population-empty', params: {} }
}

export function sum(tallies: readonly Tally[]): Tally {
  return tallies.reduce(
    (a, b) => ({
      holds: a.holds + b.holds,
      fails: a.fails + b.fails,
      unknown: a.unknown + b.unknown,
      excepted: a.excepted + b.excepted,
    }),
    { holds: 0, fails: 0, unknown: 0, excepted: 0 },
  )
}
