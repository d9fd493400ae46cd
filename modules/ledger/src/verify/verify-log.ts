import {
  equalBytes,
  openCheckpoint,
  parseNote,
  parseVerifierKey,
  TlogError,
  tileWidth,
  type VerifierKey,
  verifyNote,
} from '@hevd/tlog'
import type { WitnessConfig } from '../config.ts'
import type { LogName } from '../contract.ts'
import { readLeaf } from '../domain/leaf.ts'
import { RightEdge } from '../domain/right-edge.ts'
import { type Kept, originOf } from '../log.ts'
import type { PersonKeys } from '../person-keys.ts'
import { head } from '../store.ts'
import { Faulty } from './faults.ts'
import { checkpoints, cosignatures, outbox, type Stored, surplusEntry, surplusTile } from './stored.ts'
import { verifyBatch } from './verify-batch.ts'
import { type Payloads, verifyPayloads } from './verify-payloads.ts'

/** What is known of a log outside the database. */
export type Outside = {
  /** Null where there is neither key file nor pinned key. */
  readonly key: VerifierKey | null
  readonly keptNote: string | null
  /** Null where the file is not there. */
  readonly keys: PersonKeys | null
  readonly witnesses: readonly WitnessConfig[]
}

/** What of a log was found sound. */
export type LogVerified = {
  readonly log: LogName
  readonly origin: string
  readonly verifierKey: string
  readonly size: number
  readonly checkpoints: number
  readonly cosignatures: number
  readonly payloads: Payloads
  readonly waiting: number
}

/** Recomputes one log from its beginning. Throws {@link Faulty} for the first that is wrong. */
export async function verifyLog(
  stored: Stored,
  outside: Outside,
  progress: (done: number) => void,
): Promise<LogVerified> {
  const { tx, organisation, log } = stored
  const origin = originOf(organisation, log)
  const { key, keys } = outside
  if (key === null) throw new Faulty(log, 'key-missing', null)
  const kept = outside.keptNote === null ? null : await openKept(log, origin, outside.keptNote, key)
  const stands = await head(tx, organisation, log)
  if (stands === undefined)
    throw kept === null
      ? new Faulty(log, 'log-missing', null)
      : new Faulty(log, 'database-older', { index: 0, through: kept.size - 1 }, { kept: kept.size })
  const edge = RightEdge.of(0, [])
  let signed = 0
  let payloads: Payloads = { opened: 0, closed: 0 }
  for await (const checkpoint of checkpoints(stored)) {
    const from = edge.size
    await verifyBatch(stored, { origin, key }, edge, checkpoint)
    if (kept?.size === edge.size && !equalBytes(kept.root, edge.root())) throw forked(log, kept)
    const added = await verifyPayloads(stored, from, edge.size, keys)
    payloads = { opened: payloads.opened + added.opened, closed: payloads.closed + added.closed }
    signed += 1
    progress(edge.size)
  }
  if (kept !== null && kept.size > edge.size)
    throw new Faulty(log, 'database-older', { index: edge.size, through: kept.size - 1 }, { kept: kept.size })
  await verifyEnd(stored, edge, stands)
  if ((await parseVerifierKey(stands.verifier_key)).keyHash !== key.keyHash)
    throw new Faulty(log, 'key-differs', null)
  const waiting = await verifyOutbox(stored)
  return {
    log,
    origin,
    verifierKey: stands.verifier_key,
    size: edge.size,
    checkpoints: signed,
    cosignatures: await verifyCosignatures(stored, outside.witnesses),
    payloads,
    waiting,
  }
}

async function openKept(log: LogName, origin: string, note: string, key: VerifierKey): Promise<Kept> {
  try {
    const { checkpoint } = await openCheckpoint(note, { origin, keys: [key] })
    return { size: checkpoint.size, root: checkpoint.root, note }
  } catch (error) {
    if (error instanceof TlogError)
      throw new Faulty(log, 'kept-checkpoint-wrong', null, { reason: error.message })
    throw error
  }
}

function forked(log: LogName, kept: Kept): Faulty {
  return new Faulty(log, 'history-forked', { index: 0, through: kept.size - 1 }, { kept: kept.size })
}

/** The head is the last checkpoint, and nothing stands beyond it. */
async function verifyEnd(
  stored: Stored,
  edge: RightEdge,
  stands: { readonly size: number; readonly root: Buffer },
): Promise<void> {
  const { log } = stored
  const { size } = edge
  const surplus = await surplusEntry(stored, size)
  if (stands.size > size && surplus === undefined)
    throw new Faulty(log, 'entry-missing', { index: size, through: stands.size - 1 }, { size: stands.size })
  if (surplus !== undefined) throw new Faulty(log, 'entry-not-signed', { index: surplus })
  if (stands.size !== size || !equalBytes(stands.root, edge.root()))
    throw new Faulty(log, 'head-wrong', null, { head: stands.size, size })
  const complete: number[] = []
  for (let full = Math.floor(size / tileWidth); full > 0; full = Math.floor(full / tileWidth))
    complete.push(full)
  const tile = await surplusTile(stored, complete)
  if (tile !== undefined) throw new Faulty(log, 'tile-wrong', null, { level: tile.level, tile: tile.index })
}

async function verifyOutbox(stored: Stored): Promise<number> {
  const rows = await outbox(stored)
  const wrong = rows.find(({ kind, data, entered }) => entered || readLeaf(data)?.kind !== kind)
  if (wrong !== undefined) throw new Faulty(stored.log, 'outbox-wrong', null, { id: wrong.id })
  return rows.length
}

/** Those by witnesses whose keys are known; each must be of a checkpoint that is there. */
async function verifyCosignatures(stored: Stored, witnesses: readonly WitnessConfig[]): Promise<number> {
  let verified = 0
  for (const { size, witness, line, note } of await cosignatures(stored)) {
    const known = witnesses.find(({ name }) => name === witness)
    if (note !== null && known === undefined) continue
    const fits = note !== null && known !== undefined && (await isCosigned(note, line, known.verifierKey))
    if (!fits) throw new Faulty(stored.log, 'cosignature-wrong', null, { witness, size })
    verified += 1
  }
  return verified
}

async function isCosigned(note: string, line: string, verifierKey: string): Promise<boolean> {
  try {
    await verifyNote(`${parseNote(note).text}\n${line}`, [await parseVerifierKey(verifierKey)])
    return true
  } catch (error) {
    if (error instanceof TlogError) return false
    throw error
  }
}
