import type { Database } from '@hevd/postgres'
import { toBase64 } from '@hevd/tlog'
import type { LogView } from './contract.ts'
import type { Log } from './log.ts'
import { cosigned } from './proofs.ts'
import { checkpointAt, countWaiting, lastCosignatures } from './store.ts'

/** How a log stands: what is served, what waits, what witnesses have seen. */
export function stateOf(db: Database, log: Log): Promise<LogView> {
  const { organisation, name, origin, verifierKey, kept } = log
  return db.transaction(organisation, async (tx) => {
    const signed = kept === null ? undefined : await checkpointAt(tx, organisation, name, kept.size)
    const witnesses = await lastCosignatures(tx, organisation, name)
    return {
      log: name,
      origin,
      verifierKey,
      size: kept?.size ?? 0,
      waiting: await countWaiting(tx, organisation, name),
      root: kept === null ? null : toBase64(kept.root),
      signedAt: signed?.signed_at ?? null,
      checkpoint: kept === null ? null : await cosigned(tx, log, kept),
      witnesses: witnesses.map(({ witness, size, received_at }) => ({
        name: witness,
        size,
        at: received_at,
      })),
    }
  })
}
