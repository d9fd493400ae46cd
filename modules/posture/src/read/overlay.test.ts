import { asRead, type Finding, fallDue, type Judgement, type State, settle } from '@hevd/core'
import { columns } from '@hevd/postgres'
import fc from 'fast-check'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { feedSet } from '../domain/feed-set.ts'
import { findingLeafHash } from '../domain/leaf.ts'
import { tallies } from '../store/counts.ts'
import { moveDue } from '../store/due.ts'
import { internFeedSets } from '../store/feed-sets.ts'
import { findingLeafSql } from '../store/finding-leaf.ts'
import { findingColumns, writeFindings } from '../store/findings.ts'
import { type FindingRow, findingOf } from '../store/rows.ts'
import { TallyChange } from '../store/tally.ts'
import { catalogueOf, updated } from '../testdata/catalogue.ts'
import { type Ground, ground, type World, world } from '../testdata/world.ts'
import { findingsInState, searchedCounts } from './page.ts'
import { type Standing, shown } from './standing.ts'

let on: Ground
let here: World
const heard = feedSet(['h1/all'], [])
const silent = feedSet(['h2/all'], [])
const now = Date.UTC(2026, 5, 1, 12)
const before = now - 1_000_000

beforeAll(async () => {
  on = await ground()
})
afterAll(() => on.end())

const judgement: fc.Arbitrary<Judgement> = fc.constantFrom<Judgement>(
  { verdict: 'holds', why: null },
  { verdict: 'fails', why: { code: 'late', params: {} } },
  { verdict: 'fails', why: { code: 'other', params: { n: 1 } } },
  { verdict: 'unknown', why: { code: 'puzzled', params: {} } },
)
const made = fc.record({
  first: judgement,
  said: judgement,
  next: fc.option(judgement, { nil: null }),
  until: fc.constantFrom(now - 500, now, now + 500),
  onSilent: fc.boolean(),
})

function rowOf(
  index: number,
  given: { first: Judgement; said: Judgement; next: Judgement | null; until: number; onSilent: boolean },
): FindingRow {
  const until = given.next === null ? null : given.until
  const first = settle(null, { now: given.first, until: null, next: null }, before)
  const finding: Finding = settle(first, { now: given.said, until, next: given.next }, before + 1000)
  const later = until === null ? null : fallDue(finding, until)
  const text = (why: Finding['why']) => (why === null ? null : JSON.stringify(why))
  return {
    test: updated.id,
    subject: `s${String(index).padStart(3, '0')}`,
    verdict: finding.verdict,
    why: text(finding.why),
    flaps: null,
    judged_at: null,
    said_at: before,
    since: finding.since,
    failing_since: finding.failingSince,
    seen_at: finding.seenAt,
    until,
    next_verdict: later?.verdict ?? null,
    next_why: text(later?.why ?? null),
    rests: given.onSilent ? silent.id : heard.id,
    edition: 1,
    inputs: Buffer.alloc(32),
    batch: '00000000-0000-4000-8000-000000000000',
    salt: '00000000-0000-4000-8000-000000000001',
  }
}

async function stored(rows: readonly FindingRow[]): Promise<void> {
  here = await world(on, catalogueOf([updated]))
  await here.inside(async (tx) => {
    await internFeedSets(tx, here.organisation, [heard, silent])
    await writeFindings(tx, here.organisation, rows)
    const tally = new TallyChange()
    for (const { test: of, verdict } of rows) tally.add(of, verdict, 1)
    await tally.write(tx, here.organisation)
    await sql`
      insert into posture.subject (organisation, kind, id, name, search)
      select ${here.organisation}::uuid, 'host', id, id, id
      from ${columns(
        rows.map(({ subject: id }) => ({ id })),
        { id: 'text' },
      )} as s (id)`.execute(tx)
  })
}

const reading = (judgingSilentSince: number | null): Standing => {
  const silentSince = ({ rests }: Pick<FindingRow, 'rests'>) =>
    rests === silent.id ? before + 5000 : judgingSilentSince
  return {
    now,
    judging: undefined,
    judgingSilentSince,
    silent: [{ id: silent.id, since: before + 5000 }],
    excepted: [],
    inapplicable: new Map(),
    applies: () => true,
    silentSince,
  }
}

test('what SQL counts and pages, with time and silence, is what core reads', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(made, { minLength: 1, maxLength: 40 }),
      fc.constantFrom(null, before + 7000),
      async (given, judgingSilentSince) => {
        const rows = given.map((one, index) => rowOf(index, one))
        await stored(rows)
        const standing = reading(judgingSilentSince)
        const wanted = { tests: [updated.id], kinds: ['host'], search: '' }
        for (const row of rows)
          expect(shown(row, standing)).toEqual(asRead(findingOf(row), standing.silentSince(row), now))
        const read = Map.groupBy(rows, (row): State => shown(row, standing).verdict)
        await here.inside(async (tx) => {
          const counts = (await tallies(tx, here.organisation, wanted.tests, standing)).get(updated.id)
          const searched = await searchedCounts(tx, here.organisation, { ...wanted, search: 's' }, standing)
          for (const state of ['holds', 'fails', 'unknown'] as const) {
            const subjects = (read.get(state) ?? []).map(({ subject }) => subject)
            expect(counts?.[state]).toBe(subjects.length)
            expect(searched[state]).toBe(subjects.length)
            const page = await findingsInState(tx, here.organisation, wanted, state, standing, null, 100)
            expect(page.map(({ subject }) => subject)).toEqual(subjects)
          }
        })
      },
    ),
    { numRuns: 12 },
  )
})

test('falling due in one statement is what core says of each, and the leaves are the same bytes', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(made, { minLength: 1, maxLength: 40 }), async (given) => {
      const rows = given.map((one, index) => rowOf(index, one))
      await stored(rows)
      await here.inside(async (tx) => {
        const batch = '00000000-0000-4000-8000-000000000009'
        const { moved, leaves } = await moveDue(tx, here.organisation, [updated.id], batch, now, 1000)
        const after = await sql<FindingRow & { leaf: Buffer }>`
          select ${findingColumns}, ${findingLeafSql('f')} as leaf from posture.finding f
          where organisation = ${here.organisation} order by subject`.execute(tx)
        expect(moved.reduce((sum, { count }) => sum + count, 0)).toBe(
          rows.filter(({ until }) => until !== null && until <= now).length,
        )
        expect(after.rows.map(findingOf)).toEqual(rows.map((row) => fallDue(findingOf(row), now)))
        for (const row of after.rows) expect(row.leaf).toEqual(Buffer.from(findingLeafHash(row)))
        const changed = after.rows.filter((row) => row.batch === batch)
        expect(leaves).toEqual(Buffer.concat(changed.map(({ leaf }) => leaf)))
      })
    }),
    { numRuns: 12 },
  )
})
