import type { Instant } from '@hevd/core'
import { at, columns, type Tx } from '@hevd/postgres'
import { searchText, sortKey } from '@hevd/register-file'
import { sql } from 'kysely'
import type { DataSet } from './contract.ts'

/** A set as it is kept, with when it was entered and each time it was reviewed, in order. */
export type StoredDataSet = DataSet & { readonly enteredAt: Instant; readonly reviews: readonly Instant[] }

type Row = {
  id: string
  name: string
  class: string | null
  place: string | null
  owner: string | null
  encrypted_at_rest: boolean
  encrypted_in_transit: boolean
  access_restricted: boolean
  backed_up: boolean
  retention_days: number | null
  entered_at: Instant
}

const selected = sql`id, name, class, place, owner, encrypted_at_rest, encrypted_in_transit, access_restricted,
  backed_up, retention_days, entered_at`

async function withReviews(tx: Tx, organisation: string, rows: readonly Row[]): Promise<StoredDataSet[]> {
  const ids = rows.map(({ id }) => id)
  const { rows: reviews } = await sql<{ data_set: string; reviewed_at: Instant }>`
    select data_set, reviewed_at from data.review
    where organisation = ${organisation} and data_set = any(${ids}::text[]) order by reviewed_at`.execute(tx)
  const made = Map.groupBy(reviews, ({ data_set }) => data_set)
  return rows.map((row) => ({
    id: row.id,
    name: row.name,
    class: row.class,
    place: row.place,
    owner: row.owner,
    encryptedAtRest: row.encrypted_at_rest,
    encryptedInTransit: row.encrypted_in_transit,
    accessRestricted: row.access_restricted,
    backedUp: row.backed_up,
    retentionDays: row.retention_days,
    enteredAt: row.entered_at,
    reviews: (made.get(row.id) ?? []).map(({ reviewed_at }) => reviewed_at),
  }))
}

export async function allDataSets(tx: Tx, organisation: string): Promise<ReadonlyMap<string, StoredDataSet>> {
  const { rows } = await sql<Row>`
    select ${selected} from data.data_set
    where organisation = ${organisation} and ended_at is null order by id`.execute(tx)
  return new Map((await withReviews(tx, organisation, rows)).map((set) => [set.id, set]))
}

export async function dataSetById(
  tx: Tx,
  organisation: string,
  id: string,
): Promise<StoredDataSet | undefined> {
  const { rows } = await sql<Row>`
    select ${selected} from data.data_set
    where organisation = ${organisation} and id = ${id} and ended_at is null`.execute(tx)
  return (await withReviews(tx, organisation, rows))[0]
}

/** Enters sets or changes them; one that had ended begins anew, and keeps when it was entered first. */
export async function putDataSets(
  tx: Tx,
  organisation: string,
  sets: readonly DataSet[],
  now: Instant,
): Promise<void> {
  const rows = sets.map((set) => ({
    ...set,
    encrypted_at_rest: set.encryptedAtRest,
    encrypted_in_transit: set.encryptedInTransit,
    access_restricted: set.accessRestricted,
    backed_up: set.backedUp,
    retention_days: set.retentionDays,
    search: searchText(set),
    sort_key: sortKey(set.name),
  }))
  const types = {
    id: 'text',
    name: 'text',
    class: 'text',
    place: 'text',
    owner: 'text',
    encrypted_at_rest: 'boolean',
    encrypted_in_transit: 'boolean',
    access_restricted: 'boolean',
    backed_up: 'boolean',
    retention_days: 'integer',
    search: 'text',
    sort_key: 'text',
  } as const
  await sql`
    insert into data.data_set (organisation, entered_at, changed_at, id, name, class, place, owner,
      encrypted_at_rest, encrypted_in_transit, access_restricted, backed_up, retention_days, search, sort_key)
    select ${organisation}::uuid, ${at(now)}, ${at(now)}, said.* from ${columns(rows, types)} as said
    on conflict (organisation, id) do update set name = excluded.name, class = excluded.class,
      place = excluded.place, owner = excluded.owner, encrypted_at_rest = excluded.encrypted_at_rest,
      encrypted_in_transit = excluded.encrypted_in_transit, access_restricted = excluded.access_restricted,
      backed_up = excluded.backed_up, retention_days = excluded.retention_days, search = excluded.search,
      sort_key = excluded.sort_key, changed_at = excluded.changed_at, ended_at = null`.execute(tx)
}

export async function addReview(
  tx: Tx,
  organisation: string,
  id: string,
  by: string,
  now: Instant,
): Promise<void> {
  await sql`
    insert into data.review (organisation, data_set, reviewed_at, reviewed_by)
    values (${organisation}, ${id}, ${at(now)}, ${by}) on conflict do nothing`.execute(tx)
}

export async function endDataSet(tx: Tx, organisation: string, id: string, now: Instant): Promise<void> {
  await sql`
    update data.data_set set ended_at = ${at(now)}, changed_at = ${at(now)}
    where organisation = ${organisation} and id = ${id}`.execute(tx)
}

/** Sets that a person owns and that have not ended. */
export async function dataSetsOwnedBy(tx: Tx, organisation: string, person: string): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select id from data.data_set
    where organisation = ${organisation} and owner = ${person} and ended_at is null order by id`.execute(tx)
  return rows.map(({ id }) => id)
}

/**
 * Takes a person out of the sets, as owner and by name; the ones that have not ended and were changed, as they now are.
 *
 * @param pattern of names, for `~*`; null for none @param word what stands there instead
 */
export async function eraseInDataSets(
  tx: Tx,
  organisation: string,
  person: string | null,
  pattern: string | null,
  word: string,
): Promise<StoredDataSet[]> {
  const without = (text: string) =>
    sql`coalesce(regexp_replace(${sql.raw(text)}, ${pattern}::text, ${word}::text, 'gi'), ${sql.raw(text)})`
  const { rows } = await sql<Row & { ended: boolean }>`
    update data.data_set set owner = nullif(owner, ${person}::text), name = ${without('name')},
      place = ${without('place')}, search = ${without('search')}, sort_key = ${without('sort_key')}
    where organisation = ${organisation} and (owner = ${person}::text
      or coalesce(concat_ws(' ', name, place, search) ~* ${pattern}::text, false))
    returning ${selected}, ended_at is not null as ended`.execute(tx)
  return withReviews(
    tx,
    organisation,
    rows.filter(({ ended }) => !ended),
  )
}

export type Place = { readonly sort: string; readonly id: string }

/** One page by name, and how many match in all. `q` is part of the name or the id. */
export async function pageOfDataSets(
  tx: Tx,
  organisation: string,
  asked: { readonly q: string; readonly after: Place | null; readonly limit: number },
): Promise<{
  readonly sets: readonly StoredDataSet[]
  readonly last: Place | null
  readonly total: number
}> {
  const matching = sql`organisation = ${organisation} and ended_at is null and position(${asked.q} in search) > 0`
  const after =
    asked.after === null ? sql`true` : sql`(sort_key, id) > (${asked.after.sort}, ${asked.after.id})`
  const { rows } = await sql<Row & { sort_key: string }>`
    select ${selected}, sort_key from data.data_set where ${matching} and ${after}
    order by sort_key, id limit ${asked.limit + 1}`.execute(tx)
  const count = await sql<{ total: number }>`
    select count(*) as total from data.data_set where ${matching}`.execute(tx)
  const page = rows.slice(0, asked.limit)
  const end = rows.length > asked.limit ? page.at(-1) : undefined
  return {
    sets: await withReviews(tx, organisation, page),
    last: end === undefined ? null : { sort: end.sort_key, id: end.id },
    total: count.rows[0]?.total ?? 0,
  }
}
