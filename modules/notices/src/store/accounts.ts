import type { Instant } from '@hevd/core'
import { at, type Tx } from '@hevd/postgres'
import { sql } from 'kysely'
import type { Preference } from '../contract.ts'

/** Of an account that has not said how it is told: by nothing, and a digest in the morning once it is switched on. */
export const unsaid: Preference = {
  rhythm: 'off',
  digestTime: '07:30',
  digestWeekday: 1,
  urgentAtOnce: true,
  quiet: { from: '22:00', until: '07:00' },
  timeZone: null,
  remindDays: 3,
}

type Row = {
  readonly account: string
  readonly rhythm: Preference['rhythm']
  readonly digest_time: string
  readonly digest_weekday: number
  readonly urgent_at_once: boolean
  readonly quiet_from: string | null
  readonly quiet_until: string | null
  readonly time_zone: string | null
  readonly remind_days: number | null
}

/** How accounts want to be told, by their ids. */
export async function preferences(tx: Tx, organisation: string): Promise<ReadonlyMap<string, Preference>> {
  const { rows } = await sql<Row>`
    select account, rhythm, digest_time, digest_weekday, urgent_at_once, quiet_from, quiet_until, time_zone,
      remind_days
    from notices.preference where organisation = ${organisation}`.execute(tx)
  return new Map(rows.map((row) => [row.account, preferenceOf(row)]))
}

function preferenceOf(row: Row): Preference {
  const { quiet_from: from, quiet_until: until } = row
  return {
    rhythm: row.rhythm,
    digestTime: row.digest_time,
    digestWeekday: row.digest_weekday,
    urgentAtOnce: row.urgent_at_once,
    quiet: from === null || until === null ? null : { from, until },
    timeZone: row.time_zone,
    remindDays: row.remind_days,
  }
}

export async function putPreference(
  tx: Tx,
  organisation: string,
  account: string,
  said: Preference,
): Promise<void> {
  await sql`
    insert into notices.preference (organisation, account, rhythm, digest_time, digest_weekday, urgent_at_once,
      quiet_from, quiet_until, time_zone, remind_days)
    values (${organisation}, ${account}, ${said.rhythm}, ${said.digestTime}, ${said.digestWeekday},
      ${said.urgentAtOnce}, ${said.quiet?.from ?? null}, ${said.quiet?.until ?? null}, ${said.timeZone},
      ${said.remindDays})
    on conflict (organisation, account) do update set rhythm = excluded.rhythm, digest_time = excluded.digest_time,
      digest_weekday = excluded.digest_weekday, urgent_at_once = excluded.urgent_at_once,
      quiet_from = excluded.quiet_from, quiet_until = excluded.quiet_until, time_zone = excluded.time_zone,
      remind_days = excluded.remind_days`.execute(tx)
}

/** When an account's calendar address was made; null where it has none. */
export async function calendarSince(tx: Tx, organisation: string, account: string): Promise<Instant | null> {
  const { rows } = await sql<{ made_at: Instant }>`
    select made_at from notices.calendar_link
    where organisation = ${organisation} and account = ${account}`.execute(tx)
  return rows[0]?.made_at ?? null
}

/** Puts a new address in the place of the one there was. */
export async function putCalendar(
  tx: Tx,
  organisation: string,
  account: string,
  tokenHash: Buffer,
  now: Instant,
): Promise<void> {
  await sql`
    insert into notices.calendar_link (organisation, account, token_hash, made_at)
    values (${organisation}, ${account}, ${tokenHash}, ${at(now)})
    on conflict (organisation, account) do update set token_hash = excluded.token_hash,
      made_at = excluded.made_at`.execute(tx)
}

export async function endCalendar(tx: Tx, organisation: string, account: string): Promise<void> {
  await sql`
    delete from notices.calendar_link where organisation = ${organisation} and account = ${account}`.execute(
    tx,
  )
}

/** Whose calendar an address is. */
export async function accountOfCalendar(
  tx: Tx,
  organisation: string,
  tokenHash: Buffer,
): Promise<string | undefined> {
  const { rows } = await sql<{ account: string }>`
    select account from notices.calendar_link
    where organisation = ${organisation} and token_hash = ${tokenHash}`.execute(tx)
  return rows[0]?.account
}
