import type { Duration } from '@hevd/core'

/** Settings of the module, with their defaults. */
export type PostureConfig = {
  /** Version of the product; another one judges everything anew when it is activated. */
  readonly version: string
  /** How long the worker waits when nothing calls it: what another server left is found no later. */
  readonly poll: Duration
  /** How many judgements one transaction takes. */
  readonly batch: number
  /** How many findings that fall due one transaction moves. */
  readonly dueChunk: number
  /** How many touched look-ups one transaction hands on. */
  readonly touchedChunk: number
  /** Judging that has not gone through for this long is silent: what holds reads unknown until it is back. */
  readonly silentAfter: Duration
  /** How often control states are written although nothing was judged: time and silence change them too. */
  readonly refresh: Duration
  /** Judging stops when the database's clock is off by more than this against monotonic time. */
  readonly clockTolerance: Duration
  /** When a finding flaps, and how long what flaps must be seen to hold before it is believed. */
  readonly flapping: { readonly times: number; readonly within: Duration; readonly steady: Duration }
  /** An exception may not last longer. */
  readonly longestException: Duration
  /** What falls due or ends within this is asked of people; in clock units. */
  readonly dueSoon: Duration
}

export const postureDefaults: PostureConfig = {
  version: '',
  poll: 'PT1S',
  batch: 500,
  dueChunk: 200_000,
  touchedChunk: 1000,
  silentAfter: 'PT5M',
  refresh: 'PT15S',
  clockTolerance: 'PT30S',
  flapping: { times: 3, within: 'P1D', steady: 'PT1H' },
  longestException: 'P366D',
  dueSoon: 'P30D',
}
