import { readFileSync, writeFileSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'
import type { Coverage } from '@hevd/core'
import { digestOfFacts, type Said, vocabulary } from '@hevd/facts'
import fc from 'fast-check'
import { expect, onTestFinished, test } from 'vitest'
import type { Report } from '../report.ts'
import { cleansUpBy } from '../testdata/at-end.ts'
import { folderWith } from '../testdata/folder.ts'
import { madeFacts } from '../testdata/made-runs.ts'
import { openSpool, type Run, type SpoolLimits } from './spool.ts'

cleansUpBy(onTestFinished)

const everything = { reports: 10_000, bytes: 1 << 30 }
const nobodyPaused = new Set<string>()
const complete: Coverage = { type: 'account', scope: 'h1', state: 'complete', detail: '' }
const run = (facts: readonly Said[], coverage: readonly Coverage[] = [complete], observedAt = 1): Run => ({
  host: 'h1',
  collector: 'accounts',
  title: { nb: 'Kontoer', en: 'Accounts' },
  interval: 'PT1M',
  facts,
  coverage,
  observedAt,
})

function spoolIn(path = folderWith().at('spool.sqlite'), limits?: SpoolLimits) {
  const spool = openSpool(path, limits)
  onTestFinished(() => {
    spool.close()
  })
  return spool
}

/** What a set of reports comes to; each must fit on its predecessor. */
function applied(reports: readonly Report[]): ReadonlyMap<string, unknown> {
  const facts = new Map<string, { type: string; key: string; value: unknown }>()
  let last = 0
  for (const { kind, sequence, put, gone, digest } of reports) {
    if (kind === 'full') facts.clear()
    else expect(sequence).toBe(last + 1)
    last = sequence
    for (const { type, key } of gone) facts.delete(`${type}|${key}`)
    for (const { type, value } of put) {
      const key = vocabulary.get(type)?.key(value) ?? ''
      facts.set(`${type}|${key}`, { type, key, value })
    }
    expect(digestOfFacts(facts.values())).toBe(digest)
  }
  return new Map([...facts].map(([name, { value }]) => [name, value]))
}

function byName(facts: readonly Said[]): ReadonlyMap<string, unknown> {
  return new Map(facts.map(({ type, value }) => [`${type}|${vocabulary.get(type)?.key(value)}`, value]))
}

test('the first word is full, then differences, and a run without changes is an empty one', () => {
  const spool = spoolIn()
  spool.record(run(madeFacts(1)))
  const [full] = spool.next(everything, nobodyPaused)
  expect(full).toMatchObject({ kind: 'full', sequence: 1, coverage: [complete], gone: [] })
  spool.taken('accounts', 1)
  expect(spool.record(run(madeFacts(1), [complete], 2))).toMatchObject({ put: 0, gone: 0 })
  expect(spool.next(everything, nobodyPaused)).toMatchObject([
    {
      kind: 'difference',
      sequence: 2,
      put: [],
      gone: [],
      coverage: null,
      digest: full?.digest,
      observedAt: 2,
    },
  ])
})

test('any history of runs comes to the last one, whenever it is sent', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.nat(50), fc.boolean()), { minLength: 1, maxLength: 20 }), (history) => {
      const spool = openSpool(':memory:')
      const sent: Report[] = []
      for (const [seed, sendNow] of history) {
        spool.record(run(madeFacts(seed)))
        if (!sendNow) continue
        const reports = spool.next(everything, nobodyPaused)
        sent.push(...reports)
        spool.taken('accounts', reports.at(-1)?.sequence ?? 0)
      }
      sent.push(...spool.next(everything, nobodyPaused))
      expect(applied(sent)).toEqual(byName(madeFacts(history.at(-1)?.[0] ?? 0)))
      spool.close()
    }),
    { numRuns: 60 },
  )
})

test.each(['partial', 'needs-right', 'failed'] as const)('a %s look removes nothing', (state) => {
  const spool = spoolIn()
  spool.record(run(madeFacts(1)))
  const first = spool.next(everything, nobodyPaused)
  const [one, ...others] = madeFacts(1)
  if (one === undefined) throw new Error('no facts')
  expect(spool.record(run([one], [{ ...complete, state, detail: 'why' }]))).toMatchObject({ put: 0, gone: 0 })
  expect(spool.record(run([one]))).toMatchObject({ put: 0, gone: others.length })
  expect(applied([...first, ...spool.next(everything, nobodyPaused).slice(1)])).toEqual(byName([one]))
})

test('a part of the world that is not spoken of is gone when the host was looked at whole', () => {
  const spool = spoolIn()
  const connection = (server: string) => ({
    type: 'postgres-connections',
    value: { server, role: 'app', encrypted: true, count: 1 },
  })
  const part = (scope: string, state: Coverage['state'] = 'complete'): Coverage => ({
    type: 'postgres-connections',
    scope,
    state,
    detail: '',
  })
  spool.record(run([connection('h1/1'), connection('h1/2')], [part('h1'), part('h1/1'), part('h1/2')]))
  expect(spool.record(run([], [part('h1', 'failed'), part('h1/2', 'failed')]))).toMatchObject({
    put: 0,
    gone: 0,
  })
  expect(spool.record(run([], [part('h1'), part('h1/2', 'failed')]))).toMatchObject({ put: 0, gone: 1 })
  expect(spool.coverageOf('accounts')).toEqual([part('h1'), part('h1/2', 'failed')])
})

test('days without a server are one heartbeat, and many changes become one full report', () => {
  const spool = spoolIn(undefined, { reports: 10, bytes: 1 << 20 })
  spool.record(run(madeFacts(1)))
  spool.next(everything, nobodyPaused)
  spool.taken('accounts', 1)
  for (let at = 0; at < 100; at += 1) spool.record(run(madeFacts(1), [complete], at))
  expect(spool.waiting()).toBe(1)
  expect(spool.next(everything, nobodyPaused)).toMatchObject([{ put: [], gone: [], observedAt: 99 }])
  for (let seed = 2; seed < 40; seed += 1) spool.record(run(madeFacts(seed)))
  expect(spool.waiting()).toBeLessThanOrEqual(11)
  const reports = spool.next(everything, nobodyPaused)
  expect(reports[0]).toMatchObject({ kind: 'full' })
  expect(applied(reports)).toEqual(byName(madeFacts(39)))
})

test('a paused collector waits, and the others do not', () => {
  const spool = spoolIn()
  spool.record(run(madeFacts(1)))
  spool.record({ ...run(madeFacts(2)), collector: 'others' })
  const names = spool.next(everything, new Set(['accounts'])).map(({ collector }) => collector)
  expect(names).toEqual(['others'])
})

test('one fact said twice and differently is an error, and changes nothing', () => {
  const spool = spoolIn()
  const [one] = madeFacts(1)
  if (one === undefined) throw new Error('no facts')
  const other = { type: one.type, value: { ...Object(one.value), shell: '/bin/other' } }
  expect(() => spool.record(run([one, other]))).toThrow('said twice')
  expect(spool.waiting()).toBe(0)
})

test('what was first seen is remembered over a restart, until it is over', () => {
  const path = folderWith().at('spool.sqlite')
  const first = openSpool(path)
  expect(first.remember('updates', ['a', 'b'], 10)).toEqual(
    new Map([
      ['a', 10],
      ['b', 10],
    ]),
  )
  first.close()
  const second = spoolIn(path)
  expect(second.remember('updates', ['b', 'c'], 20)).toEqual(
    new Map([
      ['b', 10],
      ['c', 20],
    ]),
  )
  expect(second.remember('updates', ['a'], 30)).toEqual(new Map([['a', 30]]))
})

test.each<[string, (bytes: Buffer) => Buffer | string]>([
  ['text instead of a database', () => 'not a database, but longer than the header of one is '.repeat(40)],
  ['pages overwritten', (bytes) => bytes.fill(0xaa, 4096)],
  ['cut in the middle', (bytes) => bytes.subarray(0, 4096 + 100)],
])('a damaged spool is put aside and everything is said anew: %s', (_name, damage) => {
  const path = folderWith().at('spool.sqlite')
  const before = openSpool(path)
  before.record(run(madeFacts(1)))
  before.close()
  writeFileSync(path, damage(readFileSync(path)))
  const after = spoolIn(path)
  expect(after.damaged).toBe(true)
  after.record(run(madeFacts(2)))
  expect(applied(after.next(everything, nobodyPaused))).toEqual(byName(madeFacts(2)))
  expect(readFileSync(`${path}.damaged`).length).toBeGreaterThan(0)
})

test('a spool of a newer agent is left as it is', () => {
  const path = folderWith().at('spool.sqlite')
  openSpool(path).close()
  const database = new DatabaseSync(path)
  database.exec('pragma user_version = 99')
  database.close()
  expect(() => openSpool(path)).toThrow(expect.objectContaining({ code: 'spool-newer' }))
})

test('two agents do not share one spool', () => {
  const path = folderWith().at('spool.sqlite')
  spoolIn(path)
  expect(() => openSpool(path)).toThrow(expect.objectContaining({ code: 'already-running' }))
})
