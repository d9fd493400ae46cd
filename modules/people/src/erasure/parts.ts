import type { Duration, Instant } from '@hevd/core'
import type { Erased } from '@hevd/feeds'
import type { Ledger } from '@hevd/ledger'
import type { Tx } from '@hevd/postgres'
import type { Hindrance } from '../contract.ts'
import type { RegisterDeps } from '../register.ts'

/** What a column holds of persons, and so what an erasure does with it (SECURITY.md has the table). */
export type Holding =
  /** Nothing: ids that Hevd makes, codes, digests, moments. */
  | 'none'
  /** Who somebody is. It goes. */
  | 'person'
  /** What people wrote in their own words. Names are taken out of it. */
  | 'words'
  /** What people call hosts, services, periods. Looked through and told, not changed. */
  | 'title'
  /** What a source says of a system, now. It is the system's, and goes when the source no longer says it. */
  | 'host'
  /** An account of Hevd itself, which is closed under Accounts. */
  | 'console'
  /** Sealed under the person's key. */
  | 'sealed'
  /** Queues and erasures at work, which are empty when they are done. */
  | 'passing'
/** By `<schema>.<table>` and column. */
export type PersonalData = { readonly [table: string]: { readonly [column: string]: Holding } }

/** A register that names persons. */
export type NamingRegister = {
  readonly hindrance: Hindrance['what']
  /** Ids of what the person still answers for or has. */
  hinders(tx: Tx, organisation: string, person: string): Promise<readonly string[]>
  erase(tx: Tx, organisation: string, erased: Erased): Promise<void>
}

/** Everything elsewhere that an erasure goes through. */
export type ErasureParts = {
  readonly registers: readonly NamingRegister[]
  readonly feeds: {
    eraseSaid(tx: Tx, organisation: string, erased: Erased): Promise<void>
    erasePast(tx: Tx, organisation: string, erased: Erased): Promise<void>
  }
  /** What is judged, and what is told of periods. `again` until the changed registers have been judged. */
  readonly history: {
    erase(
      tx: Tx,
      organisation: string,
      erasure: { readonly id: string; readonly since: Instant },
      erased: Erased,
    ): Promise<'done' | 'again'>
    forgetPseudonyms(tx: Tx, organisation: string): Promise<void>
    /** How many periods nobody has signed. */
    openPeriods(tx: Tx, organisation: string): Promise<number>
  }
  readonly personalData: PersonalData
  /** Masks these words in the logs that processes wrote. */
  maskLogs(words: readonly string[]): Promise<void>
  /** Rewrites these tables, so that no deleted row is left on disk; null where the database is not ours to rewrite. */
  readonly rewrite: ((tables: readonly string[]) => Promise<void>) | null
}

export type ErasureDeps = RegisterDeps & {
  readonly ledger: Pick<Ledger, 'append' | 'erase'>
  readonly administrators: (organisation: string) => Promise<readonly string[]>
  readonly parts: () => ErasureParts
  readonly logger: { error(fields: object, message: string): void }
}

/** Settings of erasing. */
export type ErasureConfig = {
  /** How long a person is kept after the last day, ISO 8601 in years, months or days. */
  readonly retention: Duration
  /** More persons than this within a day need another administrator's approval. */
  readonly erasedAlone: number
  /** How often what waits is tried again. */
  readonly erasurePoll: Duration
}

export const erasureDefaults: ErasureConfig = { retention: 'P1Y', erasedAlone: 5, erasurePoll: 'PT5S' }
