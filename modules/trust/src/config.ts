import type { Duration } from '@hevd/core'

/** Settings of the module, with their defaults. */
export type TrustConfig = {
  /** How often it is looked for what changed. */
  readonly look: Duration
  /** A control's leaf is said again after this, changed or not. */
  readonly every: Duration
  /** How long a leaf may be believed: a little longer than `every`. */
  readonly validFor: Duration
  /** How long it takes before a control shows less than it did. */
  readonly withholdAfter: Duration
  /** Most earlier states that are shown of a control. */
  readonly history: number
}

export const trustDefaults: TrustConfig = {
  look: 'PT3S',
  every: 'PT1H',
  validFor: 'PT1H10M',
  withholdAfter: 'P1D',
  history: 12,
}
