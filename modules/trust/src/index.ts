import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import type { Module } from '@hevd/http'
import { loadAssets } from './assets.ts'
import { trustDefaults } from './config.ts'
import type { Context, TrustDeps } from './deps.ts'
import { publish } from './publish.ts'
import { createPublisher } from './publisher.ts'
import { type ReadBack, readBack } from './read-back.ts'
import { trustRoutes } from './routes.ts'

export type { TrustConfig } from './config.ts'
export type { TrustDeps } from './deps.ts'
export { TrustError, type TrustErrorCode, trustErrors } from './errors.ts'

export type Trust = Module & {
  /**
   * Puts posture leaves into the public log for what changed or is an hour old, and the internal log's checkpoint;
   * resolves when a signed checkpoint covers them.
   */
  publish(organisation: string): Promise<void>
}

/** Folder of the module's numbered SQL files. */
export const trustMigrations = join(import.meta.dirname, '..', 'migrations')

/** What outsiders see: posture leaves in the public log, and the page that shows and proves them. */
export function createTrust(deps: TrustDeps): Trust {
  const config = Object.freeze({ ...trustDefaults, ...deps.config })
  const context: Context = { random: randomBytes, ...deps, config }
  let reading: ReadBack | null = null
  const publisher = createPublisher(context, () => reading)
  return {
    name: 'trust',
    migrations: trustMigrations,
    register(app) {
      reading = readBack(context, app)
      trustRoutes(app, { ...context, assets: loadAssets(), wake: publisher.wake })
    },
    start: async () => publisher.start(),
    stop: publisher.stop,
    async publish(organisation) {
      await publish(context, organisation)
    },
  }
}
