import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { mkdtempSync, readdirSync, readlinkSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { sensitive } from '@hevd/scan/planted'
import { type ThrowawayDatabase, throwawayDatabase } from '@hevd/testing'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Given, targetsOf } from './targets.ts'

const launcher = resolve(import.meta.dirname, '../../bin/hevd.mjs')
let target: ThrowawayDatabase
let folder: string

beforeAll(async () => {
  target = await throwawayDatabase()
  folder = mkdtempSync(join(tmpdir(), 'hevd-data-scan-'))
  const client = new pg.Client({ connectionString: target.ownerUrl })
  await client.connect()
  const columns = sensitive.map(({ column }, at) => `"${column}_${at}"`)
  await client.query(
    `create schema shop; create table shop.planted (${columns.map((name) => `${name} text`).join(', ')})`,
  )
  await client.query(
    `insert into shop.planted values (${sensitive.map((_, at) => `$${at + 1}`).join(', ')})`,
    sensitive.map(({ value }) => value),
  )
  await client.query(`create table shop.sealed as select 'hevd:c1:1:AAAA' as token;
    create table shop.big as select repeat('x', 900) || n as note from generate_series(1, 8000) n`)
  await client.end()
  writeFileSync(join(folder, 'app.log'), 'INFO started\nINFO password=Sommer2026! for kari\n')
})
afterAll(async () => {
  await target.drop()
  rmSync(folder, { recursive: true })
})

type Ran = { readonly code: number; readonly out: string; readonly err: string }

const environment = (scan: string) => ({
  PATH: '/usr/bin:/bin',
  HEVD_HOME: join(folder, 'home'),
  LANG: 'nb_NO.UTF-8',
  HEVD_SCAN: scan,
})

function hevd(args: readonly string[], scan = ''): Promise<Ran> {
  return new Promise((done) => {
    const options = { env: environment(scan), maxBuffer: 2 ** 24 }
    execFile(process.execPath, [launcher, 'data', 'scan', ...args], options, (error, out, err) =>
      done({ code: typeof error?.code === 'number' ? error.code : 0, out, err }),
    )
  })
}

/** A value as it stands, as JSON, URL and base64 write it, and as hexadecimal. */
const written = (value: string) => [
  value,
  JSON.stringify(value).slice(1, -1),
  encodeURIComponent(value),
  Buffer.from(value).toString('base64').replace(/=+$/, ''),
  Buffer.from(value).toString('hex'),
]

test('for programs: counts and places of everything planted, and no value in any writing; exit 1', async () => {
  const { code, out, err } = await hevd(['--json', folder], target.ownerUrl)
  expect({ code, err }).toEqual({ code: 1, err: '' })
  const report = JSON.parse(out)
  const found = report.places.flatMap(
    ({ finds }: { finds: { object: string; column: string; detector: string; count: number }[] }) =>
      finds.map(({ object, column, detector, count }) => `${object}.${column} ${detector} ${count}`),
  )
  const missed = sensitive.filter(
    ({ column, by }, at) => !found.includes(`shop.planted.${column}_${at} ${by} 1`),
  )
  expect(missed.map(({ what }) => what)).toEqual([])
  const [logs] = report.places.filter(({ kind }: { kind: string }) => kind === 'logs')
  expect(logs).toMatchObject({
    state: 'whole',
    finds: [{ detector: 'assigned-secret', count: 1, lines: [2, 2] }],
  })
  const shown = sensitive
    .flatMap(({ value }) => written(value))
    .filter((text) => out.includes(text) || err.includes(text))
  expect(shown).toEqual([])
  expect(out + err).not.toContain('Sommer2026')
  expect(out + err).not.toContain(new URL(target.ownerUrl).password)
}, 60_000)

test('for people: 80 columns, their language, what is encrypted and what a sample leaves open', async () => {
  const { code, out } = await hevd([folder], target.ownerUrl)
  expect(code).toBe(1)
  for (const line of out.split('\n')) expect(line.length).toBeLessThanOrEqual(80)
  expect(out).toContain('Kryptert av biblioteket: shop.sealed.token')
  expect(out).toContain('utvalg')
  expect(out).toMatch(/høyst 0,\d+ % ha funn \(95 %\)/)
  expect(out).toContain('linje 2')
  expect(out).not.toContain('Sommer2026')
}, 60_000)

test('a clean folder and a file of connections of its owner’s: exit 0; what is not whole: 3', async () => {
  const clean = join(folder, 'clean.log')
  writeFileSync(clean, 'INFO started\n')
  const from = join(folder, 'connections')
  writeFileSync(from, `# what is scanned\n${clean}\n`, { mode: 0o600 })
  expect(await hevd(['--from', from, '--lang', 'en'])).toMatchObject({
    code: 0,
    out: expect.stringContaining('nothing found'),
  })
  expect(await hevd([join(folder, 'none')])).toMatchObject({
    code: 3,
    out: expect.stringContaining('ENOENT'),
  })
}, 60_000)

test('without anything to scan it says what to give it; exit 2', async () => {
  const { code, err } = await hevd([])
  expect(code).toBe(2)
  expect(err).toMatch(/HEVD_SCAN/)
})

test.each<[string, Partial<Given>, string]>([
  ['no database', { environment: 'redis://a:Tr0ub4dor-3@b' }, 'scan-target-not-valid'],
  ['a database on the command line', { paths: ['postgresql://a:Tr0ub4dor-3@b/c'] }, 'scan-target-not-valid'],
  ['a file that others can read', { file: 'open' }, 'settings-readable'],
  ['a file that is not there', { file: 'gone' }, 'setting-not-valid'],
  ['a file with a line that is none', { file: 'wrong' }, 'scan-target-not-valid'],
])('%s is refused, and the words have no password', (_name, { file = null, ...over }, code) => {
  writeFileSync(join(folder, 'open'), 'postgresql://a:Tr0ub4dor-3@b/c\n', { mode: 0o644 })
  writeFileSync(join(folder, 'wrong'), 'a:Tr0ub4dor-3@b\n', { mode: 0o600 })
  const given = { environment: '', paths: [], ...over, file: file === null ? null : join(folder, file) }
  try {
    targetsOf(given)
    expect.unreachable()
  } catch (error) {
    expect(error).toMatchObject({ code })
    expect(JSON.stringify(error)).not.toContain('Tr0ub4dor')
  }
})

test('Ctrl C stops it cleanly: what was seen is shown as partial', async () => {
  // A rest follows each batch, so that the scan of many files is still under way.
  const many = mkdtempSync(join(folder, 'many-'))
  for (let n = 0; n < 30; n += 1)
    writeFileSync(join(many, `${n}.log`), 'INFO kari@example.no asked\n'.repeat(60_000))
  const child: ChildProcess = spawn(process.execPath, [launcher, 'data', 'scan', '--json', many], {
    env: environment(''),
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let out = ''
  child.stdout?.on('data', (chunk) => {
    out += String(chunk)
  })
  const ended = new Promise<number | null>((done) => child.once('close', done))
  while (!isReading(child, many)) await new Promise((done) => setTimeout(done, 20))
  child.kill('SIGINT')
  expect(await ended).toBe(1)
  const report = JSON.parse(out)
  expect(report.stopped).toBe(true)
  expect(report.places).toMatchObject([{ state: 'partial' }])
  expect(report.places[0].objects.looked).toBeLessThan(30)
}, 60_000)

/** Whether a process has a file below a folder open. */
function isReading({ pid }: ChildProcess, below: string): boolean {
  try {
    const open = readdirSync(`/proc/${pid}/fd`).map((fd) => {
      try {
        return readlinkSync(`/proc/${pid}/fd/${fd}`)
      } catch {
        return ''
      }
    })
    return open.some((path) => path.startsWith(`${below}/`))
  } catch {
    return false
  }
}
