import { join } from 'node:path'
import type { Erased } from '@hevd/feeds'
import type { Module } from '@hevd/http'
import type { Tx } from '@hevd/postgres'
import { type DataConfig, dataDefaults } from './config.ts'
import { eraseInRegister } from './erase.ts'
import { foundRoutes } from './found-routes.ts'
import type { RegisterDeps } from './register.ts'
import { dataRoutes } from './routes.ts'
import { dataSetsOwnedBy } from './store.ts'

export type { DataConfig } from './config.ts'
export type { DataSet } from './contract.ts'
export { DataError } from './errors.ts'

export type DataDeps = Omit<RegisterDeps, 'config'> & { readonly config?: Partial<DataConfig> }

/** What it says reaches others as facts: `data-set`, `data-set-place`. */
export type Data = Module & {
  /** Ids of the sets that a person owns and that have not ended. */
  ownedBy(tx: Tx, organisation: string, person: string): Promise<readonly string[]>
  /** Takes a person out of the register; idempotent. */
  erase(tx: Tx, organisation: string, erased: Erased): Promise<void>
}

/** Folder of the module's numbered SQL files. */
export const dataMigrations = join(import.meta.dirname, '..', 'migrations')

/** The register of sets of data: class, place, owner, claimed protections, and when each was reviewed. */
export function createData(deps: DataDeps): Data {
  const config = Object.freeze({ ...dataDefaults, ...deps.config })
  return {
    name: 'data',
    migrations: dataMigrations,
    register(app) {
      dataRoutes(app, { ...deps, config })
      foundRoutes(app, { ...deps, config })
    },
    start: async () => {},
    stop: async () => {},
    ownedBy: dataSetsOwnedBy,
    erase: (tx, organisation, erased) => eraseInRegister(deps, tx, organisation, erased),
  }
}
