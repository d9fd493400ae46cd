import type { Bilingual, Instant } from '@hevd/core'
import type { Principal } from './access.ts'

/**
 * Something that waits for people, as the module it belongs to tells it. Told once for the organisation, with whom it
 * is asked of beside it: a reading then costs the same for one reader and for a thousand who are told by mail.
 */
export type Ask = {
  /**
   * The same for as long as the same is asked, and the same again if it is asked anew: `control/unique-accounts`. Names
   * nobody: it stands in addresses, mails and logs.
   */
  readonly id: string
  /** What sort it is, for receivers that tell sorts apart: `control-fails`. */
  readonly kind: string
  /** What is asked, in a line. It goes into mails, calendars and webhooks, so it names no person. */
  readonly title: Bilingual
  /** More of it, for whoever is signed in. */
  readonly what: Bilingual
  /** Since when it waits; null where that is not known. */
  readonly since: Instant | null
  /** When something becomes late or ends; null where time changes nothing. */
  readonly deadline: Instant | null
  /** The one action, and the console's address where it is done. */
  readonly action: Bilingual
  readonly to: string
  /** Whether it is told at once to those who want what is urgent so, whatever rhythm they have chosen. */
  readonly urgent: boolean
  /** Whether it is asked of an account. */
  of(account: Extract<Principal, { readonly kind: 'account' }>): boolean
}

/**
 * What a module asks of people in an organisation now: summed up, so that there are tens of it however much there is.
 * `Tx` is the transaction of @hevd/postgres, which this package does not know.
 */
export type Asks<Tx> = (tx: Tx, organisation: string) => Promise<readonly Ask[]>
