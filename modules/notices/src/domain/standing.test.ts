import { describe, expect, test } from 'vitest'
import { isNear, type Standing, standingNow } from './standing.ts'

const hour = 3_600_000
const day = 24 * hour
const row: Standing = { item: 'a', began_at: 0, ended_at: null, deadline: null, revision: 0, changed_at: 0 }
const known = (over: Partial<Standing> = {}) => new Map([['a', { ...row, ...over }]])
const ask = (deadline: number | null = null) => [{ id: 'a', deadline }]

describe('what is asked now', () => {
  test('for the first time: it begins', () => {
    const { begun, changed } = standingNow(new Map(), ask(7), hour, 5)
    expect(begun).toEqual(['a'])
    expect(changed).toEqual([{ ...row, began_at: 5, changed_at: 5, deadline: 7 }])
  })
  test('still: nothing happens', () =>
    expect(standingNow(known(), ask(), hour, 5)).toMatchObject({ begun: [], changed: [] }))
  test('no longer: it ends', () => {
    const moved = standingNow(known(), [], hour, 5)
    expect(moved).toMatchObject({ begun: [], changed: [{ item: 'a', ended_at: 5 }] })
    expect([...moved.standing]).toEqual([])
  })
  test('ended before: stays ended, silently', () =>
    expect(standingNow(known({ ended_at: 1 }), [], hour, 5).changed).toEqual([]))
  test('again within the hour: goes on and is not told', () => {
    const { begun, changed } = standingNow(known({ ended_at: 1 }), ask(), hour, hour)
    expect(begun).toEqual([])
    expect(changed).toEqual([row])
  })
  test('again after the hour: begins anew, a later version of the same', () => {
    const { begun, changed } = standingNow(known({ ended_at: 1 }), ask(), hour, hour + 1)
    expect(begun).toEqual(['a'])
    expect(changed).toMatchObject([{ began_at: hour + 1, ended_at: null, revision: 1 }])
  })
  test('its deadline moved: told to calendars alone', () => {
    const { begun, changed } = standingNow(known({ deadline: 7 }), ask(9), hour, 5)
    expect(begun).toEqual([])
    expect(changed).toMatchObject([{ began_at: 0, deadline: 9, revision: 1, changed_at: 5 }])
  })
})

test.each([
  ['no deadline', null, 3, 5 * day, false],
  ['wants none', 10 * day, null, 9 * day, false],
  ['too early', 10 * day, 3, 6 * day, false],
  ['the first moment', 10 * day, 3, 7 * day, true],
  ['the last', 10 * day, 3, 10 * day - 1, true],
  ['over', 10 * day, 3, 10 * day, false],
  ['began within those days', 2 * day, 3, day, false],
])('a reminder: %s', (_name, deadline, remindDays, now, expected) =>
  expect(isNear({ began_at: 0, deadline }, remindDays, now)).toBe(expected),
)
