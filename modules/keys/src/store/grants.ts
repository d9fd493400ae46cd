import type { CalendarDate, Instant } from '@hevd/core'
import { at, type Tx } from '@hevd/postgres'
import { sql } from 'kysely'
import type { Holder, Operation } from '../contract.ts'

/** A grant as it is kept, with the name of its key. Who did something is an account's id. */
export type GrantRow = {
  readonly id: string
  readonly key: string
  readonly keyName: string
  readonly holderKind: Holder['kind']
  readonly holder: string
  readonly operations: readonly Operation[]
  readonly purpose: string
  readonly from: CalendarDate
  readonly until: CalendarDate
  readonly askedBy: string
  readonly askedAt: Instant
  readonly decision: 'approved' | 'refused' | null
  readonly decidedBy: string | null
  readonly decidedAt: Instant | null
  readonly singleApprover: boolean
  readonly revokedAt: Instant | null
  readonly revokedBy: string | null
  readonly lastUsedAt: Instant | null
}

const selected = sql`g.id, g.key, k.name as "keyName", g.holder_kind as "holderKind", g.holder, g.operations, g.purpose,
  g.starts_on as "from", g.ends_on as "until", g.asked_by as "askedBy", g.asked_at as "askedAt", g.decision,
  g.decided_by as "decidedBy", g.decided_at as "decidedAt", g.single_approver as "singleApprover",
  g.revoked_at as "revokedAt", g.revoked_by as "revokedBy", g.last_used_at as "lastUsedAt"`
const joined = sql`keys.key_grant g join keys.key k on k.organisation = g.organisation and k.id = g.key`
/** Those that wait first, then by last day. */
const order = sql`order by (g.decision is null) desc, g.ends_on, g.id`

/** @param today leaves out what is over by then; null leaves out nothing */
export async function allGrants(
  tx: Tx,
  organisation: string,
  today: CalendarDate | null,
): Promise<readonly GrantRow[]> {
  const current =
    today === null
      ? sql`true`
      : sql`(coalesce(g.decision, 'asked') <> 'refused' and g.revoked_at is null and g.ends_on >= ${today}::date
          and k.destroyed_at is null)`
  const { rows } = await sql<GrantRow>`
    select ${selected} from ${joined} where g.organisation = ${organisation} and ${current} ${order}`.execute(
    tx,
  )
  return rows
}

export async function grantsOfKey(tx: Tx, organisation: string, key: string): Promise<readonly GrantRow[]> {
  const { rows } = await sql<GrantRow>`
    select ${selected} from ${joined}
    where g.organisation = ${organisation} and g.key = ${key} ${order}`.execute(tx)
  return rows
}

export async function grantById(tx: Tx, organisation: string, id: string): Promise<GrantRow | undefined> {
  const { rows } = await sql<GrantRow>`
    select ${selected} from ${joined} where g.organisation = ${organisation} and g.id = ${id}`.execute(tx)
  return rows[0]
}

/** Grants that are approved and not revoked, whatever their days, of one holder and one key: the look-up that decides. */
export async function grantsFor(
  tx: Tx,
  organisation: string,
  { kind, id }: Holder,
  key: string,
): Promise<readonly GrantRow[]> {
  const { rows } = await sql<GrantRow>`
    select ${selected} from ${joined}
    where g.organisation = ${organisation} and g.holder_kind = ${kind} and g.holder = ${id} and g.key = ${key}
      and g.decision = 'approved' and g.revoked_at is null order by g.ends_on desc, g.id`.execute(tx)
  return rows
}

/** Ids of the keys that a holder has an approved grant for that is not revoked, and its days. */
export async function keysGranted(
  tx: Tx,
  organisation: string,
  { kind, id }: Holder,
): Promise<readonly { readonly key: string; readonly from: CalendarDate; readonly until: CalendarDate }[]> {
  const { rows } = await sql<{ key: string; from: CalendarDate; until: CalendarDate }>`
    select key, starts_on as "from", ends_on as "until" from keys.key_grant
    where organisation = ${organisation} and holder_kind = ${kind} and holder = ${id}
      and decision = 'approved' and revoked_at is null`.execute(tx)
  return rows
}

export async function insertGrant(
  tx: Tx,
  organisation: string,
  grant: Omit<
    GrantRow,
    | 'keyName'
    | 'decision'
    | 'decidedBy'
    | 'decidedAt'
    | 'singleApprover'
    | 'revokedAt'
    | 'revokedBy'
    | 'lastUsedAt'
  >,
): Promise<void> {
  await sql`
    insert into keys.key_grant (organisation, id, key, holder_kind, holder, operations, purpose, starts_on, ends_on,
      asked_by, asked_at)
    values (${organisation}, ${grant.id}, ${grant.key}, ${grant.holderKind}, ${grant.holder},
      ${[...grant.operations]}::text[], ${grant.purpose}, ${grant.from}, ${grant.until}, ${grant.askedBy},
      ${at(grant.askedAt)})`.execute(tx)
}

export async function decideGrant(
  tx: Tx,
  organisation: string,
  id: string,
  decision: 'approved' | 'refused',
  by: string,
  singleApprover: boolean,
  now: Instant,
): Promise<void> {
  await sql`
    update keys.key_grant set decision = ${decision}, decided_by = ${by}, decided_at = ${at(now)},
      single_approver = ${singleApprover}
    where organisation = ${organisation} and id = ${id}`.execute(tx)
}

export async function revokeGrant(
  tx: Tx,
  organisation: string,
  id: string,
  by: string,
  now: Instant,
): Promise<void> {
  await sql`
    update keys.key_grant set revoked_at = ${at(now)}, revoked_by = ${by}
    where organisation = ${organisation} and id = ${id}`.execute(tx)
}

/** How many grants of each key are in force on a day, by the key's id. */
export async function holdersByKey(
  tx: Tx,
  organisation: string,
  today: CalendarDate,
): Promise<ReadonlyMap<string, number>> {
  const { rows } = await sql<{ key: string; holders: number }>`
    select key, count(*) as holders from keys.key_grant
    where organisation = ${organisation} and decision = 'approved' and revoked_at is null
      and ${today}::date between starts_on and ends_on group by key`.execute(tx)
  return new Map(rows.map(({ key, holders }) => [key, holders]))
}

/** Accounts that have an approved grant that is not revoked and has not ended by a day. */
export async function accountsGranted(
  tx: Tx,
  organisation: string,
  today: CalendarDate,
): Promise<readonly string[]> {
  const { rows } = await sql<{ holder: string }>`
    select distinct holder from keys.key_grant
    where organisation = ${organisation} and holder_kind = 'account' and decision = 'approved' and revoked_at is null
      and ends_on >= ${today}::date`.execute(tx)
  return rows.map(({ holder }) => holder)
}
