import { lookAlikes, sensitive } from '@hevd/scan/planted'
import { type ThrowawayDatabase, throwawayDatabase } from '@hevd/testing'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { findsOf, scanned } from '../testdata/scanned.ts'
import { placesOf } from './open.ts'
import { isOpen } from './place.ts'
import { openSession } from './postgres/session.ts'
import { pagesDrawn } from './postgres/table.ts'
import type { PlaceReport } from './summary.ts'

let target: ThrowawayDatabase
let owner: pg.Client

beforeAll(async () => {
  target = await throwawayDatabase()
  owner = new pg.Client({ connectionString: target.ownerUrl })
  await owner.connect()
  await owner.query('create schema shop')
})
afterAll(async () => {
  await owner.end()
  await target.drop()
})

const own = async (url: string, over = {}): Promise<PlaceReport> => {
  const places = await scanned({ kind: 'postgres', url }, over)
  const report = places[decodeURIComponent(new URL(url).pathname.slice(1))]
  if (typeof report !== 'object') throw new Error(report)
  return report
}
const inShop = (report: PlaceReport) => findsOf(report).filter((line) => line.startsWith('shop.'))

describe('forty kinds and forty look-alikes in a real database', () => {
  test('every planted one is found in its column, and no look-alike is', async () => {
    for (const [table, values] of [
      ['planted', sensitive],
      ['alike', lookAlikes],
    ] as const) {
      // A column is named by what it holds and its place, so that two of the same name can stand in one table.
      const columns = values.map(({ column }, at) => `"${column}_${at}"`)
      await owner.query(`create table shop.${table} (${columns.map((name) => `${name} text`).join(', ')})`)
      for (let row = 0; row < 3; row += 1)
        await owner.query(
          `insert into shop.${table} values (${values.map((_, at) => `$${at + 1}`).join(', ')})`,
          values.map(({ value }) => value),
        )
    }
    const report = await own(target.ownerUrl)
    const found = inShop(report)
    const missed = sensitive.filter(
      ({ column, by }, at) => !found.includes(`shop.planted.${column}_${at} ${by} 3`),
    )
    expect(missed.map(({ what }) => what)).toEqual([])
    expect(found.filter((line) => line.startsWith('shop.alike.'))).toEqual([])
    expect(report).toMatchObject({ open: 0, gaps: [], state: 'whole' })
    await owner.query('drop table shop.planted, shop.alike')
  })
})

test('JSON, arrays, domains, bytes and numbers are looked into; what is encrypted and what is no text is counted', async () => {
  await owner.query(`
    create domain shop.address as varchar(100);
    create table shop.types (id bigint, j jsonb, a text[], d shop.address, b bytea, n numeric, p int4, telefon int4,
      e text, eb bytea, u uuid, t timestamptz);
    insert into shop.types values (1, '{"password": "Sommer2026!"}', '{x,kari@example.no}', 'ola@example.no',
      convert_to('per@example.no', 'utf8'), 4539578763621486, 91234567, 91234567, 'hevd:c1:1:AAAA',
      '\\x68766301000000', gen_random_uuid(), now()),
    (2, null, null, null, '\\xffd8ff00', null, null, null, 'hevd:c1:1:BBBB', null, null, null)`)
  const report = await own(target.ownerUrl)
  expect(inShop(report)).toEqual([
    'shop.types.a email 1',
    'shop.types.b email 1',
    'shop.types.d email 1',
    'shop.types.j assigned-secret 1',
    'shop.types.n card-number 1',
    'shop.types.telefon phone-norwegian 1',
  ])
  expect(report).toMatchObject({
    encryptedColumns: ['shop.types.e', 'shop.types.eb'],
    binaryValues: 1,
    state: 'whole',
  })
  await owner.query('drop table shop.types')
})

test('what the role may not see is said, and nothing is hidden by row security in silence', async () => {
  const { runtimeRole } = target
  await owner.query(`
    create table shop.secret (token text); create table shop.part (mail text, name text);
    create table shop.rows (mail text); alter table shop.rows enable row level security;
    grant usage on schema shop to ${runtimeRole};
    grant select on shop.rows to ${runtimeRole}; grant select (name) on shop.part to ${runtimeRole}`)
  const { gaps, state } = await own(target.runtimeUrl)
  expect(state).toBe('partial')
  expect(gaps.filter(({ what }) => what.startsWith('shop.'))).toEqual([
    { what: 'shop.part.mail', why: 'no-select' },
    { what: 'shop.rows', why: 'row-security' },
    { what: 'shop.secret.token', why: 'no-select' },
  ])
  await owner.query('drop table shop.secret, shop.part, shop.rows')
})

describe('a large table', () => {
  const count = 30_000
  beforeAll(async () => {
    await owner.query(`
      create table shop.big as select n as id, repeat('x', 700) || n as note from generate_series(1, ${count}) n;
      analyze shop.big`)
  })
  afterAll(async () => {
    await owner.query('drop table shop.big')
  })

  test('is sampled by pages drawn at random, and what that leaves open is said; in full it is whole', async () => {
    const sampled = await own(target.ownerUrl)
    expect(sampled.state).toBe('sample')
    expect(sampled.looked).toBeGreaterThan(pagesDrawn * 5)
    expect(sampled.looked).toBeLessThan(count / 2)
    expect(sampled.of).toBeGreaterThan(count * 0.9)
    expect(sampled.of).toBeLessThan(count * 1.1)
    expect(sampled.open).toBeGreaterThan(0.003)
    expect(sampled.open).toBeLessThan(0.005)
    const full = await own(target.ownerUrl, { full: true })
    expect(full).toMatchObject({ state: 'whole', open: 0 })
    expect(full.looked).toBeGreaterThanOrEqual(count)
    expect(full.of).toBe(full.looked)
  })

  test('is read by ranges of pages, never from its beginning', async () => {
    await owner.query(`set enable_seqscan = off`)
    const { rows } = await owner.query(
      `explain select left(note, 10) from only shop.big where ctid >= '(7,0)'::tid and ctid < '(9,0)'::tid`,
    )
    expect(JSON.stringify(rows)).toContain('Tid Range Scan')
  })

  test('told to stop, the scan gives what it has seen as partial', async () => {
    const stop = new AbortController()
    const report = await own(target.ownerUrl, {
      signal: stop.signal,
      full: true,
      progress: () => stop.abort(),
    })
    expect(report.state).toBe('partial')
    expect(report.looked).toBeGreaterThan(0)
    expect(report.looked).toBeLessThan(count)
    expect(report.gaps).toContainEqual({ what: 'shop.big', why: 'stopped' })
  })

  test('rests as the pace says after each batch, and holds no snapshot between runs of pages', async () => {
    let rests = 0
    let idle = 0
    await own(target.ownerUrl, {
      rest: async () => {
        rests += 1
        if (rests % 200 !== 0) return
        const { rows } = await owner.query(
          `select count(*)::int as old from pg_stat_activity where application_name = 'hevd data scan'
           and xact_start < now() - interval '5 seconds'`,
        )
        idle += rows[0]?.old
      },
    })
    expect(rests).toBeGreaterThan(300)
    expect(idle).toBe(0)
  })
})

test('the session cannot write', async () => {
  const session = await openSession(target.ownerUrl, null)
  await expect(session.query('create table shop.written (a int)')).rejects.toThrow('read-only')
  await session.end()
})

test('a locked table is not waited for', async () => {
  await owner.query(
    "create table shop.locked (mail text); insert into shop.locked values ('kari@example.no')",
  )
  await owner.query('begin; lock table shop.locked in access exclusive mode')
  const report = await own(target.ownerUrl)
  expect(report.gaps).toEqual([{ what: 'shop.locked', why: expect.stringContaining('lock timeout') }])
  await owner.query('rollback; drop table shop.locked')
})

test('a server that does not answer and databases that were not asked for are told, without the password', async () => {
  const wrong = new URL(target.ownerUrl)
  wrong.password = 'Tr0ub4dor-3'
  wrong.port = '1'
  const [[name, why] = []] = Object.entries(await scanned({ kind: 'postgres', url: wrong.href }))
  expect(name).toBe(decodeURIComponent(wrong.pathname.slice(1)))
  expect(why).toMatch(/ECONNREFUSED|ENOENT/)
  const places = []
  for await (const place of placesOf({ kind: 'postgres', url: target.ownerUrl })) places.push(place)
  const others = places.filter((place) => !isOpen(place))
  expect(places.length - others.length).toBe(1)
  expect(others.map((place) => ('why' in place ? place.why : ''))).toContain('other-database')
  expect(JSON.stringify([why, places])).not.toContain('Tr0ub4dor')
})
