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
  expect(all.map((judged) => keep(one(stored), one(judged), 140).state)).toEqual(kept)
})

describe('a record that came late', () => {
  const backdated = one('met', { dischargedAt: 90, recordedAt: 130 })
  test('turns nothing green, whatever date it bears', () => {
    expect(keep(one('open'), backdated, 140).state).toBe('late')
    expect(keep(one('overdue'), backdated, 140).state).toBe('late')
    expect(keep(one('missed'), backdated, 140)).toMatchObject({
      state: 'missed',
      dischargedAt: 90,
      recordedAt: 130,
    })
  })
  test('but may come within the grace', () => {
    expect(keep(one('open'), { ...backdated, overdueAt: 131 }, 140).state).toBe('met')
    expect(keep(one('open'), { ...backdated, overdueAt: 130 }, 140).state).toBe('late')
  })
  test('of a time before Hevd watched it counts by its date', () => {
    expect(keepAll([], [backdated], 140).kept).toEqual([backdated])
  })
})

describe('what is seen to be done, with no record that tells when', () => {
  const gone = one('met', { dischargedAt: null, recordedAt: null })
  test('was done when it was first seen, and that does not move', () => {
    const first = keep(one('open'), gone, 80)
    expect(first).toEqual(one('met', { dischargedAt: 80, recordedAt: 80 }))
    expect(keep(first, gone, 90)).toEqual(first)
    expect(keep(first, gone, 150)).toEqual(first)
  })
  test('after its time it is late for ever, from when it was first seen', () => {
    const late = keep(one('overdue'), gone, 120)
    expect(late).toEqual(one('late', { dischargedAt: 120, recordedAt: 120 }))
    expect(keep(late, gone, 200)).toEqual(late)
    expect(keep(one('open'), gone, 120)).toEqual(late)
  })
  test('heard of only after its time, it is not observed; before, it is met', () => {
    expect(keepAll([], [gone], 100).kept).toEqual([
      one('not-observed', { dischargedAt: 100, recordedAt: 100 }),
    ])
    expect(keepAll([], [gone], 99).kept).toEqual([one('met', { dischargedAt: 99, recordedAt: 99 })])
  })
  test('done in time and undone afterwards is not met', () => {
    expect(keep(one('met'), one('overdue'), 120).state).toBe('overdue')
  })
  test('what nobody observed stays so', () => {
    expect(keep(one('not-observed'), gone, 150).state).toBe('not-observed')
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
        const { kept, withdrawn } = keepAll(stored, round, 400)
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
