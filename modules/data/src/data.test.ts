import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { dataSets, people as personFacts } from '@hevd/facts'
import { createFeeds, type Feeds, feedsMigrations } from '@hevd/feeds'
import { type App, createApp } from '@hevd/http'
import { createLedger, type Ledger, ledgerMigrations } from '@hevd/ledger'
import { schemaFaults, type Tx } from '@hevd/postgres'
import {
  addOrganisation,
  type TestClock,
  type ThrowawayDatabase,
  testClock,
  throwawayDatabase,
} from '@hevd/testing'
import { sql } from 'kysely'
import { pino } from 'pino'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { createData, type DataSet, dataMigrations } from './index.ts'

let target: ThrowawayDatabase
let home: string
let ledger: Ledger
let feeds: Feeds
let clock: TestClock
let app: App
let organisation: string
let role: 'reader' | 'administrator'
const logger = pino({ level: 'silent' })
const start = Date.UTC(2026, 5, 15, 12)

beforeAll(async () => {
  target = await throwawayDatabase([
    { name: 'ledger', directory: ledgerMigrations },
    { name: 'feeds', directory: feedsMigrations },
    { name: 'data', directory: dataMigrations },
  ])
  home = await mkdtemp(join(tmpdir(), 'hevd-data-'))
  clock = testClock('2026-06-15T12:00:00Z')
  ledger = createLedger({ db: target.db, clock, home, logger })
  feeds = createFeeds({ db: target.db, clock, logger, record: ledger.record })
  app = await createApp({
    logger,
    tls: null,
    bodyLimit: 100_000,
    callsPerMinute: 100_000,
    fallbackLocale: 'nb',
    version: '0.0.0',
    authenticate: async () => ({ kind: 'account', id: 'admin', role }),
    organisationOf: async () => organisation,
  })
  createData({ db: target.db, clock, feeds, ledger }).register(app)
})
afterAll(async () => {
  await ledger.stop()
  await target.drop()
  await rm(home, { recursive: true })
})
beforeEach(async () => {
  clock.set(start)
  organisation = await addOrganisation(target.db)
  await ledger.open(organisation)
  role = 'administrator'
  await inside(async (tx) => {
    const register = { name: 'people', title: { nb: 'Personer', en: 'People' }, types: [personFacts.name] }
    await feeds.openRegister(tx, organisation, register)
    const kari = {
      id: '1',
      name: 'Kari Nordmann',
      kind: 'employee',
      sponsor: null,
      startsOn: '2024-01-01',
      endsOn: null,
      voluntary: null,
    }
    await feeds.put(tx, organisation, 'people', [{ type: personFacts.name, value: kari }])
  })
})

const inside = <T>(run: (tx: Tx) => Promise<T>) => target.db.transaction(organisation, run)
const call = (method: 'GET' | 'PUT' | 'POST' | 'DELETE', url: string, payload?: object) =>
  app.inject({ method, url, ...(payload && { payload }) })
const payroll: DataSet = {
  id: 'payroll',
  name: 'Lønn',
  class: 'sensitive',
  place: 'db1',
  owner: '1',
  encryptedAtRest: true,
  encryptedInTransit: true,
  accessRestricted: true,
  backedUp: true,
  retentionDays: 1825,
}
const enter = (set: DataSet, was?: DataSet | null) =>
  call('PUT', `/api/data-sets/${set.id}`, was === undefined ? set : { ...set, was })
const listed = async (query = '') => (await call('GET', `/api/data-sets?${query}`)).json()
const review = (was: DataSet) => call('POST', `/api/data-sets/${was.id}/review`, { was })
const facts = (id = 'payroll') =>
  inside(async (tx) =>
    (await feeds.read(tx, organisation, [dataSets.byKey(id)]))[0]?.facts.map(({ value }) => value),
  )
const entries = () =>
  inside(async (tx) => {
    const { rows } = await sql<{ kind: string; data: Buffer }>`
      select kind, data from ledger.outbox where organisation = ${organisation} order by id`.execute(tx)
    return rows.map(({ kind, data }) => ({ kind, text: data.toString() }))
  })
const preview = (csv: string) => call('POST', '/api/data-sets/import/preview', { csv })
const importing = (csv: string, digest: string, confirmCount?: number) =>
  call('POST', '/api/data-sets/import', {
    csv,
    digest,
    ...(confirmCount !== undefined && { confirmCount }),
  })

test('the schema keeps organisations apart', async () => {
  expect(await schemaFaults(target.ownerUrl)).toEqual([])
})

describe('by hand', () => {
  test('a set becomes a row, a fact and an entry that does not say whose it is', async () => {
    expect((await enter(payroll)).json()).toEqual(payroll)
    expect(await facts()).toEqual([{ ...payroll, enteredAt: start, reviews: [] }])
    expect(await listed()).toMatchObject({
      items: [{ ...payroll, ownerName: 'Kari Nordmann', enteredAt: start, reviewedAt: null }],
      total: 1,
    })
    const [entry] = await entries()
    expect(entry?.kind).toBe('data-set-entered')
    expect(entry?.text).toContain('"encryptedAtRest":true')
    expect(entry?.text).not.toMatch(/"owner"|Kari/)
  })

  test('class, place and owner may be left out, and are not blank', async () => {
    const bare = { ...payroll, class: null, place: null, owner: null, retentionDays: null }
    expect((await enter(bare)).json()).toEqual(bare)
    expect((await enter({ ...bare, place: ' ' })).statusCode).toBe(400)
  })

  test('the same again changes nothing and logs nothing', async () => {
    await enter(payroll)
    await enter(payroll)
    expect(await entries()).toHaveLength(1)
  })

  test.each([
    ['an owner who is nobody', { ...payroll, owner: '9' }, 'registeret over personer'],
    ['a formula as name', { ...payroll, name: '=cmd|x' }, 'formel'],
    ['turned letters in a place', { ...payroll, place: 'db\u202e1' }, 'tegn'],
  ])('%s is refused with the remedy', async (_what, set, word) => {
    const answer = await enter(set)
    expect(answer.json()).toMatchObject({ status: 400, code: 'not-valid-data-set' })
    expect(answer.json().words.nb).toContain(word)
    expect((await listed()).total).toBe(0)
  })

  test('a change that another has overtaken is refused; of five at once one wins', async () => {
    await enter(payroll, null)
    expect((await enter({ ...payroll, name: 'L' }, null)).json()).toMatchObject({ code: 'changed-meanwhile' })
    const answers = await Promise.all(
      Array.from({ length: 5 }, (_, i) => enter({ ...payroll, name: `Lønn ${i}` }, payroll)),
    )
    expect(answers.filter(({ statusCode }) => statusCode === 200)).toHaveLength(1)
  })

  test('another id in the body than in the address is refused', async () => {
    expect((await call('PUT', '/api/data-sets/other', payroll)).json()).toMatchObject({ code: 'id-differs' })
  })

  test('a reader reads and does not change', async () => {
    await enter(payroll)
    role = 'reader'
    expect((await listed()).total).toBe(1)
    const calls = [enter(payroll), review(payroll), call('DELETE', '/api/data-sets/payroll'), preview('')]
    expect((await Promise.all(calls)).map(({ statusCode }) => statusCode)).toEqual(Array(4).fill(403))
  })

  test('pages by name as Norwegian sorts it, searched in small letters', async () => {
    for (const [i, name] of ['Årsverk', 'Avtaler', 'Øvrig'].entries())
      await enter({ ...payroll, id: `d${i}`, name })
    const first = await listed('limit=2')
    const second = await listed(`limit=2&cursor=${first.next}`)
    const sorted = [...first.items, ...second.items].map(({ name }: DataSet) => name)
    expect(sorted).toEqual(['Avtaler', 'Øvrig', 'Årsverk'])
    expect((await listed(`q=${encodeURIComponent('ÅRS')}`)).items).toHaveLength(1)
  })
})

describe('reviews and ends', () => {
  test('each review is kept with its moment, and the fact tells all of them', async () => {
    await enter(payroll)
    clock.set(start + 1000)
    expect((await review(payroll)).statusCode).toBe(200)
    clock.set(start + 2000)
    await review(payroll)
    expect(await facts()).toMatchObject([{ enteredAt: start, reviews: [start + 1000, start + 2000] }])
    expect((await listed()).items).toMatchObject([{ reviewedAt: start + 2000 }])
    await enter({ ...payroll, name: 'Lønn og pensjon' })
    expect(await facts()).toMatchObject([{ reviews: [start + 1000, start + 2000] }])
  })

  test('what somebody changed meanwhile is not confirmed unseen', async () => {
    await enter(payroll)
    await enter({ ...payroll, backedUp: false })
    expect((await review(payroll)).json()).toMatchObject({ code: 'changed-meanwhile' })
    expect(await facts()).toMatchObject([{ reviews: [] }])
  })

  test('a set ends by a record, and begins anew from when it was entered first', async () => {
    await enter(payroll)
    expect((await call('DELETE', '/api/data-sets/payroll')).statusCode).toBe(200)
    expect(await facts()).toEqual([])
    expect((await listed()).total).toBe(0)
    for (const answer of [call('DELETE', '/api/data-sets/payroll'), review(payroll)])
      expect((await answer).json()).toMatchObject({ status: 404, code: 'no-such-data-set' })
    clock.set(start + 5000)
    await enter(payroll, null)
    expect(await facts()).toMatchObject([{ enteredAt: start }])
    expect((await entries()).map(({ kind }) => kind)).toEqual([
      'data-set-entered',
      'data-set-ended',
      'data-set-entered',
    ])
  })
})

describe('an import', () => {
  const header = 'id;navn;klasse;sted;eier;kryptert lagret;sikkerhetskopiert;lagringstid'
  const file = `${header}\r\npayroll;Lønn;sensitive;db1;1;ja;nei;1825\r\nnews;Nyheter;public;web;;;;\r\n`

  test('shows what it would change, changes it, and is then unchanged', async () => {
    const seen = (await preview(file)).json()
    expect(seen).toMatchObject({
      added: [
        { id: 'payroll', encryptedAtRest: true, backedUp: false, retentionDays: 1825 },
        { id: 'news', owner: null, encryptedAtRest: false, retentionDays: null },
      ],
      faults: [],
      braked: false,
    })
    expect((await listed()).total).toBe(0)
    expect((await importing(file, seen.digest)).json()).toEqual({ added: 2, changed: 0 })
    expect(await facts('news')).toMatchObject([{ class: 'public' }])
    expect((await preview(file)).json()).toMatchObject({ added: [], changed: [], unchanged: 2 })
  })

  test('a column that is missing leaves what was, and nothing ends by being left out', async () => {
    await enter(payroll)
    const short = 'id,name,class\nnews,News,public\npayroll,Lønn,confidential\n'
    expect((await preview(short)).json()).toMatchObject({
      changed: [{ after: { ...payroll, class: 'confidential' } }],
      notInFile: [],
    })
    expect((await preview('id,name\nnews,News\n')).json()).toMatchObject({ notInFile: [payroll] })
  })

  test.each([
    ['a retention that is no number', 'payroll;Lønn;sensitive;db1;1;ja;nei;fem år', 'lagringstid'],
    ['an owner who is nobody', 'payroll;Lønn;sensitive;db1;9;ja;nei;5', 'eier'],
    ['neither yes nor no', 'payroll;Lønn;sensitive;db1;1;kanskje;nei;5', 'kryptert lagret'],
    ['a name that is too long', `payroll;${'x'.repeat(201)};sensitive;db1;1;ja;nei;5`, 'navn'],
  ])('%s is a fault of its line, and nothing is imported', async (_what, line, field) => {
    const csv = `${header}\n${line}\n`
    const seen = (await preview(csv)).json()
    expect(seen.faults).toMatchObject([{ line: 2, field }])
    expect((await importing(csv, seen.digest)).json()).toMatchObject({ code: 'file-has-faults' })
    expect((await listed()).total).toBe(0)
  })

  test('many at once need their number, and what was not looked at is refused', async () => {
    const many = `id;navn\n${Array.from({ length: 11 }, (_, i) => `d${i};Data ${i}`).join('\n')}\n`
    const seen = (await preview(many)).json()
    expect(seen.braked).toBe(true)
    expect((await importing(many, seen.digest)).json()).toMatchObject({ code: 'confirm-number' })
    await enter(payroll)
    expect((await importing(many, seen.digest, 11)).json()).toMatchObject({ code: 'register-changed' })
    const again = (await preview(many)).json()
    expect((await importing(many, again.digest, 11)).json()).toEqual({ added: 11, changed: 0 })
  })

  test('without a file it says so', async () => {
    expect((await call('POST', '/api/data-sets/import/preview', {})).json()).toMatchObject({
      code: 'file-missing',
    })
  })
})
