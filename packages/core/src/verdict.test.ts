import fc from 'fast-check'
import { expect, test } from 'vitest'
import { allOf, fails, holds, type Judgement, unknown, type Verdict, worse } from './verdict.ts'

test.each<[Verdict, Verdict, Verdict]>([
  ['holds', 'holds', 'holds'],
  ['holds', 'unknown', 'unknown'],
  ['holds', 'fails', 'fails'],
  ['unknown', 'holds', 'unknown'],
  ['unknown', 'unknown', 'unknown'],
  ['unknown', 'fails', 'fails'],
  ['fails', 'holds', 'fails'],
  ['fails', 'unknown', 'fails'],
  ['fails', 'fails', 'fails'],
])('of %s and %s the worse is %s', (a, b, expected) => {
  expect(worse(a, b)).toBe(expected)
})

test('of nothing, nothing holds', () => {
  expect(allOf()).toEqual(unknown('nothing-judged'))
})

test('of several it is the first of the worst, in whatever company', () => {
  const one = fc.constantFrom<Judgement>(holds(), unknown('a'), unknown('b'), fails('c'), fails('d'))
  fc.assert(
    fc.property(fc.array(one, { minLength: 1 }), (judgements) => {
      const all = allOf(...judgements)
      expect(all.verdict).toBe(judgements.map(({ verdict }) => verdict).reduce(worse))
      expect(all).toBe(judgements.find(({ verdict }) => verdict === all.verdict))
    }),
  )
})
