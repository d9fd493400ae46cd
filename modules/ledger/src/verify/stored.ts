import type { Tx } from '@hevd/postgres'
import { hashLength } from '@hevd/tlog'
import { sql } from 'kysely'
import type { LogName } from '../contract.ts'
import { type CheckpointRow, type CosignatureRow, type EntryRow, entriesBetween } from '../store.ts'

/** Reads everything of one log, page by page, for verifying it. */
export type Stored = {
  readonly tx: Tx
  readonly organisation: string
  readonly log: LogName
}

const entriesAtOnce = 1000
const checkpointsAtOnce = 50

/** Every checkpoint, by size. */
export async function* checkpoints({ tx, organisation, log }: Stored): AsyncGenerator<CheckpointRow> {
  let after = 0
  for (;;) {
    const { rows } = await sql<CheckpointRow>`
      select size, root, hashes, note, signed_at from ledger.checkpoint
      where organisation = ${organisation} and log = ${log} and size > ${after}
      order by size limit ${checkpointsAtOnce}`.execute(tx)
    for (const row of rows) {
      yield row
      after = row.size
    }
    if (rows.length < checkpointsAtOnce) return
  }
}

/** Entries [from, end), in order, as many as there are. */
export async function* entries(
  { tx, organisation, log }: Stored,
  from: number,
  end: number,
): AsyncGenerator<readonly EntryRow[]> {
  for (let next = from; next < end; next += entriesAtOnce)
    yield await entriesBetween(tx, organisation, log, next, Math.min(end, next + entriesAtOnce))
}

export type TileRow = { readonly hashes: Buffer; readonly root: Buffer }

export async function tile(
  { tx, organisation, log }: Stored,
  level: number,
  index: number,
): Promise<TileRow | undefined> {
  const { rows } = await sql<TileRow>`
    select hashes, root from ledger.tile
    where organisation = ${organisation} and log = ${log} and level = ${level} and index = ${index}`.execute(
    tx,
  )
  return rows[0]
}

/** A tile that a tree of as many tiles a level as `complete` says does not have. */
export async function surplusTile(
  { tx, organisation, log }: Stored,
  complete: readonly number[],
): Promise<{ readonly level: number; readonly index: number } | undefined> {
  const { rows } = await sql<{ level: number; index: number }>`
    select level, index from ledger.tile
    where organisation = ${organisation} and log = ${log}
      and (level < 0 or index < 0 or index >= coalesce((${complete}::bigint[])[level + 1], 0))
    order by level, index limit 1`.execute(tx)
  return rows[0]
}

/** The first entry at or after `size`. */
export async function surplusEntry(
  { tx, organisation, log }: Stored,
  size: number,
): Promise<number | undefined> {
  const { rows } = await sql<{ index: number }>`
    select index from ledger.entry
    where organisation = ${organisation} and log = ${log} and (index >= ${size} or index < 0)
    order by index limit 1`.execute(tx)
  return rows[0]?.index
}

export async function cosignatures({
  tx,
  organisation,
  log,
}: Stored): Promise<readonly (CosignatureRow & { readonly note: string | null })[]> {
  const { rows } = await sql<CosignatureRow & { note: string | null }>`
    select cosignature.size, witness, line, received_at, note
    from ledger.cosignature left join ledger.checkpoint using (organisation, log, size)
    where organisation = ${organisation} and log = ${log} order by size, witness`.execute(tx)
  return rows
}

/** What waits, with whether it stands in the log already. */
export async function outbox({ tx, organisation, log }: Stored): Promise<
  readonly {
    readonly id: string
    readonly kind: string
    readonly data: Buffer
    readonly entered: boolean
  }[]
> {
  const { rows } = await sql<{ id: string; kind: string; data: Buffer; entered: boolean }>`
    select id, kind, data, exists (
      select from ledger.entry where entry.organisation = outbox.organisation and entry.log = outbox.log
        and entry.id = outbox.id) as entered
    from ledger.outbox where organisation = ${organisation} and log = ${log} order by id`.execute(tx)
  return rows
}

/** The entry that was signed with this leaf hash, as the stored checkpoints have it; null when none was. */
export async function signedAs(
  { tx, organisation, log }: Stored,
  leafHash: Uint8Array,
): Promise<number | null> {
  const { rows } = await sql<{ size: number; hashes: Buffer }>`
    select size, hashes from ledger.checkpoint
    where organisation = ${organisation} and log = ${log} and position(${Buffer.from(leafHash)}::bytea in hashes) > 0
    order by size limit 1`.execute(tx)
  const [row] = rows
  if (row === undefined) return null
  for (let offset = 0; offset < row.hashes.length; offset += hashLength)
    if (row.hashes.subarray(offset, offset + hashLength).equals(leafHash))
      return row.size - (row.hashes.length - offset) / hashLength
  return null
}
