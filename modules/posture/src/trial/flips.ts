import type { Reason, State } from '@hevd/core'

/** How a subject stands under a test; `outside`: the test does not speak of it. */
export type TriedState = State | 'outside'
export type Stands = { readonly state: TriedState; readonly why: Reason | null }

/** A subject that would stand otherwise. */
export type Flip = {
  readonly control: string
  readonly test: string
  readonly subject: { readonly kind: string; readonly id: string; readonly name: string }
  readonly before: Stands
  readonly after: Stands
}

const worstFirst = [
  'fails',
  'unknown',
  'excepted',
  'outside',
  'holds',
] as const satisfies readonly TriedState[]
const none = { fails: 0, unknown: 0, excepted: 0, outside: 0, holds: 0 }
/** How many are shown. */
const most = 200

/** What flips in a dry run: all are counted, the worst are kept. */
export class Flips {
  readonly #counts = new Map<string, Record<TriedState, number>>()
  readonly #kept: Record<TriedState, Flip[]> = {
    fails: [],
    unknown: [],
    excepted: [],
    outside: [],
    holds: [],
  }

  add(flip: Flip): void {
    const counts = this.#counts.get(flip.control) ?? { ...none }
    this.#counts.set(flip.control, counts)
    counts[flip.after.state] += 1
    const kept = this.#kept[flip.after.state]
    if (kept.length < most) kept.push(flip)
  }

  becoming(control: string): Readonly<Record<TriedState, number>> {
    return this.#counts.get(control) ?? none
  }

  worst(): readonly Flip[] {
    return worstFirst.flatMap((state) => this.#kept[state]).slice(0, most)
  }
}
