import { hash } from 'node:crypto'
import { canonicalJson, type InForce, type Instant } from '@hevd/core'
import { at, type Tx } from '@hevd/postgres'
import { sql } from 'kysely'

type Values = { readonly [name: string]: unknown }

/** A control as it is in force: approved text, parameters and tests. */
export type Edition = {
  readonly control: string
  readonly number: number
  readonly policy_digest: string
  readonly tests_digest: string
  readonly parameters: Values
  readonly parameters_digest: string
  readonly before: Values | null
  readonly before_until: Instant | null
  readonly approved_at: Instant
  /** An account's id, or `catalogue`. */
  readonly approved_by: string
  readonly reviewed_at: Instant
}

export async function editionsInForce(tx: Tx, organisation: string): Promise<ReadonlyMap<string, Edition>> {
  const { rows } = await sql<Edition>`
    select control, number, policy_digest, tests_digest, parameters, parameters_digest, before, before_until,
      approved_at, approved_by, reviewed_at
    from posture.edition where organisation = ${organisation} and superseded_at is null`.execute(tx)
  return new Map(rows.map((row) => [row.control, row]))
}

/** One edition, also one that is no longer in force. */
export async function editionNumbered(
  tx: Tx,
  organisation: string,
  control: string,
  number: number,
): Promise<Edition | undefined> {
  const { rows } = await sql<Edition>`
    select control, number, policy_digest, tests_digest, parameters, parameters_digest, before, before_until,
      approved_at, approved_by, reviewed_at
    from posture.edition where organisation = ${organisation} and control = ${control} and number = ${number}
    `.execute(tx)
  return rows[0]
}

/** Puts an edition in the place of the one in force. */
export async function supersede(
  tx: Tx,
  organisation: string,
  next: Omit<Edition, 'parameters_digest'>,
  now: Instant,
): Promise<void> {
  await sql`
    update posture.edition set superseded_at = ${at(now)}
    where organisation = ${organisation} and control = ${next.control} and superseded_at is null`.execute(tx)
  const before = next.before === null ? null : JSON.stringify(next.before)
  await sql`
    insert into posture.edition (organisation, control, number, policy_digest, tests_digest, parameters,
      parameters_digest, before, before_until, approved_at, approved_by, reviewed_at, made_at)
    values (${organisation}, ${next.control}, ${next.number}, ${next.policy_digest}, ${next.tests_digest},
      ${JSON.stringify(next.parameters)}::jsonb, ${parametersDigest(next.parameters)}, ${before}::jsonb,
      ${next.before_until === null ? null : at(next.before_until)}, ${at(next.approved_at)}, ${next.approved_by},
      ${at(next.reviewed_at)}, ${at(now)})`.execute(tx)
}

/** SHA-256, hex, of parameters in canonical JSON. */
export function parametersDigest(parameters: Values): string {
  return hash('sha256', canonicalJson(parameters))
}

export function inForce({ parameters, before, before_until }: Edition): InForce {
  return {
    values: parameters,
    before: before === null || before_until === null ? null : { values: before, until: before_until },
  }
}
