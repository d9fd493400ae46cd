import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  dataSetPlaces,
  people as personFacts,
  scannedPlaces,
  sensitiveFinds,
  type ValueOf,
} from '@hevd/facts'
import { createFeeds, type Feeds, feedsMigrations } from '@hevd/feeds'
import { type App, createApp } from '@hevd/http'
import { createLedger, type Ledger, ledgerMigrations } from '@hevd/ledger'
import { schemaFaults, type Tx } from '@hevd/postgres'
import { addOrganisation, type ThrowawayDatabase, testClock, throwawayDatabase } from '@hevd/testing'
import { sql } from 'kysely'
import { pino } from 'pino'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { createData, type Data, type DataSet, dataMigrations } from './index.ts'

let target: ThrowawayDatabase
let home: string
let ledger: Ledger
let feeds: Feeds
let data: Data
let app: App
let organisation: string
let role: 'reader' | 'administrator'
const logger = pino({ level: 'silent' })
const clock = testClock('2026-06-15T12:00:00Z')

beforeAll(async () => {
  target = await throwawayDatabase([
    { name: 'ledger', directory: ledgerMigrations },
    { name: 'feeds', directory: feedsMigrations },
    { name: 'data', directory: dataMigrations },
  ])
  home = await mkdtemp(join(tmpdir(), 'hevd-found-'))
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
  data = createData({ db: target.db, clock, feeds, ledger })
  data.register(app)
})
afterAll(async () => {
  await ledger.stop()
  await target.drop()
  await rm(home, { recursive: true })
})

const shop = 'h1/5432/shop'
const place = (over: Partial<ValueOf<typeof scannedPlaces>> = {}): ValueOf<typeof scannedPlaces> => ({
  id: shop,
  host: 'h1',
  server: 'h1/5432',
  kind: 'postgres',
  name: 'db1:5432/shop',
  scannedAt: clock.now(),
  state: 'whole',
  objects: 2,
  ofObjects: 2,
  looked: 1204,
  of: 1204,
  unit: 'rows',
  open: 0,
  encryptedColumns: 0,
  binaryValues: 0,
  gaps: [],
  gapCount: 0,
  ...over,
})
const find = (over: Partial<ValueOf<typeof sensitiveFinds>> = {}): ValueOf<typeof sensitiveFinds> => ({
  host: 'h1',
  place: shop,
  object: 'public.users',
  column: 'ssn',
  kind: 'national-id',
  detector: 'birth-number',
  count: 1204,
  of: 1204,
  encrypted: 0,
  confidence: 'high',
  lines: [],
  ...over,
})

beforeEach(async () => {
  organisation = await addOrganisation(target.db)
  await ledger.open(organisation)
  role = 'administrator'
  await inside(async (tx) => {
    const scans = {
      name: 'scans',
      title: { nb: 'Søk', en: 'Scans' },
      types: [scannedPlaces.name, sensitiveFinds.name],
    }
    await feeds.openRegister(tx, organisation, scans)
    const said = (type: { readonly name: string }, value: unknown) => ({ type: type.name, value })
    await feeds.put(tx, organisation, 'scans', [
      said(scannedPlaces, place()),
      said(
        scannedPlaces,
        place({ id: 'h1/5432/other', name: 'db1:5432/other', scannedAt: null, state: 'not-scanned' }),
      ),
      said(sensitiveFinds, find()),
      said(sensitiveFinds, find({ column: 'mail', kind: 'email', detector: 'email' })),
      said(sensitiveFinds, find({ object: 'public.log', column: 'line', kind: 'secret', detector: 'jwt' })),
    ])
    await feeds.openRegister(tx, organisation, {
      name: 'people',
      title: { nb: 'P', en: 'P' },
      types: [personFacts.name],
    })
    const kari = {
      id: '1',
      name: 'Kari',
      kind: 'employee',
      sponsor: null,
      startsOn: '2024-01-01',
      endsOn: null,
      voluntary: null,
    }
    await feeds.put(tx, organisation, 'people', [said(personFacts, kari)])
  })
})

const inside = <T>(run: (tx: Tx) => Promise<T>) => target.db.transaction(organisation, run)
const call = (method: 'GET' | 'POST' | 'DELETE', url: string, payload?: object) =>
  app.inject({ method, url, ...(payload && { payload }) })
const found = async (query = '') => (await call('GET', `/api/data-finds?${query}`)).json()
const users = { place: shop, object: 'public.users' }
const set: DataSet = {
  id: 'customers',
  name: 'Kunder',
  class: 'sensitive',
  place: 'db1:5432/shop',
  owner: '1',
  encryptedAtRest: false,
  encryptedInTransit: false,
  accessRestricted: true,
  backedUp: true,
  retentionDays: null,
}
const enter = (over: Partial<DataSet> = {}) =>
  call('POST', '/api/data-finds/enter', { ...users, set: { ...set, ...over } })
const settle = (body: object) => call('POST', '/api/data-finds/settle', { ...users, ...body })
const facts = () =>
  inside(async (tx) =>
    (await feeds.read(tx, organisation, [dataSetPlaces.ofPlace(shop)]))[0]?.facts.map(({ value }) => value),
  )
const entries = () =>
  inside(async (tx) => {
    const { rows } = await sql<{ kind: string; data: Buffer }>`
      select kind, data from ledger.outbox where organisation = ${organisation} order by id`.execute(tx)
    return rows.map(({ kind, data: bytes }) => ({ kind, text: bytes.toString() }))
  })

test('the schema keeps organisations apart', async () => {
  expect(await schemaFaults(target.ownerUrl)).toEqual([])
})

test('what was found is listed by table, and what was not scanned comes first', async () => {
  const { items, total } = await found()
  expect(total).toBe(2)
  expect(items).toMatchObject([
    { object: 'public.log', finds: [{ detector: 'jwt' }], dataSet: null, reason: null },
    {
      object: 'public.users',
      placeName: 'db1:5432/shop',
      finds: [{ column: 'ssn', count: 1204 }, { column: 'mail' }],
    },
  ])
  const places = (await call('GET', '/api/data-scans')).json()
  expect(places.items.map(({ name, state }: { name: string; state: string }) => [name, state])).toEqual([
    ['db1:5432/other', 'not-scanned'],
    ['db1:5432/shop', 'whole'],
  ])
  expect((await found('limit=1')).items).toHaveLength(1)
  const second = await found(`limit=1&cursor=${(await found('limit=1')).next}`)
  expect(second).toMatchObject({ items: [{ object: 'public.users' }], next: null })
  expect((await found('q=LOG')).total).toBe(1)
})

describe('a person takes it in', () => {
  test('as a new set: row, facts and entries together, none of which names the table in the log', async () => {
    expect((await enter()).statusCode).toBe(200)
    expect(await facts()).toEqual([{ ...users, dataSet: 'customers', reason: null }])
    expect((await found()).items[1]).toMatchObject({ dataSet: { id: 'customers', name: 'Kunder' } })
    const said = await entries()
    expect(said.map(({ kind }) => kind)).toEqual(['data-set-entered', 'data-find-settled'])
    expect(said.map(({ text }) => text).join()).not.toMatch(/public\.users|Kunder|db1/)
  })
  test.each<[string, Partial<DataSet>, string]>([
    ['an owner who is nobody', { owner: '9' }, 'not-valid-data-set'],
    ['a name with a formula', { name: '=x' }, 'not-valid-data-set'],
  ])('with %s it is refused, and nothing is entered', async (_name, over, code) => {
    expect((await enter(over)).json()).toMatchObject({ code })
    expect(await entries()).toEqual([])
    expect((await found()).items[1]).toMatchObject({ dataSet: null })
  })
  test('a short name that is taken is refused; the find is tied to that set instead', async () => {
    await enter()
    const log = { place: shop, object: 'public.log' }
    const again = await call('POST', '/api/data-finds/enter', { ...log, set })
    expect(again.json()).toMatchObject({ status: 409, code: 'data-set-there' })
    expect((await settle({ ...log, as: 'set', dataSet: 'customers' })).statusCode).toBe(200)
    expect(await facts()).toHaveLength(2)
    expect((await settle({ ...log, as: 'set', dataSet: 'none' })).json()).toMatchObject({
      code: 'no-such-data-set',
    })
  })
  test('as none, with a reason; and takes it back', async () => {
    expect((await settle({ as: 'none', reason: '' })).statusCode).toBe(400)
    await settle({ as: 'none', reason: 'Oppdiktede personer' })
    expect(await facts()).toEqual([{ ...users, dataSet: null, reason: 'Oppdiktede personer' }])
    await settle({ as: 'open' })
    expect(await facts()).toEqual([])
    expect((await entries()).map(({ kind }) => kind)).toEqual(['data-find-settled', 'data-find-opened'])
    await settle({ as: 'open' })
    expect(await entries()).toHaveLength(2)
  })
  test('what no scan finds is nobody’s to enter, and a reader enters nothing', async () => {
    const gone = { as: 'none', reason: 'gone', object: 'public.gone' }
    expect((await settle(gone)).json()).toMatchObject({ status: 404, code: 'no-such-find' })
    role = 'reader'
    expect((await enter()).statusCode).toBe(403)
    expect((await settle({ as: 'open' })).statusCode).toBe(403)
    expect((await found()).total).toBe(2)
  })
  test('when the set ends, what lay in it is asked about anew', async () => {
    await enter()
    await call('DELETE', '/api/data-sets/customers')
    expect(await facts()).toEqual([])
    expect((await found()).items[1]).toMatchObject({ dataSet: null, reason: null })
  })
  test('a name in a reason goes with its person', async () => {
    await settle({ as: 'none', reason: 'Kari Nordmann sier at de er oppdiktede' })
    await inside((tx) =>
      data.erase(tx, organisation, { person: '1', names: ['Kari Nordmann'], accounts: [] }),
    )
    expect(JSON.stringify([await facts(), await found()])).not.toContain('Nordmann')
  })
})
