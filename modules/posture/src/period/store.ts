import type { CalendarDate, Instant, TimeZone } from '@hevd/core'
import { at, type Tx } from '@hevd/postgres'
import { sql } from 'kysely'

/** A period with its signing, where it has one. */
export type PeriodRow = {
  readonly id: string
  readonly title: string
  readonly first_day: CalendarDate
  readonly last_day: CalendarDate
  readonly zone: TimeZone
  readonly from_at: Instant
  readonly until_at: Instant
  readonly salt: string
  readonly made_by: string
  readonly made_at: Instant
  readonly signed_by: string | null
  readonly signed_at: Instant | null
  readonly single: boolean | null
  readonly digest: string | null
}

const periodRow = sql`
  select p.id, p.title, p.first_day, p.last_day, p.zone, p.from_at, p.until_at, p.salt, p.made_by, p.made_at,
    s.signed_by, s.signed_at, s.single, s.digest
  from posture.period p
  left join posture.period_signing s on s.organisation = p.organisation and s.period = p.id`

/** The newest 500, last ended first. */
export async function periods(tx: Tx, organisation: string): Promise<PeriodRow[]> {
  const { rows } = await sql<PeriodRow>`
    ${periodRow} where p.organisation = ${organisation}
    order by p.until_at desc, p.made_at desc, p.id limit 500`.execute(tx)
  return rows
}

export async function periodById(tx: Tx, organisation: string, id: string): Promise<PeriodRow | undefined> {
  const { rows } = await sql<PeriodRow>`
    ${periodRow} where p.organisation = ${organisation} and p.id = ${id}`.execute(tx)
  return rows[0]
}

export async function insertPeriod(
  tx: Tx,
  organisation: string,
  row: Omit<PeriodRow, 'signed_by' | 'signed_at' | 'single' | 'digest'>,
): Promise<void> {
  await sql`
    insert into posture.period (organisation, id, title, first_day, last_day, zone, from_at, until_at, salt, made_by,
      made_at)
    values (${organisation}, ${row.id}, ${row.title}, ${row.first_day}, ${row.last_day}, ${row.zone},
      ${at(row.from_at)}, ${at(row.until_at)}, ${row.salt}, ${row.made_by}, ${at(row.made_at)})`.execute(tx)
}

export type AnswerRow = {
  readonly id: string
  readonly control: string
  readonly test: string | null
  readonly subject: string | null
  readonly deviation_from: Instant | null
  readonly text: string
  readonly by: string
  readonly at: Instant
}

export async function insertAnswer(
  tx: Tx,
  organisation: string,
  period: string,
  row: AnswerRow,
): Promise<void> {
  const from = row.deviation_from === null ? null : at(row.deviation_from)
  await sql`
    insert into posture.period_answer (organisation, id, period, control, test, subject, deviation_from, text, by, at)
    values (${organisation}, ${row.id}, ${period}, ${row.control}, ${row.test}, ${row.subject}, ${from}, ${row.text},
      ${row.by}, ${at(row.at)})`.execute(tx)
}

/** Accounts that have answered, earlier answers included. */
export async function answerers(tx: Tx, organisation: string, period: string): Promise<string[]> {
  const { rows } = await sql<{ by: string }>`
    select distinct by from posture.period_answer
    where organisation = ${organisation} and period = ${period}`.execute(tx)
  return rows.map(({ by }) => by)
}

export async function insertSigning(
  tx: Tx,
  organisation: string,
  period: string,
  signing: { by: string; at: Instant; single: boolean; digest: string; report: string },
): Promise<void> {
  await sql`
    insert into posture.period_signing (organisation, period, signed_by, signed_at, single, digest, report)
    values (${organisation}, ${period}, ${signing.by}, ${at(signing.at)}, ${signing.single}, ${signing.digest},
      ${signing.report})`.execute(tx)
}

/** The report as it was signed, canonical JSON; undefined where nobody has. */
export async function signedText(tx: Tx, organisation: string, period: string): Promise<string | undefined> {
  const { rows } = await sql<{ report: string }>`
    select report from posture.period_signing
    where organisation = ${organisation} and period = ${period}`.execute(tx)
  return rows[0]?.report
}

export type DrawnRow = {
  readonly test: string
  readonly seed: string
  readonly size: number
  readonly by: string
  readonly at: Instant
}

/** Keeps a sample as drawn; false where somebody drew it before. */
export async function insertDrawn(
  tx: Tx,
  organisation: string,
  period: string,
  { test, seed, size, by, at: moment }: DrawnRow,
): Promise<boolean> {
  const { rows } = await sql`
    insert into posture.period_sample (organisation, period, test, seed, size, drawn_by, drawn_at)
    values (${organisation}, ${period}, ${test}, ${seed}, ${size}, ${by}, ${at(moment)})
    on conflict do nothing returning 1`.execute(tx)
  return rows.length > 0
}

/** The samples that were drawn of a period, oldest first. */
export async function drawnSamples(tx: Tx, organisation: string, period: string): Promise<DrawnRow[]> {
  const { rows } = await sql<DrawnRow>`
    select test, seed, size, drawn_by as by, drawn_at as at from posture.period_sample
    where organisation = ${organisation} and period = ${period} order by drawn_at, test, seed, size`.execute(
    tx,
  )
  return rows
}
