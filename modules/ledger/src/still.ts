import type { Database } from '@hevd/postgres'
import { inclusionPaths, tileHashReader, toBase64 } from '@hevd/tlog'
import type { Log } from './log.ts'
import { cosigned } from './proofs.ts'
import { type EntryRow, entriesAt, entriesOfKinds } from './store.ts'
import { tileSource } from './tiles.ts'

/** An entry with its proof in the tree of the checkpoint; bytes and hashes are base64. */
export type ProvenEntry = { readonly index: number; readonly leaf: string; readonly path: readonly string[] }

/** A log as it stood at one checkpoint: whatever is appended meanwhile, all proofs lead to the same root. */
export type StillLog = {
  readonly origin: string
  /** C2SP verifier key. */
  readonly verifierKey: string
  readonly size: number
  /** The signed note, with witnesses' cosignatures. */
  checkpoint(): Promise<string>
  /** Entries of these kinds that the checkpoint covers, in order, some at a time. */
  entries(kinds: readonly string[]): AsyncGenerator<readonly EntryRow[]>
  prove(indexes: readonly number[]): Promise<readonly ProvenEntry[]>
}

const entriesAtOnce = 2000

/** The log at its newest checkpoint; null where none is signed. */
export function stillLog(db: Database, { ...log }: Log): StillLog | null {
  const { kept, organisation, name, origin, verifierKey } = log
  if (kept === null) return null
  return {
    origin,
    verifierKey,
    size: kept.size,
    checkpoint: () => db.transaction(organisation, (tx) => cosigned(tx, log, kept)),
    async *entries(kinds) {
      let from = 0
      for (;;) {
        const rows = await db.transaction(organisation, (tx) =>
          entriesOfKinds(tx, organisation, name, kinds, { from, end: kept.size, limit: entriesAtOnce }),
        )
        if (rows.length > 0) yield rows
        if (rows.length < entriesAtOnce) return
        from = (rows.at(-1)?.index ?? 0) + 1
      }
    },
    prove: (indexes) =>
      db.transaction(organisation, async (tx) => {
        const rows = await entriesAt(tx, organisation, name, indexes)
        const hashes = tileHashReader(kept.size, tileSource(tx, organisation, name))
        const paths = await inclusionPaths(
          rows.map(({ index }) => index),
          kept.size,
          hashes,
        )
        return rows.map(({ index, data }, at) => ({
          index,
          leaf: data.toString('base64'),
          path: (paths[at] ?? []).map(toBase64),
        }))
      }),
  }
}
