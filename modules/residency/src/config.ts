import type { Duration } from '@hevd/core'
import { type ImportConfig, importDefaults } from '@hevd/register-file'

/** Settings of the module, with their defaults. Durations are without calendar units. */
export type ResidencyConfig = ImportConfig & {
  /** How long an application may go by an answer: what a changed choice or a store that turned out elsewhere takes to reach it. */
  readonly answersLive: Duration
  /** How often answers that were given are written down as counts. */
  readonly countEvery: Duration
  /** After this a batch that is still open was left by a server that ended. */
  readonly lostAfter: Duration
}

export const residencyDefaults: ResidencyConfig = {
  ...importDefaults,
  answersLive: 'PT1M',
  countEvery: 'PT1M',
  lostAfter: 'PT10M',
}
