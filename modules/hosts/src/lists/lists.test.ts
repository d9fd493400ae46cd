import type { Json, Lookup } from '@hevd/core'
import { importedLists, listedHosts, managedDevices, providerVolumes } from '@hevd/facts'
import { createFeeds, type Feeds, feedsMigrations } from '@hevd/feeds'
import { type App, createApp } from '@hevd/http'
import {
  addOrganisation,
  type TestClock,
  type ThrowawayDatabase,
  testClock,
  throwawayDatabase,
} from '@hevd/testing'
import { pino } from 'pino'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { createHosts, hostsMigrations } from '../index.ts'

let target: ThrowawayDatabase
let organisation: string
let clock: TestClock
let feeds: Feeds
let app: App
let role: 'reader' | 'administrator'
let recorded: { kind: string; body: { readonly [name: string]: Json } }[]
const logger = pino({ level: 'silent' })

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
  const record = async (
    _tx: unknown,
    _organisation: string,
    kind: string,
    body: { readonly [name: string]: Json },
  ) => {
    recorded.push({ kind, body })
  }
  feeds = createFeeds({ db: target.db, clock, logger, record })
  app = await createApp({
    logger,
    tls: null,
    bodyLimit: 100_000,
    callsPerMinute: 10_000,
    fallbackLocale: 'nb',
    version: '0.0.0',
    authenticate: () => Promise.resolve({ kind: 'account', id: 'ada', role }),
    organisationOf: async () => organisation,
  })
  createHosts({ db: target.db, clock, feeds, record }).register(app)
})

const read = (lookup: Lookup) =>
  target.db.transaction(organisation, async (tx) => (await feeds.read(tx, organisation, [lookup]))[0])
const values = async (lookup: Lookup) => (await read(lookup))?.facts.map(({ value }) => value)
const post = async (url: string, payload: object) => {
  const { statusCode, body } = await app.inject({ method: 'POST', url, payload })
  return { statusCode, answer: JSON.parse(body) }
}
const preview = (csv: string, of = 'hosts', source = 'aws') =>
  post('/api/host-lists/preview', { of, source, csv })
const bring = async (csv: string, confirmCount?: number, of = 'hosts', source = 'aws') => {
  const { answer } = await preview(csv, of, source)
  return post('/api/host-lists', {
    of,
    source,
    csv,
    digest: answer.digest,
    ...(confirmCount && { confirmCount }),
  })
}
const lists = async () => (await app.inject({ url: '/api/host-lists' })).json()
const many = (count: number, name = 'web') =>
  `id;navn\n${Array.from({ length: count }, (_, at) => `i-${at};${name}${at}`).join('\n')}\n`

describe('a list', () => {
  test('is shown before it is taken, and nothing is changed by looking', async () => {
    expect((await preview('id;navn\ni-1;web1\n')).answer).toMatchObject({
      added: [{ id: 'i-1', name: 'web1', kind: 'server', otherNames: '' }],
      changed: [],
      notInFile: [],
      faults: [],
      braked: false,
    })
    expect(await values(listedHosts.fromSource('aws'))).toEqual([])
    expect(await lists()).toEqual([])
    expect(recorded).toEqual([])
  })

  test('takes the place of the one before from the same source, and of no other', async () => {
    await bring('id;navn\ni-1;web1\ni-2;web2\n')
    await bring('id;navn\nx-1;db1\n', undefined, 'hosts', 'azure')
    clock.advance(1000)
    expect((await bring('id;navn\ni-2;web9\ni-3;web3\n')).answer).toEqual({
      added: 1,
      changed: 1,
      removed: 1,
    })
    expect(await values(listedHosts.fromSource('aws'))).toMatchObject([
      { id: 'i-2', name: 'web9' },
      { id: 'i-3' },
    ])
    expect(await values(listedHosts.called('web1'))).toEqual([])
    expect(await values(listedHosts.called('db1'))).toHaveLength(1)
    expect(await lists()).toEqual([
      { of: 'hosts', source: 'aws', importedAt: clock.now(), entries: 2 },
      { of: 'hosts', source: 'azure', importedAt: clock.now() - 1000, entries: 1 },
    ])
    expect(recorded.at(-1)).toEqual({
      kind: 'host-list-imported',
      body: { of: 'hosts', source: 'aws', entries: 2, added: 1, changed: 1, removed: 1, by: 'ada' },
    })
  })

  test('that says the same is still seen to be newer', async () => {
    await bring('id;navn\ni-1;web1\n')
    clock.advance(86_400_000)
    expect((await bring('id;navn\ni-1;web1\n')).answer).toEqual({ added: 0, changed: 0, removed: 0 })
    expect(await values(importedLists.byKey('hosts/aws'))).toMatchObject([{ importedAt: clock.now() }])
  })

  test('of disks and of devices are facts of their own', async () => {
    await bring('id;kryptert\nvol-0a;ja\n', undefined, 'volumes')
    await bring('id;skjermlås;sist sett\nd1;nei;2026-05-30 10:00\n', undefined, 'devices', 'intune')
    expect(await values(providerVolumes.withSerial('vol0a'))).toMatchObject([{ encrypted: true }])
    expect(await values(managedDevices.called('d1'))).toMatchObject([
      { locks: false, lastCheckIn: Date.parse('2026-05-30T10:00:00Z') },
    ])
  })

  test('is removed with all that stands on it', async () => {
    await bring('id;navn\ni-1;web1\n')
    const remove = () => app.inject({ method: 'DELETE', url: '/api/host-lists/hosts/aws' })
    expect((await remove()).statusCode).toBe(200)
    expect(await lists()).toEqual([])
    expect(await values(listedHosts.called('web1'))).toEqual([])
    expect((await remove()).json()).toMatchObject({ status: 404, code: 'no-such-list' })
    expect(recorded.map(({ kind }) => kind)).toEqual(['host-list-imported', 'host-list-removed'])
  })
})

describe('is refused, and nothing is changed', () => {
  test('when list or file is not what was looked at', async () => {
    const { answer } = await preview('id;navn\ni-1;web1\n')
    const other = { of: 'hosts', source: 'aws', csv: 'id;navn\ni-1;web2\n', digest: answer.digest }
    expect((await post('/api/host-lists', other)).answer).toMatchObject({ code: 'register-changed' })
    await bring('id;navn\ni-9;web9\n')
    const late = { of: 'hosts', source: 'aws', csv: 'id;navn\ni-1;web1\n', digest: answer.digest }
    expect((await post('/api/host-lists', late)).answer).toMatchObject({ code: 'register-changed' })
    expect(await values(listedHosts.fromSource('aws'))).toMatchObject([{ id: 'i-9' }])
  })

  test('with a fault', async () => {
    expect((await bring('id;navn\ni-1;web1\ni-1;web2\n')).answer).toMatchObject({ code: 'file-has-faults' })
    expect(await lists()).toEqual([])
  })

  test('when half of it would go, unless that is typed', async () => {
    expect((await bring(many(40))).statusCode).toBe(200)
    expect((await bring(many(20))).answer).toMatchObject({ code: 'confirm-number' })
    expect(await values(listedHosts.fromSource('aws'))).toHaveLength(40)
    expect((await bring(many(20), 19)).answer).toMatchObject({ code: 'confirm-number' })
    expect((await bring(many(20), 20)).answer).toEqual({ added: 0, changed: 0, removed: 20 })
  })

  test('from a reader, without a file, and under a name that cannot be a source', async () => {
    const nothing = { of: 'hosts', source: 'aws' }
    expect((await post('/api/host-lists/preview', nothing)).answer).toMatchObject({ code: 'file-missing' })
    expect((await preview('id\n1\n', 'hosts', 'a/b')).statusCode).toBe(400)
    role = 'reader'
    expect((await preview('id\n1\n')).statusCode).toBe(403)
    expect((await app.inject({ url: '/api/host-lists' })).statusCode).toBe(200)
  })
})
