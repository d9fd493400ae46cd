import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Catalogue } from '@hevd/core'
import { createFeeds, type Feeds, feedsMigrations } from '@hevd/feeds'
import { type App, createApp, type Principal } from '@hevd/http'
import { createLedger, type Ledger, ledgerMigrations } from '@hevd/ledger'
import { loadCatalogue } from '@hevd/policy'
import { createPosture, type Posture, postureMigrations } from '@hevd/posture'
import {
  addOrganisation,
  type TestClock,
  type ThrowawayDatabase,
  testClock,
  throwawayDatabase,
} from '@hevd/testing'
import { pino } from 'pino'
import type { TrustView } from '../contract.ts'
import { createTrust, type Trust, type TrustConfig, trustMigrations } from '../index.ts'

/** A server's modules around the public page, real ones, on a database of their own. Nothing runs by itself but the log. */
export type World = {
  readonly target: ThrowawayDatabase
  readonly home: string
  readonly organisation: string
  readonly clock: TestClock
  readonly catalogue: Catalogue
  readonly ledger: Ledger
  readonly feeds: Feeds
  readonly posture: Posture
  readonly trust: Trust
  readonly app: App
  /** Judges what waits, and publishes. */
  publish(): Promise<void>
  view(): Promise<TrustView>
  call(method: 'GET' | 'PUT', url: string, role?: 'reader' | 'administrator', payload?: object): Promise<Said>
  stop(): Promise<void>
}
export type Said = { readonly status: number; readonly body: string; json(): unknown }

const account = '01990000-0000-7000-8000-000000000001'

export async function startWorld(start: number | string, config: Partial<TrustConfig> = {}): Promise<World> {
  const target = await throwawayDatabase([
    { name: 'ledger', directory: ledgerMigrations },
    { name: 'feeds', directory: feedsMigrations },
    { name: 'posture', directory: postureMigrations },
    { name: 'trust', directory: trustMigrations },
  ])
  const home = mkdtempSync(join(tmpdir(), 'hevd-trust-'))
  const { db } = target
  const clock = testClock(start)
  const logger = pino({ level: 'silent' })
  const organisation = await addOrganisation(db, { name: 'Fjordheim Regnskap', created_at: clock.now() })
  const catalogue = await loadCatalogue()
  const ledger = createLedger({ db, clock, home, logger })
  const feeds = createFeeds({ db, clock, logger, record: ledger.record })
  const posture = createPosture({ db, clock, logger, feeds, ledger, catalogue })
  const origin = 'http://127.0.0.1:4383'
  const trust = createTrust({ db, clock, logger, ledger, posture, feeds, catalogue, origin, config })
  const app = await createApp({
    logger,
    tls: null,
    bodyLimit: 100_000,
    callsPerMinute: 100_000,
    fallbackLocale: 'nb',
    version: '0.0.0',
    authenticate: async ({ headers }) => principal(headers['x-role']),
    organisationOf: async () => organisation,
  })
  ledger.register(app)
  trust.register(app)
  await ledger.open(organisation)
  await ledger.start()
  await posture.adopt(organisation)
  const call: World['call'] = async (method, url, role, payload) => {
    const answer = await app.inject({
      method,
      url,
      ...(payload && { payload }),
      ...(role && { headers: { 'x-role': role } }),
    })
    return { status: answer.statusCode, body: answer.body, json: () => answer.json() }
  }
  return {
    target,
    home,
    organisation,
    clock,
    catalogue,
    ledger,
    feeds,
    posture,
    trust,
    app,
    call,
    async publish() {
      await posture.settle(organisation)
      await trust.publish(organisation)
    },
    view: async () => (await app.inject({ url: '/api/trust' })).json(),
    async stop() {
      await trust.stop()
      await app.close()
      await ledger.stop()
      await target.drop()
      rmSync(home, { recursive: true })
    },
  }
}

function principal(role: unknown): Principal | null {
  return role === 'reader' || role === 'administrator' ? { kind: 'account', id: account, role } : null
}
