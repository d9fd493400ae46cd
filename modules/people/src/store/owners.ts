import type { Instant } from '@hevd/core'
import { accounts, hosts, postgresRoles } from '@hevd/facts'
import { factsOfTypes } from '@hevd/feeds'
import { at, type Tx } from '@hevd/postgres'
import { type RawBuilder, sql } from 'kysely'
import type { AccountOwner } from '../contract.ts'

export type OwnerRow = {
  readonly account: string
  readonly owner_kind: 'person' | 'service'
  readonly owner: string
  readonly said_by: string
  readonly said_at: Instant
}

export async function ownerOf(tx: Tx, organisation: string, account: string): Promise<OwnerRow | undefined> {
  const { rows } = await sql<OwnerRow>`
    select account, owner_kind, owner, said_by, said_at from people.account_owner
    where organisation = ${organisation} and account = ${account}`.execute(tx)
  return rows[0]
}

export async function accountsOf(
  tx: Tx,
  organisation: string,
  owner: Pick<OwnerRow, 'owner_kind' | 'owner'>,
): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*) as count from people.account_owner
    where organisation = ${organisation} and owner_kind = ${owner.owner_kind} and owner = ${owner.owner}`.execute(
    tx,
  )
  return rows[0]?.count ?? 0
}

export async function putOwner(tx: Tx, organisation: string, row: OwnerRow): Promise<void> {
  await sql`
    insert into people.account_owner (organisation, account, owner_kind, owner, said_by, said_at)
    values (${organisation}, ${row.account}, ${row.owner_kind}, ${row.owner}, ${row.said_by}, ${at(row.said_at)})
    on conflict (organisation, account) do update set owner_kind = excluded.owner_kind,
      owner = excluded.owner, said_by = excluded.said_by, said_at = excluded.said_at`.execute(tx)
}

export async function deleteOwner(tx: Tx, organisation: string, account: string): Promise<void> {
  await sql`
    delete from people.account_owner where organisation = ${organisation} and account = ${account}`.execute(
    tx,
  )
}

/** Accounts and database roles that somebody sees and that could be logged in to, each once. */
function seenAccounts(organisation: string): RawBuilder<unknown> {
  const named = (type: string) => sql`${factsOfTypes(organisation, [type])}`
  return sql`(
    select key as account, value ->> 'name' as label, value ->> 'host' as host, '' as within
    from ${named(accounts.name)} as account where (value ->> 'shellOpens')::boolean
    union all
    select key, value ->> 'name', split_part(value ->> 'server', '/', 1),
      ' ' || substr(value ->> 'server', strpos(value ->> 'server', '/') + 1)
    from ${named(postgresRoles.name)} as role where (value ->> 'canLogin')::boolean)`
}

export async function isSeen(tx: Tx, organisation: string, account: string): Promise<boolean> {
  const { rows } = await sql`
    select from ${factsOfTypes(organisation, [accounts.name, postgresRoles.name], account)} as seen`.execute(
    tx,
  )
  return rows.length > 0
}

/** An account with whose it is said to be; `saidBy` is the id alone. */
type SaidOwner = Omit<AccountOwner, 'saidBy'> & { readonly saidBy: string | null }

type Joined = {
  readonly account: string
  readonly label: string
  readonly place: string
  readonly owner_kind: 'person' | 'service' | null
  readonly owner: string | null
  readonly owner_name: string | null
  readonly said_by: string | null
  readonly said_at: Instant | null
}

/** One page of accounts by key, each with whose it is said to be, and how many match in all. */
export async function pageOfOwners(
  tx: Tx,
  organisation: string,
  asked: {
    readonly q: string
    readonly missing: boolean
    readonly after: string | null
    readonly limit: number
  },
): Promise<{
  readonly items: readonly SaidOwner[]
  readonly last: string | null
  readonly total: number
}> {
  const joined = sql`
    from ${seenAccounts(organisation)} as seen
    left join ${factsOfTypes(organisation, [hosts.name])} as host on host.key = seen.host
    left join people.account_owner owner on owner.organisation = ${organisation} and owner.account = seen.account
    left join people.person person on person.organisation = ${organisation}
      and owner.owner_kind = 'person' and person.id = owner.owner
    left join people.service service on service.organisation = ${organisation}
      and owner.owner_kind = 'service' and service.id = owner.owner
    where (${!asked.missing} or owner.account is null)
      and position(${asked.q} in lower(concat_ws(' ', seen.account, host.value ->> 'name', person.name, service.name)))
        > 0`
  const { rows } = await sql<Joined>`
    select seen.account, seen.label, coalesce(host.value ->> 'name', seen.host) || seen.within as place,
      owner.owner_kind, owner.owner, coalesce(person.name, service.name) as owner_name, owner.said_by,
      owner.said_at
    ${joined} and ${asked.after === null ? sql`true` : sql`seen.account > ${asked.after}`}
    order by seen.account limit ${asked.limit + 1}`.execute(tx)
  const count = await sql<{ total: number }>`select count(*) as total ${joined}`.execute(tx)
  const items = rows.slice(0, asked.limit).map(ownerOut)
  const last = rows.length > asked.limit ? (items.at(-1)?.account ?? null) : null
  return { items, last, total: count.rows[0]?.total ?? 0 }
}

/** How many accounts that could be logged in to have no owner. */
export async function countWithoutOwner(tx: Tx, organisation: string): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*) as count from ${seenAccounts(organisation)} as seen
    where not exists (select from people.account_owner owner
      where owner.organisation = ${organisation} and owner.account = seen.account)`.execute(tx)
  return rows[0]?.count ?? 0
}

function ownerOut(row: Joined): SaidOwner {
  const { account, label, place, owner_kind: kind, owner: id, owner_name: name } = row
  return {
    account,
    label,
    place,
    owner: kind === null || id === null ? null : { kind, id, name: name ?? id },
    saidBy: row.said_by,
    saidAt: row.said_at,
  }
}
