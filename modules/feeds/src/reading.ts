import { type Fact, type Instant, type Lookup, lookupKey, type Reading } from '@hevd/core'
import { hosts } from '@hevd/facts'
import type { Tx } from '@hevd/postgres'
import { type Covering, unseenOf } from './domain/unseen.ts'
import { coveringFeeds, coveringParts, feedsSaying, foundBy, hostsUnheard, partsOfTypes } from './store/reading.ts'

/** Answers look-ups in a handful of statements, whatever their number. */
export async function readLookups(
  tx: Tx,
  organisation: string,
  lookups: readonly Lookup[],
  now: Instant,
): Promise<readonly Reading[]> {
  if (lookups.length === 0) return []
  const keys = [...new Set(lookups.map(lookupKey))]
  const facts = Map.groupBy(await foundBy(tx, organisation, keys), (row) => row.lookup_key)
  const covering = await coveringOf(tx, organisation, lookups, now)
  return lookups.map((lookup) => ({
    facts: (facts.get(lookupKey(lookup)) ?? []).map(
      ({ value, feed, observed_at: observedAt, recorded_at: recordedAt }): Fact => ({
        value,
        feed,
        observedAt,
        recordedAt,
      }),
    ),
    unseen: unseenOf(lookup, covering, now),
  }))
}

/** All that is needed to say whether these look-ups were looked at whole. */
async function coveringOf(
  tx: Tx,
  organisation: string,
  lookups: readonly Lookup[],
  now: Instant,
): Promise<Covering> {
  const narrow = new Map<string, { type: string; scope: string }>()
  const wide = new Set<string>()
  for (const { type, scope } of lookups) {
    if (scope === null) wide.add(type)
    else narrow.set(`${type}|${scope}`, { type, scope })
  }
  const parts = await coveringParts(tx, organisation, [...narrow.values()])
  const types = [...wide]
  const known = types.length === 0 ? [] : await partsOfTypes(tx, organisation, types, now)
  const unheard = types.length === 0 ? [] : await hostsUnheard(tx, organisation, hosts.name, types)
  return {
    narrow: Map.groupBy(parts, ({ type, scope }) => `${type}|${scope}`),
    wide: Map.groupBy(known, ({ type }) => type),
    unheard: new Set(unheard),
  }
}

/** The agents' feeds each look-up rests on, sorted. */
export async function feedsRestedOn(
  tx: Tx,
  organisation: string,
  lookups: readonly Lookup[],
): Promise<readonly (readonly string[])[]> {
  if (lookups.length === 0) return []
  const said = Map.groupBy(
    await feedsSaying(tx, organisation, [...new Set(lookups.map(lookupKey))]),
    (row) => row.lookup_key,
  )
  const covered = await coveringFeeds(tx, organisation, [...new Set(lookups.map(({ type }) => type))], lookups)
  return lookups.map((lookup) => {
    const names = new Set((said.get(lookupKey(lookup)) ?? []).map(({ feed }) => feed))
    for (const feed of covered.get(`${lookup.type}|${lookup.scope ?? '*'}`) ?? []) names.add(feed)
    return [...names].sort()
  })
}
