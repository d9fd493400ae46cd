import type { Instant } from '@hevd/core'
import { at, columns, type Tx } from '@hevd/postgres'
import { sql } from 'kysely'

/** One candidate under one test. */
export type Which = { readonly test: string; readonly subject: string }

/**
 * Lets judgements wait. The row of one that is being judged is deleted but not yet committed: then this stands still
 * until it is, and inserts it anew, so that no wake-up is lost between reading and writing (ADR 0002).
 */
export async function wake(
  tx: Tx,
  organisation: string,
  which: readonly Which[],
  now: Instant,
): Promise<void> {
  if (which.length === 0) return
  await sql`
    insert into posture.wake (organisation, test, subject, at)
    select ${organisation}::uuid, test, subject, ${at(now)}
    from ${columns(which, { test: 'text', subject: 'text' })} as w (test, subject)
    group by test, subject order by test, subject
    on conflict (organisation, test, subject) do nothing`.execute(tx)
}

/** Wakes all that read one of these look-ups (`type|by|value`), or rest on one of these scopes (`coverage|…`). */
export async function wakeDependents(
  tx: Tx,
  organisation: string,
  keys: readonly string[],
  now: Instant,
): Promise<void> {
  const scopes = keys.filter((key) => key.startsWith('coverage|'))
  const resting =
    scopes.length === 0
      ? sql``
      : sql`
      union
      select j.test, j.subject
      from posture.feed_set_scope s join posture.judgement j on j.organisation = s.organisation and j.rests = s.id
      where s.organisation = ${organisation} and s.scope_key = any(${scopes}::text[])`
  await sql`
    insert into posture.wake (organisation, test, subject, at)
    select ${organisation}::uuid, test, subject, ${at(now)} from (
      select d.test, d.subject from posture.dependency d
      where d.organisation = ${organisation} and d.lookup_key = any(${keys}::text[]) ${resting}
    ) dependent order by test, subject
    on conflict (organisation, test, subject) do nothing`.execute(tx)
}

/** Wakes every judgement of these tests. */
export async function wakeTests(
  tx: Tx,
  organisation: string,
  tests: readonly string[],
  now: Instant,
): Promise<void> {
  await sql`
    insert into posture.wake (organisation, test, subject, at)
    select ${organisation}::uuid, test, subject, ${at(now)} from posture.judgement
    where organisation = ${organisation} and test = any(${tests}::text[]) order by test, subject
    on conflict (organisation, test, subject) do nothing`.execute(tx)
}

/**
 * Lets what must be asked again by now wait, oldest first; how many there were. Nothing else is written: judging sets
 * the next moment.
 */
export async function wakeDue(tx: Tx, organisation: string, now: Instant, limit: number): Promise<number> {
  const { numAffectedRows } = await sql`
    insert into posture.wake (organisation, test, subject, at)
    select ${organisation}::uuid, test, subject, ${at(now)} from (
      select j.test, j.subject from posture.judgement j
      where j.organisation = ${organisation} and j.due_at <= ${at(now)} and not exists (
        select from posture.wake w
        where w.organisation = j.organisation and w.test = j.test and w.subject = j.subject)
      order by j.due_at limit ${limit}) due
    order by test, subject
    on conflict (organisation, test, subject) do nothing`.execute(tx)
  return Number(numAffectedRows ?? 0)
}

/**
 * Takes the judgements that have waited longest off the queue, in this transaction; those that others are taking are
 * passed over. If it does not commit they wait as before.
 */
export async function takeWaiting(tx: Tx, organisation: string, limit: number): Promise<Which[]> {
  const { rows } = await sql<Which>`
    with oldest as materialized (
      select test, subject from posture.wake where organisation = ${organisation}
      order by at limit ${limit} for update skip locked)
    delete from posture.wake w using oldest
    where w.organisation = ${organisation} and w.test = oldest.test and w.subject = oldest.subject
    returning w.test, w.subject`.execute(tx)
  return rows
}

/** Whether anything waits. */
export async function anyWaiting(tx: Tx, organisation: string): Promise<boolean> {
  const { rows } = await sql`
    select from posture.wake where organisation = ${organisation} limit 1`.execute(tx)
  return rows.length > 0
}
