import { join } from 'node:path'
import type { Asks, Module } from '@hevd/http'
import type { Tx } from '@hevd/postgres'
import { amendmentsAsks } from './asks.ts'
import { takeUpCatalogue } from './catalogue.ts'
import { amendmentsDefaults } from './config.ts'
import type { AmendmentsDeps, Context } from './deps.ts'
import { policyRoutes } from './policy-routes.ts'
import { amendmentRoutes } from './routes.ts'

export type { AmendmentsConfig } from './config.ts'
export type { AmendmentsDeps } from './deps.ts'
export { AmendmentError, type AmendmentErrorCode, amendmentErrors } from './errors.ts'

export type Amendments = Module & {
  /** Which drafts wait for approval. */
  readonly asks: Asks<Tx>
  /**
   * Proposes what a newer catalogue words or sets otherwise, as a draft. Idempotent; only for a server whose tests are the
   * activated ones.
   */
  takeUpCatalogue(organisation: string): Promise<void>
}

/** Folder of the module's numbered SQL files. */
export const amendmentsMigrations = join(import.meta.dirname, '..', 'migrations')

/** The policy as a living document: drafts of its words, parameters and applicability, and their approval. */
export function createAmendments(deps: AmendmentsDeps): Amendments {
  const context: Context = { ...deps, config: Object.freeze({ ...amendmentsDefaults, ...deps.config }) }
  return {
    name: 'amendments',
    migrations: amendmentsMigrations,
    register(app) {
      policyRoutes(app, context)
      amendmentRoutes(app, context)
    },
    start: async () => {},
    stop: async () => {},
    asks: (tx, organisation) => amendmentsAsks(context, tx, organisation),
    takeUpCatalogue: (organisation) => takeUpCatalogue(context, organisation),
  }
}
