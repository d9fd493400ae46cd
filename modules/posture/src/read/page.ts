import type { State } from '@hevd/core'
import { at, columns, type Tx } from '@hevd/postgres'
import { type RawBuilder, sql } from 'kysely'
import { silentRows, verdictNow } from '../store/counts.ts'
import { findingColumns } from '../store/findings.ts'
import type { FindingRow } from '../store/rows.ts'
import type { Standing } from './standing.ts'

/** Where a page begins: after this finding. */
export type After = { readonly subject: string; readonly test: string }

export type Wanted = {
  readonly tests: readonly string[]
  /** Kinds of the tests' subjects, in the same order. */
  readonly kinds: readonly string[]
  /** What the subject's name or id has in it, in lower case; empty for all. */
  readonly search: string
}

/**
 * Findings that are read in one state, by subject and test, from the one after `after`. Each stored verdict that can be
 * read as the state is a stream of its own, in index order, so that a page costs what it shows.
 */
export async function findingsInState(
  tx: Tx,
  organisation: string,
  wanted: Wanted,
  state: Exclude<State, 'excepted'>,
  standing: Standing,
  after: After | null,
  limit: number,
): Promise<FindingRow[]> {
  const { now, excepted, judgingSilentSince, silent } = standing
  const accepted = excepted.map(({ finding: { test, subject } }) => ({ test, subject }))
  const open =
    state !== 'fails' || accepted.length === 0
      ? sql``
      : sql`and not exists (select from ${columns(accepted, { test: 'text', subject: 'text' })} as e (test, subject)
          where e.test = f.test and e.subject = f.subject)`
  const heard = silent.length === 0 ? sql`` : sql`and not exists (select from silent s where s.id = f.rests)`
  const from = (verdict: string, more: RawBuilder<unknown>) => [
    stream(
      organisation,
      sql`f.verdict = ${sql.lit(verdict)} and (f.until is null or f.until > ${at(now)}) ${more}`,
      wanted,
      after,
      limit,
    ),
    stream(
      organisation,
      sql`f.until <= ${at(now)} and f.next_verdict = ${sql.lit(verdict)} ${more}`,
      wanted,
      after,
      limit,
    ),
  ]
  const streams =
    state === 'fails'
      ? from('fails', open)
      : state === 'holds'
        ? judgingSilentSince === null
          ? from('holds', heard)
          : []
        : judgingSilentSince === null
          ? [
              ...from('unknown', sql``),
              ...(silent.length === 0 ? [] : [silenced(organisation, wanted, standing, after)]),
            ]
          : [...from('unknown', sql``), ...from('holds', sql``)]
  if (streams.length === 0) return []
  const { rows } = await sql<FindingRow>`
    with silent as materialized (select * from ${silentRows(standing)} as s (id, since)),
    matched as materialized (${matchedSubjects(organisation, wanted)})
    select ${findingColumns} from (${sql.join(streams, sql` union all `)}) f
    order by f.subject, f.test limit ${limit}`.execute(tx)
  return rows
}

/** One index range per test, each no longer than the page. */
function stream(
  organisation: string,
  where: RawBuilder<unknown>,
  wanted: Wanted,
  after: After | null,
  limit: number,
): RawBuilder<unknown> {
  return sql`(select f.* from ${testRows(wanted)} as t (test, kind) cross join lateral (
    select f.* from posture.finding f
    where f.organisation = ${organisation} and f.test = t.test and ${where} ${narrowed(wanted, after)}
    order by f.subject limit ${limit}) f)`
}

/** What holds as stored and rests on something silent. */
function silenced(
  organisation: string,
  wanted: Wanted,
  { now }: Standing,
  after: After | null,
): RawBuilder<unknown> {
  return sql`(select f.* from silent s
    join posture.finding f on f.organisation = ${organisation} and f.rests = s.id
    join ${testRows(wanted)} as t (test, kind) on t.test = f.test
    where ${verdictNow(now)} = 'holds' ${narrowed(wanted, after)})`
}

function testRows({ tests, kinds }: Wanted): RawBuilder<unknown> {
  return columns(
    tests.map((test, index) => ({ test, kind: kinds[index] ?? '' })),
    { test: 'text', kind: 'text' },
  )
}

function narrowed({ search }: Wanted, after: After | null): RawBuilder<unknown> {
  const found = search === '' ? sql`` : sql`and (t.kind, f.subject) in (select kind, id from matched)`
  if (after === null) return found
  return sql`and f.subject >= ${after.subject} and (f.subject, f.test) > (${after.subject}, ${after.test}) ${found}`
}

/** `position` is not leakproof, so it is asked once of the subjects' names and not in the way of an index. */
export function matchedSubjects(organisation: string, { search }: Wanted): RawBuilder<unknown> {
  return sql`select kind, id from posture.subject
    where organisation = ${organisation} and ${search} <> '' and position(${search} in search) > 0`
}

/** For each test, its first finding in a state; tests without one are left out. */
export async function firstOfState(
  tx: Tx,
  organisation: string,
  tests: readonly string[],
  state: Exclude<State, 'holds'>,
  standing: Standing,
): Promise<ReadonlyMap<string, FindingRow>> {
  if (tests.length === 0) return new Map()
  if (state === 'excepted')
    return new Map(standing.excepted.map(({ finding }) => [finding.test, finding] as const).reverse())
  const first = new Map<string, FindingRow>()
  for (const test of tests) {
    const wanted = { tests: [test], kinds: [''], search: '' }
    const [row] = await findingsInState(tx, organisation, wanted, state, standing, null, 1)
    if (row !== undefined) first.set(test, row)
  }
  return first
}

/** How many findings of a search are read in each state. */
export async function searchedCounts(
  tx: Tx,
  organisation: string,
  wanted: Wanted,
  standing: Standing,
): Promise<Readonly<Record<State, number>>> {
  const accepted = standing.excepted.map(({ finding: { test, subject } }) => ({ test, subject }))
  const quiet = standing.judgingSilentSince === null ? sql`s.id is not null` : sql`true`
  const { rows } = await sql<{ state: State; count: number }>`
    with silent as materialized (select * from ${silentRows(standing)} as s (id, since)),
    matched as materialized (${matchedSubjects(organisation, wanted)}),
    accepted as materialized (
      select * from ${columns(accepted, { test: 'text', subject: 'text' })} as e (test, subject))
    select case
        when ${verdictNow(standing.now)} = 'fails' and e.test is not null then 'excepted'
        when ${verdictNow(standing.now)} = 'holds' and ${quiet} then 'unknown'
        else ${verdictNow(standing.now)} end as state,
      count(*) as count
    from matched m join ${testRows(wanted)} as t (test, kind) on t.kind = m.kind
    join posture.finding f on f.organisation = ${organisation} and f.test = t.test and f.subject = m.id
    left join silent s on s.id = f.rests
    left join accepted e on e.test = f.test and e.subject = f.subject
    group by 1`.execute(tx)
  const counts = { holds: 0, fails: 0, unknown: 0, excepted: 0 }
  for (const { state, count } of rows) counts[state] = count
  return counts
}
