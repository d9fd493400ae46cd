import { join } from 'node:path'
import type { Erased } from '@hevd/feeds'
import type { Asks, Module } from '@hevd/http'
import type { Tx } from '@hevd/postgres'
import { backupsAsks } from './asks.ts'
import { type BackupsConfig, backupsDefaults } from './config.ts'
import type { BackupsContext } from './context.ts'
import { eraseInBackups, readsStill } from './erase.ts'
import { backupsRoutes } from './routes.ts'
import { createWorker } from './worker.ts'

export type { BackupsConfig } from './config.ts'
export { BackupsError } from './errors.ts'

export type BackupsDeps = Omit<BackupsContext, 'config'> & { readonly config?: Partial<BackupsConfig> }

/** What it says reaches others as facts: `backup-source`, `backup-record`, `drill-record`, `recipient-holder`. */
export type Backups = Module & {
  /** Readers that wait, and those that end soon. */
  readonly asks: Asks<Tx>
  /** Recipients whose identity a person still has. */
  stillReads(tx: Tx, organisation: string, person: string): Promise<readonly string[]>
  /** Takes a person out of the register; idempotent. */
  erase(tx: Tx, organisation: string, erased: Erased): Promise<void>
  /** Remembers what agents say now. For tests. */
  runOnce(): Promise<void>
}

/** Folder of the module's numbered SQL files. */
export const backupsMigrations = join(import.meta.dirname, '..', 'migrations')

/** What is remembered of backups and drills, and who may read them (README.md). */
export function createBackups(deps: BackupsDeps): Backups {
  const context: BackupsContext = { ...deps, config: Object.freeze({ ...backupsDefaults, ...deps.config }) }
  const worker = createWorker(context)
  return {
    name: 'backups',
    migrations: backupsMigrations,
    register: (app) => backupsRoutes(app, context),
    start: worker.start,
    stop: worker.stop,
    asks: (tx, organisation) => backupsAsks(context, tx, organisation),
    stillReads: (tx, organisation, person) => readsStill(context, tx, organisation, person),
    erase: (tx, organisation, erased) => eraseInBackups(context, tx, organisation, erased),
    runOnce: worker.runOnce,
  }
}
