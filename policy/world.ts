import { type Coverage, type Instant, type Judged, Moment, run, type Test } from '@hevd/core'
import { factsInMemory, type Said, vocabulary } from '@hevd/facts'

/** A made world for a control's tests: facts by type, everything else of the named types seen and empty. */
export type World = {
  readonly facts: readonly Said[]
  /** Types that were looked at whole, everywhere, apart from those in `unseen`. */
  readonly seen: readonly { readonly name: string }[]
  readonly unseen?: readonly Coverage[]
  /** Scopes that were looked at although no fact was found there. */
  readonly scopes?: readonly string[]
}

export const noon: Instant = Date.UTC(2026, 5, 15, 12)
const zone = 'Europe/Oslo'

/** Judges every subject of a test in a world, as the engine would; those outside the population are left out. */
export function judgedIn(
  world: World,
  test: Test,
  parameters: { readonly [name: string]: unknown } = {},
  at: Instant = noon,
): Record<string, Judged> {
  const scopes = new Set(
    world.facts
      .flatMap(({ type, value }) => {
        const known = vocabulary.get(type)
        return known === undefined ? [] : [known.scope(known.parse(value))]
      })
      .concat('-', world.scopes ?? []),
  )
  const complete = world.seen.flatMap(({ name }) =>
    [...scopes].map((scope): Coverage => ({ type: name, scope, state: 'complete', detail: '' })),
  )
  const hidden = world.unseen ?? []
  const covered = [
    ...complete.filter(({ type, scope }) => !hidden.some((one) => one.type === type && one.scope === scope)),
    ...hidden,
  ]
  const memory = factsInMemory(vocabulary, world.facts, covered, at)
  return Object.fromEntries(
    memory.candidates(test.population).flatMap(({ id, values }) => {
      const subject = test.population.subject(id, values)
      const self = test.population.self(id, values)
      const inForce = { values: parameters, before: null }
      const { judged } = run(test, subject, self, memory.source, inForce, new Moment(at, zone))
      return judged.verdict === 'outside' ? [] : [[id, judged]]
    }),
  )
}

/** A fact of a type, with what the test is about laid over a plain whole one. */
export function said<Value>(type: { readonly name: string; parse(raw: unknown): Value }, value: Value): Said {
  return { type: type.name, value }
}
