import type { FactType, Lookup, Population, Reading, Test } from '@hevd/core'

/** Tests by the `type|by` of their populations: whom a touched look-up may be a subject of. */
export type Populations = ReadonlyMap<string, readonly Test[]>

export function populationsOf(tests: Iterable<Test>): Populations {
  const found = new Map<string, Test[]>()
  for (const test of tests) {
    const { type, by } = test.population
    const name = `${type}|${by}`
    found.set(name, [...(found.get(name) ?? []), test])
  }
  return found
}

/** The judgements that a touched look-up `type|by|value` may begin or change by being their subject's own. */
export function candidatesOf(key: string, populations: Populations): { test: string; subject: string }[] {
  const by = key.indexOf('|', key.indexOf('|') + 1)
  const subject = key.slice(by + 1)
  return (populations.get(key.slice(0, by)) ?? []).map(({ id: test }) => ({ test, subject }))
}

/** The look-up that finds a candidate before anything of it is known; what it leaves unseen says nothing. */
export function candidateLookup({ type, by }: Population, id: string): Lookup {
  return { type, by, value: id, scope: '-' }
}

/** The subject's own values: where two feeds say one fact, the one observed last. */
export function ownValues(reading: Reading, type: FactType | undefined): unknown[] {
  const latest = new Map<string, { readonly value: unknown; readonly observedAt: number }>()
  for (const [index, fact] of reading.facts.entries()) {
    const key = type === undefined ? String(index) : type.key(fact.value)
    const known = latest.get(key)
    if (known === undefined || known.observedAt < fact.observedAt) latest.set(key, fact)
  }
  return [...latest.values()].map(({ value }) => value)
}
