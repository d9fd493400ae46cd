import type { CalendarDate, Instant } from '@hevd/core'
import { at, type Tx } from '@hevd/postgres'
import { sql } from 'kysely'
import type { StoreKind } from '../contract.ts'

export type StoreRow = {
  readonly id: string
  readonly name: string
  readonly kind: StoreKind
  readonly place: string
  readonly reachedBy: readonly string[] | null
  readonly rotatedOn: CalendarDate | null
  readonly changedAt: Instant
  /** Id of an account. */
  readonly changedBy: string
}

const selected = sql`id, name, kind, place, reached_by as "reachedBy", rotated_on as "rotatedOn",
  changed_at as "changedAt", changed_by as "changedBy"`

export async function allStores(tx: Tx, organisation: string): Promise<readonly StoreRow[]> {
  const { rows } = await sql<StoreRow>`
    select ${selected} from keys.store where organisation = ${organisation} order by lower(name), id`.execute(
    tx,
  )
  return rows
}

export async function storeById(tx: Tx, organisation: string, id: string): Promise<StoreRow | undefined> {
  const { rows } = await sql<StoreRow>`
    select ${selected} from keys.store where organisation = ${organisation} and id = ${id}`.execute(tx)
  return rows[0]
}

export async function putStore(tx: Tx, organisation: string, store: StoreRow): Promise<void> {
  const reached = store.reachedBy === null ? null : [...store.reachedBy]
  await sql`
    insert into keys.store (organisation, id, name, kind, place, reached_by, rotated_on, changed_at, changed_by)
    values (${organisation}, ${store.id}, ${store.name}, ${store.kind}, ${store.place}, ${reached}::text[],
      ${store.rotatedOn}, ${at(store.changedAt)}, ${store.changedBy})
    on conflict (organisation, id) do update set name = excluded.name, kind = excluded.kind, place = excluded.place,
      reached_by = excluded.reached_by, rotated_on = excluded.rotated_on, changed_at = excluded.changed_at,
      changed_by = excluded.changed_by`.execute(tx)
}

export async function deleteStore(tx: Tx, organisation: string, id: string): Promise<void> {
  await sql`delete from keys.store where organisation = ${organisation} and id = ${id}`.execute(tx)
}

export type Confirmed = { readonly at: Instant; readonly by: string }

export async function storesConfirmed(tx: Tx, organisation: string): Promise<Confirmed | undefined> {
  const { rows } = await sql<Confirmed>`
    select confirmed_at as "at", confirmed_by as "by" from keys.stores_confirmed
    where organisation = ${organisation}`.execute(tx)
  return rows[0]
}

export async function confirmStores(tx: Tx, organisation: string, by: string, now: Instant): Promise<void> {
  await sql`
    insert into keys.stores_confirmed (organisation, confirmed_at, confirmed_by)
    values (${organisation}, ${at(now)}, ${by})
    on conflict (organisation) do update set confirmed_at = excluded.confirmed_at,
      confirmed_by = excluded.confirmed_by`.execute(tx)
}
