import type { Json } from '@hevd/core'
import type { Tx } from '@hevd/postgres'

/** Writes to the internal log in the transaction of the change; the ledger's `record`. */
export type Record = (
  tx: Tx,
  organisation: string,
  kind: string,
  body: { readonly [name: string]: Json },
) => Promise<void>
