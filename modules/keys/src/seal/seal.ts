import type { Instant, Json } from '@hevd/core'

/** What can seal the root key at rest. `shares` are held by several custodians; the others open by themselves. */
export const sealKinds = ['shares', 'file', 'pkcs11', 'transit', 'aws-kms', 'gcp-kms', 'azure-kms'] as const
export type SealKind = (typeof sealKinds)[number]

/** What is stored of a sealed root key beside the keys it opens: never the root key, nor a share, in clear. */
export type SealedRoot = { readonly kind: SealKind; readonly [name: string]: Json }

/** Wraps the vault's root key (32 bytes) at rest, and opens it without people. */
export type Seal = {
  readonly kind: Exclude<SealKind, 'shares'>
  /** @param context bound to what is stored: the organisation's id in bytes */
  wrap(rootKey: Buffer, context: Buffer): Promise<SealedRoot>
  /** A buffer of its own, which the caller zeroes. Throws KeysError that tells what is missing. */
  unwrap(sealed: SealedRoot, context: Buffer): Promise<Buffer>
}

/** How a root key is shared out: any `threshold` of the custodians (ids of accounts, each once) open it together. */
export type SharePlan = { readonly threshold: number; readonly custodians: readonly string[] }

/** Shares of a new set that wait for their custodians, in memory alone; given up when the server stops. */
export type Sharing = {
  /** What is to be stored once every custodian has taken theirs. */
  readonly sealed: SealedRoot
  readonly plan: SharePlan
  /** Custodians who have not taken theirs. */
  waitsFor(): readonly string[]
  /** The custodian's own share in its text form, once. Throws `not-custodian` or `share-taken`. */
  take(custodian: string): string
  /** Zeroes what was not taken. */
  discard(): void
}

export type CeremonyProgress = {
  readonly threshold: number
  readonly custodians: readonly string[]
  /** Who has given a share so far, in order; at most `threshold`. */
  readonly given: readonly string[]
  /** When what was given is forgotten; null while nothing was. */
  readonly expiresAt: Instant | null
}

/** Custodians giving their shares one by one. What was given is in memory, and is zeroed when it expires or is reset. */
export type Ceremony = {
  progress(sealed: SealedRoot, now: Instant): CeremonyProgress
  /**
   * Takes a custodian's own share. The root key when it was the last that was needed (the ceremony is then over), null
   * while more are. Throws KeysError: not a custodian, mistyped, of another set, another custodian's, or wrong.
   */
  offer(
    sealed: SealedRoot,
    context: Buffer,
    offered: { readonly custodian: string; readonly share: string; readonly now: Instant },
  ): Promise<Buffer | null>
  reset(): void
}

/** The seal whose key is shared out among custodians (Shamir). */
export type SharesSeal = {
  readonly kind: 'shares'
  /** Wraps the root key under a new share key and splits that. Throws `not-valid-sharing`. */
  wrap(rootKey: Buffer, context: Buffer, plan: SharePlan): Promise<Sharing>
  /** Who opens what is sealed, and how many of them it takes. */
  planOf(sealed: SealedRoot): SharePlan
  ceremony(): Ceremony
}

/** Seals of this server: shares always, and those that its settings name. `seal/index.ts` makes it. */
export type Sealing = {
  readonly shares: SharesSeal
  readonly seals: ReadonlyMap<Seal['kind'], Seal>
}
