import type { Instant, Verdict } from '@hevd/core'
import { at, type Tx } from '@hevd/postgres'
import { sql } from 'kysely'
import { findingLeafSql } from './finding-leaf.ts'

/** What moved from one verdict to another, per test. */
export type Moved = {
  readonly test: string
  readonly verdict: Verdict
  readonly next: Verdict
  readonly count: number
  /** Of them, how many say something else than before. */
  readonly changed: number
}
export type DueChunk = {
  readonly moved: readonly Moved[]
  /** Leaf hashes of what changed, in the order of test and subject. */
  readonly leaves: Buffer
}

/**
 * Moves `next` into place in at most `limit` findings whose `until` has come, one statement whatever their number:
 * history, leaf hashes and counts come of the same pass. The same as core's `fallDue`, which a test compares.
 * One that is being judged is waited for, and left alone if it then says something else.
 */
export async function moveDue(
  tx: Tx,
  organisation: string,
  tests: readonly string[],
  batch: string,
  now: Instant,
  limit: number,
): Promise<DueChunk> {
  const { rows } = await sql<{ moved: Moved[]; leaves: Buffer | null }>`
    with due as materialized (
      select d.* from unnest(${tests}::text[]) as t (test)
      cross join lateral (
        select f.test, f.subject, f.verdict, f.why, f.said_at, f.since, f.until, f.batch,
          (f.verdict, f.why) is distinct from (f.next_verdict, f.next_why) as changed
        from posture.finding f
        where f.organisation = ${organisation} and f.test = t.test and f.until <= ${at(now)}
        order by f.until limit ${limit} ) d
      limit ${limit}),
    moved as (
      update posture.finding f set
        verdict = f.next_verdict, why = f.next_why,
        said_at = case when due.changed then f.until else f.said_at end,
        since = case when f.verdict = f.next_verdict then f.since else f.until end,
        failing_since = case
          when f.next_verdict = 'holds' then null
          when f.next_verdict = 'fails' then coalesce(f.failing_since, f.until)
          else f.failing_since end,
        batch = case when due.changed then ${batch}::uuid else due.batch end,
        until = null, next_verdict = null, next_why = null
      from due
      where f.organisation = ${organisation} and f.test = due.test and f.subject = due.subject
        and f.until = due.until and f.batch = due.batch
        and ((f.next_verdict, f.next_why) is distinct from (f.verdict, f.why)) = due.changed
      returning due.changed, due.verdict as was, due.why as was_why, due.said_at as was_at, due.since as was_since,
        due.until as moved_at, due.batch as was_batch, f.organisation, f.test, f.subject, f.verdict, f.why, f.since,
        f.edition, f.inputs, f.judged_at, f.salt, f.rests, f.flaps),
    past as (
      insert into posture.past_finding (organisation, test, subject, verdict, why, from_at, until_at, since, edition,
        inputs, judged_at, batch, salt, rests, flaps)
      select organisation, test, subject, was, was_why, was_at, moved_at, was_since, edition, inputs, judged_at,
        was_batch, salt, rests, flaps
      from moved where changed)
    select
      coalesce((select jsonb_agg(to_jsonb(m)) from (
        select test, was as verdict, verdict as next, count(*) as count, count(*) filter (where changed) as changed
        from moved group by 1, 2, 3) m), '[]') as moved,
      (select string_agg(${findingLeafSql('moved')}, ''::bytea order by test collate "C", subject collate "C")
        from moved where changed) as leaves`.execute(tx)
  const [row] = rows
  return { moved: row?.moved ?? [], leaves: row?.leaves ?? Buffer.alloc(0) }
}

/** The earliest moment at which a finding falls due or a judgement is asked again; null for none. */
export async function nextDue(
  tx: Tx,
  organisation: string,
  tests: readonly string[],
): Promise<Instant | null> {
  const { rows } = await sql<{ due: Instant | null }>`
    select least(
      (select min(d.until) from unnest(${tests}::text[]) as t (test) cross join lateral (
        select f.until from posture.finding f
        where f.organisation = ${organisation} and f.test = t.test and f.until is not null
        order by f.until limit 1) d),
      (select j.due_at from posture.judgement j
        where j.organisation = ${organisation} and j.due_at is not null order by j.due_at limit 1)) as due`.execute(
    tx,
  )
  return rows[0]?.due ?? null
}
