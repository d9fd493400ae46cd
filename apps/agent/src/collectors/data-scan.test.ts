import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { promisify } from 'node:util'
import { scannedPlaces, sensitiveFinds, type ValueOf } from '@hevd/facts'
import { createFeeds, feedsMigrations } from '@hevd/feeds'
import { ledgerMigrations } from '@hevd/ledger'
import { sensitive } from '@hevd/scan/planted'
import { addOrganisation, type ThrowawayDatabase, testClock, throwawayDatabase } from '@hevd/testing'
import pg from 'pg'
import { pino } from 'pino'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { runCollector } from '../collector.ts'
import { lookAtNothingElse } from '../config.ts'
import { localHostAccess } from '../host/local.ts'
import { openSpool } from '../spool/spool.ts'
import { cleansUpBy } from '../testdata/at-end.ts'
import { folderWith } from '../testdata/folder.ts'
import { dataScanPaced } from './data-scan.ts'

cleansUpBy(onTestFinished)

let target: ThrowawayDatabase
let owner: pg.Client

beforeAll(async () => {
  target = await throwawayDatabase([
    { name: 'ledger', directory: ledgerMigrations },
    { name: 'feeds', directory: feedsMigrations },
  ])
  owner = new pg.Client({ connectionString: target.ownerUrl })
  await owner.connect()
  await owner.query('create schema shop')
})
afterAll(async () => {
  await owner.end()
  await target.drop()
})

const quick = { runFor: 60_000, runAtMost: 60_000, restFactor: 0 }

/** A collector with a spool, run as the agent does; `files` are those of the spool. */
function agent(scan: { databases?: string[]; logs?: string[]; every?: string }, pace = quick) {
  const folder = folderWith()
  const path = folder.at('spool.sqlite')
  const spool = openSpool(path)
  const host = { id: 'h1', name: 'here' }
  const look = { ...lookAtNothingElse, scan: { ...lookAtNothingElse.scan, ...scan } }
  const collector = dataScanPaced(pace)
  const { name, title, interval } = collector
  return {
    spool,
    files: [path, `${path}-wal`],
    close: () => spool.close(),
    async run() {
      const access = localHostAccess({ host, firstSeen: spool, look })
      const seen = await runCollector(collector, access, spool.coverageOf(name))
      spool.record({ host: host.id, collector: name, title, interval, ...seen, observedAt: access.now() })
      return {
        coverage: seen.coverage,
        places: seen.facts.flatMap(({ type, value }) =>
          type === scannedPlaces.name ? [scannedPlaces.parse(value)] : [],
        ),
        finds: seen.facts.flatMap(({ type, value }): ValueOf<typeof sensitiveFinds>[] =>
          type === sensitiveFinds.name ? [sensitiveFinds.parse(value)] : [],
        ),
      }
    },
  }
}

test('without settings nothing is scanned, and that is said whole', async () => {
  const { coverage, places } = await agent({}).run()
  expect(places).toEqual([])
  expect(coverage.map(({ state }) => state)).toEqual(['complete', 'complete'])
})

test('a short run looks at one table, the next goes on, and facts of the last round stand meanwhile', async () => {
  await owner.query(`create table shop.one (mail text); insert into shop.one values ('kari@example.no');
    create table shop.two (mail text); insert into shop.two values ('ola@example.no')`)
  const logs = folderWith({ 'app.log': 'INFO started\n', 'other.log': 'INFO kari@example.no\n' })
  const slow = agent({ logs: [logs.path], every: 'PT0S' }, { ...quick, runFor: 1 })
  const first = await slow.run()
  expect(first.places).toMatchObject([
    { id: `h1/logs:${logs.path}`, state: 'partial', objects: 1, ofObjects: 2, open: 1, gapCount: 0 },
  ])
  const second = await slow.run()
  expect(second.places).toMatchObject([{ state: 'whole', objects: 2, scannedAt: first.places[0]?.scannedAt }])
  expect(second.finds).toHaveLength(1)
  // The next round is under way, and what the last one knew of the other file stands.
  const third = await slow.run()
  expect(third.places).toMatchObject([{ state: 'whole', scannedAt: first.places[0]?.scannedAt }])
  expect(third.finds).toHaveLength(1)
  await owner.query('drop table shop.one, shop.two')
})

test('a place is scanned again when its time has come, and not before; one that is taken out is gone', async () => {
  const logs = folderWith({ 'app.log': 'INFO started\n' })
  const daily = agent({ logs: [logs.path] })
  const [first] = (await daily.run()).places
  const [again] = (await daily.run()).places
  expect(again).toEqual(first)
  const hasty = agent({ logs: [logs.path], every: 'PT0S' })
  const [one] = (await hasty.run()).places
  const [other] = (await hasty.run()).places
  expect(other?.scannedAt).toBeGreaterThan(one?.scannedAt ?? 0)
})

test('databases of the server that were not asked for are known and not scanned', async () => {
  const { places } = await agent({ databases: [target.ownerUrl] }).run()
  const own = new URL(target.ownerUrl).pathname.slice(1)
  expect(places.filter(({ state }) => state !== 'not-scanned').map(({ name }) => name)).toEqual([
    expect.stringMatching(`/${own}$`),
  ])
  for (const { id, server, scannedAt, gaps, state } of places) {
    expect(id.startsWith(`${server}/`)).toBe(true)
    expect(server).toMatch(/^h1\//)
    if (state === 'not-scanned')
      expect({ scannedAt, gaps }).toEqual({
        scannedAt: null,
        gaps: [expect.objectContaining({ why: 'other-database' })],
      })
  }
})

test('no planted value is in facts, spool, log or our database, in any writing', async () => {
  const columns = sensitive.map(({ column }, at) => `"${column}_${at}"`)
  await owner.query(`create table shop.planted (${columns.map((name) => `${name} text`).join(', ')})`)
  const values = sensitive.map(({ value }) => value)
  await owner.query(
    `insert into shop.planted values (${values.map((_, at) => `$${at + 1}`).join(', ')})`,
    values,
  )
  const logs = folderWith({
    'app.log': values.map((value) => `INFO ${value.replaceAll('\n', ' ')}\n`).join(''),
  })
  const scanning = agent({ databases: [target.ownerUrl], logs: [logs.path] })
  const seen = await scanning.run()
  expect(seen.finds.length).toBeGreaterThan(sensitive.length)

  const organisation = await addOrganisation(target.db)
  let log = ''
  const logger = pino(
    { level: 'trace' },
    {
      write: (line: string) => {
        log += line
      },
    },
  )
  const feeds = createFeeds({
    db: target.db,
    clock: testClock(new Date(seen.places[0]?.scannedAt ?? 0).toISOString()),
    logger,
    record: async () => {},
  })
  const reports = scanning.spool.next({ reports: 10, bytes: 2 ** 24 }, new Set())
  const sent: Parameters<typeof feeds.take>[2] = JSON.parse(JSON.stringify(reports))
  const answers = await feeds.take(organisation, 'h1', sent)
  expect(answers.map(({ state }) => state)).toEqual(['taken'])
  const dump = await promisify(execFile)(
    'pg_dump',
    ['--data-only', '--exclude-schema=shop', `--dbname=${target.adminUrl}`],
    { maxBuffer: 2 ** 26, encoding: 'latin1' },
  )
  expect(dump.stdout).toContain('birth-number')
  const spooled = scanning.files.map((path) => readFileSync(path, 'latin1')).join('')
  expect(spooled).toContain('birth-number')
  const everything = [JSON.stringify(seen), spooled, log, dump.stdout].join('\n')
  const writings = (value: string) => [
    value,
    JSON.stringify(value).slice(1, -1),
    encodeURIComponent(value),
    Buffer.from(value).toString('base64').replace(/=+$/, ''),
    Buffer.from(value).toString('hex'),
  ]
  expect(values.flatMap(writings).filter((text) => everything.includes(text))).toEqual([])
})
