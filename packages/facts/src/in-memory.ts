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
import { hosts } from './host.ts'

/** A fact that somebody says, before it is stored. */
export type Said = { readonly type: string; readonly value: unknown }

/** What the source of a type of fact is called where facts are held in memory. */
export const feedInMemory = (type: string): string => `agent/${type}`

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
    const fact: Fact = { value: type.parse(value), feed: feedInMemory(name), observedAt: at, recordedAt: at }
    for (const key of lookupKeysOf(type, fact.value)) found.set(key, [...(found.get(key) ?? []), fact])
  }
  const declared = facts.flatMap(({ type, value }) =>
    type === hosts.name ? [hosts.key(parsedHost(value))] : [],
  )
  return {
    source: (lookups) =>
      lookups.map((lookup) => ({
        facts: found.get(lookupKey(lookup)) ?? [],
        unseen: unseenOf(lookup, covered, declared),
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

const parsedHost = (value: unknown) => hosts.parse(value)

/**
 * Why a look-up is not answered whole, as the feeds' database says it (modules/feeds, `unseenOf`). A narrow one: its
 * scope must be complete. A wide one: every scope of the type that anybody covers, and something on every declared
 * host, unless a register is complete about all of it.
 */
function unseenOf(
  lookup: Lookup,
  covered: readonly Coverage[],
  declared: readonly string[],
): Reading['unseen'] {
  const ofType = covered.filter(({ type }) => type === lookup.type)
  const never: Unseen = { code: 'never-connected', type: lookup.type }
  const about = lookup.scope === null ? ofType : ofType.filter(({ scope }) => scope === lookup.scope)
  if (about.length === 0) return [never]
  const complete = new Set(about.flatMap(({ scope, state }) => (state === 'complete' ? [scope] : [])))
  const missing = about.filter(({ scope }) => !complete.has(scope)).flatMap((row) => whyUnseen(row) ?? [])
  const unheard = declared.some((host) => !about.some(({ scope }) => isWithin(scope, host)))
  const wide = lookup.scope === null && unheard && !about.some(({ scope }) => scope === '-')
  return wide ? [...missing, never] : missing
}

function isWithin(scope: string, host: string): boolean {
  return scope === host || scope.startsWith(`${host}/`)
}

function whyUnseen({ type, state, detail }: Coverage): Unseen | null {
  const feed = feedInMemory(type)
  if (state === 'needs-right') return { code: state, feed, right: detail }
  if (state === 'failed') return { code: state, feed, error: detail }
  if (state === 'partial') return { code: state, feed, missing: detail }
  return null
}
