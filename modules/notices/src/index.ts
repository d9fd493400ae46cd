import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import type { Module } from '@hevd/http'
import { certificateAsks } from './certificate-asks.ts'
import { type NoticesConfig, noticesDefaults } from './config.ts'
import type { Ground } from './ground.ts'
import { ownAsks } from './own-asks.ts'
import { noticesRoutes } from './routes.ts'
import { createWorker } from './worker.ts'

export type { NoticesConfig, SmtpConfig } from './config.ts'
export type { Asked, AskedItem } from './contract.ts'
export { NoticesError } from './errors.ts'
export type { Accounts, Reachable } from './ground.ts'

export type NoticesDeps = Omit<Ground, 'random' | 'config'> & {
  readonly random?: Ground['random']
  readonly config?: Partial<NoticesConfig>
}

export type Notices = Module & {
  /** Looks at what is asked and sends what is due, once and now. For tests and benches. */
  round(organisation: string): Promise<void>
}

/** Folder of the module's numbered SQL files. */
export const noticesMigrations = join(import.meta.dirname, '..', 'migrations')

/** What is asked of whom, and how they are told: on a page, by e-mail, by webhook, in a calendar. */
export function createNotices({ random = randomBytes, config, asks, ...deps }: NoticesDeps): Notices {
  const ground: Ground = {
    ...deps,
    random,
    config: Object.freeze({ ...noticesDefaults, ...config }),
    asks: [...asks, (tx, organisation) => certificateAsks(tx, organisation, deps.clock.now()), ownAsks],
  }
  const worker = createWorker(ground)
  return {
    name: 'notices',
    migrations: noticesMigrations,
    register: (app) => noticesRoutes(app, ground),
    start: worker.start,
    stop: worker.stop,
    round: worker.round,
  }
}
