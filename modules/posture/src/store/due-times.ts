import type { CalendarDate, Instant, TimeZone } from '@hevd/core'
import { at, type Tx } from '@hevd/postgres'
import { sql } from 'kysely'

/** Occurrences of a test that fall due on one day, and the first moment of it at which one does. */
export type Due = {
  readonly test: string
  readonly day: CalendarDate
  readonly count: number
  readonly dueAt: Instant
}

/** More days than this are not looked at: the first ones come first. */
const mostDays = 200

/** What falls due by `until`, by test and day of `zone`; what is due at midnight is due on the day that ends then. */
export async function dueSoon(
  tx: Tx,
  organisation: string,
  tests: readonly string[],
  zone: TimeZone,
  now: Instant,
  until: Instant,
): Promise<readonly Due[]> {
  const { rows } = await sql<Due>`
    select test, ((due_at - interval '1 microsecond') at time zone ${zone})::date as day,
      count(*) as count, min(due_at) as "dueAt"
    from posture.occurrence
    where organisation = ${organisation} and test = any(${tests}::text[]) and state = 'open'
      and due_at > ${at(now)} and due_at <= ${at(until)}
    group by 1, 2 order by min(due_at), test limit ${mostDays}`.execute(tx)
  return rows
}

/** Per test, the first of what is due and not done. */
export async function overdueSince(
  tx: Tx,
  organisation: string,
  tests: readonly string[],
  now: Instant,
): Promise<readonly { readonly test: string; readonly dueAt: Instant }[]> {
  const { rows } = await sql<{ test: string; dueAt: Instant }>`
    select test, min(due_at) as "dueAt" from posture.occurrence
    where organisation = ${organisation} and test = any(${tests}::text[])
      and state in ('open', 'overdue') and due_at <= ${at(now)}
    group by test order by test`.execute(tx)
  return rows
}
