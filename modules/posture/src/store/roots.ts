import type { Tx } from '@hevd/postgres'
import { sql } from 'kysely'
import { findingLeafSql } from './finding-leaf.ts'

const chunk = 50_000

/** A number per test that has grown whenever one of its findings changed. */
export async function revisions(tx: Tx, organisation: string): Promise<ReadonlyMap<string, number>> {
  const { rows } = await sql<{ test: string; revision: number }>`
    select test, sum(revision)::bigint as revision from posture.tally
    where organisation = ${organisation} group by test`.execute(tx)
  return new Map(rows.map(({ test, revision }) => [test, revision]))
}

/** Leaf hashes of all findings of a test, by subject, some at a time. */
export async function* leavesOfTest(tx: Tx, organisation: string, test: string): AsyncGenerator<Buffer> {
  for (let after: string | null = null; ; ) {
    const { rows }: { rows: { leaves: Buffer | null; last: string | null; count: number }[] } = await sql<{
      leaves: Buffer | null
      last: string | null
      count: number
    }>`
      select string_agg(${findingLeafSql('f')}, ''::bytea order by f.subject) as leaves, max(f.subject) as last,
        count(*) as count
      from (
        select f.test, f.subject, f.salt, f.verdict, f.since, f.why from posture.finding f
        where f.organisation = ${organisation} and f.test = ${test} and (${after}::text is null or f.subject > ${after})
        order by f.subject limit ${chunk}) f`.execute(tx)
    const [row] = rows
    if (row?.leaves) yield row.leaves
    if (row === undefined || row.count < chunk) return
    after = row.last
  }
}
