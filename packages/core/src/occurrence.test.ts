import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { keep, keepAll, type Occurrence, type OccurrenceState } from './occurrence.ts'

const all: readonly OccurrenceState[] = ['open', 'overdue', 'met', 'late', 'missed', 'not-observed']
const one = (state: OccurrenceState, over: Partial<Occurrence> = {}): Occurrence => ({
  dueAt: 100,
  state,
  dischargedAt: state === 'met' || state === 'late' ? 90 : null,
  recordedAt: state === 'met' || state === 'late' ? 95 : null,
  ...over,
})

test.each<[OccurrenceState, readonly OccurrenceState[]]>([
  // stored; then what is kept when open, overdue, met, late, missed, not-observed is judged
  ['open', ['open', 'overdue', 'met', 'late', 'missed', 'not-observed']],
  ['overdue', ['overdue', 'overdue', 'late', 'late', 'missed', 'overdue']],
  ['met', ['met', 'overdue', 'met', 'late', 'missed', 'met']],
  ['late', all.map(() => 'late')],
  ['missed', all.map(() => 'missed')],
  ['not-observed', all.map(() => 'not-observed')],
])('what was %s', (stored, kept) => {
  expect(all.map((judged) => keep(one(stored), one(judged)).state)).toEqual(kept)
})

describe('a record that came late', () => {
  const backdated = one('met', { dischargedAt: 90, recordedAt: 130 })
  test('turns nothing green, whatever date it bears', () => {
    expect(keep(one('open'), backdated).state).toBe('late')
    expect(keep(one('overdue'), backdated).state).toBe('late')
    expect(keep(one('missed'), backdated)).toMatchObject({
      state: 'missed',
      dischargedAt: 90,
      recordedAt: 130,
    })
  })
  test('but may come within the grace', () => {
    expect(keep(one('open'), { ...backdated, overdueAt: 131 }).state).toBe('met')
    expect(keep(one('open'), { ...backdated, overdueAt: 130 }).state).toBe('late')
  })
  test('of a time before Hevd watched it counts by its date', () => {
    expect(keepAll([], [backdated]).kept).toEqual([backdated])
  })
})

test('whatever is judged and in whatever order, what was out of time is never met', () => {
  const judged = fc.record({
    dueAt: fc.constantFrom(100, 200, 300),
    state: fc.constantFrom(...all),
    dischargedAt: fc.option(fc.nat(400)),
    recordedAt: fc.option(fc.nat(400)),
  })
  const distinct = fc.uniqueArray(judged, { selector: ({ dueAt }) => dueAt })
  fc.assert(
    fc.property(fc.array(distinct, { maxLength: 6 }), (rounds) => {
      let stored: readonly Occurrence[] = []
      for (const round of rounds) {
        const { kept, withdrawn } = keepAll(stored, round)
        for (const before of stored) {
          const now = kept.find(({ dueAt }) => dueAt === before.dueAt)
          if (now === undefined) expect(before.state).toBe('open')
          else if (['overdue', 'late', 'missed', 'not-observed'].includes(before.state))
            expect(['met', 'open']).not.toContain(now.state)
          if (now === undefined) expect(withdrawn).toContain(before)
        }
        expect(new Set(kept.map(({ dueAt }) => dueAt)).size).toBe(kept.length)
        stored = kept
      }
    }),
  )
})
