import type { Instant } from '@hevd/core'
import { at, columns, type Tx } from '@hevd/postgres'
import { sql } from 'kysely'

export type Placement = { readonly customer: string; readonly store: string; readonly placedAt: Instant }
type Pair = Omit<Placement, 'placedAt'>

const types = { customer: 'text', store: 'text' } as const

/** Adds those that are not there; the ones that were added. */
export async function addPlacements(
  tx: Tx,
  organisation: string,
  pairs: readonly Pair[],
  now: Instant,
): Promise<readonly Placement[]> {
  const { rows } = await sql<Placement>`
    insert into residency.placement (organisation, placed_at, customer, store)
    select distinct ${organisation}::uuid, ${at(now)}::timestamptz, said.* from ${columns(pairs, types)} as said (customer, store)
    on conflict do nothing returning customer, store, placed_at as "placedAt"`.execute(tx)
  return rows
}

/** Takes out those that are there; the ones that were. */
export async function removePlacements(
  tx: Tx,
  organisation: string,
  pairs: readonly Pair[],
): Promise<readonly Pair[]> {
  const { rows } = await sql<Pair>`
    delete from residency.placement as there using ${columns(pairs, types)} as said (customer, store)
    where there.organisation = ${organisation} and there.customer = said.customer and there.store = said.store
    returning there.customer, there.store`.execute(tx)
  return rows
}

/** Of each of these customers, the first stores with data of theirs, and how many there are. */
export async function placementsOf(
  tx: Tx,
  organisation: string,
  customers: readonly string[],
  most: number,
): Promise<ReadonlyMap<string, { readonly stores: readonly string[]; readonly count: number }>> {
  const { rows } = await sql<{ customer: string; stores: string[]; count: number }>`
    select customer, (array_agg(store order by store))[1:${sql.lit(most)}] as stores, count(*) as count
    from residency.placement where organisation = ${organisation} and customer = any(${[...customers]}::text[])
    group by customer`.execute(tx)
  return new Map(rows.map(({ customer, ...rest }) => [customer, rest]))
}
