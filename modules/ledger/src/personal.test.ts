import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type App, createApp, type Principal } from '@hevd/http'
import { pino } from 'pino'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { EntryView } from './contract.ts'
import { type Ledger, verifyLedger } from './index.ts'
import { openPersonKeys, personKeyFile } from './person-keys.ts'
import { type Ground, ground } from './testdata/log-in-database.ts'

let on: Ground
let organisation: string
let ledger: Ledger
let app: App
const principals: Readonly<Record<string, Principal>> = {
  reader: { kind: 'account', id: 'r', role: 'reader' },
  administrator: { kind: 'account', id: 'a', role: 'administrator' },
}
const alice = '01890000-0000-7000-8000-00000000a11c'
const bob = '01890000-0000-7000-8000-000000000b0b'

beforeAll(async () => {
  on = await ground()
  organisation = await on.organisation()
  ledger = on.ledger()
  await ledger.open(organisation)
  app = await createApp({
    logger: pino({ level: 'silent' }),
    tls: null,
    bodyLimit: 10_000,
    callsPerMinute: 10_000,
    fallbackLocale: 'nb',
    version: '0.0.0',
    authenticate: async (request) => principals[request.headers.authorization ?? ''] ?? null,
    organisationOf: async () => organisation,
  })
  ledger.register(app)
})
afterAll(() => on.end())

const add = (person: string, name: string) =>
  on.target.db.transaction(organisation, (tx) =>
    ledger.append(tx, organisation, 'internal', [
      { kind: 'person-added', body: { person }, personal: [{ field: 'name', person, payload: name }] },
    ]),
  )
const entriesFor = async (authorization: string): Promise<readonly EntryView[]> =>
  (await app.inject({ url: '/api/logs/internal/entries', headers: { authorization } })).json().items
const names = async (authorization: string) =>
  (await entriesFor(authorization)).flatMap(({ personal }) =>
    personal.map(({ payload, erased }) => (erased ? 'erased' : payload)),
  )

test('a person is sealed, shown to those who may see, and erased while the log still verifies', async () => {
  const [first] = await add(alice, 'Alice Åsen')
  await add(bob, 'Bob')
  const [second] = await add(alice, 'Alice Øy')
  await ledger.settle(organisation)
  const { rows } = await on.admin.query('select data from ledger.entry where organisation = $1', [
    organisation,
  ])
  expect(Buffer.concat(rows.map(({ data }) => data)).toString('utf8')).not.toMatch(/Alice|Bob/)
  expect(await names('administrator')).toEqual(['Alice Øy', 'Bob', 'Alice Åsen'])
  expect(await names('reader')).toEqual([null, null, null])

  const path = personKeyFile(on.home)
  const keys = openPersonKeys(path, randomBytes)
  const key = keys.find(organisation, alice)
  keys.close()
  if (key.kind !== 'key') throw new Error('no key')
  expect(readFileSync(path).includes(key.key)).toBe(true)

  expect(await ledger.erase(organisation, alice)).toBe(2)
  await ledger.settle(organisation)
  expect(readFileSync(path).includes(key.key)).toBe(false)
  expect(await names('administrator')).toEqual(['erased', 'Bob', 'erased'])
  const [erasure] = await entriesFor('reader')
  expect(erasure).toMatchObject({
    kind: 'person-erased',
    body: {
      entries: [
        { log: 'internal', entry: first },
        { log: 'internal', entry: second },
      ],
    },
  })
  expect(JSON.stringify(erasure)).not.toContain(alice)
  expect(await verifyLedger({ db: on.target.db, home: on.home }, organisation)).toMatchObject({
    kind: 'sound',
    logs: [{ size: 4, payloads: { opened: 1, closed: 2 } }, {}],
  })
})

test('what is said of somebody after the erasure is sealed for nobody', async () => {
  await add(alice, 'Alice igjen')
  await ledger.settle(organisation)
  expect((await names('administrator'))[0]).toBe('erased')
  expect(await verifyLedger({ db: on.target.db, home: on.home }, organisation)).toMatchObject({
    kind: 'sound',
    logs: [{ payloads: { opened: 1, closed: 3 } }, {}],
  })
})

test('a payload moved to another entry opens nowhere', async () => {
  const [target] = await add(bob, 'Bob Bø')
  await ledger.settle(organisation)
  await on.admin.query(
    `update ledger.sealed set ciphertext = (select ciphertext from ledger.sealed where organisation = $1 and person = $2 order by entry limit 1)
     where organisation = $1 and entry = $3`,
    [organisation, bob, target],
  )
  expect((await names('administrator'))[0]).toBeNull()
  expect(await verifyLedger({ db: on.target.db, home: on.home }, organisation)).toMatchObject({
    kind: 'wrong',
    fault: { code: 'payload-wrong', index: 5 },
  })
})

test('the key file is the owner’s alone', async () => {
  const { statSync } = await import('node:fs')
  expect(statSync(join(on.home, 'ledger', 'person-keys.sqlite')).mode & 0o077).toBe(0)
})
