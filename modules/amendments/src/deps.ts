import type { Catalogue, Clock } from '@hevd/core'
import type { Ledger } from '@hevd/ledger'
import type { Database } from '@hevd/postgres'
import type { Posture } from '@hevd/posture'
import type { AmendmentsConfig } from './config.ts'

export type AmendmentsDeps = {
  readonly db: Database
  readonly clock: Clock
  readonly ledger: Ledger
  readonly posture: Posture
  readonly catalogue: Catalogue
  /** Ids of the accounts that are administrators and not disabled. */
  readonly administrators: (organisation: string) => Promise<readonly string[]>
  /** What accounts are called, by id. */
  readonly names: (organisation: string, ids: readonly string[]) => Promise<ReadonlyMap<string, string>>
  readonly config?: Partial<AmendmentsConfig>
}

/** The same, with nothing left open. */
export type Context = Omit<AmendmentsDeps, 'config'> & { readonly config: AmendmentsConfig }

/** Who does something, with which right. */
export type Actor = { readonly id: string; readonly administrator: boolean }
