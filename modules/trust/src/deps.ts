import type { Catalogue, Clock } from '@hevd/core'
import type { Feeds } from '@hevd/feeds'
import type { Ledger } from '@hevd/ledger'
import type { Database } from '@hevd/postgres'
import type { Posture } from '@hevd/posture'
import type { FastifyBaseLogger } from 'fastify'
import type { TrustConfig } from './config.ts'

export type TrustDeps = {
  readonly db: Database
  readonly clock: Clock
  readonly logger: FastifyBaseLogger
  readonly ledger: Ledger
  readonly posture: Posture
  readonly feeds: Feeds
  readonly catalogue: Catalogue
  /** Where people reach the server, such as `https://hevd.example`. */
  readonly origin: string
  readonly random?: (bytes: number) => Uint8Array
  readonly config?: Partial<TrustConfig>
}

/** The same, with nothing left open. */
export type Context = Omit<TrustDeps, 'config' | 'random'> & {
  readonly config: TrustConfig
  readonly random: (bytes: number) => Uint8Array
}
