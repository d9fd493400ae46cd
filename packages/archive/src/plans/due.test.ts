import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Made, nextDrill, nextDue } from './due.ts'
import type { Plan } from './settings.ts'

const minute = 60_000
const hour = 60 * minute
const day = 24 * hour
const now = Date.parse('2026-11-26T08:00:00Z')

const base = { name: 'files', target: 'disk', recipients: [], full: 'P7D', keep: null }
const folder: Plan = {
  ...base,
  of: { kind: 'folder', path: '/srv', exclude: [], oneFileSystem: true },
  incremental: 'P1D',
}
const server: Plan = { ...base, of: { kind: 'postgresql', url: 'own' }, incremental: 'PT5M' }
const never: Made = { full: null, any: null, failures: 0, failedAt: null }

describe('the next backup', () => {
  test.each<[string, Plan, Partial<Made>, 'full' | 'incremental', number]>([
    ['is full where there is none', folder, {}, 'full', 0],
    ['is of the changes between full ones', folder, { full: -2 * day, any: -hour }, 'incremental', 23 * hour],
    [
      'is of the changes though they are late',
      folder,
      { full: -3 * day, any: -3 * day },
      'incremental',
      -2 * day,
    ],
    ['is full when that comes first', folder, { full: -6.5 * day, any: -hour }, 'full', 0.5 * day],
    ['is full when both are late', folder, { full: -9 * day, any: -2 * day }, 'full', -2 * day],
    [
      'of a server is full: its changes are its log',
      server,
      { full: -2 * day, any: -2 * day },
      'full',
      5 * day,
    ],
    ['waits a minute after a failure', folder, { failures: 1, failedAt: -10 }, 'full', minute - 10],
    ['waits twice as long after another', folder, { failures: 3, failedAt: -10 }, 'full', 4 * minute - 10],
    ['waits no longer than an hour', folder, { failures: 40, failedAt: -10 }, 'full', hour - 10],
    [
      'waits no longer for a failure than until it is due',
      folder,
      { full: -day, any: 0, failures: 1, failedAt: -10 },
      'incremental',
      day,
    ],
    ['is now where the clock was set back', folder, { full: 30 * day, any: 30 * day }, 'full', 0],
    ['is now where a failure is ahead of the clock', folder, { failures: 3, failedAt: 30 * day }, 'full', 0],
  ])('%s', (_what, plan, { full, any, failures = 0, failedAt }, kind, at) => {
    const moment = (since: number | null | undefined) => (since == null ? null : now + since)
    const made = { full: moment(full), any: moment(any), failures, failedAt: moment(failedAt) }
    expect(nextDue(plan, made, now)).toEqual({ kind, at: now + at })
  })

  test('never waits longer than the plan says, whatever the clock did', () => {
    const moment = fc.option(fc.integer({ min: now - 100 * day, max: now + 100 * day }))
    const made = fc.record({ full: moment, any: moment, failures: fc.nat(50), failedAt: moment })
    fc.assert(
      fc.property(made, fc.constantFrom(folder, server), (known, plan) => {
        expect(nextDue(plan, known, now).at).toBeLessThanOrEqual(now + 7 * day + hour)
        expect(nextDue(plan, { ...never, failures: known.failures }, now)).toEqual({ kind: 'full', at: now })
      }),
    )
  })
})

test.each([
  ['none was made', null, 0],
  ['the last one passed', { outcome: 'passed', ago: day }, 29 * day],
  ['it failed: again the next day', { outcome: 'failed', ago: hour }, 23 * hour],
  ['it could not be carried out: again in an hour', { outcome: 'not-run', ago: minute }, 59 * minute],
  ['it is ahead of the clock', { outcome: 'passed', ago: -30 * day }, 0],
])('the next drill: %s', (_what, last, at) => {
  const run =
    last === null ? null : { outcome: last.outcome, startedAt: now - last.ago, endedAt: now - last.ago }
  expect(nextDrill('P30D', run, now)).toBe(now + at)
})
