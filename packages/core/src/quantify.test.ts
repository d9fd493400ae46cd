import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Reading, seen, type Unseen } from './fact.ts'
import { every, none, some, type Truth } from './quantify.ts'
import { fails, type Judgement, unknown, type Verdict, worse } from './verdict.ts'

const untold = unknown('untold')
const silent: Unseen = { code: 'silent', feed: 'f', since: 0 }
const truth = (value: string): Truth => (value === 'yes' ? true : value === 'no' ? false : untold)
const reading = (values: readonly string[], whole: boolean): Reading<string> => ({
  ...seen(values),
  unseen: whole ? [] : [silent],
})
const say = {
  none: (of: Reading<string>) => none(of, truth, (bad) => fails('bad', { bad: [...bad] })),
  every: (of: Reading<string>) => every(of, truth, (bad) => fails('bad', { bad: [...bad] })),
  some: (of: Reading<string>) => some(of, truth, () => fails('absent')),
} as const

describe('truth tables', () => {
  test.each<[string[], boolean, Verdict, Verdict, Verdict]>([
    // what was seen, whether it was all, none, every, some
    [[], true, 'holds', 'holds', 'fails'],
    [[], false, 'unknown', 'unknown', 'unknown'],
    [['no'], true, 'holds', 'fails', 'fails'],
    [['no'], false, 'unknown', 'fails', 'unknown'],
    [['yes'], true, 'fails', 'holds', 'holds'],
    [['yes'], false, 'fails', 'unknown', 'holds'],
    [['untold'], true, 'unknown', 'unknown', 'unknown'],
    [['untold'], false, 'unknown', 'unknown', 'unknown'],
    [['yes', 'no'], true, 'fails', 'fails', 'holds'],
    [['yes', 'untold'], true, 'fails', 'unknown', 'holds'],
    [['no', 'untold'], true, 'unknown', 'fails', 'unknown'],
  ])('%j, seen whole: %s', (values, whole, ofNone, ofEvery, ofSome) => {
    const of = reading(values, whole)
    expect([say.none(of), say.every(of), say.some(of)].map(({ verdict }) => verdict)).toEqual([
      ofNone,
      ofEvery,
      ofSome,
    ])
  })

  test('the failure names every counterexample that was seen, and what was not seen is said first', () => {
    expect(say.every(reading(['no', 'yes', 'no'], false)).why).toEqual({
      code: 'bad',
      params: { bad: ['no', 'no'] },
    })
    expect(say.none(reading(['untold'], false)).why?.code).toBe('unseen-silent')
    expect(say.none(reading(['untold'], true)).why?.code).toBe('untold')
  })
})

describe('laws', () => {
  const values = fc.array(fc.constantFrom('yes', 'no', 'untold'), { maxLength: 6 })
  const quantifier = fc.constantFrom('none' as const, 'every' as const)
  const better = (a: Judgement, b: Judgement) =>
    a.verdict !== b.verdict && worse(a.verdict, b.verdict) === b.verdict

  test('adding a counterexample never improves', () => {
    fc.assert(
      fc.property(values, fc.boolean(), quantifier, fc.nat(), (seenValues, whole, name, position) => {
        const bad = name === 'none' ? 'yes' : 'no'
        const more = seenValues.toSpliced(position % (seenValues.length + 1), 0, bad)
        expect(say[name](reading(more, whole)).verdict).toBe('fails')
        expect(better(say[name](reading(more, whole)), say[name](reading(seenValues, whole)))).toBe(false)
      }),
    )
  })

  test('hiding a fact never turns a failure into holding, for all three', () => {
    fc.assert(
      fc.property(
        values,
        fc.constantFrom('none' as const, 'every' as const, 'some' as const),
        fc.nat(),
        (all, name, position) => {
          const whole = say[name](reading(all, true))
          const hidden = say[name](reading(all.toSpliced(position % (all.length + 1), 1), false))
          if (whole.verdict === 'fails') expect(hidden.verdict).not.toBe('holds')
          if (whole.verdict === 'holds') expect(hidden.verdict).not.toBe('fails')
        },
      ),
    )
  })

  test('every is none of the opposite, and some holds exactly where none of it fails', () => {
    const opposite = { yes: 'no', no: 'yes', untold: 'untold' } as const
    fc.assert(
      fc.property(values, fc.boolean(), (all, whole) => {
        const of = reading(all, whole)
        const turned = reading(
          all.map((value) => opposite[value]),
          whole,
        )
        expect(say.every(of).verdict).toBe(say.none(turned).verdict)
        const swapped = { holds: 'fails', fails: 'holds', unknown: 'unknown' } as const
        expect(say.some(of).verdict).toBe(swapped[say.none(of).verdict])
      }),
    )
  })
})
