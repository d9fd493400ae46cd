import type { Instant, Json } from '@hevd/core'
import { at, type OrganisationTables, type Tx } from '@hevd/postgres'
import { sql } from 'kysely'
import type { NotApplicable, PostureLeaf, Shows } from './contract.ts'
import type { Decision } from './domain/publicity.ts'
import type { PolicyWords } from './verify/policy-digest.ts'

type LeafRow = {
  organisation: string
  control: string
  sequence: number
  entry: string
  leaf: PostureLeaf
  withheld: { readonly [name: string]: Json } | null
  salt: Buffer | null
  begins: boolean
}
/** What a digest of a leaf is of: the words of a promise, or why it does not apply. */
export type Text = PolicyWords | NotApplicable
type Tables = {
  'trust.turn': { organisation: string; internal_size: number | null; internal_at: Instant | null }
  'trust.leaf': LeafRow
  'trust.text': { organisation: string; digest: string; words: Text }
  'trust.publicity': {
    organisation: string
    control: string
    shows: Shows
    showed: Shows
    takes_effect_at: Instant
  }
}
const tables = (tx: Tx) => tx.withTables<Tables>()

export type StoredLeaf = Pick<LeafRow, 'control' | 'sequence' | 'entry' | 'leaf'>

/** Waits for the organisation's turn to publish, and holds it until the transaction ends. */
export async function takeTurn(
  tx: Tx,
  organisation: string,
): Promise<{ readonly internalSize: number | null; readonly internalAt: Instant | null }> {
  await tables(tx)
    .insertInto('trust.turn')
    .values({ organisation, internal_size: null, internal_at: null })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
  const row = await tables(tx)
    .selectFrom('trust.turn')
    .selectAll()
    .where('organisation', '=', organisation)
    .forUpdate()
    .executeTakeFirstOrThrow()
  return { internalSize: row.internal_size, internalAt: row.internal_at }
}

export async function setInternal(tx: Tx, organisation: string, size: number, now: Instant): Promise<void> {
  await tables(tx)
    .updateTable('trust.turn')
    .set({ internal_size: size, internal_at: at(now) })
    .where('organisation', '=', organisation)
    .execute()
}

/** The newest `count` leaves of every control that has any, newest first within a control. */
export async function newestLeaves(tx: Tx, organisation: string, count: number): Promise<StoredLeaf[]> {
  const { rows } = await sql<StoredLeaf>`
    with recursive control as (
      (select control from trust.leaf where organisation = ${organisation} order by control limit 1)
      union all
      select (select control from trust.leaf
        where organisation = ${organisation} and control > last.control order by control limit 1)
      from control last where last.control is not null)
    select newest.control, newest.sequence, newest.entry, newest.leaf
    from control, lateral (
      select control, sequence, entry, leaf from trust.leaf
      where organisation = ${organisation} and control = control.control
      order by sequence desc limit ${count}) newest
    where control.control is not null
    order by newest.control, newest.sequence desc`.execute(tx)
  return rows
}

/** The newest `count` leaves of one control, newest first. A control's next leaf waits until its last one is covered. */
export function newestLeavesOf(
  tx: Tx,
  organisation: string,
  control: string,
  count: number,
): Promise<StoredLeaf[]> {
  return tables(tx)
    .selectFrom('trust.leaf')
    .select(['control', 'sequence', 'entry', 'leaf'])
    .where('organisation', '=', organisation)
    .where('control', '=', control)
    .orderBy('sequence', 'desc')
    .limit(count)
    .execute()
}

/** The newest `count` leaves that began a public state of these controls, newest first within a control. */
export async function beginnings(
  tx: Tx,
  organisation: string,
  controls: readonly string[],
  count: number,
): Promise<StoredLeaf[]> {
  const { rows } = await sql<StoredLeaf>`
    select begun.* from unnest(${controls}::text[]) wanted, lateral (
      select control, sequence, entry, leaf from trust.leaf
      where organisation = ${organisation} and control = wanted and begins
      order by sequence desc limit ${count}) begun
    order by begun.control, begun.sequence desc`.execute(tx)
  return rows
}

export async function insertLeaf(tx: Tx, row: LeafRow): Promise<void> {
  await sql`insert into trust.leaf (organisation, control, sequence, entry, leaf, withheld, salt, begins)
    values (${row.organisation}, ${row.control}, ${row.sequence}, ${row.entry}, ${JSON.stringify(row.leaf)}::jsonb,
      ${row.withheld === null ? null : JSON.stringify(row.withheld)}::jsonb, ${row.salt}, ${row.begins})`.execute(
    tx,
  )
}

export function leafOf(
  tx: Tx,
  organisation: string,
  control: string,
  sequence: number,
): Promise<LeafRow | undefined> {
  return tables(tx)
    .selectFrom('trust.leaf')
    .selectAll()
    .where('organisation', '=', organisation)
    .where('control', '=', control)
    .where('sequence', '=', sequence)
    .executeTakeFirst()
}

export async function keepText(tx: Tx, organisation: string, digest: string, words: Text): Promise<void> {
  await sql`insert into trust.text (organisation, digest, words)
    values (${organisation}, ${digest}, ${JSON.stringify(words)}::jsonb) on conflict do nothing`.execute(tx)
}

export async function textsOf(
  tx: Tx,
  organisation: string,
  digests: readonly string[],
): Promise<ReadonlyMap<string, Text>> {
  if (digests.length === 0) return new Map()
  const rows = await tables(tx)
    .selectFrom('trust.text')
    .select(['digest', 'words'])
    .where('organisation', '=', organisation)
    .where('digest', 'in', digests)
    .execute()
  return new Map(rows.map(({ digest, words }) => [digest, words]))
}

export async function decisions(tx: Tx, organisation: string): Promise<ReadonlyMap<string, Decision>> {
  const rows = await tables(tx)
    .selectFrom('trust.publicity')
    .selectAll()
    .where('organisation', '=', organisation)
    .execute()
  return new Map(
    rows.map(({ control, shows, showed, takes_effect_at: takesEffectAt }) => [
      control,
      { control, shows, showed, takesEffectAt },
    ]),
  )
}

export async function decide(tx: Tx, organisation: string, decision: Decision): Promise<void> {
  const { control, shows, showed } = decision
  const change = { shows, showed, takes_effect_at: at(decision.takesEffectAt) }
  await tables(tx)
    .insertInto('trust.publicity')
    .values({ organisation, control, ...change })
    .onConflict((conflict) => conflict.columns(['organisation', 'control']).doUpdateSet(change))
    .execute()
}

/** Every organisation, its name and time zone. */
export function organisationsOf(tx: Tx): Promise<{ id: string; name: string; time_zone: string }[]> {
  return tx
    .withTables<OrganisationTables>()
    .selectFrom('hevd.organisation')
    .select(['id', 'name', 'time_zone'])
    .execute()
}

/** Every organisation and the host name under which its page is read. */
export function hostNames(tx: Tx): Promise<{ id: string; host_name: string }[]> {
  return tx
    .withTables<OrganisationTables>()
    .selectFrom('hevd.organisation')
    .select(['id', 'host_name'])
    .execute()
}
