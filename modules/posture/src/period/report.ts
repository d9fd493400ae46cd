import { createHash, hash } from 'node:crypto'
import { type Control, canonicalJson, type Instant, sharesOf, type Test, unseenDuring } from '@hevd/core'
import type { Tx } from '@hevd/postgres'
import { sql } from 'kysely'
import type { Engine } from '../engine.ts'
import { stateHistory } from '../store/control-states.ts'
import { titlesAt } from '../store/editions.ts'
import { judgingGaps } from '../store/judging.ts'
import {
  type ControlOver,
  type PeriodReport,
  type SignedReport,
  type TestOver,
  tableNames,
} from './contract.ts'
import type { PeriodRow } from './store.ts'
import { allRowsOf, editionTotals, occurrenceTotals, type RawRow, type Tabled, totalsOf } from './tables.ts'

/**
 * What the queries of a period need; `narrowed` to some tests and controls, or all. The transaction goes on without
 * compiled expressions: how many ranges there are is guessed far too high, and compiling would take longer than they do.
 */
export async function tabledOf(
  engine: Engine,
  tx: Tx,
  organisation: string,
  period: PeriodRow,
  narrowed: { readonly control?: string | undefined; readonly test?: string | undefined } = {},
): Promise<Tabled> {
  await sql`set local jit = off`.execute(tx)
  const now = engine.clock.now()
  const { from_at: from, until_at: until } = period
  const through = Math.max(from, Math.min(until, now))
  const controls = [...engine.catalogue.controls.values()].filter(
    ({ id, tests }) =>
      (narrowed.control === undefined || id === narrowed.control) &&
      (narrowed.test === undefined || tests.some((test) => test.id === narrowed.test)),
  )
  const tests = controls
    .flatMap((control) => control.tests)
    .filter(({ id }) => narrowed.test === undefined || id === narrowed.test)
  return {
    organisation,
    period: period.id,
    from,
    until,
    through,
    now,
    controls: controls.map(({ id }) => id),
    tests: tests.map(({ id }) => id),
    kinds: tests.map(({ population }) => population.kind),
    gaps: await judgingGaps(tx, organisation, { from, until: through, now, silentAfter: engine.silentAfter }),
  }
}

/**
 * The report of a period as it comes out now: per control and test, aggregated in the database, so that it costs this
 * process the same whatever the number of subjects. Its details are the tables (tables.ts).
 */
export async function reportOf(
  engine: Engine,
  tx: Tx,
  organisation: string,
  period: PeriodRow,
): Promise<PeriodReport> {
  const tabled = await tabledOf(engine, tx, organisation, period)
  const editions = await editionTotals(tx, tabled)
  const controls: ControlOver[] = []
  const titles = await titlesAt(tx, organisation, tabled.through)
  for (const control of engine.catalogue.controls.values()) {
    const { id, title } = control
    const called = { ...control, title: titles.get(id) ?? title }
    controls.push(await controlOver(tx, tabled, called, editions.get(id) ?? 0))
  }
  return {
    period: period.id,
    salt: period.salt,
    title: period.title,
    firstDay: period.first_day,
    lastDay: period.last_day,
    zone: period.zone,
    from: tabled.from,
    until: tabled.until,
    through: tabled.through,
    ledger: {
      start: await positionsAt(engine, tx, organisation, tabled.from),
      end: await positionsAt(engine, tx, organisation, tabled.through),
    },
    controls,
  }
}

async function positionsAt({ ledger }: Engine, tx: Tx, organisation: string, moment: Instant) {
  return {
    internal: await ledger.positionAt(tx, organisation, 'internal', moment),
    public: await ledger.positionAt(tx, organisation, 'public', moment),
  }
}

async function controlOver(
  tx: Tx,
  tabled: Tabled,
  { id, title, attested, tests }: Control,
  editions: number,
): Promise<ControlOver> {
  const { from, through, gaps } = tabled
  const told: TestOver[] = []
  for (const test of tests) told.push(await testOver(tx, tabled, test))
  const bands = await bandsOf(tx, tabled, id)
  const dark = gaps.map((gap) => ({ from: gap.from_at, until: gap.until_at ?? through }))
  const believed = unseenDuring(bands, dark)
  return {
    id,
    title,
    attested,
    bands: believed,
    shares: sharesOf(believed, { from, until: through }),
    tests: told,
    editions,
  }
}

async function bandsOf(tx: Tx, { organisation, from, through }: Tabled, control: string) {
  const history = await stateHistory(tx, organisation, control, from)
  return history.flatMap(({ from_at, until_at, state }) => {
    const band = { from: Math.max(from_at, from), until: Math.min(until_at ?? through, through), state }
    return band.from < band.until ? [band] : []
  })
}

async function testOver(tx: Tx, tabled: Tabled, { id, kind, population }: Test): Promise<TestOver> {
  const asked = { ...tabled, tests: [id] }
  const totals = await totalsOf(tx, asked)
  const states = await occurrenceTotals(tx, asked, tabled.until)
  const { ever, at_start: atStart, at_end: atEnd, holds, fails, unknown, deviations, unseen } = totals
  const { title, source, type, by, reconciledWith, includes } = population
  const where = String(includes)
  const occurred = (state: string) => states.get(state) ?? 0
  return {
    id,
    kind,
    population: {
      title,
      source,
      query: `${type}|${by}`,
      where: where === String(everyone) ? null : where,
      reconciledWith,
      atStart,
      joined: ever - atStart,
      ever,
      ended: ever - atEnd,
      atEnd,
    },
    time: { holds, fails, unknown },
    deviations,
    unseen,
    occurrences: {
      met: occurred('met'),
      late: occurred('late'),
      missed: occurred('missed'),
      'not-observed': occurred('not-observed'),
      overdue: occurred('overdue'),
      open: occurred('open'),
    },
  }
}

/** How a population without a condition is written (`each` and `sharing` of @hevd/core). */
const everyone = () => true

/** A row as its table's digest takes it: canonical JSON and a line feed. Names are left out, since a person's may be erased. */
export function hashedLine({ name: _shown, ...row }: RawRow): string {
  return `${canonicalJson(row)}\n`
}

/** The report with digests of all tables, and SHA-256, hex, of it in canonical JSON. */
export type Computed = { readonly report: SignedReport; readonly text: string; readonly digest: string }

/** Computes the whole report: the tables are read some rows at a time, and only their digests are held. */
export async function compute(
  engine: Engine,
  tx: Tx,
  organisation: string,
  period: PeriodRow,
): Promise<Computed> {
  const tabled = await tabledOf(engine, tx, organisation, period)
  const tables: SignedReport['tables'] = []
  for (const name of tableNames) {
    const sum = createHash('sha256')
    let rows = 0
    for await (const part of allRowsOf(tx, name, tabled)) {
      for (const row of part) sum.update(hashedLine(row))
      rows += part.length
    }
    tables.push({ name, rows, digest: sum.digest('hex') })
  }
  const report = { ...(await reportOf(engine, tx, organisation, period)), tables }
  const text = canonicalJson(report)
  return { report, text, digest: hash('sha256', text) }
}

/** What two computations of a report have otherwise: ids of controls, names of tables, and members of the report. */
export function differences(signed: SignedReport, now: SignedReport): string[] {
  const parts = ({ controls, tables, ...rest }: SignedReport) =>
    new Map<string, string>([
      ...Object.entries(rest).map(([name, value]) => [name, canonicalJson(value)] as const),
      ...controls.map((control) => [control.id, canonicalJson(control)] as const),
      ...tables.map((table) => [table.name, canonicalJson(table)] as const),
    ])
  const then = parts(signed)
  const today = parts(now)
  return [...new Set([...then.keys(), ...today.keys()])].filter((name) => then.get(name) !== today.get(name))
}
