import type { Duration } from '@hevd/core'

/** Settings of the module, with their defaults. */
export type KeysConfig = {
  /** How long a deleted key can be restored before it is destroyed. */
  readonly deletionWait: Duration
  /** How often leases that are over are closed. Without calendar units, as the next two. */
  readonly flushEvery: Duration
  /** How often what is due is looked for: rotation, destruction, leases of dead servers, a seal that should open by itself. */
  readonly lookEvery: Duration
  /** How long a lease is used before it is closed and written down. */
  readonly leaseLife: Duration
  /** The first lease of a grant is for so many uses; a later one for as many as were needed, up to `longestLease`. */
  readonly firstLease: number
  readonly longestLease: number
  /** Largest body of a Transit call, in bytes. */
  readonly bodyLimit: number
  /** Most items of a batch. */
  readonly longestBatch: number
}

export const keysDefaults: KeysConfig = {
  deletionWait: 'P7D',
  flushEvery: 'PT1S',
  lookEvery: 'PT10S',
  leaseLife: 'PT15S',
  firstLease: 100,
  longestLease: 1_000_000,
  bodyLimit: 32 * 2 ** 20,
  longestBatch: 10_000,
}
