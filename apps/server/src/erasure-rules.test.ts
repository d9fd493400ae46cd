import { mkdtempSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { madeInvitation } from '@hevd/identity/contract'
import { erasureList, erasurePreview } from '@hevd/people/contract'
import { type ThrowawayDatabase, throwawayDatabase } from '@hevd/testing'
import pino from 'pino'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { readConfig, type ServerConfig } from './config.ts'
import { finishErasuresIn } from './finish-erasures.ts'
import { type Server, startServer } from './server.ts'
import { type Teller, teller } from './testdata/told.ts'

let target: ThrowawayDatabase
let server: Server
let home: string
let config: ServerConfig
let ada: Teller
let rolf: Teller

beforeAll(async () => {
  target = await throwawayDatabase()
  home = mkdtempSync(join(tmpdir(), 'hevd-server-'))
  config = readConfig(
    { HEVD_HOME: home, HEVD_PORT: '0', DATABASE_URL: target.runtimeUrl, HEVD_MIGRATE_URL: target.ownerUrl },
    true,
  )
  server = await startServer({
    config,
    version: '0.0.0',
    logger: pino({ level: 'silent' }),
    monotonic: () => performance.now(),
    progress: () => {},
    thisHost: { id: 'h1', name: 'db1' },
    firstStart: { name: 'Virksomheten', locale: 'nb', timeZone: 'Europe/Oslo' },
  })
  ada = teller(server, await follow(server.firstLink ?? '', 'ada'))
}, 300_000)

afterAll(async () => {
  await server?.stop()
  await target?.drop()
  await rm(home, { recursive: true, force: true })
})

async function follow(link: string, userName: string): Promise<string> {
  const body = { token: link.split('#')[1], name: userName, userName, passphrase: 'en lang nok passfrase' }
  const response = await fetch(`${server.origin}/api/invitations/accept`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  expect(response.status).toBe(200)
  return response.headers.getSetCookie()[0]?.split(';')[0] ?? ''
}

const person = { kind: 'employee', sponsor: null, startsOn: '2020-01-01', endsOn: null, voluntary: null }
const enter = (id: string, over: object = {}) =>
  ada.done('PUT', `/api/people/${id}`, { ...person, name: `Person Nummer${id}`, ...over })
const ask = (ids: readonly string[], confirm: string, reason: string | null = null) =>
  ada.call('POST', '/api/erasures', { people: ids.map((id) => ({ id, also: [] })), reason, confirm })
const codeOf = async (answer: Promise<{ json: unknown }>) => ((await answer).json as { code?: string }).code
const list = async () => erasureList.parse(await ada.done('GET', '/api/erasures'))
const preview = async (id: string) => erasurePreview.parse(await ada.done('GET', `/api/people/${id}/erasure`))
const long = { endsOn: '2024-01-31', voluntary: true }
const lately = { endsOn: new Date(Date.now() - 40 * 86_400_000).toISOString().slice(0, 10), voluntary: true }
const stateOf = async (batch: string) => (await list()).erasures.filter((one) => one.batch === batch)

async function until(batch: string, waits: string): Promise<void> {
  while (!(await stateOf(batch)).every((one) => one.waits === waits)) await sleep(200)
}

test('who works here or answers for something is not erased, and the preview says what to settle', async () => {
  await enter('1')
  await enter('2', long)
  expect((await preview('1')).hindrances).toEqual([{ what: 'employed', ids: ['1'] }])
  expect(await codeOf(ask(['1'], 'Person Nummer1'))).toBe('cannot-be-erased')
  await ada.done('PUT', '/api/services/s1', { name: 'Tjeneste', owner: '2' })
  const until = new Date(Date.now() + 90 * 86_400_000).toISOString().slice(0, 10)
  await ada.done('PUT', '/api/access/g1', {
    holderKind: 'person',
    holder: '2',
    kind: 'other',
    place: 'Et system',
    privilege: null,
    need: 'Trengs',
    approvedBy: '1',
    from: new Date().toISOString().slice(0, 10),
    until,
  })
  expect((await preview('2')).hindrances).toEqual([
    { what: 'service', ids: ['s1'] },
    { what: 'access', ids: ['g1'] },
  ])
  expect(await codeOf(ask(['2'], 'Person Nummer2'))).toBe('cannot-be-erased')
  expect(await codeOf(ask(['9'], 'Person Nummer9'))).toBe('no-such-person')
})

test('before retention has passed it takes a typed reason, and none is listed as due', async () => {
  await enter('3', lately)
  expect(await preview('3')).toMatchObject({ isDue: false, hindrances: [{ what: 'not-due', ids: ['3'] }] })
  expect((await list()).due.map(({ id }) => id)).not.toContain('3')
  expect(await codeOf(ask(['3'], 'Person Nummer3'))).toBe('erasure-needs-reason')
  expect(await codeOf(ask(['3'], 'person'))).toBe('erasure-not-confirmed')
})

test('in a database of the organisation’s own it is not done until the tables have been rewritten', {
  timeout: 120_000,
}, async () => {
  const asked = (await ask(['3'], 'Person Nummer3', 'Personen har selv bedt om det.')).json as {
    batch: string
  }
  await until(asked.batch, 'database')
  expect(await stateOf(asked.batch)).toMatchObject([{ state: 'rewriting', because: 'request', name: null }])
  expect(await codeOf(ada.call('GET', '/api/people/3/erasure'))).toBe('no-such-person')
  expect(await finishErasuresIn(config)).toBe(1)
  expect(await stateOf(asked.batch)).toMatchObject([{ state: 'done', observed: { remains: [] } }])
  expect(await finishErasuresIn(config)).toBe(0)
  await expect(
    finishErasuresIn({ database: { runtimeUrl: target.runtimeUrl, ownerUrl: target.runtimeUrl } }),
  ).rejects.toMatchObject({ code: 'may-not-rewrite' })
})

test('more than a few at once wait for another administrator, who alone can approve them', {
  timeout: 120_000,
}, async () => {
  const ids = ['11', '12', '13', '14', '15']
  for (const id of ids) await enter(id, long)
  const { link } = madeInvitation.parse(await ada.done('POST', '/api/invitations', { role: 'administrator' }))
  rolf = teller(server, await follow(link, 'rolf'))
  expect(await codeOf(ask(ids, 'Person Nummer11'))).toBe('erasure-not-confirmed')
  const { batch } = (await ask(ids, '5')).json as { batch: string }
  expect(await stateOf(batch)).toHaveLength(5)
  for (const one of await stateOf(batch)) expect(one).toMatchObject({ state: 'asked', waits: 'approval' })
  expect(await codeOf(ask(['11'], 'Person Nummer11'))).toBe('erasure-under-way')
  expect(await codeOf(ada.call('POST', `/api/erasures/${batch}/approve`, {}))).toBe('own-erasure')
  await enter('15', { endsOn: null, voluntary: null })
  await rolf.done('POST', `/api/erasures/${batch}/approve`, {})
  expect(await codeOf(rolf.call('POST', `/api/erasures/${batch}/approve`, {}))).toBe('no-such-erasure')
  while ((await stateOf(batch)).filter(({ state }) => state === 'rewriting').length < 4) await sleep(200)
  expect((await stateOf(batch)).map(({ state }) => state).toSorted()).toEqual([
    ...Array.from({ length: 4 }, () => 'rewriting'),
    'stopped',
  ])
  expect((await ada.call('GET', '/api/people?q=nummer15')).text).toContain('Person Nummer15')
})

test('what waits for approval can be taken back', async () => {
  await enter('21', long)
  const { batch } = (await ask(['21'], 'Person Nummer21')).json as { batch: string }
  await ada.done('DELETE', `/api/erasures/${batch}`)
  expect(await stateOf(batch)).toMatchObject([{ state: 'stopped', name: null }])
  expect((await list()).due.map(({ id }) => id)).toContain('21')
})
