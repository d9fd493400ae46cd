import { hash } from 'node:crypto'
import { canonicalJson, type InForce, type Instant } from '@hevd/core'
import { at, type Tx } from '@hevd/postgres'
import { sql } from 'kysely'
import type { NotApplicable, PolicyWords, Values } from '../domain/text.ts'

/** A control as it is in force: approved text, parameters and tests. */
export type Edition = {
  readonly control: string
  readonly number: number
  /** Null in an edition from before words were kept. */
  readonly words: PolicyWords | null
  readonly policy_digest: string
  readonly tests_digest: string
  readonly parameters: Values
  readonly parameters_digest: string
  /** Parameters before the last change, and when that was: what deadlines set earlier go by (`InForce`). */
  readonly before: Values | null
  readonly before_until: Instant | null
  readonly not_applicable: NotApplicable | null
  readonly approved_at: Instant
  /** An account's id, or `catalogue`. */
  readonly approved_by: string
  readonly single: boolean
  readonly reviewed_at: Instant
}

const all =
  sql.raw(`control, number, words, policy_digest, tests_digest, parameters, parameters_digest, before,
  before_until, not_applicable, approved_at, approved_by, single, reviewed_at`)

export async function editionsInForce(tx: Tx, organisation: string): Promise<ReadonlyMap<string, Edition>> {
  const { rows } = await sql<Edition>`
    select ${all} from posture.edition
    where organisation = ${organisation} and superseded_at is null`.execute(tx)
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
    select ${all} from posture.edition
    where organisation = ${organisation} and control = ${control} and number = ${number}`.execute(tx)
  return rows[0]
}

/** What a control is called. */
export async function titlesInForce(
  tx: Tx,
  organisation: string,
): Promise<ReadonlyMap<string, PolicyWords['title']>> {
  const { rows } = await sql<{ control: string; title: PolicyWords['title'] }>`
    select control, words -> 'title' as title from posture.edition
    where organisation = ${organisation} and superseded_at is null and words is not null`.execute(tx)
  return new Map(rows.map(({ control, title }) => [control, title]))
}

/** What each control was called at a moment; those that did not keep their words by then are left out. */
export async function titlesAt(
  tx: Tx,
  organisation: string,
  moment: Instant,
): Promise<ReadonlyMap<string, PolicyWords['title']>> {
  const { rows } = await sql<{ control: string; title: PolicyWords['title'] }>`
    select distinct on (control) control, words -> 'title' as title from posture.edition
    where organisation = ${organisation} and made_at <= ${at(moment)} and words is not null
    order by control, number desc`.execute(tx)
  return new Map(rows.map(({ control, title }) => [control, title]))
}

/** That a control does not apply, since when; also where it must be looked at again and applies until then. */
export type Inapplicable = NotApplicable & { readonly since: Instant }

export async function inapplicable(tx: Tx, organisation: string): Promise<ReadonlyMap<string, Inapplicable>> {
  const { rows } = await sql<{ control: string; not_applicable: NotApplicable; approved_at: Instant }>`
    select control, not_applicable, approved_at from posture.edition
    where organisation = ${organisation} and superseded_at is null and not_applicable is not null`.execute(tx)
  return new Map(
    rows.map(({ control, not_applicable, approved_at: since }) => [control, { ...not_applicable, since }]),
  )
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
  await sql`
    insert into posture.edition (organisation, control, number, words, policy_digest, tests_digest, parameters,
      parameters_digest, before, before_until, not_applicable, approved_at, approved_by, single, reviewed_at, made_at)
    values (${organisation}, ${next.control}, ${next.number}, ${json(next.words)}::jsonb, ${next.policy_digest},
      ${next.tests_digest}, ${json(next.parameters)}::jsonb, ${parametersDigest(next.parameters)},
      ${json(next.before)}::jsonb, ${next.before_until === null ? null : at(next.before_until)},
      ${json(next.not_applicable)}::jsonb, ${at(next.approved_at)}, ${next.approved_by}, ${next.single},
      ${at(next.reviewed_at)}, ${at(now)})`.execute(tx)
}

function json(value: object | null): string | null {
  return value === null ? null : JSON.stringify(value)
}

/** Gives words to an edition in force that was made before they were kept. */
export async function fillWords(
  tx: Tx,
  organisation: string,
  control: string,
  words: PolicyWords,
): Promise<void> {
  await sql`
    update posture.edition set words = ${JSON.stringify(words)}::jsonb
    where organisation = ${organisation} and control = ${control} and superseded_at is null and words is null
    `.execute(tx)
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
