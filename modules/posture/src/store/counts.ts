import type { Instant, Tally, Verdict } from '@hevd/core'
import { at, columns, type Tx } from '@hevd/postgres'
import { type RawBuilder, sql } from 'kysely'
import type { Standing } from '../read/standing.ts'

/** The verdict of a finding with time applied: what it says at `until` when that has come. */
export function verdictNow(now: Instant): RawBuilder<Verdict> {
  return sql<Verdict>`case when f.until <= ${at(now)} then f.next_verdict else f.verdict end`
}

/** The silent sets as rows (id, since). */
export function silentRows({ silent }: Pick<Standing, 'silent'>): RawBuilder<unknown> {
  return columns(silent, { id: 'uuid', since: 'timestamptz' })
}

/**
 * How many findings of each test have each verdict, as read now: what is stored and counted, put right for those that
 * fell due and are not moved, and for those whose sources are silent. The cost is that of what is due or silent.
 */
export async function tallies(
  tx: Tx,
  organisation: string,
  tests: readonly string[],
  standing: Standing,
): Promise<ReadonlyMap<string, Tally>> {
  const { rows } = await sql<{ test: string; verdict: Verdict; count: number }>`
    with due as materialized (
      select f.test, f.verdict, f.next_verdict
      from unnest(${tests}::text[]) as t (test) cross join lateral (
        select f.test, f.verdict, f.next_verdict from posture.finding f
        where f.organisation = ${organisation} and f.test = t.test and f.until <= ${at(standing.now)}) f),
    silenced as materialized (${silencedCounts(organisation, standing)}),
    change as (
      select test, verdict, count from posture.tally
      where organisation = ${organisation} and test = any(${tests}::text[])
      union all select test, verdict, -count(*) from due group by test, verdict
      union all select test, next_verdict, count(*) from due group by test, next_verdict
      union all select test, 'holds', -count from silenced
      union all select test, 'unknown', count from silenced)
    select test, verdict, sum(count)::bigint as count from change group by test, verdict`.execute(tx)
  const found = new Map<string, Tally>(tests.map((test) => [test, none]))
  for (const { test, verdict, count } of rows)
    found.set(test, { ...(found.get(test) ?? none), [verdict]: count })
  return new Map([...found].map(([test, tally]) => [test, overlaid(test, tally, standing)]))
}

/** Left out where nothing is silent, so that nothing is planned for it. */
function silencedCounts(organisation: string, standing: Standing): RawBuilder<unknown> {
  if (standing.silent.length === 0) return sql`select ''::text as test, 0::bigint as count where false`
  return sql`
    select f.test, count(*) as count
    from ${silentRows(standing)} as s (id, since)
    join posture.finding f on f.organisation = ${organisation} and f.rests = s.id
    where ${verdictNow(standing.now)} = 'holds' group by f.test`
}

const none: Tally = { holds: 0, fails: 0, unknown: 0, excepted: 0 }

function overlaid(test: string, tally: Tally, { judgingSilentSince, excepted }: Standing): Tally {
  const covered = excepted.filter(({ finding }) => finding.test === test).length
  const counted = { ...tally, excepted: covered }
  if (judgingSilentSince === null) return counted
  return { ...counted, holds: 0, unknown: counted.unknown + counted.holds }
}

/** The next moment at which a finding of each test says something else; tests without one are left out. */
export async function nextMoments(
  tx: Tx,
  organisation: string,
  tests: readonly string[],
  now: Instant,
): Promise<ReadonlyMap<string, Instant>> {
  const { rows } = await sql<{ test: string; until: Instant }>`
    select t.test, f.until from unnest(${tests}::text[]) as t (test) cross join lateral (
      select f.until from posture.finding f
      where f.organisation = ${organisation} and f.test = t.test and f.until > ${at(now)}
      order by f.until limit 1) f`.execute(tx)
  return new Map(rows.map(({ test, until }) => [test, until]))
}
