import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type State, stateOf, sum, type Tally, verdictOf, whyNothingJudged, worst } from './roll-up.ts'

const fine = { whole: true, noneIsFine: true }
const none: Tally = { holds: 0, fails: 0, unknown: 0, excepted: 0 }

test.each<[string, Partial<Tally>, boolean, State]>([
  ['nothing to judge', {}, false, 'unknown'],
  ['nothing to judge, and none is fine', {}, true, 'holds'],
  ['all hold', { holds: 9 }, false, 'holds'],
  ['one of many unknown', { holds: 317, unknown: 1 }, false, 'unknown'],
  ['one unknown where none would be fine', { unknown: 1 }, true, 'unknown'],
  ['one of many fails', { holds: 317, fails: 1 }, false, 'fails'],
  ['a failure and something unknown', { fails: 1, unknown: 8 }, false, 'fails'],
  ['every failure is accepted', { holds: 3, fails: 2, excepted: 2 }, false, 'excepted'],
  ['everything is accepted', { fails: 2, excepted: 2 }, false, 'excepted'],
  ['one of two failures is accepted', { fails: 2, excepted: 1 }, false, 'fails'],
  ['accepted failures and something unknown', { fails: 2, excepted: 2, unknown: 1 }, false, 'unknown'],
])('%s', (_name, tally, noneIsFine, expected) => {
  expect(stateOf({ ...none, ...tally }, { whole: true, noneIsFine })).toBe(expected)
})

test('while the list itself was not seen whole, nothing about all of it holds, and what failed still fails', () => {
  const partly = { whole: false, noneIsFine: true }
  expect(stateOf({ ...none, holds: 9 }, partly)).toBe('unknown')
  expect(stateOf(none, partly)).toBe('unknown')
  expect(stateOf({ ...none, fails: 2, excepted: 2 }, partly)).toBe('unknown')
  expect(stateOf({ ...none, holds: 9, fails: 1 }, partly)).toBe('fails')
})

test('an accepted failure is still a failure', () => {
  expect(verdictOf('excepted')).toBe('fails')
  for (const state of ['holds', 'fails', 'unknown'] as const) expect(verdictOf(state)).toBe(state)
})

test('the worst of states, of nothing unknown', () => {
  const order: State[] = ['holds', 'excepted', 'unknown', 'fails']
  expect(worst([])).toBe('unknown')
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...order), { minLength: 1 }), (states) => {
      expect(order.indexOf(worst(states))).toBe(Math.max(...states.map((state) => order.indexOf(state))))
    }),
  )
})

test('the sum is over all subjects, however they are split', () => {
  const tally = fc
    .record({ holds: fc.nat(99), fails: fc.nat(99), unknown: fc.nat(99) })
    .chain((counts) => fc.nat(counts.fails).map((excepted): Tally => ({ ...counts, excepted })))
  fc.assert(
    fc.property(fc.array(tally), fc.nat(), (tallies, at) => {
      const all = sum(tallies)
      const count = ({ holds, fails, unknown }: Tally) => holds + fails + unknown
      expect(count(all)).toBe(tallies.reduce((total, one) => total + count(one), 0))
      expect(sum([sum(tallies.slice(0, at)), sum(tallies.slice(at))])).toEqual(all)
      if (tallies.length > 0 && count(all) > 0) {
        const judged = tallies.filter((one) => count(one) > 0)
        expect(stateOf(all, fine)).toBe(worst(judged.map((one) => stateOf(one, fine))))
      }
    }),
  )
})

test('why nothing was judged', () => {
  expect(whyNothingJudged(0).code).toBe('not-yet-proven')
  expect(whyNothingJudged(2).code).toBe('population-empty')
})
