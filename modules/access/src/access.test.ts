import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { accessGrants, hosts, postgresServers } from '@hevd/facts'
import { createFeeds, type Feeds, feedsMigrations } from '@hevd/feeds'
import { type App, createApp } from '@hevd/http'
import { createLedger, type Ledger, ledgerMigrations } from '@hevd/ledger'
import { createPeople, peopleMigrations } from '@hevd/people'
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
import { type Access, type AccessGrant, accessMigrations, createAccess } from './index.ts'

let target: ThrowawayDatabase
let home: string
let ledger: Ledger
let feeds: Feeds
let access: Access
let clock: TestClock
let app: App
let organisation: string
let role: 'reader' | 'administrator'
let administrators: readonly string[]
const logger = pino({ level: 'silent' })
const server = 'h1/5432'

beforeAll(async () => {
  target = await throwawayDatabase([
    { name: 'ledger', directory: ledgerMigrations },
    { name: 'feeds', directory: feedsMigrations },
    { name: 'people', directory: peopleMigrations },
    { name: 'access', directory: accessMigrations },
  ])
  home = await mkdtemp(join(tmpdir(), 'hevd-access-'))
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
  const people = createPeople({ db: target.db, clock, feeds, ledger, names: async () => new Map() })
  people.register(app)
  access = createAccess({
    db: target.db,
    clock,
    feeds,
    ledger,
    people,
    administrators: async () => administrators,
  })
  access.register(app)
})
afterAll(async () => {
  await ledger.stop()
  await target.drop()
  await rm(home, { recursive: true })
})

const inside = <T>(run: (tx: Tx) => Promise<T>) => target.db.transaction(organisation, run)
const call = (method: 'GET' | 'PUT' | 'POST', url: string, payload?: object) =>
  app.inject({ method, url, ...(payload && { payload }) })
const person = (id: string, name: string) => ({
  id,
  name,
  kind: 'employee',
  sponsor: null,
  startsOn: '2024-01-01',
  endsOn: null,
  voluntary: null,
})

beforeEach(async () => {
  organisation = await addOrganisation(target.db)
  await ledger.open(organisation)
  role = 'administrator'
  administrators = ['admin', 'other']
  await call('PUT', '/api/people/1', person('1', 'Kari Nordmann'))
  await call('PUT', '/api/people/2', person('2', 'Ola Ås'))
  await call('PUT', '/api/services/backup', { name: 'Backup', owner: '2' })
  await inside(async (tx) => {
    const title = { nb: 'Verter', en: 'Hosts' }
    await feeds.openRegister(tx, organisation, {
      name: 'hosts',
      title,
      types: [hosts.name, postgresServers.name],
    })
    await feeds.put(tx, organisation, 'hosts', [
      { type: hosts.name, value: { id: 'h1', name: 'db1', role: 'production', declaredBy: 'x' } },
      {
        type: postgresServers.name,
        value: {
          ...{ id: server, host: 'h1', version: '17', ssl: true, sslMinimumVersion: 'TLSv1.2' },
          ...{ passwordEncryption: 'scram-sha-256', listenAddresses: [], dataChecksums: true },
        },
      },
    ])
  })
})

const grant: AccessGrant = {
  id: 'T-1',
  holderKind: 'person',
  holder: '1',
  kind: 'postgres',
  place: server,
  privilege: 'superuser',
  need: 'Runs the database',
  approvedBy: '2',
  from: '2026-06-01',
  until: '2027-06-01',
}
const put = (over: Partial<AccessGrant> = {}, was?: AccessGrant | null) =>
  call('PUT', `/api/access/${over.id ?? grant.id}`, { ...grant, ...over, ...(was !== undefined && { was }) })
const list = async (query = '') => (await call('GET', `/api/access?${query}`)).json()
const fact = async (id = 'T-1') =>
  inside(async (tx) => (await feeds.read(tx, organisation, [accessGrants.byKey(id)]))[0]?.facts[0]?.value)
const entries = () =>
  inside(async (tx) => {
    const { rows } = await sql<{ kind: string; data: Buffer }>`
      select kind, data from ledger.outbox where organisation = ${organisation} order by id`.execute(tx)
    return rows
      .map(({ kind, data }) => ({ kind, text: data.toString() }))
      .filter(({ kind }) => kind.startsWith('access-'))
  })

test('the schema keeps organisations apart', async () => {
  expect(await schemaFaults(target.ownerUrl)).toEqual([])
})

describe('a grant by hand', () => {
  test('is a row, a fact and an entry that names nobody', async () => {
    expect((await put()).statusCode).toBe(200)
    expect((await list()).items).toMatchObject([
      {
        id: 'T-1',
        holderName: 'Kari Nordmann',
        approverName: 'Ola Ås',
        placeName: 'db1/5432',
        singleApprover: false,
        state: 'in-force',
        reviewedAt: null,
      },
    ])
    expect(await fact()).toMatchObject({
      holder: { kind: 'person', id: '1' },
      access: { kind: 'postgres', server, privilege: 'superuser' },
      approvedBy: '2',
      reviews: [],
    })
    const [entry] = await entries()
    expect(entry?.kind).toBe('access-granted')
    for (const personal of ['Kari', 'T-1', 'Runs the database']) expect(entry?.text).not.toContain(personal)
  })

  test.each<[string, Partial<AccessGrant>, RegExp]>([
    ['for nobody we know', { holder: '9' }, /not in the register/],
    ['by nobody we know', { approvedBy: '9' }, /approved/],
    ['by the one it is for', { approvedBy: '1' }, /cannot approve/],
    ['by the one who answers for the service', { holderKind: 'service', holder: 'backup' }, /cannot approve/],
    ['for longer than a year', { until: '2027-06-02' }, /a year at most/],
    ['that ends before it begins', { until: '2026-05-31' }, /before the first/],
    ['on a server that nobody sees', { place: 'h9/5432' }, /No host or database server/],
    ['on a server, without a privilege', { privilege: null }, /which privilege/],
    ['to a firewall, with a privilege', { kind: 'firewall', place: 'h1' }, /Only a database server/],
    ['whose need is a formula', { need: '=1+1' }, /formula/],
  ])('%s is refused', async (_name, over, why) => {
    const answer = await put(over)
    expect(answer.statusCode).toBe(400)
    expect(answer.json().words.en).toMatch(why)
    expect(await entries()).toEqual([])
  })

  test('to a firewall, to something else, and for a service', async () => {
    expect((await put({ kind: 'firewall', place: 'h1', privilege: null })).statusCode).toBe(200)
    expect((await put({ id: 'T-2', kind: 'other', place: 'CRM', privilege: null })).statusCode).toBe(200)
    expect(
      (await put({ id: 'T-3', holderKind: 'service', holder: 'backup', approvedBy: '1' })).statusCode,
    ).toBe(200)
    expect(await fact()).toMatchObject({ access: { kind: 'firewall', host: 'h1' } })
    expect(await fact('T-2')).toMatchObject({ access: { kind: 'other', system: 'CRM' } })
    expect(await fact('T-3')).toMatchObject({ holder: { kind: 'service', id: 'backup' } })
  })

  test('a single administrator may approve what is for oneself, and it is shown', async () => {
    administrators = ['admin']
    expect((await put({ approvedBy: '1' })).statusCode).toBe(200)
    expect((await list()).items).toMatchObject([{ singleApprover: true }])
    expect(await fact()).toMatchObject({ singleApprover: true })
  })

  test('a change that another has overtaken is refused', async () => {
    await put()
    expect((await put({ need: 'Other' }, null)).json().code).toBe('changed-meanwhile')
    expect((await put({ need: 'Other' }, grant)).statusCode).toBe(200)
    expect((await put({ need: 'Third' }, grant)).json().code).toBe('changed-meanwhile')
    expect((await entries()).map(({ kind }) => kind)).toEqual(['access-granted', 'access-changed'])
  })

  test('a reader may look, and change nothing', async () => {
    await put()
    role = 'reader'
    expect((await call('GET', '/api/access')).statusCode).toBe(200)
    expect((await put()).statusCode).toBe(403)
    expect((await call('POST', '/api/access/T-1/review', { was: null })).statusCode).toBe(403)
    expect((await call('POST', '/api/access/T-1/end')).statusCode).toBe(403)
  })
})

describe('review and end', () => {
  test('what was confirmed is dated by the server, and what was not seen is not confirmed', async () => {
    await put()
    const stale = await call('POST', '/api/access/T-1/review', { was: { ...grant, need: 'Other' } })
    expect(stale.json().code).toBe('changed-meanwhile')
    expect((await call('POST', '/api/access/T-1/review', { was: grant })).statusCode).toBe(200)
    expect(await fact()).toMatchObject({ reviews: [clock.now()] })
    expect((await list()).items).toMatchObject([{ reviewedAt: clock.now() }])
    await put({ need: 'Changed after its review' })
    expect(await fact()).toMatchObject({ reviews: [clock.now()] })
  })

  test('one that was ended is listed only among all, and neither changed nor reviewed', async () => {
    await put()
    expect((await call('POST', '/api/access/T-1/end')).statusCode).toBe(200)
    expect(await fact()).toMatchObject({ endedAt: clock.now() })
    expect((await list()).total).toBe(0)
    expect((await list('show=all')).items).toMatchObject([{ state: 'over' }])
    expect((await put({ need: 'Again' })).json().code).toBe('grant-over')
    expect((await call('POST', '/api/access/T-1/review', { was: grant })).json().code).toBe('grant-over')
    expect((await call('POST', '/api/access/T-9/end')).json().code).toBe('no-such-grant')
  })
})

describe('Hevd’s own roles', () => {
  const own = [{ server, role: 'hevd_admin', privilege: 'superuser' }]
  const id = `hevd/${server}/hevd_admin`
  test('are listed once, and stay as they are', async () => {
    await access.declareOwn(organisation, own)
    await access.declareOwn(organisation, own)
    expect((await list()).items).toMatchObject([
      { id, holderKind: 'account', holderName: 'hevd_admin', approvedBy: null, until: null },
    ])
    expect(await fact(id)).toMatchObject({ holder: { kind: 'account', id: `${server}/hevd_admin` } })
    const address = `/api/access/${encodeURIComponent(id)}`
    expect((await call('POST', `${address}/end`)).json().code).toBe('built-in')
    expect((await call('PUT', address, { ...grant, id })).json().code).toBe('built-in')
    expect((await call('POST', `${address}/review`, { was: null })).statusCode).toBe(200)
    expect((await entries()).map(({ kind }) => kind)).toEqual(['access-built-in', 'access-reviewed'])
  })

  test('of a database that is no longer there end by a record', async () => {
    await access.declareOwn(organisation, own)
    await access.declareOwn(organisation, [])
    expect((await list()).total).toBe(0)
    expect(await fact(id)).toMatchObject({ endedAt: clock.now() })
  })
})

describe('a file', () => {
  const header = 'referanse;hvem;slag;system;rettighet;behov;godkjent av;fra;til'
  const line = (id: string, who = '1', approver = '2') =>
    `${id};${who};postgres;db1/5432;superuser;Drift;${approver};01.06.2026;2027-06-01`
  const preview = async (csv: string) => (await call('POST', '/api/access/import/preview', { csv })).json()
  const importing = (csv: string, digest: string, confirmCount?: number) =>
    call('POST', '/api/access/import', { csv, digest, ...(confirmCount !== undefined && { confirmCount }) })

  test('is shown, and taken in as it was shown; a server may be told by its name', async () => {
    const csv = `${header}\n${line('T-1')}\n${line('T-2', '2', '1')}`
    const { digest, added, faults } = await preview(csv)
    expect(faults).toEqual([])
    expect(added.map(({ place }: AccessGrant) => place)).toEqual([server, server])
    expect((await list()).total).toBe(0)
    expect((await importing(csv, 'other')).json().code).toBe('register-changed')
    expect((await importing(csv, digest)).json()).toEqual({ added: 2, changed: 0 })
    expect(await fact('T-2')).toMatchObject({ holder: { id: '2' }, approvedBy: '1', from: '2026-06-01' })
    expect((await entries()).map(({ kind }) => kind)).toEqual([
      'access-granted',
      'access-granted',
      'access-imported',
    ])
    expect(await preview(csv)).toMatchObject({ added: [], changed: [], unchanged: 2 })
  })

  test('with one who approves oneself changes nothing', async () => {
    const csv = `${header}\n${line('T-1')}\n${line('T-2', '1', '1')}`
    const { digest, faults } = await preview(csv)
    expect(faults).toMatchObject([{ line: 3, field: 'godkjent av' }])
    expect((await importing(csv, digest)).json().code).toBe('file-has-faults')
    expect((await list()).total).toBe(0)
  })

  test('of many needs their number', async () => {
    const csv = [header, ...Array.from({ length: 11 }, (_, index) => line(`T-${index}`))].join('\n')
    const { digest, braked } = await preview(csv)
    expect(braked).toBe(true)
    expect((await importing(csv, digest)).json().code).toBe('confirm-number')
    expect((await importing(csv, digest, 11)).statusCode).toBe(200)
    expect((await list('limit=4')).items).toHaveLength(4)
  })

  test('cannot change what was ended', async () => {
    await put()
    await call('POST', '/api/access/T-1/end')
    const csv = `${header}\n${line('T-1')}`
    const { digest } = await preview(csv)
    expect((await importing(csv, digest)).json().code).toBe('grant-over')
    expect(await fact()).toMatchObject({ endedAt: clock.now() })
  })
})
