import type { Clock } from '@hevd/core'
import type { Feeds, Record } from '@hevd/feeds'
import type { Database } from '@hevd/postgres'
import type { Authority } from '../authority/authority.ts'
import type { HostsConfig } from '../config.ts'

/** What joining, renewing and revoking need; `authority` throws `agents-off` where remote agents are not listened for. */
export type AgentsContext = {
  readonly db: Database
  readonly clock: Clock
  readonly feeds: Feeds
  readonly record: Record
  readonly config: HostsConfig
  /** Version of this Hevd. */
  readonly version: string
  authority(organisation: string): Authority
  /** Told, after the commit, which certificates (SHA-256) are refused from now on. */
  readonly revoked: (fingerprints: readonly Buffer[]) => void
}
