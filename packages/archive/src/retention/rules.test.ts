import { minus } from '@hevd/core'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { BackupRecord } from '../backup.ts'
import { backupId } from '../repository/layout.ts'
import { type KeepRules, sortByRules } from './rules.ts'

const zone = 'Europe/Oslo'
const now = Date.parse('2026-11-26T12:00:00Z')
const day = 86_400_000

function backup(startedAt: number, more: Partial<BackupRecord> = {}): BackupRecord {
  const kind = more.kind ?? 'full'
  return {
    format: 1,
    id: backupId(startedAt, kind),
    source: 's',
    of: 'folder',
    kind,
    parent: null,
    host: 'h',
    startedAt,
    endedAt: startedAt + 60_000,
    contentBytes: 0,
    generation: 0,
    missed: 0,
    torn: 0,
    files: [],
    recipients: ['age1'],
    postgresql: null,
    ...more,
  }
}

/** A backup each day at noon, so many, the newest a day ago. */
const daily = (count: number, more: Partial<BackupRecord> = {}) =>
  Array.from({ length: count }, (_, index) => backup(now - (count - index) * day, more))

const keptOf = (backups: readonly BackupRecord[], rules: KeepRules, minima: readonly string[] = []) =>
  sortByRules(backups, rules, minima, now, zone)
    .kept.map(({ backup }) => backup.id.slice(0, 8))
    .reverse()

test.each<[string, KeepRules, readonly string[]]>([
  ['nothing but the newest full one', {}, ['20261125']],
  ['the last three', { last: 3 }, ['20261123', '20261124', '20261125']],
  ['those of three days', { within: 'P3D' }, ['20261123', '20261124', '20261125']],
  ['the newest of three weeks', { weekly: 3 }, ['20261115', '20261122', '20261125']],
  ['the newest of three months', { monthly: 3 }, ['20260930', '20261031', '20261125']],
  ['of two days and two months', { daily: 2, monthly: 2 }, ['20261031', '20261124', '20261125']],
])('of a hundred daily backups, %s', (_, rules, kept) => expect(keptOf(daily(100), rules)).toEqual(kept))

test('the newest of a day, in the zone of those who count it', () => {
  const night = Date.parse('2026-11-20T23:30:00Z')
  const two = [backup(night), backup(night + 3_600_000), backup(now - day)]
  // 00.30 and 01.30 of the same Norwegian day, which in UTC are of two.
  expect(sortByRules(two, { daily: 5 }, [], now, zone).kept).toHaveLength(2)
  expect(sortByRules(two, { daily: 5 }, [], now, 'UTC').kept).toHaveLength(3)
})

test('what a kept one needs is kept', () => {
  const full = backup(now - 90 * day)
  const first = backup(now - 60 * day, { kind: 'incremental', parent: full.id })
  const second = backup(now - day, { kind: 'incremental', parent: first.id })
  const other = backup(now - 2 * day)
  const { kept, removed } = sortByRules([full, first, second, other], { last: 1 }, [], now, zone)
  expect(kept.map(({ backup, by }) => [backup, by])).toEqual([
    [second, ['last']],
    [other, ['newest-full']],
    [first, ['needed']],
    [full, ['needed']],
  ])
  expect(removed).toEqual([])
})

test('one that is not whole is nobody’s newest, and goes when its minimum has passed', () => {
  const backups = [
    backup(now - 3 * day),
    backup(now - 2 * day, { missed: 1 }),
    backup(now - day, { missed: 1 }),
  ]
  const by = (minima: readonly string[]) =>
    sortByRules(backups, { last: 1 }, minima, now, zone).kept.map(({ backup }) => backup.id.slice(0, 8))
  expect(by([])).toEqual(['20261125', '20261123'])
  expect(by(['P7D'])).toEqual(['20261125', '20261124', '20261123'])
})

test('of a server the base before the minimum is kept, for its moments are reached from there', () => {
  const weekly = [50, 43, 36, 29, 22, 15, 8, 1].map((ago) => backup(now - ago * day, { of: 'postgresql' }))
  const { kept } = sortByRules(weekly, {}, ['P30D'], now, zone)
  expect(kept.map(({ backup }) => Math.round((now - backup.startedAt) / day))).toEqual([1, 8, 15, 22, 29, 36])
})

test('without rules everything stays', () => {
  expect(sortByRules(daily(50), null, [], now, zone).removed).toEqual([])
})

const age = fc.integer({ min: 0, max: 800 })
const backups = fc
  .array(
    fc.record({
      age,
      incremental: fc.boolean(),
      missed: fc.boolean(),
      server: fc.boolean(),
      parent: fc.nat(),
    }),
    {
      maxLength: 40,
    },
  )
  .map((made) => {
    const all: BackupRecord[] = []
    for (const { age, incremental, missed, server, parent } of made.sort((a, b) => b.age - a.age)) {
      const needs = incremental && all.length > 0 ? all[parent % all.length] : undefined
      const startedAt = now - age * 3 * 3_600_000 - all.length
      const [of, kind] = [
        server ? 'postgresql' : 'folder',
        needs === undefined ? 'full' : 'incremental',
      ] as const
      const id = `${backupId(startedAt, kind)}-${all.length}`
      all.push(backup(startedAt, { of, kind, id, parent: needs?.id ?? null, missed: missed ? 1 : 0 }))
    }
    return all
  })
const count = fc.option(fc.nat(10), { nil: undefined })
const duration = fc.nat(60).map((days) => `P${days}D`)
const rules: fc.Arbitrary<KeepRules> = fc.record({
  within: fc.option(duration, { nil: undefined }),
  last: count,
  daily: count,
  weekly: count,
  monthly: count,
})

test('whatever the rules, nothing younger than a minimum goes, nor the newest full one, nor what another needs', () =>
  fc.assert(
    fc.property(backups, rules, fc.array(duration, { maxLength: 2 }), (all, given, minima) => {
      const { kept, removed } = sortByRules(all, given, minima, now, zone)
      const ids = new Set(kept.map(({ backup }) => backup.id))
      expect(ids.size + removed.length).toBe(all.length)
      for (const { endedAt } of removed)
        for (const minimum of minima) expect(endedAt).toBeLessThanOrEqual(minus(now, minimum, zone))
      for (const { backup } of kept) if (backup.parent !== null) expect(ids).toContain(backup.parent)
      const fulls = all.filter(({ kind }) => kind === 'full').sort((a, b) => b.startedAt - a.startedAt)
      for (const newest of [fulls[0], fulls.find(({ missed }) => missed === 0)])
        if (newest !== undefined) expect(ids).toContain(newest.id)
    }),
  ))

test('sorting what was kept once more removes nothing', () =>
  fc.assert(
    fc.property(backups, rules, (all, given) => {
      const { kept } = sortByRules(all, given, [], now, zone)
      const again = sortByRules(
        kept.map(({ backup }) => backup),
        given,
        [],
        now,
        zone,
      )
      expect(again.removed).toEqual([])
    }),
  ))

test('the order in which they are given does not matter', () =>
  fc.assert(
    fc.property(backups, rules, fc.array(duration, { maxLength: 1 }), (all, given, minima) => {
      expect(sortByRules(all.toReversed(), given, minima, now, zone)).toEqual(
        sortByRules(all, given, minima, now, zone),
      )
    }),
  ))
