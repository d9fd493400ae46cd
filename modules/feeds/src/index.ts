import { join } from 'node:path'
import type { Bilingual, Clock, FactType, Instant, Lookup, Reading } from '@hevd/core'
import { type Said, vocabulary as shipped } from '@hevd/facts'
import type { Asks, Module } from '@hevd/http'
import type { Database, Tx } from '@hevd/postgres'
import type { FastifyBaseLogger } from 'fastify'
import { feedsAsks } from './asks.ts'
import { type FeedsConfig, feedsDefaults } from './config.ts'
import type { Answer, Feed, Report } from './contract.ts'
import type { Erased } from './domain/erased.ts'
import { ruleDigests } from './domain/rules.ts'
import { erasePast, eraseSaid } from './erase.ts'
import { createListeners } from './listeners.ts'
import { listFeeds } from './listing.ts'
import { feedsRestedOn, readLookups } from './reading.ts'
import type { Record } from './record.ts'
import { endHost, openRegister, putInto, type Register, removeFrom, reopenHost } from './registers.ts'
import { feedsRoutes, reportRoute } from './routes.ts'
import { adoptRules, indexSome } from './rules.ts'
import { silencesNow } from './silence.ts'
import { createSilenceWorker } from './silence-worker.ts'
import { titlesOf } from './store/feed.ts'
import { addToTouch, type LookupOfType } from './store/to-touch.ts'
import { takeTouched } from './store/touched.ts'
import { takeReports } from './take.ts'

export type { FeedsConfig } from './config.ts'
export type { Answer, Feed, Report } from './contract.ts'
export { coverageKeyOf } from './domain/coverage-key.ts'
export {
  type Erased,
  erasedWord,
  loginsOf,
  lookupsOf,
  namePattern,
  quotedIn,
  saysOf,
  scrubbed,
} from './domain/erased.ts'
export { FeedsError } from './errors.ts'
export type { Record } from './record.ts'
export type { Register } from './registers.ts'
export { isTouchedBy, loginsSeen, seenOf } from './store/erase.ts'
export { factsOfTypes } from './store/reading.ts'
export { silentSpans } from './store/silence.ts'

export type FeedsDeps = {
  readonly db: Database
  readonly clock: Clock
  readonly logger: FastifyBaseLogger
  readonly record: Record
  /** Types of facts by their names; those of @hevd/facts where not given. */
  readonly vocabulary?: ReadonlyMap<string, FactType>
  readonly config?: Partial<FeedsConfig>
}

/** Per feed, since when it is silent, and the earliest moment at which one more becomes so. */
export type Silences = {
  readonly silentSince: ReadonlyMap<string, Instant | null>
  readonly nextChange: Instant | null
}

export type Feeds = Module & {
  /** Which sources are silent, and whether some do not see everything. */
  readonly asks: Asks<Tx>
  /**
   * What an agent says, feed by feed, in order; the feed's name is `<host>/<collector>`. Each report is one transaction.
   * A fact that is not of the vocabulary, or that is of another host than the agent's, refuses its report.
   */
  take(organisation: string, host: string, reports: readonly Report[]): Promise<readonly Answer[]>
  /**
   * Makes the register `register/<name>`, a feed that is never silent and complete for its types; idempotent. What it
   * says is put and removed inside the caller's transaction, one transaction of a register at a time.
   */
  openRegister(tx: Tx, organisation: string, register: Register): Promise<void>
  put(tx: Tx, organisation: string, register: string, facts: readonly Said[]): Promise<void>
  remove(
    tx: Tx,
    organisation: string,
    register: string,
    facts: readonly { readonly type: string; readonly key: string }[],
  ): Promise<void>
  /** Answers look-ups as of now, in order. Silence, missing rights and what never connected are in `unseen`. */
  read(tx: Tx, organisation: string, lookups: readonly Lookup[]): Promise<readonly Reading[]>
  /**
   * Per look-up, in order, the names of the agents' feeds that cover its type and scope or said a fact of it, sorted:
   * their silence makes it unseen. Registers are left out, since they are never silent.
   */
  restsOn(tx: Tx, organisation: string, lookups: readonly Lookup[]): Promise<readonly (readonly string[])[]>
  /** Titles of these feeds, ended ones too; one that there is not is left out. */
  titles(tx: Tx, organisation: string, names: readonly string[]): Promise<ReadonlyMap<string, Bilingual>>
  /** Since when each live feed is silent (its last word), or null while it is fresh or a register. */
  silences(tx: Tx, organisation: string): Promise<Silences>
  /**
   * Takes about `limit` touched keys off the queue in this transaction (others at work skip them), at most as many rows
   * of the queue, and facts of what `touchAll` asked for: changed look-ups
   * (`type|by|value`), `coverage|<type>|<scope>` where what is covered changed or a silent feed returned, and with each
   * of those `coverage|<type>|*`, which wide look-ups hang on ({@link coverageKeyOf}). A key may come more than once.
   */
  takeTouched(tx: Tx, organisation: string, limit: number): Promise<readonly string[]>
  /**
   * Touches every value of these look-ups that stands, for whoever begins to hang on them: the keys come out of
   * `takeTouched` when the queue is empty, as many at a time as are asked for, once this transaction has committed.
   */
  touchAll(tx: Tx, organisation: string, lookups: readonly LookupOfType[]): Promise<void>
  /**
   * Puts the look-up rules of this server's vocabulary in force, in the transaction that activates it. From then on
   * nobody writes facts by other rules (`other-version`). Until `indexSome` has answered false, stored facts may be
   * found by earlier rules, so nobody judges before. Idempotent.
   */
  adoptRules(tx: Tx, organisation: string): Promise<void>
  /**
   * Indexes a few of the stored facts that are still to be found by the rules in force, in a transaction of its own;
   * whether there were any left. Any number of servers may do so at once.
   */
  indexSome(organisation: string): Promise<boolean>
  /** Told, after the commit, that something was touched in this process. What others touch is found by polling. */
  onTouched(listener: (organisation: string) => void): void
  /** Ends a host's feeds; their facts are recorded as gone. Nothing more is taken from it. */
  endHost(tx: Tx, organisation: string, host: string): Promise<void>
  /** Takes reports of an ended host again; each feed begins with a full one. */
  reopenHost(tx: Tx, organisation: string, host: string): Promise<void>
  /** Takes a person's names out of what registers say now; idempotent. */
  eraseSaid(tx: Tx, organisation: string, erased: Erased): Promise<void>
  /** Forgets all past facts that name a person; idempotent. */
  erasePast(tx: Tx, organisation: string, erased: Erased): Promise<void>
  /** Every feed with its state and gaps; a declared host that never reported is listed as never connected. */
  list(organisation: string): Promise<readonly Feed[]>
}

/** Folder of the module's numbered SQL files. */
export const feedsMigrations = join(import.meta.dirname, '..', 'migrations')

/** Facts, who says them, and whether they are still heard. */
export function createFeeds(deps: FeedsDeps): Feeds {
  const { db, clock, logger, record } = deps
  const config = Object.freeze({ ...feedsDefaults, ...deps.config })
  const listeners = createListeners(config)
  const { vocabulary = shipped } = deps
  const rules = ruleDigests(vocabulary)
  const context = { db, clock, logger, record, config, vocabulary, rules }
  const worker = createSilenceWorker(context)
  const take = (organisation: string, host: string, reports: readonly Report[]) =>
    takeReports(context, organisation, host, reports, listeners.tell)
  const list = (organisation: string) =>
    db.transaction(organisation, (tx) => listFeeds(tx, organisation, clock.now()))
  return {
    name: 'feeds',
    migrations: feedsMigrations,
    register: (app) => feedsRoutes(app, { take, list, config }),
    registerForAgents: (app) => reportRoute(app, { take, config }),
    start: worker.start,
    stop: async () => {
      listeners.stop()
      await worker.stop()
    },
    asks: (tx, organisation) => feedsAsks(tx, organisation, clock.now()),
    take,
    list,
    openRegister: async (tx, organisation, register) => {
      await openRegister(tx, organisation, register, clock.now())
      listeners.tellLater(organisation)
    },
    put: async (tx, organisation, register, facts) => {
      await putInto(tx, organisation, register, facts, context, clock.now())
      listeners.tellLater(organisation)
    },
    remove: async (tx, organisation, register, facts) => {
      await removeFrom(tx, organisation, register, facts, clock.now())
      listeners.tellLater(organisation)
    },
    read: (tx, organisation, lookups) => readLookups(tx, organisation, lookups, clock.now()),
    restsOn: feedsRestedOn,
    titles: titlesOf,
    silences: (tx, organisation) => silencesNow(tx, organisation, clock.now()),
    takeTouched,
    touchAll: async (tx, organisation, lookups) => {
      await addToTouch(tx, organisation, lookups)
      listeners.tellLater(organisation)
    },
    adoptRules: (tx, organisation) => adoptRules(tx, organisation, rules),
    indexSome: async (organisation) => {
      const some = await indexSome(context, organisation)
      if (some) listeners.tell(organisation)
      return some
    },
    onTouched: listeners.add,
    endHost: async (tx, organisation, host) => {
      await endHost(tx, organisation, host, clock.now())
      listeners.tellLater(organisation)
    },
    reopenHost,
    eraseSaid: async (tx, organisation, erased) => {
      await eraseSaid(context, tx, organisation, erased, clock.now())
      listeners.tellLater(organisation)
    },
    erasePast,
  }
}
