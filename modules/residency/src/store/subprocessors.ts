import type { Instant } from '@hevd/core'
import { at, type Tx } from '@hevd/postgres'
import { searchText, sortKey } from '@hevd/register-file'
import { sql } from 'kysely'
import type { Attestation, Subprocessor } from '../contract.ts'

export type StoredAttestation = Attestation & {
  readonly id: string
  readonly subprocessor: string
  readonly recordedAt: Instant
}

/** Those that have not ended, by name. */
export async function allSubprocessors(
  tx: Tx,
  organisation: string,
): Promise<ReadonlyMap<string, Subprocessor>> {
  const { rows } = await sql<Subprocessor>`
    select id, name, kind, places, reaches, payments, since from residency.subprocessor
    where organisation = ${organisation} and ended_at is null order by sort_key, id`.execute(tx)
  return new Map(rows.map((row) => [row.id, row]))
}

export async function putSubprocessor(
  tx: Tx,
  organisation: string,
  given: Subprocessor,
  now: Instant,
): Promise<void> {
  const { id, name, kind, places, reaches, payments, since } = given
  await sql`
    insert into residency.subprocessor (organisation, id, name, kind, places, reaches, payments, since, search, sort_key,
      entered_at, changed_at)
    values (${organisation}, ${id}, ${name}, ${kind}, ${JSON.stringify(places)}::jsonb,
      ${reaches === null ? null : JSON.stringify(reaches)}::jsonb, ${payments}, ${since}, ${searchText(given)},
      ${sortKey(name)}, ${at(now)}, ${at(now)})
    on conflict (organisation, id) do update set name = excluded.name, kind = excluded.kind, places = excluded.places,
      reaches = excluded.reaches, payments = excluded.payments, since = excluded.since, search = excluded.search,
      sort_key = excluded.sort_key, changed_at = excluded.changed_at, ended_at = null`.execute(tx)
}

export async function endSubprocessor(tx: Tx, organisation: string, id: string, now: Instant): Promise<void> {
  await sql`
    update residency.subprocessor set ended_at = ${at(now)}
    where organisation = ${organisation} and id = ${id}`.execute(tx)
}

const attested = sql`id, subprocessor, level, version, signed_on as "signedOn", valid_until as "validUntil", reference,
  evidence, recorded_at as "recordedAt"`

/** Those that are not withdrawn, the newest first. */
export async function allAttestations(tx: Tx, organisation: string): Promise<readonly StoredAttestation[]> {
  const { rows } = await sql<StoredAttestation>`
    select ${attested} from residency.attestation
    where organisation = ${organisation} and withdrawn_at is null order by signed_on desc, id desc`.execute(
    tx,
  )
  return rows
}

export async function addAttestation(
  tx: Tx,
  organisation: string,
  given: StoredAttestation,
  by: string,
): Promise<void> {
  const { id, subprocessor, level, version, signedOn, validUntil, reference, evidence, recordedAt } = given
  await sql`
    insert into residency.attestation (organisation, id, subprocessor, level, version, signed_on, valid_until, reference,
      evidence, recorded_at, recorded_by)
    values (${organisation}, ${id}, ${subprocessor}, ${level}, ${version}, ${signedOn}, ${validUntil}, ${reference},
      ${evidence}, ${at(recordedAt)}, ${by})`.execute(tx)
}

/** Whether there was one to withdraw. */
export async function withdrawAttestation(
  tx: Tx,
  organisation: string,
  id: string,
  now: Instant,
): Promise<boolean> {
  const { rows } = await sql`
    update residency.attestation set withdrawn_at = ${at(now)}
    where organisation = ${organisation} and id = ${id} and withdrawn_at is null returning id`.execute(tx)
  return rows.length > 0
}
