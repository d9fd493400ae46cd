import { join } from 'node:path'
import type { Erased } from '@hevd/feeds'
import type { Module } from '@hevd/http'
import type { Tx } from '@hevd/postgres'
import { declareOwn, type OwnRole } from './built-in.ts'
import { type AccessConfig, accessDefaults } from './config.ts'
import { accessStillHeld, eraseAccess } from './erase.ts'
import type { RegisterDeps } from './register.ts'
import { accessRoutes } from './routes.ts'

export type { OwnRole } from './built-in.ts'
export type { AccessConfig } from './config.ts'
export type { AccessGrant, ListedGrant } from './contract.ts'
export { AccessError } from './errors.ts'

export type AccessDeps = Omit<RegisterDeps, 'config'> & { readonly config?: Partial<AccessConfig> }

/** What it says reaches others as facts: `access-grant`. */
export type Access = Module & {
  /** Lists what Hevd's own roles in its own database are given; idempotent. None where the database is not ours. */
  declareOwn(organisation: string, roles: readonly OwnRole[]): Promise<void>
  /** Ids of the grants that a person still has. */
  stillHeld(tx: Tx, organisation: string, person: string): Promise<readonly string[]>
  /** Takes a person out of the register; idempotent. */
  erase(tx: Tx, organisation: string, erased: Erased): Promise<void>
}

/** Folder of the module's numbered SQL files. */
export const accessMigrations = join(import.meta.dirname, '..', 'migrations')

/** The register of access: who was given what, why, by whose approval, until when, and when it was last confirmed. */
export function createAccess(deps: AccessDeps): Access {
  const config = Object.freeze({ ...accessDefaults, ...deps.config })
  return {
    name: 'access',
    migrations: accessMigrations,
    register: (app) => accessRoutes(app, { ...deps, config }),
    start: async () => {},
    stop: async () => {},
    declareOwn: (organisation, roles) => declareOwn(deps, organisation, roles),
    stillHeld: (tx, organisation, person) => accessStillHeld(deps, tx, organisation, person),
    erase: (tx, organisation, erased) => eraseAccess(deps, tx, organisation, erased),
  }
}
