import type { Instant } from '@hevd/core'
import { at, columns, type Tx } from '@hevd/postgres'
import { sql } from 'kysely'
import type { LogName } from './contract.ts'
import type { FullTile } from './domain/right-edge.ts'

type Tables = {
  'ledger.outbox': { organisation: string; log: LogName; id: string; kind: string; data: Buffer }
  'ledger.entry': EntryRow & { organisation: string; log: LogName }
  'ledger.head': HeadRow & { organisation: string; log: LogName }
  'ledger.checkpoint': CheckpointRow & { organisation: string; log: LogName }
  'ledger.cosignature': CosignatureRow & { organisation: string; log: LogName }
  'ledger.sealed': SealedRow & { organisation: string }
}

export type EntryRow = {
  readonly index: number
  readonly id: string
  readonly kind: string
  readonly data: Buffer
}
export type HeadRow = { readonly verifier_key: string; readonly size: number; readonly root: Buffer }
export type CheckpointRow = {
  readonly size: number
  readonly root: Buffer
  /** Leaf hashes of the entries that it added, 32 bytes each. */
  readonly hashes: Buffer
  readonly note: string
  readonly signed_at: Instant
}
export type CosignatureRow = {
  readonly size: number
  readonly witness: string
  readonly line: string
  readonly received_at: Instant
}
export type SealedRow = {
  readonly log: LogName
  readonly entry: string
  readonly field: string
  readonly person: string
  readonly ciphertext: Buffer
}

const tables = (tx: Tx) => tx.withTables<Tables>()
/** Every query names its organisation; row-level security would hide the others' rows anyhow. */
const of = (organisation: string, log: LogName) => sql`organisation = ${organisation} and log = ${log}`
/** SHA-256(0x00 || data), of an entry's `data` (RFC 6962, 2.1). */
export const leafHash = sql`sha256('\\x00'::bytea || data)`
const entryColumns = ['index', 'id', 'kind', 'data'] as const

export async function insertOutbox(
  tx: Tx,
  organisation: string,
  log: LogName,
  rows: readonly { readonly id: string; readonly kind: string; readonly data: Buffer }[],
): Promise<void> {
  await sql`insert into ledger.outbox (organisation, log, id, kind, data)
    select ${organisation}::uuid, ${log}::text, * from ${columns(rows, { id: 'uuid', kind: 'text', data: 'bytea' })}`.execute(
    tx,
  )
}

export async function insertSealed(
  tx: Tx,
  organisation: string,
  log: LogName,
  rows: readonly Omit<SealedRow, 'log'>[],
): Promise<void> {
  await sql`insert into ledger.sealed (organisation, log, entry, field, person, ciphertext)
    select ${organisation}::uuid, ${log}::text, * from ${columns(rows, { entry: 'uuid', field: 'text', person: 'uuid', ciphertext: 'bytea' })}`.execute(
    tx,
  )
}

export async function insertHead(tx: Tx, organisation: string, log: LogName, head: HeadRow): Promise<void> {
  await tables(tx)
    .insertInto('ledger.head')
    .values({ organisation, log, ...head })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

export function head(tx: Tx, organisation: string, log: LogName): Promise<HeadRow | undefined> {
  return tables(tx)
    .selectFrom('ledger.head')
    .select(['verifier_key', 'size', 'root'])
    .where('organisation', '=', organisation)
    .where('log', '=', log)
    .executeTakeFirst()
}

/**
 * The head, held for this transaction; undefined while another sequencer holds it. A server that stops in the middle
 * lets go of it after ten seconds.
 */
export async function takeHead(tx: Tx, organisation: string, log: LogName): Promise<HeadRow | undefined> {
  const { rows } = await sql<HeadRow>`
    select verifier_key, size, root, set_config('idle_in_transaction_session_timeout', '10s', true) as within
    from ledger.head where ${of(organisation, log)} for update skip locked`.execute(tx)
  return rows[0]
}

/**
 * Moves up to `limit` entries from the outbox to the tree's end, in the order of their ids, in one statement: their
 * bytes do not leave the database. Gives their leaf hashes, 32 bytes each, in order.
 */
export async function moveBatch(
  tx: Tx,
  organisation: string,
  log: LogName,
  size: number,
  limit: number,
): Promise<Buffer> {
  const { rows } = await sql<{ hashes: Buffer | null }>`
    with taken as (
      delete from ledger.outbox where ${of(organisation, log)} and id <= coalesce(
        (select id from ledger.outbox where ${of(organisation, log)} order by id offset ${limit - 1} limit 1),
        'ffffffff-ffff-ffff-ffff-ffffffffffff')
      returning id, kind, data
    ), numbered as materialized (
      select ${size}::bigint + row_number() over (order by id) - 1 as index, id, kind, data from taken
    ), moved as (
      insert into ledger.entry (organisation, log, index, id, kind, data)
      select ${organisation}::uuid, ${log}::text, index, id, kind, data from numbered
    )
    select string_agg(${leafHash}, '' order by index) as hashes from numbered`.execute(tx)
  return rows[0]?.hashes ?? Buffer.alloc(0)
}

/** Swaps the head and inserts what goes with it; false when the head is no longer `from`, and then nothing is written. */
export async function swapHead(
  tx: Tx,
  organisation: string,
  log: LogName,
  from: number,
  checkpoint: CheckpointRow,
  tiles: readonly FullTile[],
): Promise<boolean> {
  const { size, root, hashes, note, signed_at } = checkpoint
  const { rows } = await sql<{ size: number }>`
    with swapped as (
      update ledger.head set size = ${size}, root = ${root} where ${of(organisation, log)} and size = ${from}
      returning size
    ), tiled as (
      insert into ledger.tile (organisation, log, level, index, hashes, root)
      select ${organisation}::uuid, ${log}::text, tile.* from swapped,
        ${columns(tiles, { level: 'integer', index: 'bigint', hashes: 'bytea', root: 'bytea' })} as tile
    )
    insert into ledger.checkpoint (organisation, log, size, root, hashes, note, signed_at)
    select ${organisation}::uuid, ${log}::text, size, ${root}::bytea, ${hashes}::bytea, ${note}, ${at(signed_at)}
    from swapped
    returning size`.execute(tx)
  return rows.length === 1
}

/** How a log stands; `last` is the last id that waits, in the order in which they are taken, null when none does. */
export type Standing = {
  readonly log: LogName
  readonly size: number
  readonly root: Buffer
  readonly last: string | null
}

export async function standings(tx: Tx, organisation: string): Promise<readonly Standing[]> {
  const { rows } = await sql<Standing>`
    select log, size, root, (
      select id from ledger.outbox where outbox.organisation = head.organisation and outbox.log = head.log
      order by id desc limit 1) as last
    from ledger.head where organisation = ${organisation}`.execute(tx)
  return rows
}

export async function waits(tx: Tx, organisation: string, log: LogName, last: string): Promise<boolean> {
  const { rows } = await sql<{ waits: boolean }>`
    select exists (select from ledger.outbox where ${of(organisation, log)} and id <= ${last}) as waits`.execute(
    tx,
  )
  return rows[0]?.waits ?? false
}

export async function countWaiting(tx: Tx, organisation: string, log: LogName): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*) as count from ledger.outbox where ${of(organisation, log)}`.execute(tx)
  return rows[0]?.count ?? 0
}

export function checkpointAt(
  tx: Tx,
  organisation: string,
  log: LogName,
  size: number,
): Promise<Omit<CheckpointRow, 'hashes'> | undefined> {
  return tables(tx)
    .selectFrom('ledger.checkpoint')
    .select(['size', 'root', 'note', 'signed_at'])
    .where('organisation', '=', organisation)
    .where('log', '=', log)
    .where('size', '=', size)
    .executeTakeFirst()
}

/** The newest checkpoint that was signed by a moment. */
export async function checkpointSignedBy(
  tx: Tx,
  organisation: string,
  log: LogName,
  moment: Instant,
): Promise<Pick<CheckpointRow, 'size' | 'root'> | undefined> {
  const { rows } = await sql<Pick<CheckpointRow, 'size' | 'root'>>`
    select size, root from ledger.checkpoint where ${of(organisation, log)} and signed_at <= ${at(moment)}
    order by signed_at desc, size desc limit 1`.execute(tx)
  return rows[0]
}

/** Entries below `before`, newest first. */
export function entriesBefore(
  tx: Tx,
  organisation: string,
  log: LogName,
  before: number,
  limit: number,
  kind: string | undefined,
): Promise<EntryRow[]> {
  const found = tables(tx)
    .selectFrom('ledger.entry')
    .select(entryColumns)
    .where('organisation', '=', organisation)
    .where('log', '=', log)
    .where('index', '<', before)
  return (kind === undefined ? found : found.where('kind', '=', kind))
    .orderBy('index', 'desc')
    .limit(limit)
    .execute()
}

/** Entries [from, end), in order. */
export function entriesBetween(
  tx: Tx,
  organisation: string,
  log: LogName,
  from: number,
  end: number,
): Promise<EntryRow[]> {
  return tables(tx)
    .selectFrom('ledger.entry')
    .select(entryColumns)
    .where('organisation', '=', organisation)
    .where('log', '=', log)
    .where('index', '>=', from)
    .where('index', '<', end)
    .orderBy('index')
    .execute()
}

/** Entries of some kinds in [from, end), in order. */
export function entriesOfKinds(
  tx: Tx,
  organisation: string,
  log: LogName,
  kinds: readonly string[],
  { from, end, limit }: { readonly from: number; readonly end: number; readonly limit: number },
): Promise<EntryRow[]> {
  return tables(tx)
    .selectFrom('ledger.entry')
    .select(entryColumns)
    .where('organisation', '=', organisation)
    .where('log', '=', log)
    .where('index', '>=', from)
    .where('index', '<', end)
    .where('kind', 'in', kinds)
    .orderBy('index')
    .limit(limit)
    .execute()
}

/** The entries at these indexes, in order. */
export async function entriesAt(
  tx: Tx,
  organisation: string,
  log: LogName,
  indexes: readonly number[],
): Promise<readonly EntryRow[]> {
  const { rows } = await sql<EntryRow>`
    select index, id, kind, data from ledger.entry
    where ${of(organisation, log)} and index = any(${indexes}::bigint[]) order by index`.execute(tx)
  return rows
}

/** Entries of these ids below `size`. */
export async function entriesById(
  tx: Tx,
  organisation: string,
  log: LogName,
  ids: readonly string[],
  size: number,
): Promise<readonly EntryRow[]> {
  const { rows } = await sql<EntryRow>`
    select index, id, kind, data from ledger.entry
    where ${of(organisation, log)} and id = any(${ids}::uuid[]) and index < ${size}`.execute(tx)
  return rows
}

export async function sealedOf(
  tx: Tx,
  organisation: string,
  log: LogName,
  entries: readonly string[],
): Promise<readonly SealedRow[]> {
  const { rows } = await sql<SealedRow>`
    select log, entry, field, person, ciphertext from ledger.sealed
    where ${of(organisation, log)} and entry = any(${entries}::uuid[])`.execute(tx)
  return rows
}

/** Entries that have a payload of this person, each once, by log and id. */
export async function entriesOfPerson(
  tx: Tx,
  organisation: string,
  person: string,
): Promise<readonly { readonly log: LogName; readonly entry: string }[]> {
  return tables(tx)
    .selectFrom('ledger.sealed')
    .select(['log', 'entry'])
    .distinct()
    .where('organisation', '=', organisation)
    .where('person', '=', person)
    .orderBy('log')
    .orderBy('entry')
    .execute()
}

export function cosignaturesOf(
  tx: Tx,
  organisation: string,
  log: LogName,
  size: number,
): Promise<CosignatureRow[]> {
  return tables(tx)
    .selectFrom('ledger.cosignature')
    .select(['size', 'witness', 'line', 'received_at'])
    .where('organisation', '=', organisation)
    .where('log', '=', log)
    .where('size', '=', size)
    .orderBy('witness')
    .execute()
}

/** What each witness signed last. */
export async function lastCosignatures(
  tx: Tx,
  organisation: string,
  log: LogName,
): Promise<readonly CosignatureRow[]> {
  const { rows } = await sql<CosignatureRow>`
    select distinct on (witness) size, witness, line, received_at from ledger.cosignature
    where ${of(organisation, log)} order by witness, size desc`.execute(tx)
  return rows
}

export async function insertCosignature(
  tx: Tx,
  organisation: string,
  log: LogName,
  row: CosignatureRow,
): Promise<void> {
  await tables(tx)
    .insertInto('ledger.cosignature')
    .values({ organisation, log, ...row, received_at: at(row.received_at) })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}
