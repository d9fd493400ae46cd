import { canonicalJson, controlOf, type Instant, milliseconds, type Reason } from '@hevd/core'
import { type Tx, uuidv7 } from '@hevd/postgres'
import type { ExceptionView } from './contract.ts'
import type { Engine } from './engine.ts'
import { PostureError } from './errors.ts'
import { type Standing, shown, standingOf } from './read/standing.ts'
import { wordsFor } from './read/words.ts'
import { editionNumbered } from './store/editions.ts'
import {
  approveException,
  type ExceptionRow,
  exceptionHeld,
  exceptions,
  insertException,
  withdrawException,
} from './store/exceptions.ts'
import { findingsOfSubject } from './store/findings.ts'
import type { FindingRow } from './store/rows.ts'
import { namesOf } from './store/subjects.ts'

export type Asked = {
  readonly test: string
  readonly subject: string
  readonly reason: string
  readonly until: Instant
}

/** Who does it, and with which right. */
export type Actor = { readonly id: string; readonly administrator: boolean }

/**
 * Asks for an exception from what fails now: bound to the test, the subject, the reason and the parameters in force.
 * Returns its id. Throws `no-such-finding`, `nothing-to-except` or `exception-too-long`.
 */
export async function askForException(
  engine: Engine,
  tx: Tx,
  organisation: string,
  asked: Asked,
  by: string,
): Promise<string> {
  const standing = await standingOf(engine, tx, organisation)
  const { now } = standing
  const { finding, why } = await exceptable(engine, tx, organisation, asked, standing)
  const edition = await editionNumbered(tx, organisation, controlOf(asked.test), finding.edition)
  const row = {
    ...asked,
    id: uuidv7(now),
    why: canonicalJson(why),
    reason_code: why.code,
    parameters_digest: edition?.parameters_digest ?? '',
    requested_by: by,
    requested_at: now,
  }
  await insertException(tx, organisation, row)
  await record(engine, tx, organisation, 'exception-requested', row.id, by, {
    test: row.test,
    code: row.reason_code,
    parameters: row.parameters_digest,
    until: row.until,
  })
  return row.id
}

/**
 * What an exception would be bound to. Throws `exception-too-long`, `no-such-finding`, or `nothing-to-except` where nothing
 * fails now.
 */
export async function exceptable(
  engine: Engine,
  tx: Tx,
  organisation: string,
  { test, subject, until }: Omit<Asked, 'reason'>,
  standing: Standing,
): Promise<{ readonly finding: FindingRow; readonly why: Reason }> {
  const { now } = standing
  if (until <= now || until > now + milliseconds(engine.config.longestException))
    throw new PostureError('exception-too-long')
  const [finding] = await findingsOfSubject(tx, organisation, [test], subject)
  if (finding === undefined) throw new PostureError('no-such-finding')
  const { verdict, why } = shown(finding, standing)
  if (verdict !== 'fails' || why === null) throw new PostureError('nothing-to-except')
  return { finding, why }
}

/**
 * Approves what another asked for; what the only administrator asked for, that one may approve alone.
 * Throws `no-such-exception`, `exception-closed` or `own-exception`.
 */
export async function approve(
  engine: Engine,
  tx: Tx,
  organisation: string,
  id: string,
  by: string,
  administrators: readonly string[],
): Promise<void> {
  const row = await open(tx, organisation, id, engine.clock.now())
  const alone = administrators.every((one) => one === by) && administrators.length === 1
  if (row.requested_by === by && !alone) throw new PostureError('own-exception')
  if (row.approved_at !== null) throw new PostureError('exception-closed')
  await approveException(tx, organisation, id, by, engine.clock.now())
  await record(engine, tx, organisation, 'exception-approved', id, by, {
    singleApprover: row.requested_by === by,
  })
}

/** Ends an exception before its time. Throws `no-such-exception`, `exception-closed` or `not-yours`. */
export async function withdraw(
  engine: Engine,
  tx: Tx,
  organisation: string,
  id: string,
  by: Actor,
): Promise<void> {
  const row = await open(tx, organisation, id, engine.clock.now())
  if (!by.administrator && row.requested_by !== by.id) throw new PostureError('not-yours')
  await withdrawException(tx, organisation, id, by.id, engine.clock.now())
  await record(engine, tx, organisation, 'exception-withdrawn', id, by.id, {})
}

async function open(tx: Tx, organisation: string, id: string, now: Instant): Promise<ExceptionRow> {
  const row = await exceptionHeld(tx, organisation, id)
  if (row === undefined) throw new PostureError('no-such-exception')
  if (row.withdrawn_at !== null || row.until <= now) throw new PostureError('exception-closed')
  return row
}

/** In ids and codes alone: whom it is about and why stands in the database, not in the log. */
function record(
  engine: Engine,
  tx: Tx,
  organisation: string,
  kind: string,
  exception: string,
  by: string,
  more: { readonly [name: string]: string | number | boolean },
): Promise<void> {
  return engine.ledger.record(tx, organisation, kind, { exception, by, ...more })
}

/** Every exception, newest first, as it stands now. */
export async function exceptionViews(engine: Engine, tx: Tx, organisation: string): Promise<ExceptionView[]> {
  const now = engine.clock.now()
  const rows = await exceptions(tx, organisation)
  const kindOf = (test: string) => engine.catalogue.tests.get(test)?.population.kind ?? ''
  const names = await namesOf(
    tx,
    organisation,
    rows.map(({ test, subject }) => ({ kind: kindOf(test), id: subject })),
  )
  const reasons = rows.map((row): Reason => JSON.parse(row.why))
  const words = await wordsFor(engine, tx, organisation, reasons)
  return rows.map((row): ExceptionView => {
    const { id, test, subject, approved_by: approvedBy, requested_by: requestedBy } = row
    const kind = kindOf(test)
    return {
      id,
      control: controlOf(test),
      test,
      subject: { kind, id: subject, name: names.get(`${kind} ${subject}`) ?? subject },
      reason: row.reason,
      covers: words.of(test, JSON.parse(row.why)),
      until: row.until,
      requestedBy,
      requestedAt: row.requested_at,
      approvedBy,
      singleApprover: approvedBy !== null && approvedBy === requestedBy,
      state: stateOf(row, now),
    }
  })
}

function stateOf({ withdrawn_at, until, approved_at }: ExceptionRow, now: Instant): ExceptionView['state'] {
  if (withdrawn_at !== null) return 'withdrawn'
  if (until <= now) return 'ended'
  return approved_at === null ? 'requested' : 'in-force'
}
