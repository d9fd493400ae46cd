import { expect, test } from 'vitest'
import { madeOf } from './made.ts'
import type { BackupsState, RunRecord } from './state.ts'

/** Newest first. */
function after(...outcomes: RunRecord['outcome'][]): BackupsState {
  const runs = outcomes.map((outcome, at): RunRecord => {
    const startedAt = 1000 - at * 10
    const kind = outcome === 'incomplete' ? 'incremental' : 'full'
    const none = { backupId: null, bytes: 0, why: null }
    return {
      id: 100 - at,
      source: 'a',
      target: 'disk',
      kind,
      startedAt,
      endedAt: startedAt + 5,
      outcome,
      ...none,
    }
  })
  const [first] = runs
  const others = first === undefined ? [] : [{ ...first, source: 'b', outcome: 'failed' as const }]
  return { runs: [...others, ...runs], drills: [], logs: [] }
}

test.each<[string, RunRecord['outcome'][], number, number | null]>([
  ['nothing was tried', [], 0, null],
  ['it went well', ['made', 'failed'], 0, null],
  ['one failed since', ['failed', 'made', 'failed'], 1, 1005],
  ['two did', ['failed', 'failed', 'made'], 2, 1005],
  ['one interruption is no failure', ['interrupted', 'made'], 0, 1005],
  ['several are', ['interrupted', 'interrupted', 'interrupted'], 2, 1005],
  ['what runs now tells nothing yet', ['running', 'failed'], 1, 995],
  ['an incomplete one is not tried anew at once', ['incomplete', 'failed'], 0, null],
])('%s', (_what, outcomes, failures, failedAt) => {
  expect(madeOf('a', [], after(...outcomes))).toEqual({ full: null, any: null, failures, failedAt })
})

test('the repository says what is there; where it cannot be asked, the host remembers', () => {
  const state = after('incomplete', 'made')
  const backups = [
    { kind: 'full' as const, startedAt: 1 },
    { kind: 'full' as const, startedAt: 7 },
    { kind: 'incremental' as const, startedAt: 9 },
  ]
  expect(madeOf('a', backups, state)).toMatchObject({ full: 7, any: 9 })
  expect(madeOf('a', [], state)).toMatchObject({ full: null, any: null })
  expect(madeOf('a', null, state)).toMatchObject({ full: 990, any: 1000 })
})
