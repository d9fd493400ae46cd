import type { CalendarDate, Instant } from '@hevd/core'
import { hosts, postgresServers } from '@hevd/facts'
import { factsOfTypes } from '@hevd/feeds'
import { at, columns, type OrganisationTables, type Tx } from '@hevd/postgres'
import { sql } from 'kysely'
import type { AccessGrant, AccessPlaces, ListedGrant } from './contract.ts'

/** A grant as it is kept: with the key that names it in the ledger, and each time it was reviewed, in order. */
export type StoredGrant = Omit<AccessGrant, 'holderKind' | 'approvedBy' | 'until'> &
  Pick<ListedGrant, 'holderKind' | 'approvedBy' | 'until' | 'singleApprover' | 'endedAt'> & {
    readonly key: string
    readonly reviews: readonly Instant[]
  }

type Row = {
  id: string
  key: string
  holder_kind: StoredGrant['holderKind']
  holder: string
  kind: StoredGrant['kind']
  place: string
  privilege: string | null
  need: string
  approved_by: string | null
  single_approver: boolean
  starts_on: CalendarDate
  ends_on: CalendarDate | null
  ended_at: Instant | null
}
const selected = sql`id, key, holder_kind, holder, kind, place, privilege, need, approved_by, single_approver,
  starts_on, ends_on, ended_at`

async function withReviews(tx: Tx, organisation: string, rows: readonly Row[]): Promise<StoredGrant[]> {
  const ids = rows.map(({ id }) => id)
  const { rows: reviews } = await sql<{ grant_id: string; reviewed_at: Instant }>`
    select grant_id, reviewed_at from access.review
    where organisation = ${organisation} and grant_id = any(${ids}::text[]) order by reviewed_at`.execute(tx)
  const made = Map.groupBy(reviews, ({ grant_id }) => grant_id)
  return rows.map((row) => ({
    id: row.id,
    key: row.key,
    holderKind: row.holder_kind,
    holder: row.holder,
    kind: row.kind,
    place: row.place,
    privilege: row.privilege,
    need: row.need,
    approvedBy: row.approved_by,
    singleApprover: row.single_approver,
    from: row.starts_on,
    until: row.ends_on,
    endedAt: row.ended_at,
    reviews: (made.get(row.id) ?? []).map(({ reviewed_at }) => reviewed_at),
  }))
}

export async function allGrants(tx: Tx, organisation: string): Promise<ReadonlyMap<string, StoredGrant>> {
  const { rows } = await sql<Row>`
    select ${selected} from access.access_grant where organisation = ${organisation} order by id`.execute(tx)
  return new Map((await withReviews(tx, organisation, rows)).map((grant) => [grant.id, grant]))
}

export async function grantById(tx: Tx, organisation: string, id: string): Promise<StoredGrant | undefined> {
  const { rows } = await sql<Row>`
    select ${selected} from access.access_grant
    where organisation = ${organisation} and id = ${id}`.execute(tx)
  return (await withReviews(tx, organisation, rows))[0]
}

/** Enters grants or changes them. */
export async function putGrants(
  tx: Tx,
  organisation: string,
  grants: readonly (StoredGrant & { readonly search: string })[],
  now: Instant,
): Promise<void> {
  const rows = grants.map((grant) => ({
    ...grant,
    holder_kind: grant.holderKind,
    approved_by: grant.approvedBy,
    single_approver: grant.singleApprover,
    starts_on: grant.from,
    ends_on: grant.until,
  }))
  const types = {
    id: 'text',
    key: 'uuid',
    holder_kind: 'text',
    holder: 'text',
    kind: 'text',
    place: 'text',
    privilege: 'text',
    need: 'text',
    approved_by: 'text',
    single_approver: 'boolean',
    starts_on: 'date',
    ends_on: 'date',
    search: 'text',
  } as const
  await sql`
    insert into access.access_grant (organisation, changed_at, id, key, holder_kind, holder, kind, place, privilege,
      need, approved_by, single_approver, starts_on, ends_on, search)
    select ${organisation}::uuid, ${at(now)}, said.* from ${columns(rows, types)} as said
    on conflict (organisation, id) do update set holder_kind = excluded.holder_kind, holder = excluded.holder,
      kind = excluded.kind, place = excluded.place, privilege = excluded.privilege, need = excluded.need,
      approved_by = excluded.approved_by, single_approver = excluded.single_approver,
      starts_on = excluded.starts_on, ends_on = excluded.ends_on, search = excluded.search,
      changed_at = excluded.changed_at`.execute(tx)
}

export async function addReview(
  tx: Tx,
  organisation: string,
  id: string,
  by: string,
  now: Instant,
): Promise<void> {
  await sql`
    insert into access.review (organisation, grant_id, reviewed_at, reviewed_by)
    values (${organisation}, ${id}, ${at(now)}, ${by}) on conflict do nothing`.execute(tx)
}

export async function endGrant(tx: Tx, organisation: string, id: string, now: Instant): Promise<void> {
  await sql`
    update access.access_grant set ended_at = ${at(now)}, changed_at = ${at(now)}
    where organisation = ${organisation} and id = ${id}`.execute(tx)
}

/** Grants that a person holds and that are not over by `today`. */
export async function grantsInForceOf(
  tx: Tx,
  organisation: string,
  person: string,
  today: CalendarDate,
): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select id from access.access_grant
    where organisation = ${organisation} and holder_kind = 'person' and holder = ${person}
      and ended_at is null and ends_on >= ${today}::date order by id`.execute(tx)
  return rows.map(({ id }) => id)
}

/**
 * Takes a person out of the grants: as holder, whose need then says nothing either, as approver, and by name. The grants
 * that were changed, as they now are.
 *
 * @param pattern of names, for `~*`; null for none @param word what stands there instead
 */
export async function eraseInGrants(
  tx: Tx,
  organisation: string,
  person: string | null,
  pattern: string | null,
  word: string,
): Promise<StoredGrant[]> {
  const held = sql`(holder_kind = 'person' and holder = ${person}::text)`
  const without = (text: string) =>
    sql`coalesce(regexp_replace(${sql.raw(text)}, ${pattern}::text, ${word}::text, 'gi'), ${sql.raw(text)})`
  const { rows } = await sql<Row>`
    update access.access_grant set
      holder = case when ${held} then ${word} else holder end,
      need = case when ${held} then ${word} else ${without('need')} end,
      approved_by = case when approved_by = ${person}::text then ${word} else approved_by end,
      place = ${without('place')},
      search = case when ${held} then lower(concat_ws(' ', id, ${word}::text, place, privilege))
        else ${without('search')} end
    where organisation = ${organisation} and (${held} or approved_by = ${person}::text
      or coalesce(concat_ws(' ', need, place, search) ~* ${pattern}::text, false))
    returning ${selected}`.execute(tx)
  return withReviews(tx, organisation, rows)
}

/** Where a page ends; the last day of what has none is far away. */
export type Place = { readonly until: CalendarDate; readonly id: string }
const never = '9999-12-31'

/**
 * One page, those that run out first before the others, and how many match in all.
 *
 * @param q part of what is searched in @param today leaves out what is over by then; null leaves out nothing
 */
export async function pageOfGrants(
  tx: Tx,
  organisation: string,
  asked: {
    readonly q: string
    readonly today: CalendarDate | null
    readonly after: Place | null
    readonly limit: number
  },
): Promise<{
  readonly grants: readonly StoredGrant[]
  readonly last: Place | null
  readonly total: number
}> {
  const ends = sql`coalesce(ends_on, ${never}::date)`
  const current =
    asked.today === null ? sql`true` : sql`(ended_at is null and ${ends} >= ${asked.today}::date)`
  const matching = sql`organisation = ${organisation} and position(${asked.q} in search) > 0 and ${current}`
  const after =
    asked.after === null ? sql`true` : sql`(${ends}, id) > (${asked.after.until}::date, ${asked.after.id})`
  const { rows } = await sql<Row>`
    select ${selected} from access.access_grant where ${matching} and ${after}
    order by ${ends}, id limit ${asked.limit + 1}`.execute(tx)
  const count = await sql<{ total: number }>`
    select count(*) as total from access.access_grant where ${matching}`.execute(tx)
  const page = rows.slice(0, asked.limit)
  const end = rows.length > asked.limit ? page.at(-1) : undefined
  return {
    grants: await withReviews(tx, organisation, page),
    last: end === undefined ? null : { until: end.ends_on ?? never, id: end.id },
    total: count.rows[0]?.total ?? 0,
  }
}

/** Declared hosts, and the servers that are seen, by what a reader calls them. */
export async function seenPlaces(tx: Tx, organisation: string): Promise<AccessPlaces> {
  const { rows } = await sql<{ type: string; id: string; name: string }>`
    select seen.type, seen.key as id, case seen.type when ${hosts.name} then seen.value ->> 'name'
      else coalesce(host.value ->> 'name', seen.value ->> 'host')
        || substr(seen.key, strpos(seen.key, '/')) end as name
    from ${factsOfTypes(organisation, [hosts.name, postgresServers.name])} as seen
    left join ${factsOfTypes(organisation, [hosts.name])} as host on host.key = seen.value ->> 'host'
    order by name, id`.execute(tx)
  const ofType = (type: string) =>
    rows.filter((row) => row.type === type).map(({ id, name }) => ({ id, name }))
  return { hosts: ofType(hosts.name), servers: ofType(postgresServers.name) }
}

export async function timeZone(tx: Tx, organisation: string): Promise<string> {
  const { time_zone: zone } = await tx
    .withTables<OrganisationTables>()
    .selectFrom('hevd.organisation')
    .select('time_zone')
    .where('id', '=', organisation)
    .executeTakeFirstOrThrow()
  return zone
}
