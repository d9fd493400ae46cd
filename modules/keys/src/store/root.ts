import type { Instant } from '@hevd/core'
import { at, type Database, type OrganisationTables, type Tx } from '@hevd/postgres'
import { sql } from 'kysely'
import type { SealedRoot } from '../seal/seal.ts'

export type RootRow = {
  readonly sealed: SealedRoot
  readonly verifier: Buffer
  readonly madeAt: Instant
  readonly sealedAt: Instant
  readonly closedAt: Instant | null
}

export async function rootOf(tx: Tx, organisation: string): Promise<RootRow | undefined> {
  const { rows } = await sql<RootRow>`
    select sealed, verifier, made_at as "madeAt", sealed_at as "sealedAt", closed_at as "closedAt"
    from keys.root where organisation = ${organisation}`.execute(tx)
  return rows[0]
}

/** Stores a root key that was just made; false where there is one already. */
export async function insertRoot(
  tx: Tx,
  organisation: string,
  sealed: SealedRoot,
  verifier: Buffer,
  now: Instant,
): Promise<boolean> {
  const { rows } = await sql`
    insert into keys.root (organisation, kind, sealed, verifier, made_at, sealed_at)
    values (${organisation}, ${sealed.kind}, ${JSON.stringify(sealed)}::jsonb, ${verifier}, ${at(now)}, ${at(now)})
    on conflict (organisation) do nothing returning kind`.execute(tx)
  return rows.length === 1
}

/** Stores how the same root key is sealed from now on. */
export async function resealRoot(
  tx: Tx,
  organisation: string,
  sealed: SealedRoot,
  now: Instant,
): Promise<void> {
  await sql`
    update keys.root set kind = ${sealed.kind}, sealed = ${JSON.stringify(sealed)}::jsonb, sealed_at = ${at(now)}
    where organisation = ${organisation}`.execute(tx)
}

export async function setClosed(tx: Tx, organisation: string, closedAt: Instant | null): Promise<void> {
  await sql`
    update keys.root set closed_at = ${closedAt === null ? null : at(closedAt)}
    where organisation = ${organisation}`.execute(tx)
}

/** The number that every change of what may be used by whom raises; 0 before the first. */
export async function generationOf(tx: Tx, organisation: string): Promise<number> {
  const { rows } = await sql<{ value: number }>`
    select value from keys.generation where organisation = ${organisation}`.execute(tx)
  return rows[0]?.value ?? 0
}

/** The same outside a transaction, in one round trip: it is asked for every call. */
export async function generationNow(db: Database, organisation: string): Promise<number> {
  const [row] = await db.glance<{ value: number }>(organisation, 'select value from keys.generation')
  return row?.value ?? 0
}

/** What servers remember of the organisation is no longer good once this has committed. */
export async function raiseGeneration(tx: Tx, organisation: string): Promise<void> {
  await sql`
    insert into keys.generation (organisation, value) values (${organisation}, 1)
    on conflict (organisation) do update set value = keys.generation.value + 1`.execute(tx)
}

export async function timeZone(tx: Tx, organisation: string): Promise<string> {
  const { time_zone: zone } = await tx
    .withTables<OrganisationTables>()
    .selectFrom('hevd.organisation')
    .select('time_zone')
    .where('id', '=', organisation)
    .executeTakeFirstOrThrow()
  return zone
}
