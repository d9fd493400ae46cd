import type { Instant } from '@hevd/core'
import { at, columns, type Tx } from '@hevd/postgres'
import { searchText, sortKey } from '@hevd/register-file'
import { sql } from 'kysely'
import type { DataStore, PlaceSummary } from '../contract.ts'
import { type Asked, type PageOf, pageFrom } from './customers.ts'

const selected = sql`id, name, kind, place, host, seen_place as "seenPlace", seen_on as "seenOn", bytes,
  dedicated_to as "dedicatedTo"`

/** These that have not ended, or all of them, by id. */
export async function storesOf(
  tx: Tx,
  organisation: string,
  ids: readonly string[] | null = null,
): Promise<ReadonlyMap<string, DataStore>> {
  const which = ids === null ? sql`true` : sql`id = any(${[...ids]}::text[])`
  const { rows } = await sql<DataStore>`
    select ${selected} from residency.data_store
    where organisation = ${organisation} and ended_at is null and ${which} order by id`.execute(tx)
  return new Map(rows.map((row) => [row.id, row]))
}

/** Enters stores or changes them; one that had ended begins anew. */
export async function putStores(
  tx: Tx,
  organisation: string,
  stores: readonly DataStore[],
  now: Instant,
): Promise<void> {
  const rows = stores.map((store) => ({
    ...store,
    seen_place: store.seenPlace,
    seen_on: store.seenOn,
    dedicated_to: store.dedicatedTo,
    search: searchText(store),
    sort_key: sortKey(store.name),
  }))
  const types = {
    id: 'text',
    name: 'text',
    kind: 'text',
    place: 'text',
    host: 'text',
    seen_place: 'text',
    seen_on: 'date',
    bytes: 'bigint',
    dedicated_to: 'text',
    search: 'text',
    sort_key: 'text',
  } as const
  await sql`
    insert into residency.data_store (organisation, entered_at, changed_at, id, name, kind, place, host, seen_place,
      seen_on, bytes, dedicated_to, search, sort_key)
    select ${organisation}::uuid, ${at(now)}, ${at(now)}, said.* from ${columns(rows, types)} as said
    on conflict (organisation, id) do update set name = excluded.name, kind = excluded.kind, place = excluded.place,
      host = excluded.host, seen_place = excluded.seen_place, seen_on = excluded.seen_on, bytes = excluded.bytes,
      dedicated_to = excluded.dedicated_to, search = excluded.search, sort_key = excluded.sort_key,
      changed_at = excluded.changed_at, ended_at = null`.execute(tx)
}

export async function endStore(tx: Tx, organisation: string, id: string, now: Instant): Promise<void> {
  await sql`
    update residency.data_store set ended_at = ${at(now)}
    where organisation = ${organisation} and id = ${id}`.execute(tx)
}

/** One page by name, with how many customers have data in each. */
export async function pageOfStores(
  tx: Tx,
  organisation: string,
  { q, after, limit }: Asked,
): Promise<PageOf<DataStore & { readonly customers: number }>> {
  const matching = sql`organisation = ${organisation} and ended_at is null and position(${q} in search) > 0`
  const from = after === null ? sql`true` : sql`(sort_key, id) > (${after.sort}, ${after.id})`
  const { rows } = await sql<DataStore & { customers: number; sort: string }>`
    select ${selected}, sort_key as sort, (select count(*) from residency.placement
      where organisation = ${organisation} and store = data_store.id) as customers
    from residency.data_store where ${matching} and ${from} order by sort_key, id limit ${limit + 1}`.execute(
    tx,
  )
  const count = await sql<{ total: number }>`
    select count(*) as total from residency.data_store where ${matching}`.execute(tx)
  return pageFrom(rows, limit, count.rows[0]?.total ?? 0)
}

/** How much is declared to be where, the most stores first. */
export async function placesOfStores(tx: Tx, organisation: string): Promise<PlaceSummary[]> {
  const { rows } = await sql<PlaceSummary>`
    select s.place, count(*) as stores,
      case when bool_and(s.bytes is not null) then sum(s.bytes)::bigint end as bytes,
      (select count(distinct p.customer) from residency.placement p
        join residency.data_store of_place on of_place.organisation = p.organisation and of_place.id = p.store
        where p.organisation = ${organisation} and of_place.place = s.place and of_place.ended_at is null) as customers
    from residency.data_store s where s.organisation = ${organisation} and s.ended_at is null
    group by s.place order by count(*) desc, s.place`.execute(tx)
  return rows
}
