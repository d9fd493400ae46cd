import { join } from 'node:path'
import { performance } from 'node:perf_hooks'
import type { Catalogue, Clock } from '@hevd/core'
import type { Erased, Feeds } from '@hevd/feeds'
import type { Asks, Module } from '@hevd/http'
import type { Ledger } from '@hevd/ledger'
import type { Database, Tx } from '@hevd/postgres'
import type { FastifyBaseLogger } from 'fastify'
import { adopt } from './adopt.ts'
import { type Amending, amend, type TextInForce, textsInForce } from './amend.ts'
import { postureAsks } from './asks.ts'
import { type Clocks, clockRule } from './clock-rule.ts'
import { type PostureConfig, postureDefaults } from './config.ts'
import type { PolicyText } from './domain/text.ts'
import { createEngine } from './engine.ts'
import { type Erasure, eraseHistory } from './erasure/erase.ts'
import { forgetPseudonyms, openPeriods } from './erasure/pseudonyms.ts'
import { round } from './judge/round.ts'
import type { Names } from './period/names.ts'
import { periodById } from './period/store.ts'
import { type ControlState, controlStates, type Roots } from './read/controls.ts'
import { type Administrators, postureRoutes } from './routes.ts'
import { holdPolicy } from './store/judging.ts'
import { type TryOut, tryOut } from './trial/try-out.ts'
import { createWorker } from './worker.ts'

export { type Amending, type TextInForce, textOnly } from './amend.ts'
export { type ClockHalt, clockHalts } from './clock-halts.ts'
export type { PostureConfig } from './config.ts'
export {
  fitting,
  type NotApplicable,
  type PolicyText,
  type PolicyWords,
  shippedParameters,
  wordsOf,
} from './domain/text.ts'
export { PostureError } from './errors.ts'
export { csvLine, csvMark } from './period/csv.ts'
export type { ControlState } from './read/controls.ts'
export type { TryOut } from './trial/try-out.ts'

export type PostureDeps = {
  readonly db: Database
  readonly clock: Clock
  readonly logger: FastifyBaseLogger
  readonly feeds: Feeds
  readonly ledger: Ledger
  readonly catalogue: Catalogue
  /** Ids of the accounts that are administrators. Without it nobody may approve an exception alone. */
  readonly administrators?: Administrators
  /** Names of accounts by their ids, for reports; ids stand for themselves without it. */
  readonly names?: Names
  /** The two clocks that must agree; the database's and this process's where not given. */
  readonly clocks?: Clocks
  readonly config?: Partial<PostureConfig>
}

export type Posture = Module & {
  /** What is not upheld, falls due, or waits for approval. */
  readonly asks: Asks<Tx>
  /**
   * Adopts the catalogue for a new organisation, takes up what a newer catalogue adds, and activates its tests.
   * Idempotent. The approved texts are facts of the register `policy`. Resolves with whether these tests are the activated
   * ones: those of a newer server may be.
   */
  adopt(organisation: string): Promise<boolean>
  /** Every control in policy order, with time and silence applied. */
  controls(organisation: string): Promise<readonly ControlState[]>
  /** Every control's text in force, in policy order. */
  texts(tx: Tx, organisation: string): Promise<ReadonlyMap<string, TextInForce>>
  /** Lets nobody else put a text into force, and nothing be judged, until this transaction is over. */
  hold(tx: Tx, organisation: string): Promise<void>
  /**
   * Puts texts into force in this transaction: editions, the fact that they are approved, a ledger entry; what is judged by
   * other parameters is judged anew. Gives the controls that are amended; what changes nothing is passed over.
   */
  amend(tx: Tx, organisation: string, amending: Amending): Promise<readonly string[]>
  /**
   * What would stand now if these texts were in force: judged from what is known, with nothing written, for at most so many
   * milliseconds; then it says what is left.
   */
  tryOut(organisation: string, texts: ReadonlyMap<string, PolicyText>, milliseconds: number): Promise<TryOut>
  /** Judges all that waits now; returns how many judgements were made. For tests, benches and the first start. */
  settle(organisation: string): Promise<number>
  /**
   * Forgets a person in all that was judged, once the registers no longer know them; idempotent by the erasure's id. `again`
   * until what the registers changed by `since` has been judged.
   */
  erase(tx: Tx, organisation: string, erasure: Erasure, erased: Erased): Promise<'done' | 'again'>
  /** Forgets the pseudonyms of erased persons that no open period needs. */
  forgetPseudonyms(tx: Tx, organisation: string): Promise<void>
  /** Whether there is such a period. */
  isPeriod(organisation: string, period: string): Promise<boolean>
  /** How many periods nobody has signed. */
  openPeriods(tx: Tx, organisation: string): Promise<number>
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
    register: (app) =>
      postureRoutes(app, engine, deps.administrators ?? nobodyAlone, deps.names ?? (async () => new Map())),
    start: worker.start,
    stop: worker.stop,
    asks: (tx, organisation) => postureAsks(engine, tx, organisation, deps.administrators ?? nobodyAlone),
    adopt: (organisation) => adopt(engine, organisation),
    controls: (organisation) =>
      db.transaction(organisation, (tx) => controlStates(engine, tx, organisation, roots), {
        readOnly: true,
        isolation: 'repeatable read',
      }),
    texts: (tx, organisation) => textsInForce(engine, tx, organisation),
    hold: holdPolicy,
    amend: (tx, organisation, amending) => amend(engine, tx, organisation, amending),
    tryOut: (organisation, texts, milliseconds) =>
      db.transaction(
        organisation,
        (tx) => tryOut(engine, tx, organisation, texts, { milliseconds, monotonic: () => performance.now() }),
        { readOnly: true, isolation: 'repeatable read' },
      ),
    settle: async (organisation) => (await round(engine, organisation, rule, true)).judged,
    erase: (tx, organisation, erasure, erased) => eraseHistory(engine, tx, organisation, erasure, erased),
    forgetPseudonyms,
    openPeriods,
    isPeriod: (organisation, period) =>
      db.transaction(organisation, async (tx) => (await periodById(tx, organisation, period)) !== undefined),
  }
}
