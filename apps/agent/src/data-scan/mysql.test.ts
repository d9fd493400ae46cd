import { lookAlikes, sensitive } from '@hevd/scan/planted'
import { createConnection } from 'mysql2/promise'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { cleansUpBy } from '../testdata/at-end.ts'
import { mariadb } from '../testdata/daemons.ts'
import { realDaemon } from '../testdata/real-daemon.ts'
import { findsOf, scanned } from '../testdata/scanned.ts'
import { openSession, placeOfUrl } from './mysql/session.ts'
import { rowsDrawn } from './mysql/table.ts'
import type { PlaceReport } from './summary.ts'

/** One MariaDB for the file; what is made in it goes with it. */
let url: string
let sql: (text: string, values?: readonly unknown[]) => Promise<unknown>
const ends: (() => unknown)[] = []
cleansUpBy((cleanup) => ends.unshift(cleanup))

beforeAll(async () => {
  const port = await realDaemon(mariadb({ tls: false }))
  const connection = await createConnection({ host: '127.0.0.1', port, user: 'root', charset: 'utf8mb4' })
  sql = (text, values = []) => connection.query(text, [...values])
  ends.unshift(() => connection.end())
  await sql('create database shop')
  await sql('create database other')
  await sql('use shop')
  url = `mysql://root:Tr0ub4dor-3@127.0.0.1:${port}/shop`
})
afterAll(async () => {
  for (const end of ends) await end()
})

const shop = async (over = {}): Promise<PlaceReport> => {
  const { shop: report } = await scanned({ kind: 'mysql', url }, over)
  if (typeof report !== 'object') throw new Error(report)
  return report
}

test('forty kinds are found in their columns, and no look-alike is', async () => {
  for (const [table, values] of [
    ['planted', sensitive],
    ['alike', lookAlikes],
  ] as const) {
    const columns = values.map(({ column }, at) => `${column}_${at}`)
    await sql(`create table ${table} (${columns.map((name) => `${name} text`).join(', ')})`)
    await sql(`insert into ${table} values (?)`, [values.map(({ value }) => value)])
  }
  const report = await shop()
  const found = findsOf(report)
  const missed = sensitive.filter(({ column, by }, at) => !found.includes(`planted.${column}_${at} ${by} 1`))
  expect(missed.map(({ what }) => what)).toEqual([])
  expect(found.filter((line) => line.startsWith('alike.'))).toEqual([])
  expect(report).toMatchObject({ state: 'whole', gaps: [] })
  await sql('drop table planted, alike')
})

test('JSON, bytes and numbers are looked into; what is encrypted and what is no text is counted', async () => {
  await sql(`create table types (id bigint primary key, j json, b blob, d decimal(20), n int, telefon int, e text,
    u char(36), t datetime)`)
  await sql(`insert into types values (1, '{"password": "Sommer2026!"}', 'per@example.no', 4539578763621486, 91234567,
    91234567, 'hevd:c1:1:AAAA', uuid(), now()), (2, null, x'ffd8ff00', null, null, null, null, null, null)`)
  const report = await shop()
  expect(findsOf(report)).toEqual([
    'types.b email 1',
    'types.d card-number 1',
    'types.j assigned-secret 1',
    'types.telefon phone-norwegian 1',
  ])
  expect(report).toMatchObject({ encryptedColumns: ['types.e'], binaryValues: 1, looked: 2 })
  await sql('drop table types')
})

describe('a large table', () => {
  const count = 30_000

  test('with a key of one whole number is sampled by keys drawn at random, gaps among them or not', async () => {
    await sql('create table big (id int primary key, note varchar(40))')
    await sql(`insert into big select seq * 3, concat('note ', seq) from seq_1_to_${count}`)
    await sql('analyze table big')
    const report = await shop()
    expect(report.state).toBe('sample')
    expect(report.looked).toBeGreaterThanOrEqual(rowsDrawn)
    expect(report.looked).toBeLessThan(rowsDrawn + 1000)
    expect(report.open).toBeLessThan(3 / rowsDrawn)
    expect(report.open).toBeGreaterThan(0)
    expect(await shop({ full: true })).toMatchObject({ state: 'whole', looked: count, open: 0 })
    await sql('drop table big')
  })

  test('without one its first rows are read, which tells nothing of the others, and is said', async () => {
    await sql(`create table big as select concat('note ', seq) as note from seq_1_to_${count}`)
    await sql('analyze table big')
    const report = await shop()
    expect(report).toMatchObject({ state: 'partial', looked: rowsDrawn, open: 1 })
    expect(report.gaps).toMatchObject([{ what: 'big', why: 'no-key 10000' }])
    expect(await shop({ full: true })).toMatchObject({ state: 'whole', looked: count, open: 0, gaps: [] })
    const stop = new AbortController()
    const stopped = await shop({ full: true, signal: stop.signal, progress: () => stop.abort() })
    expect(stopped).toMatchObject({
      state: 'partial',
      gaps: [{ what: 'big', why: 'stopped' }],
    })
    await sql('drop table big')
  })
})

test('the session cannot write', async () => {
  const session = await openSession(placeOfUrl(url).options)
  await expect(session.rows('create table shop.written (a int)')).rejects.toThrow(/READ ONLY/i)
  await session.end()
})

test('to another machine the session is encrypted, unless the network is said to be one’s own', () => {
  expect(placeOfUrl('mysql://a:b@db2/shop').options).toMatchObject({ host: 'db2', ssl: {} })
  expect(placeOfUrl('mysql://a:b@db2/shop?tls=off').options).not.toHaveProperty('ssl')
  expect(placeOfUrl('mysql://a:b@localhost/?socket=/run/db').options).toEqual({
    socketPath: '/run/db',
    user: 'a',
    password: 'b',
  })
})

test('other databases and servers that do not answer are told, without the password', async () => {
  const all = await scanned({ kind: 'mysql', url })
  expect(all.other).toBe('other-database')
  const every = await scanned({ kind: 'mysql', url: url.replace('/shop', '/') })
  expect(Object.keys(every).sort()).toEqual(['other', 'shop'])
  const wrong = await scanned({ kind: 'mysql', url: 'mysql://root:Tr0ub4dor-3@127.0.0.1:1/shop' })
  expect(wrong).toEqual({ shop: expect.stringContaining('ECONNREFUSED') })
  expect(JSON.stringify([all, every, wrong])).not.toContain('Tr0ub4dor')
})
