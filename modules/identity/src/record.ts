import type { Json } from '@hevd/core'
import type { Tx } from '@hevd/postgres'

/** Writes a change of accounts to the internal log in the transaction that makes it; ids only, no names. */
export type Record = (
  tx: Tx,
  organisation: string,
  kind: string,
  body: { readonly [name: string]: Json },
) => Promise<void>
