import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  clockTimeOf,
  dateOf,
  endOfDate,
  isCalendarDate,
  isDuration,
  Moment,
  milliseconds,
  minus,
  plus,
  startOfDate,
  toIso,
  whenClocksShow,
} from './time.ts'
import { after, daysBetween, endOf, isNothing, lastOf, laterOf, startOf } from './when.ts'

const oslo = 'Europe/Oslo'
const at = Date.parse

describe('ISO 8601 durations', () => {
  test.each(['P30D', 'PT15M', 'P1Y', 'P1Y2M3W4DT5H6M7.5S', 'P0D', 'PT0S', 'P2W'])('%s is one', (text) =>
    expect(isDuration(text)).toBe(true),
  )
  test.each(['', 'P', '30D', '-P1D', 'P-1D', 'PT', '1 day', 'P1D '])('“%s” is none', (text) =>
    expect(isDuration(text)).toBe(false),
  )
  test('clock units are milliseconds, calendar units are refused', () => {
    expect(milliseconds('P1DT1H')).toBe(25 * 3_600_000)
    for (const text of ['P1Y', 'P1M', 'P1W']) expect(() => milliseconds(text)).toThrow(RangeError)
  })
  test('nothing is nothing', () => {
    expect(isNothing('PT0S')).toBe(true)
    expect(isNothing('PT1S')).toBe(false)
  })
})

test.each([
  ['2024-02-29', true],
  ['2026-02-29', false],
  ['2026-13-01', false],
  ['2026-1-1', false],
  ['20260101', false],
  ['2026-01-01T00:00', false],
])('%s is a calendar date: %s', (text, expected) => expect(isCalendarDate(text)).toBe(expected))

describe('the calendar of Oslo', () => {
  test.each([
    [
      'a day over the start of summer time is 23 hours',
      '2026-03-28T12:00+01:00',
      'P1D',
      '2026-03-29T12:00+02:00',
    ],
    ['24 hours over it are 24 hours', '2026-03-28T12:00+01:00', 'PT24H', '2026-03-29T13:00+02:00'],
    ['a day over its end is 25 hours', '2026-10-24T12:00+02:00', 'P1D', '2026-10-25T12:00+01:00'],
    ['a month’s end is kept', '2026-01-31T12:00+01:00', 'P1M', '2026-02-28T12:00+01:00'],
    ['in a leap year too', '2028-01-31T12:00+01:00', 'P1M', '2028-02-29T12:00+01:00'],
    ['a leap day and a year', '2028-02-29T12:00+01:00', 'P1Y', '2029-02-28T12:00+01:00'],
    ['a leap day and four years', '2028-02-29T12:00+01:00', 'P4Y', '2032-02-29T12:00+01:00'],
  ])('%s', (_name, from, duration, to) => {
    expect(toIso(plus(at(from), duration, oslo))).toBe(toIso(at(to)))
  })
  test('a time that the clocks jump over is the hour after', () => {
    expect(toIso(plus(at('2026-03-28T02:30+01:00'), 'P1D', oslo))).toBe('2026-03-29T01:30:00.000Z')
  })
  test('a date of 23 or 25 hours', () => {
    const hours = (date: string) => (endOfDate(date, oslo) - startOfDate(date, oslo)) / 3_600_000
    expect([hours('2026-03-29'), hours('2026-03-30'), hours('2026-10-25')]).toEqual([23, 24, 25])
  })
  test('subtracting calendar units', () => {
    expect(minus(at('2026-03-31T12:00+02:00'), 'P1M', oslo)).toBe(at('2026-02-28T12:00+01:00'))
  })
})

test('every instant lies within its date', () => {
  const zones = fc.constantFrom('Europe/Oslo', 'Pacific/Apia', 'America/St_Johns', 'UTC', 'Asia/Kathmandu')
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 4_000_000_000_000 }), zones, (instant, zone) => {
      const date = dateOf(instant, zone)
      expect(startOfDate(date, zone)).toBeLessThanOrEqual(instant)
      expect(instant).toBeLessThan(endOfDate(date, zone))
      expect(dateOf(lastOf(date, zone), zone)).toBe(date)
    }),
  )
})

describe('when, as precisely as it is known', () => {
  test('a date lasts until its end', () => {
    expect(endOf('2026-06-15', oslo)).toBe(at('2026-06-16T00:00+02:00'))
    expect(startOf('2026-06-15', oslo)).toBe(at('2026-06-15T00:00+02:00'))
    expect(laterOf('2026-06-15', at('2026-06-15T12:00+02:00'), oslo)).toBe('2026-06-15')
    expect(laterOf(5, 6, oslo)).toBe(6)
  })
  test('calendar units from a date give a date, hours give a moment from its end', () => {
    expect(after('2026-01-31', 'P1M', oslo)).toBe('2026-02-28')
    expect(after('2026-01-31', 'P1M', oslo, 2)).toBe('2026-03-31')
    expect(after('2026-06-15', 'P1DT2H', oslo)).toBe(at('2026-06-17T02:00+02:00'))
    expect(after('2026-03-31', 'P1M', oslo, -1)).toBe('2026-02-28')
  })
  test('whole days between, over a change of the clocks', () => {
    expect(daysBetween(startOf('2026-03-28', oslo), startOf('2026-03-31', oslo), oslo)).toBe(3)
  })
})

test('a moment remembers the earliest deadline that has not passed', () => {
  const moment = new Moment(1000, oslo)
  expect(moment.horizon).toBeNull()
  expect(moment.passed(1000)).toBe(true)
  expect(moment.horizon).toBeNull()
  expect(moment.passed(3000)).toBe(false)
  expect(moment.passed(2000)).toBe(false)
  expect(moment.passed(4000)).toBe(false)
  expect(moment.horizon).toBe(2000)
  expect(moment.elapsed(0, 'PT1S')).toBe(true)
  expect(moment.elapsed(500, 'PT1S')).toBe(false)
  expect(moment.horizon).toBe(1500)
})

describe('what clocks show', () => {
  test.each([
    ['an ordinary day', '2026-06-01', '07:30', '2026-06-01T05:30:00Z'],
    ['skipped in spring', '2026-03-29', '02:30', '2026-03-29T01:00:00Z'],
    ['after the gap', '2026-03-29', '03:00', '2026-03-29T01:00:00Z'],
    ['twice in autumn: the first', '2026-10-25', '02:30', '2026-10-25T00:30:00Z'],
    ['midnight', '2026-10-25', '00:00', '2026-10-24T22:00:00Z'],
  ])('%s', (_name, date, time, instant) =>
    expect(toIso(whenClocksShow(date, time, oslo))).toBe(toIso(at(instant))),
  )

  test('a date that begins an hour late begins when its clocks do', () => {
    expect(toIso(whenClocksShow('2026-04-24', '00:00', 'Africa/Cairo'))).toBe('2026-04-23T22:00:00.000Z')
  })

  test('of a moment', () => {
    expect(clockTimeOf(at('2026-06-01T05:30:59Z'), oslo)).toBe('07:30')
    expect(clockTimeOf(at('2026-10-25T01:30:00Z'), oslo)).toBe('02:30')
  })
})
