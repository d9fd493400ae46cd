import type { Duration } from '@hevd/core'
import type { LogName } from './contract.ts'

/** Somebody elsewhere who signs that they saw our checkpoints grow (C2SP tlog-witness). */
export type WitnessConfig = {
  readonly name: string
  /** Submission prefix; `/add-checkpoint` is put behind it. */
  readonly url: string
  /** Verifier key `name+hash+base64` of type cosignature/v1. */
  readonly verifierKey: string
  /**
   * The logs it is shown; the public one if not given. The internal log's counts and timing are not for outsiders, and
   * its checkpoints stand in the public log, so that what is witnessed there covers it too.
   */
  readonly logs?: readonly LogName[]
}

/** Settings of the module, with their defaults. */
export type LedgerConfig = {
  /** How long entries that come one after another wait for one another before they become a batch. */
  readonly coalesce: Duration
  /** How often it is looked for entries that other servers acknowledged. */
  readonly look: Duration
  /** Longest pause between attempts while the database or the disk fails. */
  readonly longestPause: Duration
  /** Most entries under one checkpoint. */
  readonly batch: number
  readonly witnesses: readonly WitnessConfig[]
  /** How long a witness may take to answer. */
  readonly witnessTimeout: Duration
}

export const ledgerDefaults: LedgerConfig = {
  coalesce: 'PT0.1S',
  look: 'PT1S',
  longestPause: 'PT30S',
  batch: 10_000,
  witnesses: [],
  witnessTimeout: 'PT10S',
}
