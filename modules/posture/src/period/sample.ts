import { hash } from 'node:crypto'
import { sampledText } from '@hevd/core'
import { at, columns, type Tx } from '@hevd/postgres'
import { sql } from 'kysely'
import type { Engine } from '../engine.ts'
import { PostureError } from '../errors.ts'
import { wordsFor } from '../read/words.ts'
import { judgementOf } from '../store/rows.ts'
import { namesOf } from '../store/subjects.ts'
import type { SampleQuery, SampleView } from './contract.ts'
import { periodNamed } from './keeping.ts'
import { tabledOf } from './report.ts'
import { drawnSamples, insertDrawn, type PeriodRow } from './store.ts'
import { type Asked, versions } from './versions.ts'

/** What was said of a subject in the period, uncut; null is until now. */
type SaidRow = {
  readonly subject: string
  readonly verdict: 'holds' | 'fails' | 'unknown'
  readonly why: string | null
  readonly from_at: number
  readonly until_at: number
}
type OccurrenceRow = {
  readonly subject: string
  readonly due_at: number
  readonly state: string
  readonly discharged_at: number | null
  readonly recorded_at: number | null
}

/**
 * Keeps that somebody draws a sample, with an entry in the internal log; one that was drawn before is left as it is.
 * Throws `no-such-test` or `no-such-period`.
 */
export async function drawSample(
  engine: Engine,
  tx: Tx,
  organisation: string,
  period: string,
  { test, seed, size }: SampleQuery,
  by: string,
): Promise<void> {
  await periodNamed(tx, organisation, period)
  if (!engine.catalogue.tests.has(test)) throw new PostureError('no-such-test')
  const at = engine.clock.now()
  if (!(await insertDrawn(tx, organisation, period, { test, seed, size, by, at }))) return
  await engine.ledger.record(tx, organisation, 'sample-drawn', { period, test, seed, size, by })
}

/** A sample that was drawn. Throws `no-such-sample` where nobody has. */
export async function drawnSampleOf(
  engine: Engine,
  tx: Tx,
  organisation: string,
  period: PeriodRow,
  query: SampleQuery,
): Promise<SampleView> {
  const drawn = await drawnSamples(tx, organisation, period.id)
  const same = ({ test, seed, size }: SampleQuery) =>
    test === query.test && seed === query.seed && size === query.size
  if (!drawn.some(same)) throw new PostureError('no-such-sample')
  return sampleOf(engine, tx, organisation, period, query)
}

/**
 * Draws subjects of a test's population at random: those that belonged to it at any time in the period, by `sampledText`
 * of core. The same seed draws the same ones from the same list, on any machine. Throws `no-such-test`.
 */
export async function sampleOf(
  engine: Engine,
  tx: Tx,
  organisation: string,
  period: PeriodRow,
  { test: id, seed, size }: SampleQuery,
): Promise<SampleView> {
  const test = engine.catalogue.tests.get(id)
  if (test === undefined) throw new PostureError('no-such-test')
  const asked = await tabledOf(engine, tx, organisation, period, { test: id })
  const { drawn, of } = await draw(tx, asked, seed, size)
  const said = await saidOf(tx, asked, drawn)
  const due = await dueOf(tx, asked, period.until_at, drawn)
  const { kind } = test.population
  const names = await namesOf(
    tx,
    organisation,
    drawn.map((subject) => ({ kind, id: subject })),
  )
  const reasons = said.map(({ verdict, why }) => judgementOf(verdict, why).why)
  const words = await wordsFor(engine, tx, organisation, reasons)
  return {
    test: id,
    seed,
    of,
    subjects: drawn.map((subject) => ({
      id: subject,
      name: names.get(`${kind} ${subject}`) ?? subject,
      rank: hash('sha256', sampledText(seed, subject)),
      versions: said
        .filter((version) => version.subject === subject)
        .map(({ verdict, why, from_at: from, until_at: until }) => ({
          verdict,
          why: words.orNull(id, judgementOf(verdict, why).why),
          from,
          until: until > asked.through ? null : until,
          at: Math.max(from, asked.from),
        })),
      occurrences: due
        .filter((occurrence) => occurrence.subject === subject)
        .map(({ due_at: dueAt, state, discharged_at: dischargedAt, recorded_at: recordedAt }) => ({
          dueAt,
          state,
          dischargedAt,
          recordedAt,
        })),
    })),
  }
}

async function draw(
  tx: Tx,
  asked: Asked,
  seed: string,
  size: number,
): Promise<{ readonly drawn: string[]; readonly of: number }> {
  const { rows } = await sql<{ subject: string; count: number }>`
    with ${versions(asked)}, member as (select distinct subject from version)
    select subject, count(*) over () as count from member
    order by sha256(convert_to(${sampledText(seed, '')} || subject, 'UTF8')), subject limit ${size}`.execute(
    tx,
  )
  return { drawn: rows.map(({ subject }) => subject), of: rows[0]?.count ?? 0 }
}

/** At most 200 versions of each. */
async function saidOf(tx: Tx, asked: Asked, subjects: readonly string[]): Promise<SaidRow[]> {
  if (subjects.length === 0) return []
  const { rows } = await sql<SaidRow>`
    with ${versions(asked)}
    select v.subject, v.verdict, v.why, v.from_at, v.until_at
    from ${columns(wanted(subjects), { subject: 'text' })} as w (subject)
    cross join lateral (
      select * from version where version.subject = w.subject order by from_at limit 200) v
    order by v.subject, v.from_at`.execute(tx)
  return rows
}

async function dueOf(
  tx: Tx,
  { organisation, tests, from }: Asked,
  until: number,
  subjects: readonly string[],
): Promise<OccurrenceRow[]> {
  if (subjects.length === 0) return []
  const { rows } = await sql<OccurrenceRow>`
    select o.subject, o.due_at, o.state, o.discharged_at, o.recorded_at
    from ${columns(wanted(subjects), { subject: 'text' })} as w (subject)
    join posture.occurrence o on o.organisation = ${organisation} and o.test = any(${tests}::text[])
      and o.subject = w.subject
    where o.due_at >= ${at(from)} and o.due_at < ${at(until)} order by o.subject, o.due_at`.execute(tx)
  return rows
}

const wanted = (subjects: readonly string[]) => subjects.map((subject) => ({ subject }))
