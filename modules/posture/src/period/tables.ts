import type { Instant } from '@hevd/core'
import { silentSpans } from '@hevd/feeds'
import { at, columns, type Tx } from '@hevd/postgres'
import { type RawBuilder, sql } from 'kysely'
import type { TableName } from './contract.ts'
import { type Asked, type Bounds, deviations, inMilliseconds, pieces, versions, within } from './versions.ts'
import { type Judged, nextBounds } from './windows.ts'

/** What the tables of a period are made of. */
export type Tabled = Asked & {
  readonly period: string
  /** The period's end, which occurrences may lie before though it is not reached. */
  readonly until: Instant
  readonly controls: readonly string[]
  /** Kinds of the tests' subjects, in the order of `tests`. */
  readonly kinds: readonly string[]
}

/** One row as it is stored and hashed: text, numbers, and reasons in canonical JSON. */
export type RawRow = { readonly [column: string]: string | number | boolean | null }
/** A place in a table: rows are in this order and no two have the same. */
export type Place = { readonly a: string; readonly b: string; readonly moment: Instant; readonly c: string }
export type Part = { readonly rows: readonly RawRow[]; readonly last: Place | null }

/**
 * Up to `limit` rows of a table after a place, with the place of the last where there are perhaps more. A table that is
 * told subject by subject is read some subjects at a time, so that a page costs what it shows.
 */
export async function rowsOf(
  tx: Tx,
  name: TableName,
  tabled: Tabled,
  after: Place | null,
  limit: number,
): Promise<Part> {
  const judged = bySubject[name]
  const rows: Row[] = []
  if (judged === undefined) rows.push(...(await selected(tx, tables[name](tabled, null), after, limit)))
  let from = after === null ? null : { test: after.a, subject: after.b, again: true }
  let size = limit
  while (judged !== undefined && rows.length < limit) {
    const bounds = await nextBounds(tx, tabled, judged, from, size)
    if (bounds === null) break
    rows.push(...(await selected(tx, tables[name](tabled, bounds), after, limit - rows.length)))
    from = { test: bounds.test, subject: bounds.last, again: false }
    size = Math.min(size * 2, subjectsAtOnce)
  }
  const last = rows.length < limit ? undefined : rows.at(-1)
  return { rows: rows.map(shownOf), last: last === undefined ? null : placeOf(last) }
}

/** All rows of a table in order, those of some subjects at a time. */
export async function* allRowsOf(tx: Tx, name: TableName, tabled: Tabled): AsyncGenerator<RawRow[]> {
  const judged = bySubject[name]
  if (judged === undefined) yield (await selected(tx, tables[name](tabled, null), null, null)).map(shownOf)
  let bounds = judged && (await nextBounds(tx, tabled, judged, null, subjectsAtOnce))
  while (judged !== undefined && bounds !== undefined && bounds !== null) {
    yield (await selected(tx, tables[name](tabled, bounds), null, null)).map(shownOf)
    const from = { test: bounds.test, subject: bounds.last, again: false }
    bounds = await nextBounds(tx, tabled, judged, from, subjectsAtOnce)
  }
}

/** Subjects whose rows are held at once. */
const subjectsAtOnce = 5000

/** Tables that are told subject by subject, and which subjects have rows there. */
const bySubject: { readonly [N in TableName]?: Judged } = {
  population: 'spoken-of',
  deviations: 'failing',
  unseen: 'spoken-of',
  occurrences: 'due',
}

type Row = RawRow & {
  readonly key_a: string
  readonly key_b: string
  readonly key_at: Instant
  readonly key_c: string
}
const shownOf = ({ key_a, key_b, key_at, key_c, ...row }: Row): RawRow => row
const placeOf = (row: Row): Place => ({ a: row.key_a, b: row.key_b, moment: row.key_at, c: row.key_c })

async function selected(tx: Tx, { ctes, query }: Made, after: Place | null, limit: number | null) {
  const rest =
    after === null
      ? sql``
      : sql`where (key_a, key_b, key_at, key_c) > (${after.a}, ${after.b}, ${at(after.moment)}, ${after.c})`
  const { rows } = await sql<Row>`
    ${ctes} select * from (${query}) q ${rest} order by key_a, key_b, key_at, key_c limit ${limit}`.execute(
    tx,
  )
  return rows
}

/** How many rows a table has. */
export async function countOf(tx: Tx, name: TableName, tabled: Tabled): Promise<number> {
  const { ctes, query } = counted[name]?.(tabled) ?? tables[name](tabled, null)
  const { rows } = await sql<{ count: number }>`${ctes} select count(*) as count from (${query}) q`.execute(
    tx,
  )
  return rows[0]?.count ?? 0
}

/** Where rows are counted from less than they are told from. */
const counted: { readonly [N in TableName]?: (tabled: Tabled) => Made } = {
  population: (tabled) => ({
    ctes: sql`with ${versions(tabled)}`,
    query: sql`select distinct test, subject from version`,
  }),
  deviations: (tabled) => ({
    ctes: sql`with ${versions(tabled)}, ${deviations(tabled)}`,
    query: sql`select from deviation`,
  }),
  unseen: (tabled) => ({
    ctes: sql`with ${versions(tabled)}, ${pieces(tabled)}`,
    query: sql`select from piece where verdict = 'unknown'`,
  }),
}

type Made = { readonly ctes: RawBuilder<unknown>; readonly query: RawBuilder<unknown> }

const lasted = (from: string, until: string) =>
  sql`floor(extract(epoch from ${sql.raw(until)} - ${sql.raw(from)}) * 1000)::bigint`

/**
 * Names of subjects are shown and not hashed, since a person's may be erased. `offset 0` keeps them looked up one by one:
 * how many ranges there are is guessed far too high, and all names would be read for a page.
 */
function named({ organisation, tests, kinds }: Tabled): RawBuilder<unknown> {
  const rows = tests.map((test, index) => ({ test, kind: kinds[index] ?? '' }))
  return sql`left join ${columns(rows, { test: 'text', kind: 'text' })} as k (test, kind) on k.test = d.test
    left join lateral (
      select name from posture.subject
      where organisation = ${organisation} and kind = k.kind and id = d.subject offset 0) n on true`
}

const tables: { readonly [N in TableName]: (tabled: Tabled, bounds: Bounds | null) => Made } = {
  population: (tabled, bounds) => ({
    ctes: sql`with ${versions(tabled, bounds)}, ${pieces(tabled)},
      d as (select test, subject, min(from_at) as first, max(until_at) as last from version group by test, subject),
      time as (
        select test, subject, ${spent('holds')} as holds, ${spent('fails')} as fails, ${spent('unknown')} as unknown
        from piece group by test, subject)`,
    query: sql`
      select d.test as key_a, d.subject as key_b, '-infinity'::timestamptz as key_at, '' as key_c,
        d.test, d.subject, n.name, case when d.first > ${at(tabled.from)} then d.first end as joined,
        case when d.last < ${at(tabled.through)} then d.last end as ended, t.holds, t.fails, t.unknown
      from d join time t on t.test = d.test and t.subject = d.subject ${named(tabled)}`,
  }),
  deviations: (tabled, bounds) => ({
    ctes: sql`with ${versions(tabled, bounds)}, ${deviations(tabled)}`,
    query: sql`
      select d.test as key_a, d.subject as key_b, d.from_at as key_at, d.code as key_c,
        d.test, d.subject, n.name, d.why, d.since, d.from_at as "from", d.until_at as until,
        floor(extract(epoch from coalesce(d.until_at, ${at(tabled.through)}) - d.from_at) * 1000)::bigint as lasted,
        x.exception, coalesce(x.excepted, 0) as excepted, d.begun, a.text as answer
      from deviation d ${named(tabled)}
      left join posture.edition v on v.organisation = ${tabled.organisation}
        and v.control = split_part(d.test, '/', 1) and v.number = d.edition
      left join lateral (${covering(tabled)}) x on true
      left join lateral (
        select p.text from posture.period_answer p
        where p.organisation = ${tabled.organisation} and p.period = ${tabled.period} and p.test = d.test
          and p.subject = d.subject and p.deviation_from = d.from_at
        order by p.at desc, p.id desc limit 1) a on true`,
  }),
  unseen: (tabled, bounds) => ({
    ctes: sql`with ${versions(tabled, bounds)}, ${pieces(tabled)}`,
    query: sql`
      select d.test as key_a, d.subject as key_b, d.from_at as key_at, '' as key_c,
        d.test, d.subject, n.name, d.why, d.from_at as "from", d.until_at as until,
        ${lasted('d.from_at', 'd.until_at')} as lasted
      from piece d ${named(tabled)} where d.verdict = 'unknown'`,
  }),
  silences: ({ organisation, from, through, now }) => ({
    ctes: sql``,
    query: sql`
      select s.feed as key_a, '' as key_b, s.from_at as key_at, '' as key_c,
        s.feed as source, s.from_at as "from", case when s.until_at <= ${at(through)} then s.until_at end as until,
        floor(extract(epoch from least(coalesce(s.until_at, 'infinity'), ${at(through)})
          - greatest(s.from_at, ${at(from)})) * 1000)::bigint as lasted
      from (${silentSpans(organisation, now)}) s
      where s.from_at < ${at(through)} and coalesce(s.until_at, 'infinity') > ${at(from)}`,
  }),
  judging: ({ gaps, from, through }) => ({
    ctes: sql``,
    query: sql`
      select kind as key_a, '' as key_b, from_at as key_at, '' as key_c, kind as what, from_at as "from",
        case when until_at <= ${at(through)} then until_at end as until,
        floor(extract(epoch from least(coalesce(until_at, 'infinity'), ${at(through)})
          - greatest(from_at, ${at(from)})) * 1000)::bigint as lasted
      from ${columns(gaps, { kind: 'text', from_at: 'timestamptz', until_at: 'timestamptz' })}
        as g (kind, from_at, until_at)`,
  }),
  occurrences: (tabled, bounds) => ({
    ctes: sql``,
    query: sql`
      select d.test as key_a, d.subject as key_b, d.due_at as key_at, '' as key_c,
        d.test, d.subject, n.name, d.due_at as due, d.state, d.discharged_at as discharged, d.recorded_at as recorded
      from (
        select * from posture.occurrence
        where ${within(tabled, bounds)} and due_at >= ${at(tabled.from)} and due_at < ${at(tabled.until)}) d
      ${named(tabled)}`,
  }),
  editions: ({ organisation, controls, from, through }) => ({
    ctes: sql``,
    query: sql`
      select control as key_a, '' as key_b, made_at as key_at, number::text as key_c,
        control, number, made_at as "from", case when superseded_at < ${at(through)} then superseded_at end as until,
        approved_by, policy_digest, tests_digest, parameters::text as parameters
      from posture.edition
      where organisation = ${organisation} and control = any(${controls}::text[]) and made_at < ${at(through)}
        and (superseded_at is null or superseded_at > ${at(from)})`,
  }),
  exceptions: (tabled) => ({
    ctes: sql``,
    query: sql`
      select d.test as key_a, d.subject as key_b, d.approved_at as key_at, d.id::text as key_c,
        d.test, d.subject, n.name, d.why, d.reason, d.approved_at as "from",
        least(d.until, coalesce(d.withdrawn_at, 'infinity')) as until, d.requested_by::text, d.approved_by::text,
        d.requested_by = d.approved_by as single
      from posture.exception d ${named(tabled)}
      where d.organisation = ${tabled.organisation} and d.test = any(${tabled.tests}::text[])
        and d.approved_at < ${at(tabled.through)}
        and least(d.until, coalesce(d.withdrawn_at, 'infinity')) > greatest(d.approved_at, ${at(tabled.from)})`,
  }),
  answers: (tabled) => ({
    ctes: sql`with newest as (
      select distinct on (control, test, subject, deviation_from) control, test, subject, deviation_from, text, by, at, id
      from posture.period_answer
      where organisation = ${tabled.organisation} and period = ${tabled.period}
        and control = any(${tabled.controls}::text[])
      order by control, test, subject, deviation_from, at desc, id desc)`,
    query: sql`
      select d.control as key_a, coalesce(d.subject, '') as key_b, d.at as key_at, d.id::text as key_c,
        d.control, d.test, d.subject, n.name, d.deviation_from as deviation, d.text, d.by::text as by, d.at
      from newest d ${named(tabled)}`,
  }),
}

function spent(verdict: string): RawBuilder<number> {
  return sql<number>`floor(extract(epoch from
    coalesce(sum(until_at - from_at) filter (where verdict = ${sql.lit(verdict)}), interval '0')) * 1000)::bigint`
}

/** Of a deviation `d` judged by edition `v`: the first exception that covered it, and for how long any did. */
function covering({ organisation, through }: Tabled): RawBuilder<unknown> {
  return sql`
    select min(c.id::text) as exception, (
        select floor(extract(epoch from sum(upper(r) - lower(r))) * 1000)::bigint
        from unnest(range_agg(c.during)) r) as excepted
    from (
      select e.id, tstzrange(greatest(e.approved_at, d.from_at), greatest(e.approved_at, d.from_at,
        least(e.until, coalesce(e.withdrawn_at, 'infinity'), coalesce(d.until_at, ${at(through)})))) as during
      from posture.exception e
      where e.organisation = ${organisation} and e.test = d.test and e.subject = d.subject
        and e.reason_code = d.code and e.parameters_digest = v.parameters_digest and e.approved_at is not null) c
    where not isempty(c.during)`
}

/** How long each verdict was said of all subjects of a test, and how many rows its tables have. */
export type TestTotals = {
  readonly ever: number
  readonly at_start: number
  readonly at_end: number
  readonly holds: number
  readonly fails: number
  readonly unknown: number
  readonly deviations: number
  readonly unseen: number
}

/** Totals of one test, in one statement that gives one row however many subjects there are. */
export async function totalsOf(tx: Tx, asked: Asked): Promise<TestTotals> {
  const { rows } = await sql<TestTotals>`
    with ${versions(asked)}, ${pieces(asked)}, ${deviations(asked)},
    member as (select subject, min(from_at) as first, max(until_at) as last from version group by subject)
    select m.*, t.*, (select count(*) from deviation) as deviations
    from (
      select count(*) as ever, count(*) filter (where first <= ${at(asked.from)}) as at_start,
        count(*) filter (where last >= ${at(asked.through)}) as at_end from member) m,
      (select ${spent('holds')} as holds, ${spent('fails')} as fails, ${spent('unknown')} as unknown,
        count(*) filter (where verdict = 'unknown') as unseen from piece) t`.execute(tx)
  const [row] = rows
  if (row === undefined) throw new Error('An aggregate gave no row')
  return row
}

/** Occurrences of a test that fell due in the period, by state. */
export async function occurrenceTotals(
  tx: Tx,
  { organisation, tests, from }: Asked,
  until: Instant,
): Promise<ReadonlyMap<string, number>> {
  const { rows } = await sql<{ state: string; count: number }>`
    select state, count(*) as count from posture.occurrence
    where organisation = ${organisation} and test = any(${tests}::text[]) and due_at >= ${at(from)}
      and due_at < ${at(until)} group by state`.execute(tx)
  return new Map(rows.map(({ state, count }) => [state, count]))
}

/** How many editions of each control were in force. */
export async function editionTotals(tx: Tx, asked: Asked): Promise<ReadonlyMap<string, number>> {
  const { rows } = await sql<{ control: string; count: number }>`
    select control, count(*) as count from posture.edition
    where organisation = ${asked.organisation} and made_at < ${at(asked.through)}
      and (superseded_at is null or superseded_at > ${at(asked.from)}) group by control`.execute(tx)
  return new Map(rows.map(({ control, count }) => [control, count]))
}

/** Whether a test failed for a subject from this moment of the period on. */
export async function hasDeviation(
  tx: Tx,
  asked: Asked,
  deviation: { readonly test: string; readonly subject: string; readonly from: Instant },
): Promise<boolean> {
  const { test, subject } = deviation
  const { rows } = await sql`
    with ${versions(asked, { test, first: subject, last: subject })}, ${deviations(asked)}
    select from deviation
    where test = ${deviation.test} and subject = ${deviation.subject}
      and ${inMilliseconds(sql`from_at`)} = ${deviation.from}`.execute(tx)
  return rows.length > 0
}
