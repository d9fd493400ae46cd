import type { Instant } from '@hevd/core'

/** A row of `hevd.organisation`, which no policy hides: whoever may connect may list organisations. */
export type Organisation = {
  readonly id: string
  readonly name: string
  /** Lower case, unique; requests are matched by it. */
  readonly host_name: string
  readonly locale: 'nb' | 'en'
  /** IANA name, `Europe/Oslo`. */
  readonly time_zone: string
  readonly created_at: Instant
}

/** For `tx.withTables<OrganisationTables>()`. */
export type OrganisationTables = { 'hevd.organisation': Organisation }
