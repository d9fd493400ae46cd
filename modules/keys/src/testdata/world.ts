import { execFileSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createFeeds, type Feeds, feedsMigrations } from '@hevd/feeds'
import { type App, createApp } from '@hevd/http'
import { createIdentity, type Identity, identityMigrations, sessionCookie } from '@hevd/identity'
import { createLedger, type Ledger, ledgerMigrations } from '@hevd/ledger'
import { createPeople, peopleMigrations } from '@hevd/people'
import type { Tx } from '@hevd/postgres'
import {
  addOrganisation,
  type TestClock,
  type ThrowawayDatabase,
  testClock,
  throwawayDatabase,
} from '@hevd/testing'
import { pino } from 'pino'
import type { AskingGrant, Grant, MadeToken, Operation } from '../contract.ts'
import {
  createKeys,
  createSealing,
  type Keys,
  type KeysConfig,
  keysMigrations,
  type SealsConfig,
  sealsDefaults,
} from '../index.ts'

const passphrase = 'riktig hest batteri stift'

export type Answer = { readonly status: number; readonly json: unknown }
export type Who = { readonly id: string; readonly cookie: string }

/** A server with a vault, its accounts, and everything that stands beneath it: real, apart from the clock. */
export type World = {
  readonly target: ThrowawayDatabase
  readonly clock: TestClock
  readonly organisation: string
  readonly app: App
  readonly keys: Keys
  readonly ledger: Ledger
  readonly feeds: Feeds
  readonly identity: Identity
  /** What a server in another process needs of this one: the ledger's home, and the seal's key file. */
  readonly places: { readonly home: string; readonly file: string }
  /** What the server logged. */
  readonly logged: () => string
  /** Two administrators, and a reader. */
  readonly ada: Who
  readonly bo: Who
  readonly rolf: Who
  call(
    who: Who,
    method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE',
    path: string,
    body?: object,
  ): Promise<Answer>
  /** The same, for what must succeed. */
  done<T>(
    who: Who,
    method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE',
    path: string,
    body?: object,
  ): Promise<T>
  /** A call of the Transit API by a token. */
  vault(
    token: string,
    method: 'GET' | 'POST' | 'PUT' | 'DELETE',
    path: string,
    body?: object,
  ): Promise<Answer>
  invite(role: 'reader' | 'administrator', userName: string): Promise<Who>
  tokenOf(who: Who): Promise<string>
  /** A grant for an account, asked for by Ada and approved by Bo, or the other way round. */
  grant(key: string, who: Who, operations: readonly Operation[], over?: Partial<AskingGrant>): Promise<Grant>
  inside<T>(run: (tx: Tx) => Promise<T>): Promise<T>
  /** Another server of the same database. */
  another(): Promise<{ readonly app: App; readonly keys: Keys; stop(): Promise<void> }>
  /** Address of a listener that speaks TLS, and the file of the certificate to trust. */
  listen(): Promise<{ readonly address: string; readonly certificate: string }>
  stop(): Promise<void>
}

export async function startWorld(
  config: Partial<KeysConfig> = {},
  random: (bytes: number) => Buffer = randomBytes,
  seals: Partial<SealsConfig> = {},
): Promise<World> {
  const target = await throwawayDatabase([
    { name: 'ledger', directory: ledgerMigrations },
    { name: 'identity', directory: identityMigrations },
    { name: 'feeds', directory: feedsMigrations },
    { name: 'people', directory: peopleMigrations },
    { name: 'keys', directory: keysMigrations },
  ])
  const { db } = target
  const folder = mkdtempSync(join(tmpdir(), 'hevd-keys-'))
  const home = join(folder, 'home')
  const clock = testClock('2026-06-15T12:00:00Z')
  const organisation = await addOrganisation(db)
  let log = ''
  const write = (line: string) => {
    log += line
  }
  const logger = pino({ level: 'trace' }, { write })
  const ledger = createLedger({ db, clock, home, logger: pino({ level: 'silent' }) })
  await ledger.open(organisation)
  const feeds = createFeeds({ db, clock, logger, record: ledger.record })
  const people = createPeople({ db, clock, feeds, ledger, names: async () => new Map() })
  let changed: Keys['accountChanged'] = async () => {}
  const identity = createIdentity({
    ...{ db, clock, record: ledger.record, origin: 'https://localhost' },
    config: { idle: 'P999D', longest: 'P999D' },
    changed: (tx, o, account) => changed(tx, o, account),
  })
  const file = join(folder, 'seal', 'key')
  const sealing = createSealing({ ...sealsDefaults, home, file, ...seals }, clock)
  const newKeys = () =>
    createKeys({
      ...{ db, clock, feeds, ledger, people, standing: identity.standing, sealing, logger, config, random },
      version: '1.0.0',
    })
  const certificate = join(folder, 'cert.pem')
  const privateKey = join(folder, 'key.pem')
  execFileSync(
    'openssl',
    [
      ...['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '2'],
      ...['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost,IP:127.0.0.1'],
      ...['-keyout', privateKey, '-out', certificate],
    ],
    { stdio: 'ignore' },
  )
  const newApp = (keys: Keys) =>
    createApp({
      ...{ logger, fallbackLocale: 'nb', version: '1.0.0', lists: '/v1/' },
      tls: { key: readFileSync(privateKey, 'utf8'), cert: readFileSync(certificate, 'utf8') },
      ...{ bodyLimit: 100_000, callsPerMinute: 1_000_000 },
      authenticate: (request) =>
        identity.authenticate(request.organisation, request.cookies[sessionCookie] ?? ''),
      organisationOf: async () => organisation,
    }).then((app) => {
      keys.register(app)
      return app
    })
  const keys = newKeys()
  changed = keys.accountChanged
  const app = await newApp(keys)
  identity.register(app)
  people.register(app)
  await keys.start()

  const call: World['call'] = async (who, method, url, body) => {
    const answer = await app.inject({
      ...{ method, url, cookies: { [sessionCookie]: who.cookie } },
      ...(body === undefined ? {} : { payload: body }),
    })
    return { status: answer.statusCode, json: answer.body === '' ? null : answer.json() }
  }
  const done: World['done'] = async <T>(...given: Parameters<typeof call>) => {
    const { status, json } = await call(...given)
    if (status !== 200) throw new Error(`${given[1]} ${given[2]}: ${status} ${JSON.stringify(json)}`)
    return json as T
  }
  const accept = async (link: string, userName: string): Promise<Who> => {
    const token = link.split('#')[1]
    const answer = await app.inject({
      ...{ method: 'POST', url: '/api/invitations/accept' },
      payload: {
        token,
        name: `${userName[0]?.toUpperCase()}${userName.slice(1)} Nordmann`,
        userName,
        passphrase,
      },
    })
    const cookie = answer.cookies.find(({ name }) => name === sessionCookie)?.value ?? ''
    const me = await app.inject({ method: 'GET', url: '/api/me', cookies: { [sessionCookie]: cookie } })
    return { id: me.json().account.id, cookie }
  }
  const ada = await accept(await identity.firstLink(organisation), 'ada')
  const invite: World['invite'] = async (role, userName) =>
    accept((await done<{ link: string }>(ada, 'POST', '/api/invitations', { role })).link, userName)
  const bo = await invite('administrator', 'bo')
  const rolf = await invite('reader', 'rolf')

  const world: World = {
    ...{ target, clock, organisation, app, keys, ledger, feeds, identity, ada, bo, rolf, call, done, invite },
    places: { home, file },
    logged: () => log,
    vault: async (token, method, path, body) => {
      const answer = await app.inject({
        ...{ method, url: `/v1${path}`, headers: { 'x-vault-token': token } },
        ...(body === undefined ? {} : { payload: body }),
      })
      return { status: answer.statusCode, json: answer.body === '' ? null : answer.json() }
    },
    tokenOf: async (who) =>
      (
        await done<MadeToken>(who, 'POST', '/api/key-tokens', {
          ...{ holder: { kind: 'account', id: who.id }, until: '2026-12-31' },
        })
      ).token,
    grant: async (key, who, operations, over = {}) => {
      const asker = who.id === bo.id ? bo : ada
      const approver = asker.id === ada.id ? bo : ada
      const { id } = await done<Grant>(asker, 'POST', '/api/key-grants', {
        ...{ key, holder: { kind: 'account', id: who.id }, operations, purpose: 'Kundedata' },
        ...{ from: '2026-06-01', until: '2026-12-31', ...over },
      })
      return done<Grant>(approver, 'POST', `/api/key-grants/${id}/approve`)
    },
    inside: (run) => db.transaction(organisation, run),
    another: async () => {
      const other = newKeys()
      const otherApp = await newApp(other)
      await other.start()
      return { app: otherApp, keys: other, stop: () => other.stop() }
    },
    listen: async () => {
      await app.listen({ host: '127.0.0.1', port: 0 })
      const address: AddressInfo | string | null = app.server.address()
      const port = typeof address === 'object' && address !== null ? address.port : 0
      return { address: `https://localhost:${port}`, certificate }
    },
    stop: async () => {
      await app.close()
      await keys.stop()
      await ledger.stop()
      await target.drop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
  return world
}
