import { join } from 'node:path'
import type { Asks, Module } from '@hevd/http'
import type { Tx } from '@hevd/postgres'
import { peopleAsks } from './asks.ts'
import { type PeopleConfig, peopleDefaults } from './config.ts'
import type { ErasureDeps, ErasureParts } from './erasure/parts.ts'
import { erasureRoutes } from './erasure/routes.ts'
import { createErasureWorker } from './erasure/worker.ts'
import { type Holder, type Known, knownHolders } from './known.ts'
import type { RegisterDeps } from './register.ts'
import { peopleRoutes } from './routes.ts'

export type { PeopleConfig } from './config.ts'
export type { AccountOwner, NamedService, Person } from './contract.ts'
export { finishErasures } from './erasure/finish.ts'
export type { ErasureParts, Holding, PersonalData } from './erasure/parts.ts'
export { tablesToRewrite } from './erasure/worker.ts'
export { PeopleError } from './errors.ts'
export type { Holder, Known } from './known.ts'

export type PeopleDeps = Omit<RegisterDeps, 'config'> & {
  readonly config?: Partial<PeopleConfig>
  /** How persons are erased; without it they cannot be. */
  readonly erasing?: Pick<ErasureDeps, 'ledger' | 'administrators' | 'logger'> & {
    /** Asked for when it is needed: what it goes through is made after this module. */
    readonly parts: () => ErasureParts
  }
}

/** What it says reaches others as facts: `person`, `named-service` and `account-owner`. */
export type People = Module & {
  /** Whose the accounts are that nobody has said it of, and who is to be erased again after the database was restored. */
  readonly asks: Asks<Tx>
  /** Those of these that the register has, by `person/<id>` or `service/<id>`. */
  known(tx: Tx, organisation: string, holders: readonly Holder[]): Promise<ReadonlyMap<string, Known>>
  /** Takes every erasure as far as it comes now. For tests. */
  eraseNow(): Promise<void>
}

/** Folder of the module's numbered SQL files. */
export const peopleMigrations = join(import.meta.dirname, '..', 'migrations')

/** The register of people, of services with accounts of their own, and of whose each account is said to be. */
export function createPeople(deps: PeopleDeps): People {
  const config = Object.freeze({ ...peopleDefaults, ...deps.config })
  const { erasing } = deps
  const erasure = erasing && { ...deps, ...erasing, config }
  const worker = erasure && createErasureWorker(erasure)
  return {
    name: 'people',
    migrations: peopleMigrations,
    register(app) {
      peopleRoutes(app, { ...deps, config })
      if (erasure && worker) erasureRoutes(app, erasure, worker.wake)
    },
    start: async () => worker?.start(),
    stop: async () => worker?.stop(),
    eraseNow: async () => worker?.runOnce(),
    asks: (tx, organisation) => peopleAsks(deps, tx, organisation),
    known: knownHolders,
  }
}
