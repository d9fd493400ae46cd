import { clockTimeOf, toIso } from '@hevd/core'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { afterQuiet, nextDigest, tellAt } from './tell-time.ts'

const oslo = 'Europe/Oslo'
const at = Date.parse
const night = { from: '22:00', until: '07:00' }
const daily = {
  rhythm: 'daily',
  digestTime: '07:30',
  digestWeekday: 1,
  urgentAtOnce: true,
  quiet: null,
} as const

describe('quiet hours, in Oslo', () => {
  test.each([
    ['in the day: at once', night, '2026-06-01T12:00:00Z', '2026-06-01T12:00:00Z'],
    ['before midnight', night, '2026-06-01T21:00:00Z', '2026-06-02T05:00:00Z'],
    ['after midnight', night, '2026-06-01T23:30:00Z', '2026-06-02T05:00:00Z'],
    ['the minute it begins', night, '2026-06-01T20:00:00Z', '2026-06-02T05:00:00Z'],
    ['the minute it ends', night, '2026-06-02T05:00:00Z', '2026-06-02T05:00:00Z'],
    ['within a day', { from: '12:00', until: '13:00' }, '2026-06-01T10:30:00Z', '2026-06-01T11:00:00Z'],
    ['the short night of spring', night, '2026-03-28T22:00:00Z', '2026-03-29T05:00:00Z'],
    ['the long night of autumn', night, '2026-10-24T21:00:00Z', '2026-10-25T06:00:00Z'],
    [
      'ends in the hour that is skipped',
      { from: '23:00', until: '02:30' },
      '2026-03-29T00:30:00Z',
      '2026-03-29T01:00:00Z',
    ],
    [
      'ends in the hour that comes twice',
      { from: '23:00', until: '02:30' },
      '2026-10-25T00:15:00Z',
      '2026-10-25T00:30:00Z',
    ],
    [
      'is quiet again as the clocks are set back',
      { from: '23:00', until: '02:30' },
      '2026-10-25T01:10:00Z',
      '2026-10-25T01:30:00Z',
    ],
    ['no span at all', { from: '08:00', until: '08:00' }, '2026-06-01T06:00:00Z', '2026-06-01T06:00:00Z'],
  ])('%s', (_name, quiet, now, then) => expect(toIso(afterQuiet(quiet, oslo, at(now)))).toBe(toIso(at(then))))

  const clock = fc
    .tuple(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 }))
    .map((parts) => parts.map((part) => String(part).padStart(2, '0')).join(':'))
  const zones = fc.constantFrom(oslo, 'America/St_Johns', 'Australia/Lord_Howe', 'Africa/Cairo', 'UTC')

  test('whatever the night: told within a day and an hour, and never while the clocks say it is quiet', () => {
    const moments = fc.integer({ min: at('2026-01-01T00:00:00Z'), max: at('2027-01-01T00:00:00Z') })
    fc.assert(
      fc.property(moments, clock, clock, zones, (moment, from, until, zone) => {
        const then = afterQuiet({ from, until }, zone, moment)
        expect(then).toBeGreaterThanOrEqual(moment)
        expect(then - moment).toBeLessThanOrEqual(25 * 3_600_000)
        const shown = clockTimeOf(then, zone)
        const quiet = from <= until ? from <= shown && shown < until : from <= shown || shown < until
        expect(quiet).toBe(false)
      }),
      { numRuns: 500 },
    )
  })
})

describe('digests', () => {
  test.each([
    ['the same day', daily, '2026-06-01T05:00:00Z', '2026-06-01T05:30:00Z'],
    ['the moment itself', daily, '2026-06-01T05:30:00Z', '2026-06-01T05:30:00Z'],
    ['the next day', daily, '2026-06-01T05:30:01Z', '2026-06-02T05:30:00Z'],
    ['across the change to summer time', daily, '2026-03-28T12:00:00Z', '2026-03-29T05:30:00Z'],
    ['in a skipped hour', { ...daily, digestTime: '02:30' }, '2026-03-29T00:00:00Z', '2026-03-29T01:00:00Z'],
    [
      'once in an hour that comes twice',
      { ...daily, digestTime: '02:30' },
      '2026-10-25T00:31:00Z',
      '2026-10-26T01:30:00Z',
    ],
    [
      'weekly',
      { ...daily, rhythm: 'weekly', digestWeekday: 5 },
      '2026-06-01T12:00:00Z',
      '2026-06-05T05:30:00Z',
    ],
    [
      'weekly, on Sunday',
      { ...daily, rhythm: 'weekly', digestWeekday: 7 },
      '2026-06-01T12:00:00Z',
      '2026-06-07T05:30:00Z',
    ],
  ] as const)('%s', (_name, rhythm, from, then) =>
    expect(toIso(nextDigest(rhythm, oslo, at(from)))).toBe(toIso(at(then))),
  )
})

describe('when it is told', () => {
  const madeAt = at('2026-06-01T21:00:00Z')
  const told = (over: object, urgent: boolean, now = madeAt) => {
    const then = tellAt({ ...daily, quiet: night, ...over }, oslo, { madeAt, urgent }, now)
    return then === null ? null : toIso(then)
  }
  test('urgent goes round the digest, not round the quiet', () => {
    expect(told({}, true)).toBe('2026-06-02T05:00:00.000Z')
    expect(told({ quiet: null }, true)).toBe('2026-06-01T21:00:00.000Z')
  })
  test('not urgent, or not wanted so: with the digest', () => {
    expect(told({}, false)).toBe('2026-06-02T05:30:00.000Z')
    expect(told({ urgentAtOnce: false }, true)).toBe('2026-06-02T05:30:00.000Z')
  })
  test('a digest in the quiet comes when it ends', () =>
    expect(told({ digestTime: '23:30' }, false)).toBe('2026-06-02T05:00:00.000Z'))
  test('late: now, or after the quiet of now', () => {
    expect(told({ rhythm: 'at-once' }, false, at('2026-06-03T10:00:00Z'))).toBe('2026-06-03T10:00:00.000Z')
    expect(told({ rhythm: 'at-once' }, false, at('2026-06-03T21:00:00Z'))).toBe('2026-06-04T05:00:00.000Z')
  })
  test('off is never', () => expect(told({ rhythm: 'off' }, true)).toBe(null))
})
