import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Lookup } from '@hevd/core'
import { accountOwners, digestOfFacts, people as personFacts, type Said, vocabulary } from '@hevd/facts'
import { createFeeds, type Feeds, feedsMigrations } from '@hevd/feeds'
import { type App, createApp } from '@hevd/http'
import { createLedger, type Ledger, ledgerMigrations, verifyLedger } from '@hevd/ledger'
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
import { createPeople, type Person, peopleMigrations } from './index.ts'
import { manyPeople } from './testdata/many-people.ts'

let target: ThrowawayDatabase
let home: string
let ledger: Ledger
let feeds: Feeds
let clock: TestClock
let app: App
let organisation: string
let role: 'reader' | 'administrator'
const logger = pino({ level: 'silent' })
const names = async () => new Map([['admin', 'Ada Lie']])

beforeAll(async () => {
  target = await throwawayDatabase([
    { name: 'ledger', directory: ledgerMigrations },
    { name: 'feeds', directory: feedsMigrations },
    { name: 'people', directory: peopleMigrations },
  ])
  home = await mkdtemp(join(tmpdir(), 'hevd-people-'))
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
  createPeople({ db: target.db, clock, feeds, ledger, names }).register(app)
})
afterAll(async () => {
  await ledger.stop()
  await target.drop()
  await rm(home, { recursive: true })
})
beforeEach(async () => {
  organisation = await addOrganisation(target.db)
  await ledger.open(organisation)
  role = 'administrator'
})

const inside = <T>(run: (tx: Tx) => Promise<T>) => target.db.transaction(organisation, run)
const call = (method: 'GET' | 'PUT' | 'POST' | 'DELETE', url: string, payload?: object) =>
  app.inject({ method, url, ...(payload && { payload }) })
const kari: Person = {
  id: '1',
  name: 'Kari Nordmann',
  kind: 'employee',
  sponsor: null,
  startsOn: '2024-01-01',
  endsOn: null,
  voluntary: null,
}
const ola: Person = {
  ...kari,
  id: '2',
  name: 'Ola Ås',
  kind: 'contractor',
  sponsor: '1',
  endsOn: '2026-12-31',
}
const enter = (person: Person, was?: Person | null) =>
  call('PUT', `/api/people/${person.id}`, was === undefined ? person : { ...person, was })
const people = async (query = '') => (await call('GET', `/api/people?${query}`)).json()
const entries = () =>
  inside(async (tx) => {
    const { rows } = await sql<{ kind: string; data: Buffer }>`
      select kind, data from ledger.outbox where organisation = ${organisation} order by id`.execute(tx)
    return rows.map(({ kind, data }) => ({ kind, text: data.toString() }))
  })
const facts = (lookup: Lookup = personFacts.byKey('1')) =>
  inside(async (tx) => (await feeds.read(tx, organisation, [lookup]))[0]?.facts.map(({ value }) => value))
const preview = async (file: string | Buffer) =>
  call(
    'POST',
    '/api/people/import/preview',
    typeof file === 'string' ? { csv: file } : { base64: file.toString('base64') },
  )
const importing = (csv: string, digest: string, confirmCount?: number) =>
  call('POST', '/api/people/import', { csv, digest, ...(confirmCount !== undefined && { confirmCount }) })
const header = 'id;navn;type;sponsor;startdato;sluttdato;frivillig'

test('the schema keeps organisations apart', async () => {
  expect(await schemaFaults(target.ownerUrl)).toEqual([])
})

describe('by hand', () => {
  test('a person becomes a row, a fact and an entry without a name in it', async () => {
    expect((await enter(kari)).json()).toEqual(kari)
    expect(await facts()).toEqual([kari])
    expect((await people()).items).toEqual([{ ...kari, sponsorName: null }])
    const [entry] = await entries()
    expect(entry?.kind).toBe('person-added')
    expect(entry?.text).not.toMatch(/Kari|Nordmann/)
  })

  test('the same again changes nothing and logs nothing', async () => {
    await enter(kari)
    await enter(kari)
    expect(await entries()).toHaveLength(1)
  })

  test.each([
    ['a contractor without sponsor', { ...ola, sponsor: null }, 'sponsor'],
    ['a contractor without end', { ...ola, endsOn: null }, 'sluttdato'],
    ['a sponsor who is nobody', { ...ola, sponsor: '9' }, 'registeret'],
    ['one’s own sponsor', { ...ola, sponsor: '2' }, 'sin egen'],
    ['an employee with a sponsor', { ...kari, id: '3', sponsor: '1' }, 'ansatt'],
    ['an end before the start', { ...kari, endsOn: '2020-01-01' }, 'før'],
    ['voluntary without an end', { ...kari, voluntary: true }, 'Frivillig'],
    ['a formula as name', { ...kari, name: '=cmd|x' }, 'formel'],
    ['turned letters', { ...kari, name: 'Kari\u202eirak' }, 'tegn'],
  ])('%s is refused with the remedy', async (_what, person, word) => {
    await enter(kari)
    const answer = await enter(person)
    expect(answer.json()).toMatchObject({ status: 400, code: 'not-valid-person' })
    expect(answer.json().words.nb).toContain(word)
    expect((await people()).total).toBe(1)
  })

  test('a change that another has overtaken is refused; of ten at once one wins', async () => {
    await enter(kari, null)
    expect((await enter({ ...kari, name: 'K' }, null)).json()).toMatchObject({ code: 'changed-meanwhile' })
    const answers = await Promise.all(
      Array.from({ length: 10 }, (_, i) => enter({ ...kari, name: `Kari ${i}` }, kari)),
    )
    expect(answers.filter(({ statusCode }) => statusCode === 200)).toHaveLength(1)
    expect(await facts()).toHaveLength(1)
  })

  test('a reader reads and does not change', async () => {
    await enter(kari)
    role = 'reader'
    expect((await people()).total).toBe(1)
    const calls = [enter(ola), preview(header), importing(header, ''), call('PUT', '/api/services/x', {})]
    const refused = [...calls, call('DELETE', '/api/services/x'), call('PUT', '/api/account-owners', {})]
    expect((await Promise.all(refused)).map(({ statusCode }) => statusCode)).toEqual(Array(6).fill(403))
  })

  test('pages by name as Norwegian sorts it, searched in small letters', async () => {
    const names = ['Åse', 'Ærlig', 'Østen', 'Anna', 'Zoë', 'Émile']
    for (const [i, name] of names.entries()) await enter({ ...kari, id: `${i}`, name })
    const first = await people('limit=4')
    const second = await people(`limit=4&cursor=${first.next}`)
    const sorted = [...first.items, ...second.items].map(({ name }: Person) => name)
    expect(sorted).toEqual(['Anna', 'Émile', 'Zoë', 'Ærlig', 'Østen', 'Åse'])
    expect(first.total).toBe(6)
    expect(second.next).toBeNull()
    expect((await people(`q=${encodeURIComponent('ØST')}`)).items).toHaveLength(1)
    expect((await people('cursor=rubbish')).items).toHaveLength(6)
  })
})

describe('an import', () => {
  const file = `${header}\r\n1;Kari Nordmann;ansatt;;01.01.2024;;\r\n2;Ola Ås;innleid;1;2024-01-01;31.12.2026;\r\n`

  test('shows what it would change, changes it, and is then unchanged', async () => {
    const seen = (await preview(file)).json()
    expect(seen).toMatchObject({ added: [kari, ola], changed: [], faults: [], unchanged: 0, braked: false })
    expect((await people()).total).toBe(0)
    expect((await importing(file, seen.digest)).json()).toEqual({ added: 2, changed: 0 })
    expect(await facts()).toEqual([kari])
    expect((await entries()).map(({ kind }) => kind)).toEqual([
      'person-added',
      'person-added',
      'people-imported',
    ])
    expect((await preview(file)).json()).toMatchObject({ added: [], changed: [], unchanged: 2 })
  })

  test('nobody ends by being left out, and a column that is missing leaves what was', async () => {
    await enter(kari)
    await enter(ola)
    const short = 'id,name,kind,start date\n2,Ola Ås,contractor,2024-01-01\n'
    expect((await preview(short)).json()).toMatchObject({ notInFile: [kari], unchanged: 1, changed: [] })
    await importing(short, (await preview(short)).json().digest)
    expect((await people()).items.map(({ endsOn }: Person) => endsOn)).toEqual([null, '2026-12-31'])
  })

  test('an end in the past is said to be late', async () => {
    await enter(kari)
    const past = `${header}\n1;Kari Nordmann;ansatt;;2024-01-01;2026-06-14;ja`
    expect((await preview(past)).json()).toMatchObject({ late: ['1'] })
    expect((await preview(past.replace('06-14', '06-15'))).json()).toMatchObject({ late: [] })
    await importing(past, (await preview(past)).json().digest)
    expect((await entries()).at(-2)?.text).toContain('"endsLate":true')
  })

  test('of another register or file than was looked at is refused', async () => {
    const { digest } = (await preview(file)).json()
    expect((await importing(file.replace('Ola', 'Ole'), digest)).json()).toMatchObject({
      code: 'register-changed',
    })
    await enter(kari)
    expect((await importing(file, digest)).json()).toMatchObject({ code: 'register-changed' })
  })

  test('two of the same at once: one is done', async () => {
    const { digest } = (await preview(file)).json()
    const answers = await Promise.all([importing(file, digest), importing(file, digest)])
    expect(answers.map(({ statusCode }) => statusCode).sort()).toEqual([200, 409])
  })

  test('with a fault imports nothing', async () => {
    const faulty = `${file}3;Per;innleid;9;2024-01-01;;\n`
    const seen = (await preview(faulty)).json()
    expect(seen.faults.map(({ line, field }: { line: number; field: string }) => [line, field])).toEqual([
      [4, 'sponsor'],
      [4, 'sluttdato'],
    ])
    expect((await importing(faulty, seen.digest)).json()).toMatchObject({
      status: 422,
      code: 'file-has-faults',
    })
    expect((await people()).total).toBe(0)
  })

  test('of many must be confirmed by their number', async () => {
    const many = [header, ...Array.from({ length: 11 }, (_, i) => `${i};P ${i};ansatt;;2024-01-01;;`)].join(
      '\n',
    )
    const seen = (await preview(many)).json()
    expect(seen.braked).toBe(true)
    expect((await importing(many, seen.digest)).json()).toMatchObject({ code: 'confirm-number' })
    expect((await importing(many, seen.digest, 10)).json()).toMatchObject({ code: 'confirm-number' })
    expect((await importing(many, seen.digest, 11)).statusCode).toBe(200)
    const ten = many
      .replaceAll('ansatt;;2024-01-01;;', 'ansatt;;2024-01-01;2026-12-31;ja')
      .replace('0;P 0;ansatt;;2024-01-01;2026-12-31;ja\n', '')
    expect((await preview(ten)).json()).toMatchObject({ braked: false })
  })

  test('of ten thousand, each sealed in the log under a key of its own', { timeout: 120_000 }, async () => {
    const csv = manyPeople(10_000)
    const seen = (await preview(csv)).json()
    expect(seen).toMatchObject({ braked: true, faults: [] })
    expect((await importing(csv, seen.digest)).json()).toMatchObject({ code: 'confirm-number' })
    expect((await importing(csv, seen.digest, 10_000)).json()).toEqual({ added: 10_000, changed: 0 })
    expect((await people('q=person 9999')).total).toBe(1)
    expect(await facts(personFacts.byKey('9999'))).toHaveLength(1)
    await ledger.settle(organisation)
    expect(await verifyLedger({ db: target.db, home }, organisation)).toMatchObject({
      kind: 'sound',
      logs: expect.arrayContaining([
        expect.objectContaining({ log: 'internal', payloads: expect.objectContaining({ opened: 10_000 }) }),
      ]),
    })
  })

  test('in Windows-1252 is recognised and said; with a byte order mark it is UTF-8', async () => {
    const bytes = Buffer.from(`${header}\n1;Åse Bjørkås;ansatt;;2024-01-01;;\n`, 'latin1')
    expect((await preview(bytes)).json()).toMatchObject({
      encoding: 'windows-1252',
      added: [{ name: 'Åse Bjørkås' }],
    })
    const lost = new TextDecoder().decode(bytes)
    expect((await preview(lost)).json().faults).toMatchObject([{ line: 2 }])
    const { encoding, added } = (await preview(Buffer.from(`\ufeff${bytes.toString('latin1')}`))).json()
    expect([encoding, added[0].id, added[0].name]).toEqual(['utf-8', '1', 'Åse Bjørkås'])
  })

  test('too large a file is refused, and one must be sent', async () => {
    expect((await preview('x'.repeat(17 * 1024 * 1024))).statusCode).toBe(413)
    expect((await call('POST', '/api/people/import/preview', {})).json()).toMatchObject({
      code: 'file-missing',
    })
  })
})

describe('services and account owners', () => {
  const said = (facts: readonly Said[]) => ({
    collector: 'accounts',
    title: { nb: 'Kontoer', en: 'Accounts' },
    interval: 'PT5M',
    kind: 'full' as const,
    sequence: 1,
    put: [...facts],
    gone: [],
    coverage: [],
    digest: digestOfFacts(
      facts.map((fact) => ({ ...fact, key: vocabulary.get(fact.type)?.key(fact.value) ?? '' })),
    ),
    observedAt: clock.now(),
  })
  const account = (name: string, shellOpens = true): Said => ({
    type: 'account',
    value: { host: 'web', name, uid: 1, gid: 1, home: '/', shell: '/bin/sh', shellOpens },
  })
  const pgRole = (name: string, canLogin: boolean): Said => ({
    type: 'postgres-role',
    value: {
      server: 'web/5432',
      name,
      canLogin,
      superuser: false,
      createRole: false,
      createDatabase: false,
      replication: false,
      bypassRls: false,
      password: null,
      validUntil: null,
      memberOf: [],
    },
  })
  const owners = async (query = '') => (await call('GET', `/api/account-owners?${query}`)).json()
  const declare = (account: string, owner: { kind: string; id: string } | null) =>
    call('PUT', '/api/account-owners', { account, owner })

  beforeEach(async () => {
    const seen = [
      account('ada'),
      account('backup'),
      account('daemon', false),
      pgRole('app', true),
      pgRole('g', false),
    ]
    await feeds.take(organisation, 'web', [said(seen)])
    await enter(kari)
  })

  test('lists what could be logged in to; whose it is said to be is declared, changed and withdrawn', async () => {
    expect((await owners()).items).toMatchObject([
      { account: 'web/5432/app', label: 'app', place: 'web 5432', owner: null },
      { account: 'web/ada', label: 'ada', place: 'web', owner: null },
      { account: 'web/backup' },
    ])
    expect((await declare('web/ada', { kind: 'person', id: '1' })).statusCode).toBe(200)
    const owner = { kind: 'person', id: '1', name: 'Kari Nordmann' }
    const saidBy = { id: 'admin', name: 'Ada Lie' }
    expect((await owners('q=nordmann')).items).toMatchObject([{ account: 'web/ada', owner, saidBy }])
    expect((await owners('show=missing&limit=1')).total).toBe(2)
    expect(await facts(accountOwners.ofAccount('web/ada'))).toMatchObject([{ saidBy: 'admin' }])
    await enter(ola)
    expect((await people('q=ola')).items).toEqual([{ ...ola, sponsorName: 'Kari Nordmann' }])
    await declare('web/ada', { kind: 'person', id: '2' })
    expect(await facts(accountOwners.ofAccount('web/ada'))).toMatchObject([{ owner: { id: '2' } }])
    await declare('web/ada', null)
    expect(await facts(accountOwners.ofAccount('web/ada'))).toEqual([])
    const log = await entries()
    const [, ...since] = log.map(({ kind }) => kind)
    const said = 'account-owner-declared'
    expect(since).toEqual([said, 'person-added', said, 'account-owner-withdrawn'])
    expect(log.some(({ text }) => text.includes('web/ada'))).toBe(false)
  })

  test('a service has an owner who is a person, and cannot go while accounts are its', async () => {
    const service = { id: 'backup', name: 'Sikkerhetskopi', owner: '1' }
    expect((await call('PUT', '/api/services/backup', { ...service, owner: '9' })).json()).toMatchObject({
      code: 'no-such-owner',
    })
    expect((await call('PUT', '/api/services/backup', service)).json()).toEqual(service)
    expect((await call('GET', '/api/services')).json()).toMatchObject([{ ownerName: 'Kari Nordmann' }])
    await declare('web/backup', { kind: 'service', id: 'backup' })
    expect((await owners('q=backup')).items).toMatchObject([
      { owner: { kind: 'service', name: 'Sikkerhetskopi' } },
    ])
    expect((await call('DELETE', '/api/services/backup')).json()).toMatchObject({ code: 'service-in-use' })
    await declare('web/backup', null)
    expect((await call('DELETE', '/api/services/backup')).statusCode).toBe(200)
    expect((await call('DELETE', '/api/services/backup')).json()).toMatchObject({ code: 'no-such-service' })
  })

  test('an account that nobody has seen, and an owner who is nobody, are refused', async () => {
    expect((await declare('web/nobody', { kind: 'person', id: '1' })).json()).toMatchObject({
      code: 'no-such-account',
    })
    expect((await declare('web/ada', { kind: 'person', id: '9' })).json()).toMatchObject({
      code: 'no-such-owner',
    })
    expect((await declare('web/ada', { kind: 'service', id: '1' })).json()).toMatchObject({
      code: 'no-such-owner',
    })
  })
})
