import {
  type Coverage,
  type Fact,
  type FactSource,
  type FactType,
  type Instant,
  type Lookup,
  lookupKey,
  lookupKeysOf,
  type Population,
  type Reading,
  type Unseen,
} from '@hevd/core'

/** A fact that somebody says, before it is stored. */
export type Said = { readonly type: string; readonly value: unknown }

/** Facts and coverage held in memory, answering as the feeds' database does: for `hevd check` and for tests. */
export type FactsInMemory = {
  readonly source: FactSource
  /** Candidates of a population, each with its own facts. */
  candidates(
    population: Population,
  ): readonly { readonly id: string; readonly values: readonly [unknown, ...unknown[]] }[]
}

/**
 * @param vocabulary types by name; a fact of another type throws RangeError
 * @param covered what was looked at; a scope that nobody covers is unseen
 */
export function factsInMemory(
  vocabulary: ReadonlyMap<string, FactType>,
  facts: readonly Said[],
  covered: readonly Coverage[],
  at: Instant,
): FactsInMemory {
  const found = new Map<string, Fact[]>()
  for (const { type: name, value } of facts) {
    const type = vocabulary.get(name)
    if (type === undefined) throw new RangeError(`There is no fact type ${name}`)
    const fact: Fact = { value: type.parse(value), feed: `agent/${name}`, observedAt: at, recordedAt: at }
    for (const key of lookupKeysOf(type, fact.value)) found.set(key, [...(found.get(key) ?? []), fact])
  }
  return {
    source: (lookups) =>
      lookups.map((lookup) => ({
        facts: found.get(lookupKey(lookup)) ?? [],
        unseen: unseenOf(lookup, covered),
      })),
    candidates: (population) => {
      const prefix = `${population.type}|${population.by}|`
      return [...found].flatMap(([key, [first, ...rest]]) =>
        key.startsWith(prefix) && first !== undefined
          ? [
              {
                id: key.slice(prefix.length),
                values: [first.value, ...rest.map((fact) => fact.value)] as const,
              },
            ]
          : [],
      )
    },
  }
}

/** Why a look-up is not answered whole: its scope, or for a wide one every scope of the type, must be complete. */
function unseenOf(lookup: Lookup, covered: readonly Coverage[]): Reading['unseen'] {
  const about = covered.filter(
    ({ type, scope }) => type === lookup.type && (lookup.scope === null || scope === lookup.scope),
  )
  if (about.length === 0) return [{ code: 'never-connected', type: lookup.type }]
  if (lookup.scope !== null && about.some(({ state }) => state === 'complete')) return []
  return about.flatMap((coverage) => whyUnseen(coverage) ?? [])
}

function whyUnseen({ type, state, detail }: Coverage): Unseen | null {
  const feed = `agent/${type}`
  if (state === 'needs-right') return { code: state, feed, right: detail }
  if (state === 'failed') return { code: state, feed, error: detail }
  if (state === 'partial') return { code: state, feed, missing: detail }
  return null
}
