import { equalBytes, hashLength, leafHash, openCheckpoint, TlogError, type VerifierKey } from '@hevd/tlog'
import { readLeaf } from '../domain/leaf.ts'
import type { FullTile, RightEdge } from '../domain/right-edge.ts'
import type { CheckpointRow } from '../store.ts'
import { Faulty } from './faults.ts'
import { entries, type Stored, signedAs, tile } from './stored.ts'

export type Signing = { readonly origin: string; readonly key: VerifierKey }

/** What the entries of a batch came to. */
type Walked = {
  readonly hashes: Buffer
  /** First entry whose hash is not the one stored with the checkpoint. */
  readonly differs: number | null
  readonly mislabelled: number | null
}

/**
 * Verifies one checkpoint and the entries that it added: leaf hashes from the entries' own bytes, the root at its size,
 * its signature, the tiles that became full. `edge` grows by the batch. Throws {@link Faulty} for the first that is wrong.
 */
export async function verifyBatch(
  stored: Stored,
  signing: Signing,
  edge: RightEdge,
  checkpoint: CheckpointRow,
): Promise<void> {
  const { log } = stored
  const from = edge.size
  const { size } = checkpoint
  const { hashes, differs, mislabelled } = await walk(stored, from, checkpoint)
  const tiles = edge.append(hashes)
  const wrong = await wrongSignature(signing, checkpoint)
  const isSigned = wrong === null && equalBytes(edge.root(), checkpoint.root)
  if (!isSigned && differs !== null) throw await altered(stored, from, differs, hashes)
  if (wrong !== null)
    throw new Faulty(log, 'checkpoint-wrong', { index: from, through: size - 1 }, { size, reason: wrong })
  if (!isSigned) throw await alteredUnseen(stored, from, size, tiles)
  if (differs !== null) throw new Faulty(log, 'hashes-altered', { index: differs }, { size })
  if (mislabelled !== null) throw new Faulty(log, 'entry-mislabelled', { index: mislabelled })
  for (const full of tiles) await verifyTile(stored, full)
}

async function walk(stored: Stored, from: number, checkpoint: CheckpointRow): Promise<Walked> {
  const { size } = checkpoint
  const hashes = Buffer.alloc((size - from) * hashLength)
  let next = from
  let differs: number | null = null
  let mislabelled: number | null = null
  const missing = () =>
    differs === null ? new Faulty(stored.log, 'entry-missing', { index: next }, { size }) : null
  for await (const rows of entries(stored, from, size)) {
    for (const { index, kind, data } of rows) {
      if (index !== next) throw missing() ?? (await altered(stored, from, differs ?? next, hashes))
      const offset = (next - from) * hashLength
      hashes.set(leafHash(data), offset)
      const expected = checkpoint.hashes.subarray(offset, offset + hashLength)
      if (!equalBytes(hashes.subarray(offset, offset + hashLength), expected)) differs ??= next
      if (readLeaf(data)?.kind !== kind) mislabelled ??= next
      next += 1
    }
  }
  if (next !== size) throw missing() ?? (await altered(stored, from, differs ?? next, hashes))
  return { hashes, differs, mislabelled }
}

/** Why the signed note is not of this log, size and root, in English; null when it is. */
async function wrongSignature(
  { origin, key }: Signing,
  { note, size, root }: CheckpointRow,
): Promise<string | null> {
  try {
    const { checkpoint } = await openCheckpoint(note, { origin, keys: [key] })
    if (checkpoint.size !== size) return `it is over ${checkpoint.size}`
    return equalBytes(checkpoint.root, root) ? null : 'its root is another'
  } catch (error) {
    if (error instanceof TlogError) return error.message
    throw error
  }
}

/** The entry is known: what stands there may be another entry, or one that never was. */
async function altered(stored: Stored, from: number, index: number, hashes: Buffer): Promise<Faulty> {
  const offset = (index - from) * hashLength
  const other = await signedAs(stored, hashes.subarray(offset, offset + hashLength))
  return other === null
    ? new Faulty(stored.log, 'entry-altered', { index })
    : new Faulty(stored.log, 'entry-moved', { index }, { other })
}

/** The hashes stored with the checkpoint were altered along with an entry: a full tile may still name it. */
async function alteredUnseen(
  stored: Stored,
  from: number,
  size: number,
  tiles: readonly FullTile[],
): Promise<Faulty> {
  for (const { level, index, hashes } of tiles) {
    const row = level === 0 ? await tile(stored, level, index) : undefined
    const differs = row === undefined ? null : firstDifference(hashes, row.hashes)
    if (differs !== null) {
      const entry = index * (hashes.length / hashLength) + differs
      if (entry >= from) return new Faulty(stored.log, 'entry-altered', { index: entry })
    }
  }
  return size - from === 1
    ? new Faulty(stored.log, 'entry-altered', { index: from })
    : new Faulty(stored.log, 'entries-altered', { index: from, through: size - 1 })
}

async function verifyTile(stored: Stored, { level, index, hashes, root }: FullTile): Promise<void> {
  const row = await tile(stored, level, index)
  if (row !== undefined && equalBytes(row.hashes, hashes) && equalBytes(row.root, root)) return
  const spans = (hashes.length / hashLength) ** (level + 1)
  const at = { index: index * spans, through: (index + 1) * spans - 1 }
  throw new Faulty(stored.log, 'tile-wrong', at, { level, tile: index })
}

/** Position of the first hash that differs; null when all are the same. */
function firstDifference(a: Buffer, b: Buffer): number | null {
  for (let offset = 0; offset < a.length; offset += hashLength)
    if (!equalBytes(a.subarray(offset, offset + hashLength), b.subarray(offset, offset + hashLength)))
      return offset / hashLength
  return null
}
