import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  backups as backupFacts,
  backupPlans,
  backupRecipients,
  backupRecords,
  backupSources,
  drillRecords,
  hosts,
  people as personFacts,
  recipientHolders,
  restoreDrills,
  type Said,
  type ValueOf,
} from '@hevd/facts'
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
import type { AskingReader, RecipientList, Source, SourceDetail } from './contract.ts'
import { type Backups, backupsMigrations, createBackups } from './index.ts'

let target: ThrowawayDatabase
let home: string
let ledger: Ledger
let feeds: Feeds
let backups: Backups
let app: App
let clock: TestClock
let organisation: string
let administrators: readonly string[]
let who: { id: string; role: 'reader' | 'administrator' }
const logger = pino({ level: 'silent' })
const start = Date.UTC(2026, 5, 15, 12)
const hour = 3_600_000

beforeAll(async () => {
  target = await throwawayDatabase([
    { name: 'ledger', directory: ledgerMigrations },
    { name: 'feeds', directory: feedsMigrations },
    { name: 'backups', directory: backupsMigrations },
  ])
  home = await mkdtemp(join(tmpdir(), 'hevd-backups-'))
  clock = testClock('2026-06-15T12:00:00Z')
  const { db } = target
  ledger = createLedger({ db, clock, home, logger })
  feeds = createFeeds({ db, clock, logger, record: ledger.record })
  app = await createApp({
    logger,
    tls: null,
    bodyLimit: 100_000,
    callsPerMinute: 100_000,
    fallbackLocale: 'nb',
    version: '0.0.0',
    authenticate: async () => ({ kind: 'account', ...who }),
    organisationOf: async () => organisation,
  })
  backups = createBackups({
    ...{ db, clock, feeds, ledger, logger },
    administrators: async () => administrators,
    names: async (_organisation, ids) => new Map(ids.map((id) => [id, id.toUpperCase()])),
  })
  backups.register(app)
})
afterAll(async () => {
  await ledger.stop()
  await target.drop()
  await rm(home, { recursive: true })
})

const [one, two] = ['a'.repeat(64), 'b'.repeat(64)]
const age = `age1${'q'.repeat(58)}`
const plan = (over: Partial<ValueOf<typeof backupPlans>> = {}): Said => ({
  type: backupPlans.name,
  value: {
    ...{ id: 'h1/shop', host: 'h1', source: 'shop', of: 'postgresql', server: 'h1/5432', system: null },
    ...{ target: '/backup', full: 'P1D', incremental: null, log: false, recipients: [age] },
    ...{ keepAtLeast: 'P30D', ...over },
  },
})
const backup = (name: string, over: Partial<ValueOf<typeof backupFacts>> = {}): Said => ({
  type: backupFacts.name,
  value: {
    ...{ id: `h1/shop/${name}`, host: 'h1', plan: 'h1/shop', source: 'shop', backup: name, kind: 'full' },
    ...{ parent: null, startedAt: start - hour, endedAt: start - hour + 1, bytes: 900, files: 4, missed: 0 },
    ...{ digest: one, recipients: [age], headersAt: start, readAt: null, faults: [], faultCount: 0, ...over },
  },
})
const drill = (over: Partial<ValueOf<typeof restoreDrills>> = {}): Said => ({
  type: restoreDrills.name,
  value: {
    ...{ id: 'h9/shop/1', host: 'h9', source: 'shop', backup: 'b1', digest: one, startedAt: start - 9 },
    ...{ endedAt: start - 1, outcome: 'passed', code: null, files: 4, tables: 12, rows: 900, ...over },
  },
})
const reads: Said = {
  type: backupRecipients.name,
  value: { plan: 'h1/shop', host: 'h1', recipient: age, inPlan: true, backups: 1 },
}

beforeEach(async () => {
  clock.set(start)
  organisation = await addOrganisation(target.db)
  await ledger.open(organisation)
  administrators = ['ada', 'bo']
  who = { id: 'ada', role: 'administrator' }
  await inside(async (tx) => {
    const types = [backupPlans, backupFacts, backupRecipients, restoreDrills].map(({ name }) => name)
    await feeds.openRegister(tx, organisation, { name: 'agents', title: { nb: 'A', en: 'A' }, types })
    const others = [personFacts.name, hosts.name]
    await feeds.openRegister(tx, organisation, { name: 'others', title: { nb: 'P', en: 'P' }, types: others })
    const kari = { ...{ id: 'p1', name: 'Kari Nordmann', kind: 'employee', sponsor: null }, voluntary: null }
    await feeds.put(tx, organisation, 'others', [
      { type: personFacts.name, value: { ...kari, startsOn: '2024-01-01', endsOn: null } },
      { type: hosts.name, value: { id: 'h1', name: 'db1', role: 'production', declaredBy: 'x' } },
    ])
  })
})

const inside = <T>(run: (tx: Tx) => Promise<T>) => target.db.transaction(organisation, run)
const say = (...facts: Said[]) => inside((tx) => feeds.put(tx, organisation, 'agents', facts))
const unsay = (type: string, key: string) =>
  inside((tx) => feeds.remove(tx, organisation, 'agents', [{ type, key }]))
const call = (method: 'GET' | 'POST', url: string, payload?: object) =>
  app.inject({ method, url, ...(payload && { payload }) })
const code = async (method: 'GET' | 'POST', url: string, payload?: object) =>
  (await call(method, url, payload)).json().code
const told = async <V>(
  type: { name: string; byKey(key: string): Parameters<Feeds['read']>[2][number]; parse(v: unknown): V },
  key: string,
) =>
  inside(
    async (tx) =>
      (await feeds.read(tx, organisation, [type.byKey(key)]))[0]?.facts.map(({ value }) =>
        type.parse(value),
      )[0],
  )
const entries = () =>
  inside(async (tx) => {
    const { rows } = await sql<{ kind: string; data: Buffer }>`
      select kind, data from ledger.outbox where organisation = ${organisation} order by id`.execute(tx)
    return rows.map(({ kind, data }) => ({ kind, text: data.toString() }))
  })
const kinds = async () => (await entries()).map(({ kind }) => kind)
const sources = async (): Promise<Source[]> => (await call('GET', '/api/backups')).json()
const detail = async (): Promise<SourceDetail> => (await call('GET', '/api/backups/h1/shop')).json()
const recipients = async (): Promise<RecipientList> => (await call('GET', '/api/backup-recipients')).json()
const asking = (over: Partial<AskingReader> = {}): AskingReader => ({
  ...{ recipient: age, holder: { kind: 'person', id: 'p1' }, purpose: 'Gjenoppretting for drift' },
  ...{ keptAt: 'Safen i Oslo', from: '2026-06-15', until: '2026-12-31', ...over },
})
async function ask(over: Partial<AskingReader> = {}): Promise<string> {
  expect((await call('POST', '/api/backup-recipients', asking(over))).statusCode).toBe(200)
  const waiting = (await recipients()).recipients.flatMap(({ readers }) => readers)
  return waiting.find(({ state }) => state === 'asked')?.id ?? ''
}

describe('what was seen once is remembered', () => {
  test('sources and backups, with a record in the log of what their digests were', async () => {
    await say(plan(), backup('b1'), backup('b2', { digest: two }))
    await backups.runOnce()
    await backups.runOnce()
    expect(await told(backupSources, 'h1/shop')).toMatchObject({ firstSeenAt: start, endedAt: null })
    expect(await told(backupRecords, 'h1/shop/b2')).toMatchObject({ digest: two, startedAt: start - hour })
    expect(await kinds()).toEqual(['backup-source-seen', 'backups-seen'])
    expect((await entries())[1]?.text).toContain(two)
  })

  test('one that is gone from the repository stays in the register, and one that was replaced keeps its digest', async () => {
    await say(plan(), backup('b1'), backup('b2'))
    await backups.runOnce()
    await unsay(backupFacts.name, 'h1/shop/b1')
    await say(backup('b2', { digest: two }))
    await backups.runOnce()
    expect(await told(backupRecords, 'h1/shop/b1')).toMatchObject({ digest: one })
    expect(await told(backupRecords, 'h1/shop/b2')).toMatchObject({ digest: one, changeAcceptedAt: null })
    expect(await sources()).toMatchObject([{ id: 'h1/shop', hostName: 'db1', backups: 1, changed: 1 }])
    expect((await detail()).backups).toMatchObject([{ backup: 'b2', changed: true }])
  })

  test('a change is accepted by a person, with why, and only where there is one', async () => {
    await say(plan(), backup('b1'))
    await backups.runOnce()
    const path = '/api/backups/h1/shop/accept-changes'
    expect(await code('POST', path, { why: 'Kryptert på nytt' })).toBe('nothing-changed')
    await say(backup('b1', { digest: two }))
    expect((await call('POST', path, { why: 'Kryptert på nytt' })).json()).toEqual({ backups: 1 })
    expect(await told(backupRecords, 'h1/shop/b1')).toMatchObject({ digest: two, changeAcceptedAt: start })
    expect((await entries()).at(-1)).toMatchObject({ kind: 'backup-changes-accepted' })
    expect((await entries()).at(-1)?.text).not.toContain('Kryptert')
    who = { id: 'rolf', role: 'reader' }
    expect((await call('POST', path, { why: 'Kryptert på nytt' })).statusCode).toBe(403)
  })

  test('a source ends by a record, not while it is planned, and goes on when it is planned again', async () => {
    await say(plan(), backup('b1'))
    await backups.runOnce()
    const end = () => call('POST', '/api/backups/h1/shop/end', { why: 'Databasen er lagt ned' })
    expect((await end()).json().code).toBe('source-planned')
    await unsay(backupPlans.name, 'h1/shop')
    await backups.runOnce()
    expect(await told(backupSources, 'h1/shop')).toMatchObject({ endedAt: null })
    expect((await end()).statusCode).toBe(200)
    expect(await told(backupSources, 'h1/shop')).toMatchObject({ endedAt: start })
    clock.set(start + hour)
    await say(plan())
    await backups.runOnce()
    expect(await told(backupSources, 'h1/shop')).toMatchObject({ firstSeenAt: start, endedAt: null })
    expect((await kinds()).slice(-2)).toEqual(['backup-source-ended', 'backup-source-back'])
    expect(await code('GET', '/api/backups/h1/other')).toBe('no-such-source')
  })
})

test('where nobody is entered it is known that nobody may read', async () => {
  const unseen = () =>
    inside(async (tx) => (await feeds.read(tx, organisation, [recipientHolders.ofRecipient(age)]))[0]?.unseen)
  expect(await unseen()).toMatchObject([{ code: 'never-connected' }])
  await backups.runOnce()
  expect(await unseen()).toEqual([])
})

describe('drills', () => {
  test('count for the backup whose record they restored, on whichever host, and not for one that is called the same', async () => {
    await say(plan(), backup('b1'), drill())
    await say(plan({ id: 'h2/shop', host: 'h2' }))
    await say(backup('b1', { id: 'h2/shop/b1', host: 'h2', plan: 'h2/shop', digest: two }))
    await backups.runOnce()
    expect(await told(drillRecords, 'h9/shop/1')).toMatchObject({ plan: 'h1/shop', tables: 12 })
    expect(await sources()).toMatchObject([
      { id: 'h1/shop', lastDrill: { outcome: 'passed', rows: 900 } },
      { id: 'h2/shop', lastDrill: null },
    ])
  })

  test('that told of it no longer stay, and those that could not be carried out tell nothing', async () => {
    await say(
      plan(),
      backup('b1'),
      drill(),
      drill({ id: 'h9/shop/2', outcome: 'not-run', code: 'target-unreachable' }),
    )
    await backups.runOnce()
    await unsay(restoreDrills.name, 'h9/shop/1')
    await backups.runOnce()
    expect((await detail()).drills).toHaveLength(1)
    expect(await told(drillRecords, 'h9/shop/2')).toBeUndefined()
  })

  test('of a backup that cannot be recognised: a passed one is nobody’s, a failed one its own host’s', async () => {
    await say(plan({ id: 'h9/shop', host: 'h9' }))
    await say(
      drill({ digest: two }),
      drill({ id: 'h9/shop/2', digest: null, outcome: 'failed', code: 'backup-changed' }),
    )
    await backups.runOnce()
    expect(await told(drillRecords, 'h9/shop/1')).toBeUndefined()
    expect(await told(drillRecords, 'h9/shop/2')).toMatchObject({ plan: 'h9/shop', outcome: 'failed' })
  })

  test('are recognised after their backup was re-encrypted too', async () => {
    await say(plan(), backup('b1'))
    await backups.runOnce()
    await say(backup('b1', { digest: two }))
    await call('POST', '/api/backups/h1/shop/accept-changes', { why: 'Kryptert på nytt' })
    await say(drill(), drill({ id: 'h9/shop/2', digest: two }))
    await backups.runOnce()
    expect((await detail()).drills).toHaveLength(2)
  })
})

describe('who can read', () => {
  test('a recipient in use that nobody is told of comes first, and counts on its source', async () => {
    await say(plan(), backup('b1'), reads)
    await backups.runOnce()
    expect(await sources()).toMatchObject([{ readers: 1, undeclared: 1 }])
    expect((await recipients()).recipients).toEqual([
      { recipient: age, sources: [{ id: 'h1/shop', name: 'shop', inPlan: true, backups: 1 }], readers: [] },
    ])
  })

  test('another than who asked approves; only then is there a fact', async () => {
    const id = await ask()
    expect(await told(recipientHolders, id)).toBeUndefined()
    expect(await code('POST', `/api/backup-recipients/${id}/approve`)).toBe('own-approval')
    expect(await code('POST', `/api/backup-recipients/${id}/end`)).toBe('reader-not-decided')
    who = { id: 'bo', role: 'administrator' }
    expect((await call('POST', `/api/backup-recipients/${id}/approve`)).statusCode).toBe(200)
    expect(await code('POST', `/api/backup-recipients/${id}/refuse`)).toBe('reader-decided')
    expect(await told(recipientHolders, id)).toMatchObject({
      ...{ holder: { kind: 'person', id: 'p1' }, askedBy: 'ada', approvedBy: 'bo', singleApprover: false },
      endedAt: null,
    })
    expect((await recipients()).recipients[0]?.readers).toMatchObject([
      { holder: { name: 'Kari Nordmann' }, state: 'in-force', decidedBy: { name: 'BO' } },
    ])
    expect((await call('POST', `/api/backup-recipients/${id}/end`)).statusCode).toBe(200)
    expect(await told(recipientHolders, id)).toMatchObject({ endedAt: start })
    expect(await kinds()).toEqual(['backup-reader-asked', 'backup-reader-approved', 'backup-reader-ended'])
    expect((await entries()).map(({ text }) => text).join()).not.toMatch(/Kari|p1|Gjenoppretting|Safen/)
  })

  test('a single administrator may approve alone, and it shows', async () => {
    administrators = ['ada']
    const id = await ask()
    expect((await call('POST', `/api/backup-recipients/${id}/approve`)).statusCode).toBe(200)
    expect(await told(recipientHolders, id)).toMatchObject({ singleApprover: true })
  })

  test('a refused one is no fact', async () => {
    const id = await ask()
    expect((await call('POST', `/api/backup-recipients/${id}/refuse`)).statusCode).toBe(200)
    expect(await told(recipientHolders, id)).toBeUndefined()
    expect((await recipients()).recipients[0]?.readers).toMatchObject([{ state: 'refused' }])
  })

  test.each<[string, Partial<AskingReader>, string]>([
    ['nobody of the register', { holder: { kind: 'person', id: 'p9' } }, 'no-such-holder'],
    ['a last day before the first', { until: '2026-06-14' }, 'not-valid-reader'],
    ['a day that is past', { from: '2026-01-01', until: '2026-06-14' }, 'not-valid-reader'],
    ['more than two years', { until: '2028-06-16' }, 'not-valid-reader'],
    ['an identity in place of a recipient', { recipient: `AGE-SECRET-KEY-1${'Q'.repeat(58)}` }, 'not-valid'],
  ])('%s is refused', async (_what, over, expected) => {
    expect(await code('POST', '/api/backup-recipients', asking(over))).toBe(expected)
  })

  test('asks administrators to decide, and before the last day of one that is in use', async () => {
    const asked = () => inside((tx) => backups.asks(tx, organisation))
    const ada = { kind: 'account', id: 'ada', role: 'administrator' } as const
    const id = await ask({ until: '2026-06-28' })
    expect(await asked()).toMatchObject([{ id: 'backup-readers' }])
    expect((await asked())[0]?.of(ada)).toBe(false)
    expect((await asked())[0]?.of({ ...ada, id: 'bo' })).toBe(true)
    who = { id: 'bo', role: 'administrator' }
    await call('POST', `/api/backup-recipients/${id}/approve`)
    expect(await asked()).toEqual([])
    await say(plan(), reads)
    expect(await asked()).toMatchObject([
      { id: 'backup-readers-end', deadline: Date.parse('2026-06-28T22:00:00Z') },
    ])
  })
})

test('a person is taken out: as a reader, and by name from what was written', async () => {
  await say(plan(), backup('b1'))
  await backups.runOnce()
  const id = await ask({ purpose: 'Avtalt med Kari Nordmann' })
  who = { id: 'bo', role: 'administrator' }
  await call('POST', `/api/backup-recipients/${id}/approve`)
  expect(await inside((tx) => backups.stillReads(tx, organisation, 'p1'))).toEqual([age])
  await call('POST', `/api/backup-recipients/${id}/end`)
  expect(await inside((tx) => backups.stillReads(tx, organisation, 'p1'))).toEqual([])
  await say(backup('b1', { digest: two }))
  await call('POST', '/api/backups/h1/shop/accept-changes', { why: 'Kari Nordmann krypterte på nytt' })
  await unsay(backupPlans.name, 'h1/shop')
  await call('POST', '/api/backups/h1/shop/end', { why: 'Sa Kari Nordmann' })
  const erased = { person: 'p1', names: ['Kari Nordmann'], accounts: [] }
  await inside((tx) => backups.erase(tx, organisation, erased))
  await inside((tx) => backups.erase(tx, organisation, erased))
  const tables = ['source', 'backup', 'drill', 'holder']
  for (const table of tables) {
    const { rows } = await inside((tx) => sql`select * from ${sql.table(`backups.${table}`)}`.execute(tx))
    expect(JSON.stringify(rows)).not.toMatch(/Kari|"p1"/)
  }
  expect(await told(recipientHolders, id)).toMatchObject({
    holder: { id: 'erased' },
    purpose: 'Avtalt med erased',
  })
})

test('what one organisation remembers another does not see', async () => {
  await say(plan(), backup('b1'))
  await backups.runOnce()
  const other = await addOrganisation(target.db)
  const count = (id: string) =>
    target.db.transaction(id, async (tx) => (await sql`select from backups.backup`.execute(tx)).rows.length)
  expect([await count(organisation), await count(other)]).toEqual([1, 0])
})

test('every table is scoped by organisation', async () => {
  expect(await schemaFaults(target.ownerUrl)).toEqual([])
})
