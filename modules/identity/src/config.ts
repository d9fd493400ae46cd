import type { Duration } from '@hevd/core'

/** Settings of the module, with their defaults. */
export type IdentityConfig = {
  /** A session ends this long after it was last used. */
  readonly idle: Duration
  /** A session ends this long after it began, used or not. */
  readonly longest: Duration
  /** An invitation that nobody has used is worthless after this. */
  readonly invitationValid: Duration
  /** Failed sign-ins for one user name before it must wait. */
  readonly attempts: number
  /** How long it waits then. */
  readonly wait: Duration
}

export const identityDefaults: IdentityConfig = {
  idle: 'PT8H',
  longest: 'P7D',
  invitationValid: 'P7D',
  attempts: 10,
  wait: 'PT1M',
}
