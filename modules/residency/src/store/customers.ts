import type { Instant } from '@hevd/core'
import { at, columns, type Tx, uuidv7 } from '@hevd/postgres'
import { searchText, sortKey } from '@hevd/register-file'
import { sql } from 'kysely'
import type { Customer } from '../contract.ts'

/** `ref` stands for the customer in the log. */
export type StoredCustomer = Customer & { readonly ref: string }
/** Where a page ended. */
export type Place = { readonly sort: string; readonly id: string }
export type Asked = { readonly q: string; readonly after: Place | null; readonly limit: number }
export type PageOf<Item> = {
  readonly items: readonly Item[]
  readonly last: Place | null
  readonly total: number
}

const selected = sql`id, ref, name, choice, named, since, contract`

/** These that have not ended, or all of them, by id. */
export async function customersOf(
  tx: Tx,
  organisation: string,
  ids: readonly string[] | null = null,
): Promise<ReadonlyMap<string, StoredCustomer>> {
  const which = ids === null ? sql`true` : sql`id = any(${[...ids]}::text[])`
  const { rows } = await sql<StoredCustomer>`
    select ${selected} from residency.customer
    where organisation = ${organisation} and ended_at is null and ${which} order by id`.execute(tx)
  return new Map(rows.map((row) => [row.id, row]))
}

/** Enters customers or changes them; one that had ended begins anew under the same `ref`. */
export async function putCustomers(
  tx: Tx,
  organisation: string,
  customers: readonly Customer[],
  now: Instant,
): Promise<void> {
  const rows = customers.map((customer) => ({
    ...customer,
    ref: uuidv7(now),
    search: searchText(customer),
    sort_key: sortKey(customer.name),
  }))
  const types = {
    id: 'text',
    ref: 'uuid',
    name: 'text',
    choice: 'text',
    named: 'jsonb',
    since: 'date',
    contract: 'text',
    search: 'text',
    sort_key: 'text',
  } as const
  await sql`
    insert into residency.customer (organisation, entered_at, changed_at, id, ref, name, choice, named, since, contract,
      search, sort_key)
    select ${organisation}::uuid, ${at(now)}, ${at(now)}, said.* from ${columns(rows, types)} as said
    on conflict (organisation, id) do update set name = excluded.name, choice = excluded.choice,
      named = excluded.named, since = excluded.since, contract = excluded.contract, search = excluded.search,
      sort_key = excluded.sort_key, changed_at = excluded.changed_at, ended_at = null`.execute(tx)
}

export async function endCustomer(tx: Tx, organisation: string, id: string, now: Instant): Promise<void> {
  await sql`
    update residency.customer set ended_at = ${at(now)}
    where organisation = ${organisation} and id = ${id}`.execute(tx)
}

/** One page by name, and how many match in all. `q` is part of the name or the id. */
export async function pageOfCustomers(
  tx: Tx,
  organisation: string,
  { q, after, limit }: Asked,
): Promise<PageOf<StoredCustomer>> {
  const matching = sql`organisation = ${organisation} and ended_at is null and position(${q} in search) > 0`
  const from = after === null ? sql`true` : sql`(sort_key, id) > (${after.sort}, ${after.id})`
  const { rows } = await sql<StoredCustomer & { sort: string }>`
    select ${selected}, sort_key as sort from residency.customer where ${matching} and ${from}
    order by sort_key, id limit ${limit + 1}`.execute(tx)
  const count = await sql<{ total: number }>`
    select count(*) as total from residency.customer where ${matching}`.execute(tx)
  return pageFrom(rows, limit, count.rows[0]?.total ?? 0)
}

/** @param rows one more than the page where there are more */
export function pageFrom<Row extends Place>(
  rows: readonly Row[],
  limit: number,
  total: number,
): PageOf<Omit<Row, 'sort'>> {
  const page = rows.slice(0, limit)
  const end = rows.length > limit ? page.at(-1) : undefined
  return {
    items: page.map(({ sort: _, ...item }) => item),
    last: end === undefined ? null : { sort: end.sort, id: end.id },
    total,
  }
}
