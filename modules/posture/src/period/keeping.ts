import { randomUUID } from 'node:crypto'
import { type Instant, periodOf, plus, type Span } from '@hevd/core'
import { type Tx, uuidv7 } from '@hevd/postgres'
import type { Engine } from '../engine.ts'
import { erasedSince } from '../erasure/pseudonyms.ts'
import { PostureError } from '../errors.ts'
import { zoneOf } from '../store/organisation.ts'
import {
  type ComputedReport,
  type NewAnswer,
  type NewPeriod,
  type PeriodDetail,
  type PeriodView,
  periodReport,
  signedReport,
} from './contract.ts'
import { compute, differences, reportOf, tabledOf } from './report.ts'
import {
  answerers,
  insertAnswer,
  insertPeriod,
  insertSigning,
  type PeriodRow,
  periodById,
  periods,
  signedText,
} from './store.ts'
import { hasDeviation } from './tables.ts'

const longest = 'P3Y'

/** Makes a period of whole days in the organisation's zone as it is now. Returns its id; throws `period-not-valid`. */
export async function makePeriod(
  engine: Engine,
  tx: Tx,
  organisation: string,
  { title, firstDay, lastDay }: NewPeriod,
  by: string,
): Promise<string> {
  const now = engine.clock.now()
  const zone = await zoneOf(tx, organisation)
  const { from, until } = spanOf(firstDay, lastDay, zone)
  if (from > now || until > plus(from, longest, zone)) throw new PostureError('period-not-valid')
  const id = uuidv7(now)
  await insertPeriod(tx, organisation, {
    id,
    title,
    first_day: firstDay,
    last_day: lastDay,
    zone,
    from_at: from,
    until_at: until,
    salt: randomUUID(),
    made_by: by,
    made_at: now,
  })
  await engine.ledger.record(tx, organisation, 'period-made', { period: id, by, from, until })
  return id
}

function spanOf(firstDay: string, lastDay: string, zone: string): Span {
  try {
    return periodOf(firstDay, lastDay, zone)
  } catch {
    throw new PostureError('period-not-valid')
  }
}

export async function periodViews(engine: Engine, tx: Tx, organisation: string): Promise<PeriodView[]> {
  const now = engine.clock.now()
  return (await periods(tx, organisation)).map((row) => viewOf(row, now))
}

/** One period; throws `no-such-period`. */
export async function periodNamed(tx: Tx, organisation: string, id: string): Promise<PeriodRow> {
  const row = await periodById(tx, organisation, id)
  if (row === undefined) throw new PostureError('no-such-period')
  return row
}

/** A period with its report: as it was signed, else as it comes out now. */
export async function periodDetailOf(
  engine: Engine,
  tx: Tx,
  organisation: string,
  id: string,
): Promise<PeriodDetail> {
  const row = await periodNamed(tx, organisation, id)
  const signed = await signedText(tx, organisation, id)
  const report =
    signed === undefined
      ? await reportOf(engine, tx, organisation, row)
      : periodReport.parse(JSON.parse(signed))
  return { period: viewOf(row, engine.clock.now()), report }
}

/** Computes the whole report now, and compares it with the one that was signed. */
export async function computedOf(
  engine: Engine,
  tx: Tx,
  organisation: string,
  id: string,
): Promise<ComputedReport> {
  const row = await periodNamed(tx, organisation, id)
  const { digest, report } = await compute(engine, tx, organisation, row)
  const signed = await signedText(tx, organisation, id)
  if (signed === undefined || row.signed_at === null) return { digest, same: null, differing: [], erased: 0 }
  return {
    digest,
    erased: await erasedSince(tx, organisation, row.signed_at),
    same: digest === row.digest,
    differing: differences(signedReport.parse(JSON.parse(signed)), report),
  }
}

/**
 * Keeps management's answer to a control or to one of its deviations. Throws `no-such-period`, `period-signed`,
 * `no-such-control` or `no-such-deviation`.
 */
export async function answer(
  engine: Engine,
  tx: Tx,
  organisation: string,
  period: string,
  { control, deviation, text }: NewAnswer,
  by: string,
): Promise<void> {
  const row = await unsigned(tx, organisation, period)
  const tests = engine.catalogue.controls.get(control)?.tests
  if (tests === undefined) throw new PostureError('no-such-control')
  if (deviation !== null) {
    const asked = await tabledOf(engine, tx, organisation, row, { test: deviation.test })
    const known = tests.some(({ id }) => id === deviation.test)
    if (!known || !(await hasDeviation(tx, asked, deviation))) throw new PostureError('no-such-deviation')
  }
  const now = engine.clock.now()
  const id = uuidv7(now)
  await insertAnswer(tx, organisation, period, {
    id,
    control,
    test: deviation?.test ?? null,
    subject: deviation?.subject ?? null,
    deviation_from: deviation?.from ?? null,
    text,
    by,
    at: now,
  })
  await engine.ledger.record(tx, organisation, 'period-answered', { period, answer: id, control, by })
}

/**
 * Signs a period that is over: the report is frozen as it comes out now, and its digest stands in the internal log. Who has
 * answered signs only as the one administrator there is. Throws `no-such-period`, `period-signed`, `period-not-over`,
 * `own-answer`, or `report-changed` where it is not the one with the digest that the signer saw.
 */
export async function sign(
  engine: Engine,
  tx: Tx,
  organisation: string,
  period: string,
  seen: string,
  by: string,
  administrators: readonly string[],
): Promise<void> {
  const row = await unsigned(tx, organisation, period)
  const now = engine.clock.now()
  if (row.until_at > now) throw new PostureError('period-not-over')
  const answered = (await answerers(tx, organisation, period)).includes(by)
  if (answered && administrators.some((one) => one !== by)) throw new PostureError('own-answer')
  const { text, digest } = await compute(engine, tx, organisation, row)
  if (digest !== seen) throw new PostureError('report-changed')
  await insertSigning(tx, organisation, period, { by, at: now, single: answered, digest, report: text })
  await engine.ledger.record(tx, organisation, 'period-signed', { period, by, single: answered, digest })
}

/** A period that nobody has signed. Those who answer and sign are serializable, so that no answer slips in beside a signing. */
async function unsigned(tx: Tx, organisation: string, id: string): Promise<PeriodRow> {
  const row = await periodNamed(tx, organisation, id)
  if (row.digest !== null) throw new PostureError('period-signed')
  return row
}

function viewOf(row: PeriodRow, now: Instant): PeriodView {
  const { signed_by: by, signed_at: at, single, digest } = row
  const signing =
    by === null || at === null || digest === null ? null : { by, at, single: single ?? false, digest }
  return {
    id: row.id,
    title: row.title,
    firstDay: row.first_day,
    lastDay: row.last_day,
    zone: row.zone,
    from: row.from_at,
    until: row.until_at,
    madeBy: row.made_by,
    madeAt: row.made_at,
    state: signing !== null ? 'signed' : row.until_at > now ? 'running' : 'over',
    signing,
  }
}
