import type { Duration } from '@hevd/core'

/** Settings of the module, with their defaults. */
export type FeedsConfig = {
  /** Intervals without a word after which a feed is silent; never fewer than three. */
  readonly silentAfterIntervals: number
  /** Shortest and longest interval a feed may promise. */
  readonly shortestInterval: Duration
  readonly longestInterval: Duration
  /** After the server's start, silence is recorded only when agents have had this long to empty their spools. */
  readonly graceAfterStart: Duration
  /** The silence worker looks at least this often. */
  readonly longestSleep: Duration
  /** How long after a register's change its listeners are told: its transaction is the caller's to commit. */
  readonly tellAfter: Duration
  /** Largest body of a report in bytes. */
  readonly bodyLimit: number
  readonly factsPerReport: number
  /** Bytes of one fact's value in JSON. */
  readonly bytesPerFact: number
  /** Bytes of a key, a scope or a look-up: they stand in indexes. */
  readonly bytesPerKey: number
  readonly lookupsPerFact: number
}

export const feedsDefaults: FeedsConfig = {
  silentAfterIntervals: 3,
  shortestInterval: 'PT1S',
  longestInterval: 'P7D',
  graceAfterStart: 'PT1M',
  longestSleep: 'PT10S',
  tellAfter: 'PT0.05S',
  bodyLimit: 8 * 1024 * 1024,
  factsPerReport: 200_000,
  bytesPerFact: 64 * 1024,
  bytesPerKey: 1000,
  lookupsPerFact: 10_000,
}
