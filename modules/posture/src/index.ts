import { join } from 'node:path'
import { performance } from 'node:perf_hooks'
import type { Catalogue, Clock } from '@hevd/core'
import type { Feeds } from '@hevd/feeds'
import type { Module } from '@hevd/http'
import type { Ledger } from '@hevd/ledger'
import type { Database } from '@hevd/postgres'
import type { FastifyBaseLogger } from 'fastify'
import { adopt } from './adopt.ts'
import { type Clocks, clockRule } from './clock-rule.ts'
import { type PostureConfig, postureDefaults } from './config.ts'
import { createEngine } from './engine.ts'
import { round } from './judge/round.ts'
import { type ControlState, controlStates, type Roots } from './read/controls.ts'
import { type Administrators, postureRoutes } from './routes.ts'
import { createWorker } from './worker.ts'

export { type ClockHalt, clockHalts } from './clock-halts.ts'
export type { PostureConfig } from './config.ts'
export { PostureError } from './errors.ts'
export type { ControlState } from './read/controls.ts'

export type PostureDeps = {
  readonly db: Database
  readonly clock: Clock
  readonly logger: FastifyBaseLogger
  readonly feeds: Feeds
  readonly ledger: Ledger
  readonly catalogue: Catalogue
  /** Ids of the accounts that are administrators. Without it nobody may approve an exception alone. */
  readonly administrators?: Administrators
  /** The two clocks that must agree; the database's and this process's where not given. */
  readonly clocks?: Clocks
  readonly config?: Partial<PostureConfig>
}

export type Posture = Module & {
  /**
   * Adopts the catalogue for a new organisation, takes up what a newer catalogue adds, and activates its tests.
   * Idempotent. The approved texts are facts of the register `policy`.
   */
  adopt(organisation: string): Promise<void>
  /** Every control in policy order, with time and silence applied. */
  controls(organisation: string): Promise<readonly ControlState[]>
  /** Judges all that waits now; returns how many judgements were made. For tests, benches and the first start. */
  settle(organisation: string): Promise<number>
}

/** Folder of the module's numbered SQL files. */
export const postureMigrations = join(import.meta.dirname, '..', 'migrations')

/** The judging engine: what the policy's tests say of every subject, since when, and until when. */
export function createPosture(deps: PostureDeps): Posture {
  const { db, clock, logger, feeds, ledger, catalogue } = deps
  const config = Object.freeze({ ...postureDefaults, ...deps.config })
  const engine = createEngine({ db, clock, logger, feeds, ledger, catalogue, config })
  const clocks = deps.clocks ?? { database: () => db.now(), monotonic: () => performance.now() }
  const rule = clockRule(engine, clocks)
  const worker = createWorker(engine, rule)
  const roots: Roots = new Map()
  const nobodyAlone: Administrators = async () => []
  return {
    name: 'posture',
    migrations: postureMigrations,
    register: (app) => postureRoutes(app, engine, deps.administrators ?? nobodyAlone),
    start: worker.start,
    stop: worker.stop,
    adopt: async (organisation) => {
      await adopt(engine, organisation)
    },
    controls: (organisation) =>
      db.transaction(organisation, (tx) => controlStates(engine, tx, organisation, roots), {
        readOnly: true,
        isolation: 'repeatable read',
      }),
    settle: async (organisation) => (await round(engine, organisation, rule, true)).judged,
  }
}
