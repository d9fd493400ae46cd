import type { CalendarDate, Instant } from '@hevd/core'
import { at, type Tx } from '@hevd/postgres'
import { sql } from 'kysely'
import type { ErasureView } from '../contract.ts'

/** A row of people.erasure. */
export type ErasureRow = {
  readonly id: string
  readonly batch: string
  readonly state: ErasureView['state']
  readonly waits: ErasureView['waits']
  readonly key: string | null
  readonly person: string | null
  readonly names: readonly string[]
  readonly accounts: readonly string[]
  readonly because: ErasureView['because']
  readonly asked_by: string
  readonly asked_at: Instant
  readonly approved_by: string | null
  readonly changed_at: Instant | null
  readonly erased_at: Instant | null
  readonly entries: number | null
  readonly observed: ErasureView['observed']
  readonly finished_at: Instant | null
}
const columns =
  sql.raw(`id, batch, state, waits, key, person, names, accounts, because, asked_by, asked_at, approved_by,
  changed_at, erased_at, entries, observed, finished_at`)

export type NewErasure = Pick<
  ErasureRow,
  | 'id'
  | 'batch'
  | 'state'
  | 'waits'
  | 'key'
  | 'person'
  | 'names'
  | 'accounts'
  | 'because'
  | 'asked_by'
  | 'asked_at'
> & { readonly reason: string | null }

/** Writes an erasure; false where the person's is at work already. */
export async function insertErasure(tx: Tx, organisation: string, row: NewErasure): Promise<boolean> {
  const { numAffectedRows } = await sql`
    insert into people.erasure (organisation, id, batch, state, waits, key, person, names, accounts, because, reason,
      asked_by, asked_at)
    values (${organisation}, ${row.id}, ${row.batch}, ${row.state}, ${row.waits}, ${row.key}, ${row.person},
      ${[...row.names]}::text[], ${[...row.accounts]}::text[], ${row.because}, ${row.reason}, ${row.asked_by},
      ${at(row.asked_at)}) on conflict do nothing`.execute(tx)
  return numAffectedRows === 1n
}

/** The newest hundred, those at work first. */
export async function erasures(tx: Tx, organisation: string): Promise<ErasureRow[]> {
  const { rows } = await sql<ErasureRow>`
    select ${columns} from people.erasure where organisation = ${organisation} and because <> 'account'
    order by state in ('done', 'stopped'), asked_at desc, id limit 100`.execute(tx)
  return rows
}

/** Ids of those at work, oldest first. */
export async function atWork(tx: Tx, organisation: string): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select id from people.erasure
    where organisation = ${organisation} and state not in ('asked', 'rewriting', 'done', 'stopped') order by id`.execute(
    tx,
  )
  return rows.map(({ id }) => id)
}

/** One erasure, held by this transaction; undefined while another server is at it. */
export async function erasureHeld(tx: Tx, organisation: string, id: string): Promise<ErasureRow | undefined> {
  const { rows } = await sql<ErasureRow>`
    select ${columns} from people.erasure
    where organisation = ${organisation} and id = ${id} for update skip locked`.execute(tx)
  return rows[0]
}

export async function batchHeld(tx: Tx, organisation: string, batch: string): Promise<ErasureRow[]> {
  const { rows } = await sql<ErasureRow>`
    select ${columns} from people.erasure
    where organisation = ${organisation} and batch = ${batch} order by id for update`.execute(tx)
  return rows
}

/** How many persons were asked to be erased since a moment. */
export async function askedSince(tx: Tx, organisation: string, moment: Instant): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*) as count from people.erasure
    where organisation = ${organisation} and because <> 'account' and asked_at > ${at(moment)}
      and state <> 'stopped'`.execute(tx)
  return rows[0]?.count ?? 0
}

export async function approveBatch(
  tx: Tx,
  organisation: string,
  batch: string,
  by: string,
  now: Instant,
): Promise<void> {
  await sql`
    update people.erasure set state = 'registers', waits = null, approved_by = ${by}, approved_at = ${at(now)}
    where organisation = ${organisation} and batch = ${batch} and state = 'asked'`.execute(tx)
}

/** The next step, or the same with why it waits. */
export async function moveTo(
  tx: Tx,
  organisation: string,
  id: string,
  state: ErasureRow['state'],
  waits: ErasureRow['waits'] = null,
): Promise<void> {
  await sql`
    update people.erasure set state = ${state}, waits = ${waits}
    where organisation = ${organisation} and id = ${id}
      and (state <> ${state} or waits is distinct from ${waits})`.execute(tx)
}

/** Ends an erasure that must not go on; it names nobody any more. */
export async function stopErasure(tx: Tx, organisation: string, id: string, now: Instant): Promise<void> {
  await sql`
    update people.erasure set state = 'stopped', waits = null, person = null, names = '{}', accounts = '{}',
      reason = null, finished_at = ${at(now)}
    where organisation = ${organisation} and id = ${id}`.execute(tx)
}

/** The registers know the person no longer. */
export async function setChanged(tx: Tx, organisation: string, id: string, now: Instant): Promise<void> {
  await sql`
    update people.erasure set state = 'history', waits = null, changed_at = ${at(now)}
    where organisation = ${organisation} and id = ${id}`.execute(tx)
}

/** What is searched for from now on. */
export async function setSearched(
  tx: Tx,
  organisation: string,
  id: string,
  { accounts, names }: Pick<ErasureRow, 'accounts' | 'names'>,
): Promise<void> {
  await sql`
    update people.erasure set accounts = ${[...accounts]}::text[], names = ${[...names]}::text[]
    where organisation = ${organisation} and id = ${id}`.execute(tx)
}

export async function setObserved(
  tx: Tx,
  organisation: string,
  id: string,
  observed: NonNullable<ErasureRow['observed']>,
): Promise<void> {
  await sql`
    update people.erasure set observed = ${JSON.stringify(observed)}::jsonb
    where organisation = ${organisation} and id = ${id}`.execute(tx)
}

/** The key is gone: the row names nobody from now on. False where it was so before. */
export async function setErased(
  tx: Tx,
  organisation: string,
  id: string,
  entries: number,
  now: Instant,
): Promise<boolean> {
  const { numAffectedRows } = await sql`
    update people.erasure set state = 'rewriting', waits = null, person = null, names = '{}', accounts = '{}',
      reason = null, entries = ${entries}, erased_at = ${at(now)}
    where organisation = ${organisation} and id = ${id} and erased_at is null`.execute(tx)
  return numAffectedRows === 1n
}

/** Ids of those whose key is gone, while deleted rows may still lie on disk. */
export async function toRewrite(tx: Tx, organisation: string): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select id from people.erasure where organisation = ${organisation} and state = 'rewriting'`.execute(tx)
  return rows.map(({ id }) => id)
}

/** Ends those that were erased by a moment: the database was rewritten after it. */
export async function finishBy(tx: Tx, organisation: string, moment: Instant, now: Instant): Promise<number> {
  const { numAffectedRows } = await sql`
    update people.erasure set state = 'done', waits = null, finished_at = ${at(now)}
    where organisation = ${organisation} and state = 'rewriting' and erased_at <= ${at(moment)}`.execute(tx)
  return Number(numAffectedRows ?? 0)
}

export async function ownedAccounts(tx: Tx, organisation: string, person: string): Promise<string[]> {
  const { rows } = await sql<{ account: string }>`
    select account from people.account_owner
    where organisation = ${organisation} and owner_kind = 'person' and owner = ${person} order by 1`.execute(
    tx,
  )
  return rows.map(({ account }) => account)
}

export async function addFormer(tx: Tx, organisation: string, accounts: readonly string[]): Promise<void> {
  await sql`
    insert into people.former_account (organisation, account)
    select ${organisation}::uuid, account from unnest(${[...accounts]}::text[]) as a (account)
    on conflict do nothing`.execute(tx)
}

export async function formerAccounts(tx: Tx, organisation: string): Promise<string[]> {
  const { rows } = await sql<{ account: string }>`
    select account from people.former_account where organisation = ${organisation} for update`.execute(tx)
  return rows.map(({ account }) => account)
}

export async function forgetFormer(tx: Tx, organisation: string, accounts: readonly string[]): Promise<void> {
  await sql`
    delete from people.former_account
    where organisation = ${organisation} and account = any(${[...accounts]}::text[])`.execute(tx)
}

/** What of the registers of people and services a person answers for: services, and others who have not left by a day. */
export async function answersFor(
  tx: Tx,
  organisation: string,
  person: string,
  today: CalendarDate,
): Promise<{ readonly services: readonly string[]; readonly sponsored: readonly string[] }> {
  const { rows } = await sql<{ what: string; id: string }>`
    select 'service' as what, id from people.service where organisation = ${organisation} and owner = ${person}
    union all
    select 'sponsor', id from people.person
    where organisation = ${organisation} and sponsor = ${person} and (ends_on is null or ends_on >= ${today}::date)
    order by 1, 2`.execute(tx)
  const of = (what: string) => rows.filter((row) => row.what === what).map(({ id }) => id)
  return { services: of('service'), sponsored: of('sponsor') }
}

/** Those who left and whom the person answered for then. They stay without. */
export async function dropSponsor(tx: Tx, organisation: string, person: string): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    update people.person set sponsor = null
    where organisation = ${organisation} and sponsor = ${person} returning id`.execute(tx)
  return rows.map(({ id }) => id)
}

export async function deletePerson(tx: Tx, organisation: string, person: string): Promise<void> {
  await sql`
    delete from people.account_owner
    where organisation = ${organisation} and owner_kind = 'person' and owner = ${person}`.execute(tx)
  await sql`delete from people.person where organisation = ${organisation} and id = ${person}`.execute(tx)
}

/** Those whose last day lies before a day, longest ago first; at most five hundred. */
export async function endedBefore(
  tx: Tx,
  organisation: string,
  day: CalendarDate,
): Promise<readonly { readonly id: string }[]> {
  const { rows } = await sql<{ id: string }>`
    select id from people.person
    where organisation = ${organisation} and ends_on < ${day}::date and not exists (
      select from people.erasure e where e.organisation = person.organisation and e.person = person.id)
    order by ends_on, sort_key, id limit 500`.execute(tx)
  return rows
}
