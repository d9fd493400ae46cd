import type { Instant } from '@hevd/core'
import { at, columns, type Tx } from '@hevd/postgres'
import { sql } from 'kysely'

/** A fact as it stands in a feed, without its value. */
export type StoredFact = {
  readonly type: string
  readonly key: string
  readonly id: string
  readonly scope: string
  readonly hash: Buffer
  readonly kept: boolean
}

/** A version of a fact that is to stand from now on. */
export type NewFact = {
  readonly type: string
  readonly key: string
  readonly id: string
  readonly scope: string
  readonly value: unknown
  readonly hash: Buffer
  readonly lookupKeys: readonly string[]
}
export type FactKey = { readonly type: string; readonly key: string }

/** Every fact of a feed. */
export async function factsOf(tx: Tx, organisation: string, feed: string): Promise<StoredFact[]> {
  const { rows } = await sql<StoredFact>`
    select type, key, id, scope, hash, kept from feeds.fact
    where organisation = ${organisation} and feed = ${feed}`.execute(tx)
  return rows
}

/** Those facts of a feed that have one of these keys. */
export async function factsByKey(
  tx: Tx,
  organisation: string,
  feed: string,
  keys: readonly FactKey[],
): Promise<StoredFact[]> {
  if (keys.length === 0) return []
  const { rows } = await sql<StoredFact>`
    select fact.type, fact.key, fact.id, fact.scope, fact.hash, fact.kept
    from ${columns(keys, { type: 'text', key: 'text' })} as wanted (type, key)
    join feeds.fact fact on fact.organisation = ${organisation} and fact.feed = ${feed}
      and fact.type = wanted.type and fact.key = wanted.key`.execute(tx)
  return rows
}

/** The kept facts of a feed. */
export async function keptFacts(tx: Tx, organisation: string, feed: string): Promise<StoredFact[]> {
  const { rows } = await sql<StoredFact>`
    select type, key, id, scope, hash, kept from feeds.fact
    where organisation = ${organisation} and feed = ${feed} and kept`.execute(tx)
  return rows
}

/**
 * Closes versions: they go to the past with the look-ups they were found by. The rows of those that are `gone` go
 * too; those of the others wait for {@link putFacts}. The look-up keys that were theirs.
 */
export async function closeVersions(
  tx: Tx,
  organisation: string,
  closing: { readonly changed: readonly string[]; readonly gone: readonly string[] },
  until: Instant,
): Promise<string[]> {
  const rows = [
    ...closing.changed.map((id) => ({ id, gone: false })),
    ...closing.gone.map((id) => ({ id, gone: true })),
  ]
  if (rows.length === 0) return []
  const ids = rows.map((row) => row.id)
  await sql`
    insert into feeds.past_fact
      (organisation, id, feed, type, key, scope, value, lookup_keys, observed_at, recorded_at, until, gone)
    select fact.organisation, fact.id, fact.feed, fact.type, fact.key, fact.scope, fact.value,
      array(select l.lookup_key from feeds.fact_lookup l
            where l.organisation = ${organisation} and l.fact = fact.id order by 1),
      fact.observed_at, fact.recorded_at, ${at(until)}, closing.gone
    from ${columns(rows, { id: 'uuid', gone: 'boolean' })} as closing (id, gone)
    join feeds.fact fact on fact.organisation = ${organisation} and fact.id = closing.id`.execute(tx)
  const touched = await sql<{ lookup_key: string }>`
    delete from feeds.fact_lookup where organisation = ${organisation} and fact = any(${ids}::uuid[])
    returning lookup_key`.execute(tx)
  if (closing.gone.length > 0)
    await sql`
      delete from feeds.fact
      where organisation = ${organisation} and id = any(${[...closing.gone]}::uuid[])`.execute(tx)
  return touched.rows.map((row) => row.lookup_key)
}

/** Rows of one statement; more are sent in several. */
const batch = 20_000

/** Writes new facts and new versions of facts with their look-ups. */
export async function putFacts(
  tx: Tx,
  organisation: string,
  feed: string,
  facts: readonly NewFact[],
  when: { readonly observedAt: Instant; readonly recordedAt: Instant },
): Promise<void> {
  for (let from = 0; from < facts.length; from += batch) {
    const part = facts.slice(from, from + batch)
    const rows = part.map(({ type, key, id, scope, value, hash }) => ({ type, key, id, scope, value, hash }))
    await sql`
      insert into feeds.fact (organisation, feed, observed_at, recorded_at, type, key, id, scope, value, hash)
      select ${organisation}::uuid, ${feed}, ${at(when.observedAt)}, ${at(when.recordedAt)}, said.*
      from ${columns(rows, { type: 'text', key: 'text', id: 'uuid', scope: 'text', value: 'jsonb', hash: 'bytea' })}
        as said
      on conflict (organisation, feed, type, key) do update set id = excluded.id, scope = excluded.scope,
        value = excluded.value, hash = excluded.hash, kept = false, observed_at = excluded.observed_at,
        recorded_at = excluded.recorded_at`.execute(tx)
    const lookups = part.flatMap(({ id, lookupKeys }) =>
      [...new Set(lookupKeys)].map((key) => ({ organisation, lookup_key: key, fact: id })),
    )
    await sql`
      insert into feeds.fact_lookup (organisation, lookup_key, fact)
      select * from ${columns(lookups, { organisation: 'uuid', lookup_key: 'text', fact: 'uuid' })}`.execute(
      tx,
    )
  }
}

export async function setKept(
  tx: Tx,
  organisation: string,
  ids: readonly string[],
  kept: boolean,
): Promise<void> {
  if (ids.length === 0) return
  await sql`
    update feeds.fact set kept = ${kept}
    where organisation = ${organisation} and id = any(${[...ids]}::uuid[])`.execute(tx)
}

/** Ids of every fact that these feeds say. */
export async function factIdsOf(tx: Tx, organisation: string, feeds: readonly string[]): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select id from feeds.fact
    where organisation = ${organisation} and feed = any(${[...feeds]}::text[])`.execute(tx)
  return rows.map((row) => row.id)
}
