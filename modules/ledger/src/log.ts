import { join } from 'node:path'
import type { Database, Tx } from '@hevd/postgres'
import {
  equalBytes,
  newSigner,
  openCheckpoint,
  parseCheckpoint,
  parseNote,
  rootFrom,
  type Signer,
  TlogError,
  tileHashReader,
  verifierKeyText,
} from '@hevd/tlog'
import { type CheckpointFile, checkpointFile, logFolder } from './checkpoint-file.ts'
import type { LogName } from './contract.ts'
import type { RightEdge } from './domain/right-edge.ts'
import { LedgerError } from './errors.ts'
import { loadLogKey } from './log-key.ts'
import { checkpointAt, type HeadRow, head, insertHead } from './store.ts'
import { readEdge, tileSource } from './tiles.ts'

/** A signed checkpoint that lies outside the database: what may be served. */
export type Kept = { readonly size: number; readonly root: Uint8Array; readonly note: string }

/** One log as this process has it open. */
export type Log = {
  readonly organisation: string
  readonly name: LogName
  readonly origin: string
  readonly signer: Signer
  readonly verifierKey: string
  readonly file: CheckpointFile
  /** Null until the first checkpoint. */
  kept: Kept | null
  /** The tree's right edge as the last batch of this process left it. */
  edge: RightEdge | null
  /** Why nothing may be written now. */
  refused: LedgerError | null
}

/** C2SP origin of a log. */
export const originOf = (organisation: string, log: LogName): string => `hevd/${organisation}/${log}`

/** Entries that a signed checkpoint covers; nothing is verified. */
export const sizeOf = (note: string): number => parseCheckpoint(parseNote(note).text).size

/**
 * Opens a log: its key, its head (made when there is none, and then nothing is kept either) and the checkpoint kept
 * outside the database. Does not compare them yet: {@link checkedEdge}. Throws `key-missing`, `key-open-to-others`,
 * `key-differs`, `kept-checkpoint-wrong`, `database-older`.
 */
export async function openLog(db: Database, home: string, organisation: string, name: LogName): Promise<Log> {
  const folder = logFolder(home, organisation, name)
  const origin = originOf(organisation, name)
  const path = join(folder, 'checkpoint')
  const file = checkpointFile(path, sizeOf)
  const found = await db.transaction(organisation, (tx) => head(tx, organisation, name))
  const note = file.read()
  const privateKey = loadLogKey(join(folder, 'key.pem'), found === undefined && note === null)
  const signer = newSigner(origin, privateKey)
  const verifierKey = verifierKeyText(origin, signer.key.publicKey)
  const kept = note === null ? null : await keptFrom(note, path, origin, signer)
  if (found === undefined && kept !== null)
    throw new LedgerError('database-older', { log: origin, database: '0', kept: String(kept.size) })
  if (found === undefined)
    await db.transaction(organisation, (tx) =>
      insertHead(tx, organisation, name, { verifier_key: verifierKey, size: 0, root: emptyTree }),
    )
  return { organisation, name, origin, signer, verifierKey, file, kept, edge: null, refused: null }
}

/** SHA-256 of nothing (RFC 6962, 2.1). */
const emptyTree = Buffer.from('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855', 'hex')

async function keptFrom(note: string, path: string, origin: string, { key }: Signer): Promise<Kept> {
  try {
    const { checkpoint } = await openCheckpoint(note, { origin, keys: [key] })
    return { size: checkpoint.size, root: checkpoint.root, note }
  } catch (error) {
    const reason = error instanceof TlogError ? error.message : String(error)
    throw new LedgerError('kept-checkpoint-wrong', { path, reason }, error)
  }
}

/**
 * The right edge of the tree as the database has it, if that is the tree whose checkpoint is kept, or one that it has
 * grown to. Throws `database-older`, `history-rewritten`, `key-differs`.
 */
export async function checkedEdge(tx: Tx, log: Log, head: HeadRow): Promise<RightEdge> {
  const { organisation, name, origin, kept } = log
  if (head.verifier_key !== log.verifierKey)
    throw new LedgerError('key-differs', { log: origin, path: 'key.pem' })
  if (kept !== null && head.size < kept.size)
    throw new LedgerError('database-older', {
      log: origin,
      database: String(head.size),
      kept: String(kept.size),
    })
  const isOurs = log.edge !== null && log.edge.size === head.size && equalBytes(log.edge.root(), head.root)
  const edge = isOurs && log.edge !== null ? log.edge : await readEdge(tx, organisation, name, head.size)
  if (!equalBytes(edge.root(), head.root)) throw rewritten(origin, head.size)
  if (kept !== null && !(await leadsTo(tx, log, kept, head))) throw rewritten(origin, kept.size)
  return edge
}

/** Whether the stored tree has the kept root at the kept size. */
async function leadsTo(tx: Tx, log: Log, kept: Kept, head: HeadRow): Promise<boolean> {
  if (kept.size === head.size) return equalBytes(kept.root, head.root)
  const hashes = tileHashReader(kept.size, tileSource(tx, log.organisation, log.name))
  try {
    return equalBytes(await rootFrom(kept.size, hashes), kept.root)
  } catch (error) {
    if (error instanceof TlogError) return false
    throw error
  }
}

function rewritten(origin: string, size: number): LedgerError {
  return new LedgerError('history-rewritten', { log: origin, size: String(size) })
}

/** The newest checkpoint in the database, as it was signed. Throws `history-rewritten` where it is not the head's. */
export async function signedHead(
  tx: Tx,
  log: Log,
  { size, root }: { readonly size: number; readonly root: Uint8Array },
): Promise<Kept> {
  const row = await checkpointAt(tx, log.organisation, log.name, size)
  if (row === undefined) throw rewritten(log.origin, size)
  try {
    const { checkpoint } = await openCheckpoint(row.note, { origin: log.origin, keys: [log.signer.key] })
    if (checkpoint.size !== size || !equalBytes(checkpoint.root, root)) throw rewritten(log.origin, size)
    return { size, root: checkpoint.root, note: row.note }
  } catch (error) {
    if (error instanceof TlogError) throw rewritten(log.origin, size)
    throw error
  }
}
