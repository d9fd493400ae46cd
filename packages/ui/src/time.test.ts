import { describe, expect, test } from 'vitest'
import { dateInWords, durationInWords, lasting, moment } from './time.ts'

const minute = 60_000
const hour = 60 * minute
const day = 24 * hour

test.each([
  [30_000, 'under ett minutt', 'less than a minute'],
  [minute, '1 minutt', '1 minute'],
  [90 * minute, '1 time', '1 hour'],
  [5 * hour, '5 timer', '5 hours'],
  [3 * day, '3 dager', '3 days'],
  [15 * day, '2 uker', '2 weeks'],
  [400 * day, '1 år', '1 year'],
])('how long: %i', (ms, nb, en) => {
  expect([lasting(ms, 'nb'), lasting(ms, 'en')]).toEqual([nb, en])
})

test.each([
  ['P30D', '30 dager', '30 days'],
  ['PT15M', '15 minutter', '15 minutes'],
  ['P1Y6M', '1 år og 6 måneder', '1 year and 6 months'],
  ['P', 'P', 'P'],
  ['soon', 'soon', 'soon'],
])('a duration of the policy: %s', (duration, nb, en) => {
  expect([durationInWords(duration, 'nb'), durationInWords(duration, 'en')]).toEqual([nb, en])
})

describe('a moment, the nearer the shorter', () => {
  const now = new Date(2026, 10, 25, 12, 0).getTime()
  const at = (...parts: readonly [number, number, number, number?, number?]) => new Date(...parts).getTime()
  test.each([
    [at(2026, 10, 25, 9, 12), 'i dag 09:12', 'today 09:12'],
    [at(2026, 10, 24, 23, 59), 'i går 23:59', 'yesterday 23:59'],
    [at(2026, 10, 26, 0, 1), 'i morgen 00:01', 'tomorrow 00:01'],
    [at(2026, 10, 22, 9, 12), 'søndag 09:12', 'Sunday 09:12'],
    [at(2026, 2, 3, 9, 12), '3. mars', '3 March'],
    [at(2024, 2, 3, 9, 12), '3. mars 2024', '3 March 2024'],
  ])('%i', (instant, nb, en) => {
    expect([moment(instant, now, 'nb'), moment(instant, now, 'en')]).toEqual([nb, en])
  })
})

test('a calendar date does not move with the time zone', () => {
  expect([dateInWords('2026-01-01', 'nb'), dateInWords('2026-01-01', 'en')]).toEqual([
    '1. januar 2026',
    '1 January 2026',
  ])
})
