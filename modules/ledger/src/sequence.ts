import type { Clock } from '@hevd/core'
import type { Database } from '@hevd/postgres'
import { checkpointText, signNote } from '@hevd/tlog'
import type { RightEdge } from './domain/right-edge.ts'
import { LedgerError } from './errors.ts'
import { checkedEdge, type Kept, type Log, signedHead } from './log.ts'
import { moveBatch, swapHead, takeHead } from './store.ts'

/** What one turn of the sequencer came to. */
export type Turn =
  | { readonly kind: 'idle' }
  /** Another sequencer is at it: try again. */
  | { readonly kind: 'busy' }
  /** A checkpoint that was not served before; `full` when the batch was as large as one may be. */
  | { readonly kind: 'published'; readonly size: number; readonly full: boolean }

/** The head was swapped by another between our reading and our writing. */
class HeadMoved extends Error {}

type Standing = { readonly edge: RightEdge; readonly kept: Kept | null; readonly moved: number }

/**
 * One turn: takes what waits, puts it at the tree's end, signs the new root, all in one transaction that swaps the
 * head; then keeps the checkpoint outside the database, and only then may it be served (`log.kept`). Also keeps what
 * another server signed. Throws what {@link checkedEdge} does, `checkpoint-not-kept`, and the driver's errors; nothing
 * is lost by any of them, and the next turn carries on.
 */
export async function takeTurn(db: Database, clock: Clock, log: Log, limit: number): Promise<Turn> {
  try {
    await log.file.reserve()
    const standing = await sequence(db, clock, log, limit)
    if (standing === null) return { kind: 'busy' }
    const { edge, kept, moved } = standing
    log.edge = edge
    log.refused = null
    if (kept === null || kept.size === log.kept?.size) return { kind: 'idle' }
    await log.file.keep(kept.note)
    log.kept = kept
    return { kind: 'published', size: kept.size, full: moved === limit }
  } catch (error) {
    if (error instanceof HeadMoved) return { kind: 'busy' }
    if (error instanceof LedgerError) log.refused = error
    throw error
  }
}

/** Null when the head is taken. Two batches of one size cannot both commit, so there is one signed root per size. */
function sequence(db: Database, clock: Clock, log: Log, limit: number): Promise<Standing | null> {
  const { organisation, name, origin, signer } = log
  return db.transaction(organisation, async (tx) => {
    const head = await takeHead(tx, organisation, name)
    if (head === undefined) return null
    const before = await checkedEdge(tx, log, head)
    const hashes = await moveBatch(tx, organisation, name, head.size, limit)
    if (hashes.length === 0) {
      const known = head.size === 0 || head.size === log.kept?.size
      return { edge: before, kept: known ? log.kept : await signedHead(tx, log, head), moved: 0 }
    }
    const edge = before.copy()
    const tiles = edge.append(hashes)
    const { size } = edge
    const root = Buffer.from(edge.root())
    const note = signNote(checkpointText({ origin, size, root }), [signer])
    const checkpoint = { size, root, hashes, note, signed_at: clock.now() }
    if (!(await swapHead(tx, organisation, name, head.size, checkpoint, tiles))) throw new HeadMoved()
    return { edge, kept: { size, root, note }, moved: size - head.size }
  })
}
