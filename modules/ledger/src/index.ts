import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import type { Clock, Instant, Json } from '@hevd/core'
import type { Module } from '@hevd/http'
import type { Database, Tx } from '@hevd/postgres'
import { appendEntries } from './append.ts'
import { type LedgerConfig, ledgerDefaults } from './config.ts'
import type { InclusionProof, LogName, LogView } from './contract.ts'
import { entryIds } from './domain/entry-ids.ts'
import type { Entry } from './domain/leaf.ts'
import { erasePerson } from './erase.ts'
import { createLogs } from './logs.ts'
import { openPersonKeys, type PersonKeys, personKeyFile } from './person-keys.ts'
import { proofAt, proofsOf } from './proofs.ts'
import { type LedgerLogger, reports } from './reports.ts'
import { ledgerRoutes } from './routes.ts'
import { stateOf } from './state.ts'
import { type StillLog, stillLog } from './still.ts'
import { checkpointSignedBy } from './store.ts'

export type { LedgerConfig, WitnessConfig } from './config.ts'
export type { InclusionProof, LogName, LogView } from './contract.ts'
export type { Entry, Personal } from './domain/leaf.ts'
export { LedgerError, type LedgerErrorCode, ledgerErrors } from './errors.ts'
export type { LedgerLogger } from './reports.ts'
export type { ProvenEntry, StillLog } from './still.ts'
export {
  type LedgerFault,
  type LedgerVerification,
  type LedgerVerificationDeps,
  type LogVerified,
  verifyLedger,
} from './verify/verify-ledger.ts'

export type LedgerDeps = {
  readonly db: Database
  readonly clock: Clock
  /** HEVD_HOME; everything lies under `<home>/ledger`. */
  readonly home: string
  readonly logger: LedgerLogger
  readonly random?: (bytes: number) => Buffer
  readonly config?: Partial<LedgerConfig>
}

/** Where a log stood: entries in its tree, and the tree's root in hex. */
export type LogPosition = { readonly size: number; readonly root: string }

export type Ledger = Module & {
  /**
   * Acknowledged when `tx` commits. `kind` and `at` (the clock's, unless the body has one) are members of each leaf. The
   * entries' ids, in order. Throws LedgerError: `entry-too-large`, and why the log takes nothing now.
   */
  append(tx: Tx, organisation: string, log: LogName, entries: readonly Entry[]): Promise<readonly string[]>
  /** One entry in the internal log. */
  record(tx: Tx, organisation: string, kind: string, body: { readonly [name: string]: Json }): Promise<void>
  /**
   * Makes the organisation's two logs (keys, empty heads) if they are not there, and checks the database against the
   * kept checkpoints. Throws LedgerError; the log then takes nothing until that is mended.
   */
  open(organisation: string): Promise<void>
  /** Resolves when everything acknowledged before the call is covered by a signed checkpoint. */
  settle(organisation: string): Promise<void>
  state(organisation: string, log: LogName): Promise<LogView>
  /** Inclusion proof of an entry by its id, against the newest checkpoint; null while it waits for one. */
  proofOf(organisation: string, log: LogName, id: string): Promise<InclusionProof | null>
  /** The same for many, all against one checkpoint; those that wait are left out. */
  proofsOf(
    organisation: string,
    log: LogName,
    ids: readonly string[],
  ): Promise<ReadonlyMap<string, InclusionProof>>
  /** The proof of entry `index`; null where no checkpoint covers it yet. */
  proofAt(organisation: string, log: LogName, index: number): Promise<InclusionProof | null>
  /** A log as it stands at its newest checkpoint, for many proofs that lead to one root; null where nothing is signed. */
  still(organisation: string, log: LogName): StillLog | null
  /** The newest position that was signed by a moment; null where none was. */
  positionAt(tx: Tx, organisation: string, log: LogName, moment: Instant): Promise<LogPosition | null>
  /** Everybody who was ever erased, by the names that sealed entries had for them; also when the database was restored to before it. */
  erasedPersons(organisation: string): readonly string[]
  /**
   * Erases what was sealed of a person, for ever; a leaf of the internal log lists the entries. Their number. What
   * `alongside` writes is written with the leaf or not at all; when it answers false no leaf is added.
   */
  erase(
    organisation: string,
    person: string,
    alongside?: (tx: Tx, entries: number) => Promise<boolean>,
  ): Promise<number>
}

/** Folder of the module's numbered SQL files. */
export const ledgerMigrations = join(import.meta.dirname, '..', 'migrations')

/** Two transparency logs per organisation (README.md). */
export function createLedger(deps: LedgerDeps): Ledger {
  const { db, clock, home, logger, random = randomBytes } = deps
  const config = Object.freeze({ ...ledgerDefaults, ...deps.config })
  const logs = createLogs({ db, clock, home, config, reports: reports(logger) })
  const newId = entryIds(random)
  let personKeys: PersonKeys | null = null
  const keys = () => {
    personKeys ??= openPersonKeys(personKeyFile(home), random)
    return personKeys
  }
  const append: Ledger['append'] = async (tx, organisation, log, entries) => {
    logs.writable(organisation, log)
    const ids = await appendEntries(tx, organisation, log, entries, { clock, newId, random, keys })
    logs.wake(organisation)
    return ids
  }
  return {
    name: 'ledger',
    migrations: ledgerMigrations,
    register: (app) =>
      ledgerRoutes(app, { db, keys, log: logs.opened, state: (o, l) => stateOf(db, logs.opened(o, l)) }),
    start: async () => logs.start(),
    async stop() {
      await logs.stop()
      personKeys?.close()
      personKeys = null
    },
    append,
    record: async (tx, organisation, kind, body) => {
      await append(tx, organisation, 'internal', [{ kind, body }])
    },
    open: logs.open,
    settle: logs.settle,
    state: (organisation, log) => stateOf(db, logs.opened(organisation, log)),
    proofOf: async (organisation, log, id) =>
      (await proofsOf(db, logs.opened(organisation, log), [id])).get(id) ?? null,
    proofsOf: (organisation, log, ids) => proofsOf(db, logs.opened(organisation, log), ids),
    proofAt: (organisation, log, index) => proofAt(db, logs.opened(organisation, log), index),
    still: (organisation, log) => stillLog(db, logs.opened(organisation, log)),
    positionAt: async (tx, organisation, log, moment) => {
      const found = await checkpointSignedBy(tx, organisation, log, moment)
      return found === undefined ? null : { size: found.size, root: found.root.toString('hex') }
    },
    erasedPersons: (organisation) => keys().erasedOf(organisation),
    erase: async (organisation, person, alongside) => {
      logs.writable(organisation, 'internal')
      const means = { clock, newId, random, keys }
      const erased = await erasePerson(db, means, organisation, person, alongside)
      logs.wake(organisation)
      return erased
    },
  }
}
