import { join } from 'node:path'
import type { Module } from '@hevd/http'
import type { Tx } from '@hevd/postgres'
import { type PeopleConfig, peopleDefaults } from './config.ts'
import { type Holder, type Known, knownHolders } from './known.ts'
import type { RegisterDeps } from './register.ts'
import { peopleRoutes } from './routes.ts'

export type { PeopleConfig } from './config.ts'
export type { AccountOwner, NamedService, Person } from './contract.ts'
export { PeopleError } from './errors.ts'
export type { Holder, Known } from './known.ts'

export type PeopleDeps = Omit<RegisterDeps, 'config'> & { readonly config?: Partial<PeopleConfig> }

/** What it says reaches others as facts: `person`, `named-service` and `account-owner`. */
export type People = Module & {
  /** Those of these that the register has, by `person/<id>` or `service/<id>`. */
  known(tx: Tx, organisation: string, holders: readonly Holder[]): Promise<ReadonlyMap<string, Known>>
}

/** Folder of the module's numbered SQL files. */
export const peopleMigrations = join(import.meta.dirname, '..', 'migrations')

/** The register of people, of services with accounts of their own, and of whose each account is said to be. */
export function createPeople(deps: PeopleDeps): People {
  const config = Object.freeze({ ...peopleDefaults, ...deps.config })
  return {
    name: 'people',
    migrations: peopleMigrations,
    register: (app) => peopleRoutes(app, { ...deps, config }),
    start: async () => {},
    stop: async () => {},
    known: knownHolders,
  }
}
