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

type Leaves = { readonly leaves: Buffer | null; readonly last: string | null; readonly count: number }

/** Leaf hashes of all findings of a test, by subject, some at a time. */
export async function* leavesOfTest(tx: Tx, organisation: string, test: string): AsyncGenerator<Buffer> {
  let after: string | null = null
  for (;;) {
    const part: Leaves = await leavesAfter(tx, organisation, test, after)
    if (part.leaves !== null) yield part.leaves
    if (part.count < chunk) return
    after = part.last
  }
}

async function leavesAfter(
  tx: Tx,
  organisation: string,
  test: string,
  after: string | null,
): Promise<Leaves> {
  const { rows } = await sql<Leaves>`
    select string_agg(${findingLeafSql('f')}, ''::bytea order by f.subject) as leaves, max(f.subject) as last,
      count(*) as count
    from (
      select f.test, f.subject, f.salt, f.verdict, f.since, f.why from posture.finding f
      where f.organisation = ${organisation} and f.test = ${test} and f.subject > ${after ?? ''}
      order by f.subject limit ${chunk}) f`.execute(tx)
  return rows[0] ?? { leaves: null, last: null, count: 0 }
}
