import type { Exception, Instant } from '@hevd/core'
import { at, type Tx } from '@hevd/postgres'
import { sql } from 'kysely'
import { findingColumns } from './findings.ts'
import type { FindingRow } from './rows.ts'

export type ExceptionRow = {
  readonly id: string
  readonly test: string
  readonly subject: string
  readonly why: string
  readonly reason_code: string
  readonly parameters_digest: string
  readonly reason: string
  readonly until: Instant
  readonly requested_by: string
  readonly requested_at: Instant
  readonly approved_by: string | null
  readonly approved_at: Instant | null
  readonly withdrawn_by: string | null
  readonly withdrawn_at: Instant | null
}
const all = sql.raw(
  ['id', 'test', 'subject', 'why', 'reason_code', 'parameters_digest', 'reason', 'until', 'requested_by']
    .concat('requested_at', 'approved_by', 'approved_at', 'withdrawn_by', 'withdrawn_at')
    .map((name) => `e.${name}`)
    .join(', '),
)

/** An exception in force with the finding it may cover, and the parameters that finding was judged by. */
export type ExceptedFinding = {
  readonly exception: Exception
  readonly finding: FindingRow
  readonly parameters_digest: string
}

export async function exceptionsInForce(
  tx: Tx,
  organisation: string,
  now: Instant,
): Promise<ExceptedFinding[]> {
  type Row = FindingRow & {
    id: string
    reason_code: string
    approved_digest: string
    judged_digest: string
    approved_at: Instant
    ends_at: Instant
    requested_by: string
    approved_by: string
  }
  const { rows } = await sql<Row>`
    select ${findingColumns}, e.id, e.reason_code, e.parameters_digest as approved_digest,
      d.parameters_digest as judged_digest, e.approved_at, e.until as ends_at, e.requested_by, e.approved_by
    from posture.exception e
    join posture.finding f on f.organisation = e.organisation and f.test = e.test and f.subject = e.subject
    join posture.edition d on d.organisation = f.organisation and d.control = split_part(f.test, '/', 1)
      and d.number = f.edition
    where e.organisation = ${organisation} and e.approved_at is not null and e.withdrawn_at is null
      and e.until > ${at(now)}`.execute(tx)
  return rows.map((row) => ({
    finding: row,
    parameters_digest: row.judged_digest,
    exception: {
      id: row.id,
      test: row.test,
      subject: row.subject,
      reasonCode: row.reason_code,
      parametersDigest: row.approved_digest,
      from: row.approved_at,
      until: row.ends_at,
      requestedBy: row.requested_by,
      approvedBy: row.approved_by,
    },
  }))
}

/** The newest 500. */
export async function exceptions(tx: Tx, organisation: string): Promise<ExceptionRow[]> {
  const { rows } = await sql<ExceptionRow>`
    select ${all} from posture.exception e where e.organisation = ${organisation}
    order by e.requested_at desc, e.id limit 500`.execute(tx)
  return rows
}

/** One exception, held by this transaction. */
export async function exceptionHeld(
  tx: Tx,
  organisation: string,
  id: string,
): Promise<ExceptionRow | undefined> {
  const { rows } = await sql<ExceptionRow>`
    select ${all} from posture.exception e where e.organisation = ${organisation} and e.id = ${id}
    for update`.execute(tx)
  return rows[0]
}

export async function insertException(
  tx: Tx,
  organisation: string,
  row: Omit<ExceptionRow, 'approved_by' | 'approved_at' | 'withdrawn_by' | 'withdrawn_at'>,
): Promise<void> {
  await sql`
    insert into posture.exception (organisation, id, test, subject, why, reason_code, parameters_digest, reason,
      until, requested_by, requested_at)
    values (${organisation}, ${row.id}, ${row.test}, ${row.subject}, ${row.why}, ${row.reason_code},
      ${row.parameters_digest}, ${row.reason}, ${at(row.until)}, ${row.requested_by}, ${at(row.requested_at)})`.execute(
    tx,
  )
}

export async function approveException(
  tx: Tx,
  organisation: string,
  id: string,
  by: string,
  now: Instant,
): Promise<void> {
  await sql`
    update posture.exception set approved_by = ${by}, approved_at = ${at(now)}
    where organisation = ${organisation} and id = ${id}`.execute(tx)
}

export async function withdrawException(
  tx: Tx,
  organisation: string,
  id: string,
  by: string,
  now: Instant,
): Promise<void> {
  await sql`
    update posture.exception set withdrawn_by = ${by}, withdrawn_at = ${at(now)}
    where organisation = ${organisation} and id = ${id}`.execute(tx)
}
