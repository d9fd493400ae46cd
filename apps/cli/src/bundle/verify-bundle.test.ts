import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { strFromU8, strToU8, type Unzipped, unzipSync, zipSync } from 'fflate'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type BundleErrorCode, bundleErrors } from './errors.ts'
import { type AuditedPeriod, auditedPeriod } from './period.fixture.ts'
import { verifyBundle } from './verify-bundle.ts'

let audited: AuditedPeriod
let folder: string
let whole: Buffer
let files: Unzipped

beforeAll(async () => {
  audited = await auditedPeriod()
  folder = mkdtempSync(join(tmpdir(), 'hevd-bundles-'))
  whole = await audited.bundle()
  files = unzipSync(whole)
}, 120_000)
afterAll(async () => {
  await audited?.end()
  rmSync(folder, { recursive: true, force: true })
})

function verified(bytes: Uint8Array, key: string | null = audited.key) {
  const path = join(folder, 'bundle.zip')
  writeFileSync(path, bytes)
  return verifyBundle({ path, key, witnessKeys: [] })
}
const text = (name: string) => strFromU8(files[name] ?? new Uint8Array())
/** The bundle with some files otherwise; null leaves one out. */
function changed(over: Readonly<Record<string, string | null>>): Uint8Array {
  const kept = { ...files }
  for (const [name, content] of Object.entries(over))
    if (content === null) delete kept[name]
    else kept[name] = strToU8(content)
  return zipSync(kept)
}
const codeOf = (promise: Promise<unknown>) =>
  promise.then(
    () => 'proven',
    (error: { code?: string }) => error.code ?? String(error),
  )

test('a bundle proves report, lists, samples and entries, without server and network', async () => {
  expect(await verified(whole)).toMatchObject({
    period: audited.period,
    signed: true,
    tables: 9,
    samples: 1,
    withoutInputs: 0,
  })
  const proven = await verified(whole)
  expect(proven.versions).toBeGreaterThan(3)
  expect(proven.rows).toBeGreaterThan(8)
  expect(await verified(whole, null)).toMatchObject({ key: audited.key })
  expect(await codeOf(verified(zipSync(files)))).toBe('proven')
})

test('it says in words how to verify it by hand, and has every list as CSV', () => {
  expect(text('README.md')).toContain('hevd verify FILE')
  expect(text('LESMEG.md')).toContain('hevd verify FIL')
  const csv = text('tables/population.csv')
  expect(csv).toContain('"\'=p2","p2"')
  expect(csv.split('\r\n')).toHaveLength(1 + 4 + 1)
})

describe('what is wrong is named', () => {
  const lines = () => text('log/entries.jsonl').trimEnd().split('\n')
  const entry = (kind: string) =>
    lines().findIndex((line) =>
      Buffer.from(JSON.parse(line).leaf, 'base64').toString().includes(`"kind":"${kind}"`),
    )
  const without = (at: number) => `${lines().toSpliced(at, 1).join('\n')}\n`
  const sample = () => JSON.parse(text('samples/001.json'))

  const cases: readonly (readonly [string, BundleErrorCode, () => Uint8Array])[] = [
    [
      'a cell of a CSV',
      'file-changed',
      () => changed({ 'tables/population.csv': text('tables/population.csv').replace('p2', 'p9') }),
    ],
    ['a row of a list', 'file-changed', () => changed({ 'tables/deviations.jsonl': '' })],
    [
      'the report',
      'file-changed',
      () => changed({ 'report.json': text('report.json').replace('Juni', 'Juli') }),
    ],
    [
      'the manifest',
      'manifest-not-logged',
      () =>
        changed({
          'manifest.json': text('manifest.json')
            .replace('"signed":"', '"signed":"0')
            .replace(/("signed":"0.{63})./, '$1'),
        }),
    ],
    [
      'a batch’s entry left out',
      'entry-missing',
      () => changed({ 'log/entries.jsonl': without(entry('judged')) }),
    ],
    [
      'the signing left out',
      'entry-missing',
      () => changed({ 'log/entries.jsonl': without(entry('period-signed')) }),
    ],
    [
      'the bundle’s own entry left out',
      'manifest-not-logged',
      () => changed({ 'log/entries.jsonl': without(entry('period-bundled')) }),
    ],
    [
      'an entry with another’s proof',
      'entry-not-proven',
      () => {
        const [first = '', second = '', ...rest] = lines()
        const swapped = { ...JSON.parse(first), path: JSON.parse(second).path }
        return changed({ 'log/entries.jsonl': `${[JSON.stringify(swapped), second, ...rest].join('\n')}\n` })
      },
    ],
    [
      'another checkpoint',
      'checkpoint-wrong',
      () =>
        changed({
          'log/checkpoint.txt': text('log/checkpoint.txt').replace(
            /\n(\d+)\n/,
            (_, size) => `\n${Number(size) + 1}\n`,
          ),
        }),
    ],
    ['a file missing', 'file-missing', () => changed({ 'tables/unseen.csv': null })],
    ['a file too many', 'name-not-allowed', () => changed({ 'tables/extra.csv': 'x' })],
    ['a name that leads elsewhere', 'name-not-allowed', () => changed({ '../../etc/cron.d/x': 'x' })],
    ['an absolute name', 'name-not-allowed', () => changed({ '/etc/passwd': 'x' })],
    [
      'a finding of a sample',
      'file-changed',
      () => changed({ 'samples/001.json': JSON.stringify({ ...sample(), seed: 'vår' }) }),
    ],
    ['a file cut off', 'not-whole', () => whole.subarray(0, whole.length - 100)],
    ['the beginning of a file', 'not-whole', () => whole.subarray(0, whole.length >> 1)],
    ['something that is no ZIP', 'not-whole', () => Buffer.from('%PDF-1.7'.repeat(20))],
  ]
  test.each(cases)('%s: %s', async (_what, code, made) => {
    expect(await codeOf(verified(made()))).toBe(code)
  })

  test('another key than the one that is known', async () => {
    const other = `${audited.key.slice(0, -6)}AAAAAA`
    expect(await codeOf(verified(whole, other))).toBe('other-key')
  })

  test('a size that is a lie, either way', async () => {
    const at = whole.lastIndexOf(Buffer.from('report.json')) - 46
    expect(whole.readUInt32LE(at)).toBe(0x02014b50)
    const lying = (bytes: number) => {
      const copy = Buffer.from(whole)
      copy.writeUInt32LE(bytes, at + 24)
      return copy
    }
    expect(await codeOf(verified(lying(0xfffffff0)))).toBe('larger-than-said')
    expect(await codeOf(verified(lying(10)))).toBe('larger-than-said')
  })

  test('every code has words in both languages that name the thing', () => {
    for (const words of Object.values(bundleErrors))
      expect(words.nb.includes('{what}')).toBe(words.en.includes('{what}'))
  })
})

describe('what was rewritten in the database before the bundle was made is named too', () => {
  test.each<readonly [BundleErrorCode, string, string]>([
    ['table-differs', 'posture.finding', `verdict = 'holds' where subject = 'p2'`],
    ['finding-not-in-batch', 'posture.finding', `salt = gen_random_uuid() where subject = 'p2'`],
    ['inputs-differ', 'posture.input', `content = content || '[{"made":"up"}]'`],
    ['report-not-signed', 'posture.period_signing', `report = replace(report, 'Juni', 'Mai')`],
  ])('%s', async (code, table, change) => {
    await audited.admin(`create table saved as select * from ${table}`)
    await audited.admin(`update ${table} set ${change}`)
    expect(await codeOf(audited.bundle().then((bytes) => verified(bytes)))).toBe(code)
    await audited.admin(`truncate ${table}; insert into ${table} select * from saved; drop table saved`)
    expect(await codeOf(audited.bundle().then((bytes) => verified(bytes)))).toBe('proven')
  })
})
