import type { Duration } from '@hevd/core'
import { type ImportConfig, importDefaults } from '@hevd/register-file'
import { protocol } from './domain/versions.ts'

/** Settings of the module, with their defaults. */
export type HostsConfig = ImportConfig & {
  /** Longest token that is looked at. */
  readonly tokenLength: number
  /** How long an administrator's token lets an agent join. */
  readonly joinTokenLife: Duration
  /** How long an agent's certificate is good; the agent renews it after two thirds of that. */
  readonly certificateLife: Duration
  /**
   * How long after its end a certificate that was not revoked still renews itself, and does nothing else: longer than
   * a host is off while its owner is on holiday. Revoking does not wait for the end, so that this costs no safety.
   */
  readonly certificateGrace: Duration
  /** What agents and this server say to one another (domain/versions.ts); another in tests of skew alone. */
  readonly protocol: number
}

export const hostsDefaults: HostsConfig = {
  ...importDefaults,
  tokenLength: 200,
  joinTokenLife: 'PT1H',
  certificateLife: 'P7D',
  certificateGrace: 'P30D',
  protocol,
}
