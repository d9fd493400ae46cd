import { type Fact, type Instant, type Lookup, lookupKey, type Reading } from '@hevd/core'
import type { Tx } from '@hevd/postgres'
import { type Covering, unseenOf } from './domain/unseen.ts'
import {
  coveringFeeds,
  coveringParts,
  feedsSaying,
  foundBy,
  missingParts,
  typesCovered,
} from './store/reading.ts'

/** Answers look-ups in a handful of statements, whatever their number. */
export async function readLookups(
  tx: Tx,
  organisation: string,
  lookups: readonly Lookup[],
  now: Instant,
): Promise<readonly Reading[]> {
  if (lookups.length === 0) return []
  const found = await foundBy(tx, organisation, [...new Set(lookups.map(lookupKey))])
  const facts = new Map<string, Fact[]>()
  for (const { lookup_key: key, value, feed, observed_at: observedAt, recorded_at: recordedAt } of found) {
    const fact: Fact = { value, feed, observedAt, recordedAt }
    const list = facts.get(key)
    if (list === undefined) facts.set(key, [fact])
    else list.push(fact)
  }
  const covering = await coveringOf(tx, organisation, lookups, now)
  return lookups.map((lookup) => ({
    facts: facts.get(lookupKey(lookup)) ?? [],
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
  const { narrow, wide } = askedOf(lookups)
  const parts = await coveringParts(tx, organisation, narrow)
  const missing = await missingParts(tx, organisation, wide, now)
  const types = await typesCovered(tx, organisation, wide)
  return {
    narrow: Map.groupBy(parts, partKey),
    missing: Map.groupBy(missing, ({ type }) => type),
    types: new Map(types.map((known) => [known.type, known])),
  }
}

/** The agents' feeds each look-up rests on, sorted. */
export async function feedsRestedOn(
  tx: Tx,
  organisation: string,
  lookups: readonly Lookup[],
): Promise<readonly (readonly string[])[]> {
  if (lookups.length === 0) return []
  const { narrow, wide } = askedOf(lookups)
  const keys = [...new Set(lookups.map(lookupKey))]
  const said = Map.groupBy(await feedsSaying(tx, organisation, keys), (row) => row.lookup_key)
  const covered = Map.groupBy(await coveringFeeds(tx, organisation, narrow, wide), (row) => row.part)
  return lookups.map((lookup) => {
    const rows = [...(said.get(lookupKey(lookup)) ?? []), ...(covered.get(partKey(lookup)) ?? [])]
    return [...new Set(rows.map(({ feed }) => feed))].sort()
  })
}

type Asked = {
  readonly narrow: readonly { readonly type: string; readonly scope: string }[]
  readonly wide: readonly string[]
}

const partKey = ({ type, scope }: Pick<Lookup, 'type' | 'scope'>) => `${type}|${scope ?? '*'}`

/** The scopes and the whole types that look-ups ask about, each once. */
function askedOf(lookups: readonly Lookup[]): Asked {
  const narrow = new Map<string, { type: string; scope: string }>()
  const wide = new Set<string>()
  for (const { type, scope } of lookups) {
    if (scope === null) wide.add(type)
    else narrow.set(partKey({ type, scope }), { type, scope })
  }
  return { narrow: [...narrow.values()], wide: [...wide] }
}
