import type { CalendarDate, Instant } from '@hevd/core'
import { at, columns, type Tx } from '@hevd/postgres'
import { searchText, sortKey } from '@hevd/register-file'
import { sql } from 'kysely'
import type { ListedPerson, ListedService, NamedService, Person } from '../contract.ts'

/** A person with the key that names them in the ledger. */
export type StoredPerson = Person & { readonly key: string }

type PersonRow = {
  id: string
  key: string
  name: string
  kind: Person['kind']
  sponsor: string | null
  starts_on: CalendarDate
  ends_on: CalendarDate | null
  voluntary: boolean | null
}
const selected = sql`id, key, name, kind, sponsor, starts_on, ends_on, voluntary`

function personOut({ starts_on: startsOn, ends_on: endsOn, ...row }: PersonRow): StoredPerson {
  return { ...row, startsOn, endsOn }
}

export async function everyone(tx: Tx, organisation: string): Promise<ReadonlyMap<string, StoredPerson>> {
  const { rows } = await sql<PersonRow>`
    select ${selected} from people.person where organisation = ${organisation} order by id`.execute(tx)
  return new Map(rows.map((row) => [row.id, personOut(row)]))
}

/** Ids of those that the ledger names by these keys. */
export async function idsWithKeys(
  tx: Tx,
  organisation: string,
  keys: readonly string[],
): Promise<readonly string[]> {
  if (keys.length === 0) return []
  const { rows } = await sql<{ id: string }>`
    select id from people.person
    where organisation = ${organisation} and key::text = any(${[...keys]}::text[]) order by id`.execute(tx)
  return rows.map(({ id }) => id)
}

export async function peopleById(
  tx: Tx,
  organisation: string,
  ids: readonly string[],
): Promise<ReadonlyMap<string, StoredPerson>> {
  const { rows } = await sql<PersonRow>`
    select ${selected} from people.person
    where organisation = ${organisation} and id = any(${[...ids]}::text[])`.execute(tx)
  return new Map(rows.map((row) => [row.id, personOut(row)]))
}

export async function putPeople(
  tx: Tx,
  organisation: string,
  people: readonly StoredPerson[],
  now: Instant,
): Promise<void> {
  const rows = people.map((person) => ({
    ...person,
    starts_on: person.startsOn,
    ends_on: person.endsOn,
    search: searchText(person),
    sort_key: sortKey(person.name),
  }))
  const types = {
    id: 'text',
    key: 'uuid',
    name: 'text',
    kind: 'text',
    sponsor: 'text',
    starts_on: 'date',
    ends_on: 'date',
    voluntary: 'boolean',
    search: 'text',
    sort_key: 'text',
  } as const
  await sql`
    insert into people.person (organisation, changed_at, id, key, name, kind, sponsor, starts_on, ends_on, voluntary,
      search, sort_key)
    select ${organisation}::uuid, ${at(now)}, said.* from ${columns(rows, types)} as said
    on conflict (organisation, id) do update set name = excluded.name, kind = excluded.kind,
      sponsor = excluded.sponsor, starts_on = excluded.starts_on, ends_on = excluded.ends_on,
      voluntary = excluded.voluntary, search = excluded.search, sort_key = excluded.sort_key,
      changed_at = excluded.changed_at`.execute(tx)
}

export type Place = { readonly sort: string; readonly id: string }

/** One page by name, and how many match in all. `q` is part of the name or the id. */
export async function pageOfPeople(
  tx: Tx,
  organisation: string,
  asked: { readonly q: string; readonly after: Place | null; readonly limit: number },
): Promise<{
  readonly people: readonly ListedPerson[]
  readonly last: Place | null
  readonly total: number
}> {
  const matching = sql`organisation = ${organisation} and position(${asked.q} in search) > 0`
  const after =
    asked.after === null ? sql`true` : sql`(sort_key, id) > (${asked.after.sort}, ${asked.after.id})`
  const { rows } = await sql<PersonRow & { sort_key: string; sponsor_name: string | null }>`
    select ${selected}, sort_key, (
      select sponsor.name from people.person sponsor
      where sponsor.organisation = person.organisation and sponsor.id = person.sponsor) as sponsor_name
    from people.person where ${matching} and ${after}
    order by sort_key, id limit ${asked.limit + 1}`.execute(tx)
  const count = await sql<{ total: number }>`
    select count(*) as total from people.person where ${matching}`.execute(tx)
  const page = rows.slice(0, asked.limit)
  const end = rows.length > asked.limit ? page.at(-1) : undefined
  return {
    people: page.map(({ sort_key: _, sponsor_name: sponsorName, ...row }) => ({
      ...personOut(row),
      sponsorName,
    })),
    last: end === undefined ? null : { sort: end.sort_key, id: end.id },
    total: count.rows[0]?.total ?? 0,
  }
}

export async function allServices(tx: Tx, organisation: string): Promise<ListedService[]> {
  const { rows } = await sql<ListedService>`
    select service.id, service.name, service.owner, person.name as "ownerName"
    from people.service join people.person
      on person.organisation = service.organisation and person.id = service.owner
    where service.organisation = ${organisation} order by service.name, service.id`.execute(tx)
  return rows
}

export async function putService(tx: Tx, organisation: string, service: NamedService): Promise<void> {
  await sql`
    insert into people.service (organisation, id, name, owner)
    values (${organisation}, ${service.id}, ${service.name}, ${service.owner})
    on conflict (organisation, id) do update set name = excluded.name, owner = excluded.owner`.execute(tx)
}

export async function deleteService(tx: Tx, organisation: string, id: string): Promise<void> {
  await sql`delete from people.service where organisation = ${organisation} and id = ${id}`.execute(tx)
}
