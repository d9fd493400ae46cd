import type { Lookup } from '@hevd/core'
import { accounts, hosts as hostFacts } from '@hevd/facts'
import { createFeeds, type Feeds, feedsMigrations, type Report } from '@hevd/feeds'
import { type App, createApp } from '@hevd/http'
import { schemaFaults } from '@hevd/postgres'
import {
  addOrganisation,
  type TestClock,
  type ThrowawayDatabase,
  testClock,
  throwawayDatabase,
} from '@hevd/testing'
import { pino } from 'pino'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { createHosts, type Hosts, hostsMigrations } from './index.ts'

let target: ThrowawayDatabase
let organisation: string
let clock: TestClock
let feeds: Feeds
let hosts: Hosts
let app: App
let recorded: string[]
let role: 'reader' | 'administrator'
const logger = pino({ level: 'silent' })
const web = { id: 'web-1', name: 'web', role: 'production', declaredBy: 'first-start' } as const

beforeAll(async () => {
  target = await throwawayDatabase([
    { name: 'feeds', directory: feedsMigrations },
    { name: 'hosts', directory: hostsMigrations },
  ])
})
afterAll(() => target.drop())

beforeEach(async () => {
  organisation = await addOrganisation(target.db)
  clock = testClock('2026-06-01T12:00:00Z')
  recorded = []
  role = 'administrator'
  const record = async (_tx: unknown, _organisation: string, kind: string) => {
    recorded.push(kind)
  }
  feeds = createFeeds({ db: target.db, clock, logger, record })
  hosts = createHosts({ db: target.db, clock, feeds, record })
  app = await createApp({
    logger,
    tls: null,
    bodyLimit: 100_000,
    callsPerMinute: 10_000,
    fallbackLocale: 'nb',
    version: '0.0.0',
    authenticate: (request) => {
      const [scheme, token = ''] = (request.headers.authorization ?? '').split(' ')
      if (scheme === 'Bearer') return hosts.authenticateAgent(organisation, token)
      return Promise.resolve({ kind: 'account', id: 'ada', role })
    },
    organisationOf: async () => organisation,
  })
  hosts.register(app)
  feeds.register(app)
})

const read = (lookup: Lookup = hostFacts.byKey(web.id)) =>
  target.db.transaction(organisation, async (tx) => (await feeds.read(tx, organisation, [lookup]))[0])
const patch = (change: object, id: string = web.id) =>
  app.inject({ method: 'PATCH', url: `/api/hosts/${id}`, payload: change })
const list = async () => (await app.inject({ url: '/api/hosts' })).json()
const report: Report = {
  collector: 'accounts',
  title: { nb: 'Kontoer', en: 'Accounts' },
  interval: 'PT5M',
  kind: 'full',
  sequence: 1,
  put: [],
  gone: [],
  coverage: [{ type: 'account', scope: web.id, state: 'complete', detail: '' }],
  digest: '0'.repeat(64),
  observedAt: Date.parse('2026-06-01T12:00:00Z'),
}
const send = (token: string) =>
  app.inject({
    method: 'POST',
    url: '/api/agent/reports',
    headers: { authorization: `Bearer ${token}` },
    payload: { version: '1', reports: [report] },
  })

test('the schema keeps organisations apart', async () => {
  expect(await schemaFaults(target.ownerUrl)).toEqual([])
})

describe('declaring', () => {
  test('makes a fact and an entry; again it changes nothing', async () => {
    await hosts.declare(organisation, web)
    await hosts.declare(organisation, { ...web, name: 'other', role: 'other' })
    expect((await read())?.facts.map(({ value }) => value)).toEqual([web])
    expect(recorded).toEqual(['host-declared'])
  })

  test('at once by several servers, it is declared once', async () => {
    await Promise.all(Array.from({ length: 5 }, () => hosts.declare(organisation, web)))
    expect(recorded).toEqual(['host-declared'])
    expect(await list()).toHaveLength(1)
  })

  test.each(['', 'a/b', '-', 'a|b', 'å', ' a', 'x'.repeat(101)])('%j is no id', async (id) => {
    await expect(hosts.declare(organisation, { ...web, id })).rejects.toMatchObject({ code: 'bad-host-id' })
  })
})

describe('the agent’s token', () => {
  test('stands for the host and reports as it; the hash alone is kept', async () => {
    await hosts.declare(organisation, web)
    const token = await hosts.enrol(organisation, web.id)
    expect(await hosts.authenticateAgent(organisation, token)).toMatchObject({ kind: 'agent', host: web.id })
    expect((await send(token)).json()).toEqual({
      answers: [{ collector: 'accounts', state: 'taken', why: '' }],
    })
    expect((await list())[0]).toMatchObject({ lastHeardAt: report.observedAt })
    expect((await app.inject({ url: '/api/feeds' })).json()).toHaveLength(2)
  })

  test('a new one ends the one before', async () => {
    await hosts.declare(organisation, web)
    const old = await hosts.enrol(organisation, web.id)
    await hosts.enrol(organisation, web.id)
    expect(await hosts.authenticateAgent(organisation, old)).toBeNull()
    expect((await send(old)).statusCode).toBe(401)
  })

  test('of another organisation, empty, or long: nobody', async () => {
    await hosts.declare(organisation, web)
    const token = await hosts.enrol(organisation, web.id)
    const other = await addOrganisation(target.db)
    expect(await hosts.authenticateAgent(other, token)).toBeNull()
    expect(await hosts.authenticateAgent(organisation, '')).toBeNull()
    expect(await hosts.authenticateAgent(organisation, 'x'.repeat(10_000))).toBeNull()
  })

  test('an undeclared host has none', async () => {
    await expect(hosts.enrol(organisation, 'nowhere')).rejects.toMatchObject({ code: 'no-such-host' })
  })

  test('does not open what people read, and a session does not report', async () => {
    await hosts.declare(organisation, web)
    const headers = { authorization: `Bearer ${await hosts.enrol(organisation, web.id)}` }
    expect((await app.inject({ url: '/api/feeds', headers })).statusCode).toBe(403)
    expect((await app.inject({ url: '/api/hosts', headers })).statusCode).toBe(403)
    const payload = { version: '1', reports: [report] }
    const reporting = await app.inject({ method: 'POST', url: '/api/agent/reports', payload })
    expect(reporting.statusCode).toBe(403)
  })
})

describe('changing', () => {
  test('name and role reach the fact and the log', async () => {
    await hosts.declare(organisation, web)
    expect((await patch({ name: ' edge ', role: 'workstation' })).statusCode).toBe(200)
    expect((await read())?.facts[0]?.value).toMatchObject({ name: 'edge', role: 'workstation' })
    expect(recorded).toEqual(['host-declared', 'host-changed'])
  })

  test('a reader may not; an unknown host is said to be unknown', async () => {
    await hosts.declare(organisation, web)
    expect((await patch({ name: 'x' }, 'nowhere')).statusCode).toBe(404)
    role = 'reader'
    expect((await patch({ name: 'x' })).statusCode).toBe(403)
  })

  test('ending takes the token, ends the feeds and records the facts as gone; reopening needs a new token', async () => {
    await hosts.declare(organisation, web)
    const token = await hosts.enrol(organisation, web.id)
    await send(token)
    expect((await patch({ ended: true })).statusCode).toBe(200)
    expect(await hosts.authenticateAgent(organisation, token)).toBeNull()
    expect((await read())?.facts).toEqual([])
    expect((await read(accounts.ofHost(web.id)))?.unseen).toEqual([
      { code: 'never-connected', type: 'account' },
    ])
    expect((await feeds.list(organisation)).map(({ name }) => name)).toEqual(['register/hosts'])
    expect(await feeds.take(organisation, web.id, [report])).toMatchObject([{ state: 'refused' }])
    expect((await patch({ ended: true })).json()).toMatchObject({ code: 'host-ended' })
    await expect(hosts.enrol(organisation, web.id)).rejects.toMatchObject({ code: 'host-ended' })

    expect((await patch({ ended: false })).statusCode).toBe(200)
    const again = await hosts.enrol(organisation, web.id)
    expect((await send(again)).json()).toMatchObject({ answers: [{ state: 'taken' }] })
    expect(recorded).toEqual([
      'host-declared',
      'agent-enrolled',
      'host-ended',
      'host-reopened',
      'agent-enrolled',
    ])
  })
})
