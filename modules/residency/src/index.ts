import { join } from 'node:path'
import type { Erased } from '@hevd/feeds'
import type { Asks, Module } from '@hevd/http'
import type { Tx } from '@hevd/postgres'
import { residencyAsks } from './asks.ts'
import { type ResidencyConfig, residencyDefaults } from './config.ts'
import type { ResidencyContext } from './context.ts'
import { createCounting } from './decide/counting.ts'
import { applicationRoutes } from './decide/routes.ts'
import { eraseInResidency } from './erase.ts'
import { residencyRoutes } from './routes.ts'

export type { ResidencyConfig } from './config.ts'
export type { ParametersOf } from './context.ts'
export type { Customer, DataStore, Decision, Subprocessor } from './contract.ts'
export { ResidencyError } from './errors.ts'

export type ResidencyDeps = Omit<ResidencyContext, 'config'> & { readonly config?: Partial<ResidencyConfig> }

/**
 * What it says reaches others as facts: `customer`, `data-store`, `customer-placement`, `subprocessor`, `host-facility`,
 * `pci-attestation`.
 */
export type Residency = Module & {
  /** Takes a person's names out; idempotent. */
  erase(tx: Tx, organisation: string, erased: Erased): Promise<void>
  /** Attestations that end. */
  readonly asks: Asks<Tx>
  /** Writes down what was answered, and what servers that ended have left. For tests. */
  runOnce(): Promise<void>
}

/** Folder of the module's numbered SQL files. */
export const residencyMigrations = join(import.meta.dirname, '..', 'migrations')

/** Where customers' data may be, and where it is (README.md). */
export function createResidency(deps: ResidencyDeps): Residency {
  const context: ResidencyContext = {
    ...deps,
    config: Object.freeze({ ...residencyDefaults, ...deps.config }),
  }
  const counting = createCounting(context)
  return {
    name: 'residency',
    migrations: residencyMigrations,
    register(app) {
      residencyRoutes(app, context)
      applicationRoutes(app, context, counting)
    },
    start: async () => counting.start(),
    stop: counting.stop,
    erase: (tx, organisation, erased) => eraseInResidency(context, tx, organisation, erased),
    asks: (tx, organisation) => residencyAsks(context, tx, organisation),
    runOnce: counting.runOnce,
  }
}
