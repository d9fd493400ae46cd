import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Catalogue } from '@hevd/core'
import { createFeeds, type Feeds, feedsMigrations } from '@hevd/feeds'
import { type App, createApp, type Principal } from '@hevd/http'
import { createLedger, type Ledger, ledgerMigrations } from '@hevd/ledger'
import { loadCatalogue } from '@hevd/policy'
import type { Database, Tx } from '@hevd/postgres'
import { createPosture, type Posture, postureMigrations } from '@hevd/posture'
import {
  addOrganisation,
  type TestClock,
  type ThrowawayDatabase,
  testClock,
  throwawayDatabase,
} from '@hevd/testing'
import { sql } from 'kysely'
import { pino } from 'pino'
import { type Amendments, type AmendmentsDeps, amendmentsMigrations, createAmendments } from '../index.ts'

export const logger = pino({ level: 'silent' })
export const day = 24 * 3_600_000
export const ada = '00000000-0000-7000-8000-00000000000a'
export const bo = '00000000-0000-7000-8000-00000000000b'
export const rune = '00000000-0000-7000-8000-000000000001'

/** A database of its own with the modules that amendments stand on. */
export type Ground = ThrowawayDatabase & { readonly home: string; end(): Promise<void> }

export async function ground(): Promise<Ground> {
  const target = await throwawayDatabase([
    { name: 'ledger', directory: ledgerMigrations },
    { name: 'feeds', directory: feedsMigrations },
    { name: 'posture', directory: postureMigrations },
    { name: 'amendments', directory: amendmentsMigrations },
  ])
  const home = mkdtempSync(join(tmpdir(), 'hevd-amendments-'))
  return {
    ...target,
    home,
    end: async () => {
      await target.drop()
      rmSync(home, { recursive: true })
    },
  }
}

/** The modules of a server on a database, with the policy as shipped or another. */
export function modulesOn(
  db: Database,
  home: string,
  clock: TestClock,
  catalogue: Catalogue,
  over: Partial<AmendmentsDeps> = {},
) {
  const ledger = over.ledger ?? createLedger({ db, clock, home, logger })
  const feeds = createFeeds({ db, clock, logger, record: ledger.record })
  const posture = createPosture({ db, clock, logger, feeds, ledger, catalogue })
  const amendments = createAmendments({
    db,
    clock,
    ledger,
    posture,
    catalogue,
    administrators: async () => [ada, bo],
    names: async () => new Map([[ada, 'Ada Lie']]),
    ...over,
  })
  return { ledger, feeds, posture, amendments }
}

/** One organisation with its policy adopted. */
export type World = {
  readonly organisation: string
  readonly clock: TestClock
  readonly catalogue: Catalogue
  readonly ledger: Ledger
  readonly feeds: Feeds
  readonly posture: Posture
  readonly amendments: Amendments
  readonly app: App
  /** Who calls from now on. */
  as(id: string, role?: 'reader' | 'administrator'): void
  call(method: 'GET' | 'POST' | 'PUT', url: string, payload?: object): Promise<Answer>
  inside<T>(run: (tx: Tx) => Promise<T>): Promise<T>
  /** Entries of the internal log of one kind, in order. */
  entries(kind: string): Promise<Record<string, unknown>[]>
}
export type Answer = { readonly status: number; readonly body: string; json(): never }

export async function world(on: Ground, over: Partial<AmendmentsDeps> = {}): Promise<World> {
  const { db } = on
  const clock = testClock('2026-06-01T12:00:00Z')
  const organisation = await addOrganisation(db)
  const catalogue = over.catalogue ?? (await loadCatalogue())
  const modules = modulesOn(db, on.home, clock, catalogue, over)
  let principal: Principal = { kind: 'account', id: ada, role: 'administrator' }
  const app = await createApp({
    logger,
    tls: null,
    bodyLimit: 5_000_000,
    callsPerMinute: 100_000,
    fallbackLocale: 'nb',
    version: '0.0.0',
    authenticate: async () => principal,
    organisationOf: async () => organisation,
  })
  modules.posture.register(app)
  modules.amendments.register(app)
  await modules.ledger.open(organisation)
  await modules.posture.adopt(organisation)
  await modules.amendments.takeUpCatalogue(organisation)
  const inside = <T>(run: (tx: Tx) => Promise<T>) => db.transaction(organisation, run)
  return {
    organisation,
    clock,
    catalogue,
    app,
    inside,
    ...modules,
    as: (id, role = 'administrator') => {
      principal = { kind: 'account', id, role }
    },
    call: async (method, url, payload) => {
      const answer = await app.inject({ method, url, ...(payload && { payload }) })
      return { status: answer.statusCode, body: answer.body, json: () => answer.json<never>() }
    },
    entries: (kind) => entriesOf(on, organisation, kind),
  }
}

async function entriesOf(on: Ground, organisation: string, kind: string) {
  const { rows } = await on.db.transaction(organisation, (tx) =>
    sql<{ data: Buffer }>`
      select id, data from ledger.outbox where organisation = ${organisation} and log = 'internal'
      union all
      select id, data from ledger.entry where organisation = ${organisation} and log = 'internal'
      order by id`.execute(tx),
  )
  return rows
    .map(({ data }): Record<string, unknown> => JSON.parse(data.toString()))
    .filter((entry) => entry.kind === kind)
}
