import type { Duration } from '@hevd/core'

/** Settings of the module, with their defaults. */
export type AmendmentsConfig = {
  /** A control may not be said not to apply for longer than this, without somebody looking again. */
  readonly longestNotApplicable: Duration
  /** How long a dry run may take; after that it says what is left. */
  readonly trialTime: Duration
}

export const amendmentsDefaults: AmendmentsConfig = {
  longestNotApplicable: 'P366D',
  trialTime: 'PT10S',
}
