import {
  type Checkpoint,
  fromBase64,
  nodeHashAsync,
  openCheckpoint,
  parseVerifierKey,
  proveConsistency,
  readerOfTiles,
  TlogError,
  tilePath,
  toBase64,
  type VerifiedNote,
  verifyConsistency,
} from '@hevd/tlog/verify'
import { type LogFinding, type LogFindingCode, ofLog } from './findings.ts'

/** A tree head that somebody has seen, to hold the next one against. */
export type Head = {
  readonly origin: string
  readonly verifierKey: string
  readonly size: number
  /** Base64. */
  readonly root: string
}

/** Where the public log is read: paths below `/log/`. Rejects when it cannot be. */
export type LogSource = {
  readonly checkpoint: () => Promise<string>
  readonly tile: (path: string) => Promise<Uint8Array>
}

export type LogClaim = {
  readonly origin: string
  /** The key that the server names; a pinned or a remembered one goes before it. */
  readonly verifierKey: string
  /** The checkpoint that the page's proofs lead to. */
  readonly checkpoint: string
  readonly pinnedKey: string | null
  readonly remembered: Head | null
  readonly witnessKeys: readonly string[]
}

export type CheckedLog = {
  readonly finding: LogFinding
  /** The checkpoint that proofs may lead to; null when nothing can be proven. */
  readonly checkpoint: Checkpoint | null
  /** Worth remembering; null when something is wrong. */
  readonly head: Head | null
  readonly note: VerifiedNote | null
}

/**
 * The signature of the page's checkpoint, and that the log as it is now continues both it and the one that was
 * remembered. A pinned key goes before all; else the remembered one; else the first one seen is taken.
 */
export async function checkLog(claim: LogClaim, source: LogSource): Promise<CheckedLog> {
  const known = claim.pinnedKey ?? claim.remembered?.verifierKey ?? claim.verifierKey
  if (known !== claim.verifierKey) return nothing('another-key')
  try {
    const keys = [await parseVerifierKey(known)]
    const others = await Promise.all(claim.witnessKeys.map(parseVerifierKey))
    const page = await openCheckpoint(claim.checkpoint, { origin: claim.origin, keys, others })
    const newest = await openCheckpoint(await source.checkpoint(), { origin: claim.origin, keys, others })
    const proven = { checkpoint: page.checkpoint, note: page.note }
    const remembered = claim.remembered === null ? null : headCheckpoint(claim.remembered)
    if (remembered !== null && remembered.origin !== claim.origin)
      return { ...proven, finding: ofLog('history-rewritten'), head: null }
    if (newest.checkpoint.size < Math.max(remembered?.size ?? 0, page.checkpoint.size))
      return { ...proven, finding: ofLog('history-shortened'), head: null }
    for (const older of [page.checkpoint, ...(remembered === null ? [] : [remembered])])
      if (!(await continues(older, newest.checkpoint, source)))
        return { ...proven, finding: ofLog('history-rewritten'), head: null }
    const { origin, size, root } = newest.checkpoint
    const head = { origin, verifierKey: known, size, root: toBase64(root) }
    return { ...proven, finding: ofLog(remembered === null ? 'first-visit' : 'continues'), head }
  } catch (error) {
    return nothing(error instanceof TlogError ? 'checkpoint-forged' : 'log-unreachable')
  }
}

/** Whether the tree `newer` begins with the tree `older`, by a proof made from the log's tiles. */
async function continues(older: Checkpoint, newer: Checkpoint, source: LogSource): Promise<boolean> {
  if (older.size === 0) return true
  const hashes = readerOfTiles(
    newer.size,
    (tiles) =>
      Promise.all(tiles.map(({ level, index, width }) => source.tile(tilePath(level, index, width)))),
    nodeHashAsync,
  )
  try {
    const path =
      older.size === newer.size
        ? []
        : await proveConsistency(older.size, newer.size, { hashes, nodeHash: nodeHashAsync })
    const [from, to] = [older.size, newer.size]
    await verifyConsistency({ from, to, fromRoot: older.root, toRoot: newer.root, path })
    return true
  } catch (error) {
    if (error instanceof TlogError) return false
    throw error
  }
}

function headCheckpoint({ origin, size, root }: Head): Checkpoint {
  return { origin, size, root: fromBase64(root), extensions: [] }
}

function nothing(code: LogFindingCode): CheckedLog {
  return { finding: ofLog(code), checkpoint: null, head: null, note: null }
}
