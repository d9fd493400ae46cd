import type { Tx } from '@hevd/postgres'
import { sql } from 'kysely'

/**
 * Forgets pseudonyms that no open period needs any more: every occurrence gets a name of its own that is used nowhere else,
 * and so does what one test said. They are still counted, and nothing joins them. A period is open until it is signed.
 */
export async function forgetPseudonyms(tx: Tx, organisation: string): Promise<void> {
  const { rows } = await sql<{ id: string; pseudonym: string }>`
    select e.id, e.pseudonym from posture.erasure e
    where e.organisation = ${organisation} and e.pseudonym is not null and e.erased_at is not null and not exists (
      select from posture.period p
      left join posture.period_signing s on s.organisation = p.organisation and s.period = p.id
      where p.organisation = e.organisation and s.period is null and (
        exists (select from posture.past_finding f
          where f.organisation = e.organisation and starts_with(f.subject, e.pseudonym)
            and f.from_at < p.until_at and f.until_at > p.from_at)
        or exists (select from posture.occurrence o
          where o.organisation = e.organisation and starts_with(o.subject, e.pseudonym)
            and o.due_at >= p.from_at and o.due_at < p.until_at)))
    for update of e`.execute(tx)
  for (const { id, pseudonym } of rows) {
    const own = sql`organisation = ${organisation} and starts_with(subject, ${pseudonym})`
    const fresh = sql`'erased/' || gen_random_uuid()`
    await sql`update posture.occurrence set subject = ${fresh} where ${own}`.execute(tx)
    await sql`
      with named as materialized (
        select test, subject as old, ${fresh} as fresh
        from (select distinct test, subject from posture.past_finding where ${own}) d)
      update posture.past_finding f set subject = named.fresh from named
      where f.organisation = ${organisation} and f.test = named.test and f.subject = named.old`.execute(tx)
    await sql`update posture.exception set subject = ${fresh} where ${own}`.execute(tx)
    await sql`update posture.period_answer set subject = ${fresh} where ${own}`.execute(tx)
    await sql`
      update posture.erasure set pseudonym = null
      where organisation = ${organisation} and id = ${id}`.execute(tx)
  }
}

/** How many persons were erased from the history since a moment. */
export async function erasedSince(tx: Tx, organisation: string, moment: number): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*) as count from posture.erasure
    where organisation = ${organisation} and erased_at >= to_timestamp(${moment}::double precision / 1000)`.execute(
    tx,
  )
  return rows[0]?.count ?? 0
}

/** How many periods nobody has signed. */
export async function openPeriods(tx: Tx, organisation: string): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*) as count from posture.period p
    left join posture.period_signing s on s.organisation = p.organisation and s.period = p.id
    where p.organisation = ${organisation} and s.period is null`.execute(tx)
  return rows[0]?.count ?? 0
}
