import { mkdtempSync, rmSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createFeeds, feedsMigrations } from '@hevd/feeds'
import { type App, createApp, type Principal } from '@hevd/http'
import { createKeys, createSealing, keysMigrations, sealsDefaults } from '@hevd/keys'
import { createLedger, ledgerMigrations } from '@hevd/ledger'
import { createPeople, peopleMigrations } from '@hevd/people'
import { addOrganisation, throwawayDatabase } from '@hevd/testing'
import pino from 'pino'

/** A vault that is open, with a key and a token that may use it, and a route beside it that does nothing. */
export type TransitGround = {
  readonly port: number
  readonly token: string
  /** Path of the route that does nothing: it reads the same body and answers as much. */
  readonly nothing: string
  end(): Promise<void>
}

export const keyName = 'bench'

export async function transitGround(answer: object): Promise<TransitGround> {
  const target = await throwawayDatabase([
    { name: 'ledger', directory: ledgerMigrations },
    { name: 'feeds', directory: feedsMigrations },
    { name: 'people', directory: peopleMigrations },
    { name: 'keys', directory: keysMigrations },
  ])
  const { db } = target
  const home = mkdtempSync(join(tmpdir(), 'hevd-bench-transit-'))
  const organisation = await addOrganisation(db)
  const clock = { now: () => Date.now() }
  const logger = pino({ level: 'silent' })
  const ledger = createLedger({ db, clock, home: join(home, 'home'), logger })
  await ledger.open(organisation)
  const feeds = createFeeds({ db, clock, logger, record: ledger.record })
  const people = createPeople({ db, clock, feeds, ledger, names: async () => new Map() })
  const accounts = ['00000000-0000-7000-8000-00000000000a', '00000000-0000-7000-8000-00000000000b'] as const
  const sealing = createSealing(
    { ...sealsDefaults, home: join(home, 'home'), file: join(home, 'key') },
    clock,
  )
  const keys = createKeys({
    ...{ db, clock, feeds, ledger, people, sealing, logger, version: '0.0.0' },
    standing: async (_tx, ids) =>
      accounts
        .filter((id) => ids?.includes(id) ?? true)
        .map((id) => ({ id, name: id, role: 'administrator', disabledAt: null })),
  })
  const app = await createApp({
    ...{
      logger,
      tls: null,
      bodyLimit: 1_000_000,
      callsPerMinute: 1e9,
      fallbackLocale: 'en',
      version: '0.0.0',
    },
    authenticate: async ({ headers }): Promise<Principal> => ({
      ...{ kind: 'account', id: accounts[headers['x-as'] === 'b' ? 1 : 0], role: 'administrator' },
    }),
    organisationOf: async () => organisation,
  })
  keys.register(app)
  const nothing = '/v1/nothing/:name'
  app.post(nothing, { config: { access: 'public', rateLimit: false } }, async () => answer)
  await keys.start()
  const token = await prepared(app, accounts[0])
  await app.listen({ host: '127.0.0.1', port: 0 })
  const address: AddressInfo | string | null = app.server.address()
  return {
    port: typeof address === 'object' && address !== null ? address.port : 0,
    token,
    nothing: nothing.replace(':name', keyName),
    async end() {
      await app.close()
      await keys.stop()
      await ledger.stop()
      await target.drop()
      rmSync(home, { recursive: true, force: true })
    },
  }
}

/** Makes the key and the grant, which the other account approves; a token. */
async function prepared(app: App, account: string): Promise<string> {
  const call = async (url: string, payload: object, as = 'a') => {
    const answered = await app.inject({ method: 'POST', url, payload, headers: { 'x-as': as } })
    if (answered.statusCode !== 200) throw new Error(`${url}: ${answered.statusCode} ${answered.body}`)
    return answered.json()
  }
  const today = new Date().toISOString().slice(0, 10)
  const until = new Date(Date.now() + 30 * 86_400_000).toISOString().slice(0, 10)
  const holder = { kind: 'account', id: account }
  await call('/api/root-key', { seal: 'file' })
  await call('/api/keys', { name: keyName })
  const { id } = await call('/api/key-grants', {
    ...{ key: keyName, holder, operations: ['encrypt', 'decrypt', 'hmac'], purpose: 'Benchmark' },
    ...{ from: today, until },
  })
  await call(`/api/key-grants/${id}/approve`, {}, 'b')
  return (await call('/api/key-tokens', { holder, until })).token
}
