import type { Database, Tx } from '@hevd/postgres'
import { inclusionPaths, tileHashReader, toBase64 } from '@hevd/tlog'
import type { InclusionProof } from './contract.ts'
import type { Kept, Log } from './log.ts'
import { cosignaturesOf, type EntryRow, entriesBetween, entriesById } from './store.ts'
import { tileSource } from './tiles.ts'

/** The served checkpoint with what witnesses have said of it since. */
export async function cosigned(tx: Tx, log: Log, kept: Kept): Promise<string> {
  const lines = await cosignaturesOf(tx, log.organisation, log.name, kept.size)
  return kept.note + lines.map(({ line }) => line).join('')
}

/** Proofs of entries by their ids, all against the newest checkpoint; those that wait for one are left out. */
export async function proofsOf(
  db: Database,
  log: Log,
  ids: readonly string[],
): Promise<ReadonlyMap<string, InclusionProof>> {
  const { kept } = log
  if (kept === null || ids.length === 0) return new Map()
  return db.transaction(log.organisation, async (tx) => {
    const rows = await entriesById(tx, log.organisation, log.name, ids, kept.size)
    const proofs = await prove(tx, log, kept, rows)
    return new Map(rows.flatMap(({ id }, at) => (proofs[at] === undefined ? [] : [[id, proofs[at]]])))
  })
}

/** The proof of entry `index`; null where no checkpoint covers it. */
export async function proofAt(db: Database, log: Log, index: number): Promise<InclusionProof | null> {
  const { kept } = log
  if (kept === null || index >= kept.size) return null
  return db.transaction(log.organisation, async (tx) => {
    const rows = await entriesBetween(tx, log.organisation, log.name, index, index + 1)
    return (await prove(tx, log, kept, rows))[0] ?? null
  })
}

async function prove(
  tx: Tx,
  log: Log,
  kept: Kept,
  rows: readonly EntryRow[],
): Promise<readonly InclusionProof[]> {
  if (rows.length === 0) return []
  const hashes = tileHashReader(kept.size, tileSource(tx, log.organisation, log.name))
  const indexes = rows.map(({ index }) => index)
  const paths = await inclusionPaths(indexes, kept.size, hashes)
  const checkpoint = await cosigned(tx, log, kept)
  return rows.map(({ index, data }, at) => ({
    index,
    size: kept.size,
    leaf: data.toString('base64'),
    path: (paths[at] ?? []).map(toBase64),
    checkpoint,
  }))
}
