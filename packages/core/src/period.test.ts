import { describe, expect, test } from 'vitest'
import { periodOf, type Stretch, sharesOf, unseenDuring } from './period.ts'

const hour = 3_600_000
const stretch = (from: number, until: number, state: Stretch['state']): Stretch => ({ from, until, state })

describe('a period', () => {
  test.each([
    ['2028-02-28', '2028-02-29', 48],
    ['2027-03-28', '2027-03-28', 23],
    ['2027-10-31', '2027-10-31', 25],
    ['2027-01-01', '2027-12-31', 365 * 24],
    ['2028-01-01', '2028-12-31', 366 * 24],
  ])('from %s to %s in Oslo lasts %i hours', (first, last, hours) => {
    const { from, until } = periodOf(first, last, 'Europe/Oslo')
    expect((until - from) / hour).toBe(hours)
  })

  test('has a day', () => {
    expect(() => periodOf('2027-02-02', '2027-02-01', 'Europe/Oslo')).toThrow(RangeError)
  })
})

describe('what nobody saw', () => {
  test('is unknown where it held, and leaves a failure standing', () => {
    const history = [stretch(0, 10, 'holds'), stretch(10, 20, 'fails'), stretch(20, 30, 'excepted')]
    const gaps = [
      { from: 2, until: 4 },
      { from: 3, until: 5 },
      { from: 8, until: 25 },
    ]
    expect(unseenDuring(history, gaps)).toEqual([
      stretch(0, 2, 'holds'),
      stretch(2, 5, 'unknown'),
      stretch(5, 8, 'holds'),
      stretch(8, 10, 'unknown'),
      stretch(10, 20, 'fails'),
      stretch(20, 25, 'unknown'),
      stretch(25, 30, 'excepted'),
    ])
  })

  test('joins what is unknown on both sides of its edge', () => {
    const history = [stretch(0, 10, 'unknown'), stretch(10, 20, 'holds')]
    expect(unseenDuring(history, [{ from: 10, until: 12 }])).toEqual([
      stretch(0, 12, 'unknown'),
      stretch(12, 20, 'holds'),
    ])
  })
})

test('shares are of the period alone, and what nothing was said of has its own', () => {
  const history = [stretch(0, 10, 'holds'), stretch(10, 14, 'fails')]
  expect(sharesOf(history, { from: 4, until: 20 })).toEqual({
    holds: 6,
    fails: 4,
    unknown: 0,
    excepted: 0,
    unwatched: 6,
  })
})
