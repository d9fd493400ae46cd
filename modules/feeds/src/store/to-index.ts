import { columns, type Tx } from '@hevd/postgres'
import { sql } from 'kysely'

/** How far a type's stored facts have been gone over: up to those with the key `after`. */
export type Progress = { readonly type: string; readonly after: string }

/** Lets all stored facts of these types be indexed, from the first. */
export async function addToIndex(tx: Tx, organisation: string, types: readonly string[]): Promise<void> {
  await sql`
    insert into feeds.to_index (organisation, type)
    select ${organisation}::uuid, type from unnest(${[...types]}::text[]) as t (type) order by type
    on conflict (organisation, type) do update set after = ''`.execute(tx)
}

/** The next type to go on with, held until this transaction ends: of several who ask, each waits for the one before. */
export async function nextToIndex(tx: Tx, organisation: string): Promise<Progress | undefined> {
  const { rows } = await sql<Progress>`
    select type, after from feeds.to_index where organisation = ${organisation}
    order by type limit 1 for update`.execute(tx)
  return rows[0]
}

/** Notes how far a type has been indexed; null: to its end. */
export async function indexedUpTo(
  tx: Tx,
  organisation: string,
  type: string,
  key: string | null,
): Promise<void> {
  await (key === null
    ? sql`delete from feeds.to_index where organisation = ${organisation} and type = ${type}`
    : sql`
      update feeds.to_index set after = ${key} where organisation = ${organisation} and type = ${type}`
  ).execute(tx)
}

/** Key of the last of the next `size` facts after `after`, and the feeds that say them; null when there are none. */
export async function pageOfType(
  tx: Tx,
  organisation: string,
  { type, after }: Progress,
  size: number,
): Promise<{ readonly last: string | null; readonly feeds: readonly string[] }> {
  const { rows } = await sql<{ last: string | null; feeds: string[] | null }>`
    select max(key) as last, array_agg(distinct feed) as feeds from (
      select key, feed from feeds.fact
      where organisation = ${organisation} and type = ${type} and key > ${after}
      order by key fetch first ${size} rows with ties) page`.execute(tx)
  return { last: rows[0]?.last ?? null, feeds: rows[0]?.feeds ?? [] }
}

/** Waits until no word of these feeds is under way, and keeps new ones waiting until this transaction ends. */
export async function holdFeeds(tx: Tx, organisation: string, feeds: readonly string[]): Promise<void> {
  await sql`
    select from feeds.feed where organisation = ${organisation} and name = any(${[...feeds]}::text[])
    order by name for no key update`.execute(tx)
}

/** A stored fact with the look-ups it is found by. */
export type IndexedFact = {
  readonly id: string
  readonly key: string
  readonly value: unknown
  readonly lookup_keys: readonly string[]
}

/** What these feeds say of a type, from after one key up to another. */
export async function indexedFacts(
  tx: Tx,
  organisation: string,
  feeds: readonly string[],
  { type, after }: Progress,
  upTo: string,
): Promise<IndexedFact[]> {
  const { rows } = await sql<IndexedFact>`
    select fact.id, fact.key, fact.value, array(
      select l.lookup_key from feeds.fact_lookup l where l.organisation = ${organisation} and l.fact = fact.id
    ) as lookup_keys
    from feeds.fact fact
    where fact.organisation = ${organisation} and fact.type = ${type} and fact.key > ${after}
      and fact.key <= ${upTo} and fact.feed = any(${[...feeds]}::text[])`.execute(tx)
  return rows
}

export type LookupRow = { readonly lookup_key: string; readonly fact: string }
const lookupColumns = { lookup_key: 'text', fact: 'uuid' } as const

/** Lets facts be found by look-ups they were not found by, and no longer by others. */
export async function changeLookups(
  tx: Tx,
  organisation: string,
  change: { readonly put: readonly LookupRow[]; readonly gone: readonly LookupRow[] },
): Promise<void> {
  if (change.put.length > 0)
    await sql`
      insert into feeds.fact_lookup (organisation, lookup_key, fact)
      select ${organisation}::uuid, put.* from ${columns(change.put, lookupColumns)} as put`.execute(tx)
  if (change.gone.length > 0)
    await sql`
      delete from feeds.fact_lookup l using ${columns(change.gone, lookupColumns)} as gone (lookup_key, fact)
      where l.organisation = ${organisation} and l.lookup_key = gone.lookup_key
        and l.fact = gone.fact`.execute(tx)
}
