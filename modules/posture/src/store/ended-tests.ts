import type { Instant } from '@hevd/core'
import { at, type Tx } from '@hevd/postgres'
import { sql } from 'kysely'

/** Tests that have judgements. */
export async function knownTests(tx: Tx, organisation: string): Promise<string[]> {
  const { rows } = await sql<{ test: string }>`
    with recursive known as (
      (select test from posture.judgement where organisation = ${organisation} order by test limit 1)
      union all
      select (select j.test from posture.judgement j
        where j.organisation = ${organisation} and j.test > known.test order by j.test limit 1)
      from known where known.test is not null)
    select test from known where test is not null`.execute(tx)
  return rows.map(({ test }) => test)
}

/** Ends all findings of tests that are no more, with their history, and forgets what they looked up. */
export async function endTests(
  tx: Tx,
  organisation: string,
  tests: readonly string[],
  now: Instant,
): Promise<void> {
  if (tests.length === 0) return
  await sql`
    insert into posture.past_finding (organisation, test, subject, verdict, why, from_at, until_at, since, edition,
      inputs, judged_at, batch, salt, rests, flaps, ended)
    select organisation, test, subject, verdict, why, said_at, ${at(now)}, since, edition, inputs, judged_at, batch,
      salt, rests, flaps, 'test-ended'
    from posture.finding where organisation = ${organisation} and test = any(${tests}::text[])`.execute(tx)
  for (const table of ['finding', 'judgement', 'dependency', 'wake', 'tally'])
    await sql`
      delete from ${sql.table(`posture.${table}`)}
      where organisation = ${organisation} and test = any(${tests}::text[])`.execute(tx)
}
