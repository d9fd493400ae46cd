import fc from 'fast-check'
import { expect, test } from 'vitest'
import { instantText, parseTimestamptz } from './instant.ts'

test.each([
  ['1970-01-01 00:00:00+00', 0],
  ['2026-11-24 14:05:06.123456+00', Date.UTC(2026, 10, 24, 14, 5, 6, 123)],
  ['2026-11-24 14:05:06.1+00', Date.UTC(2026, 10, 24, 14, 5, 6, 100)],
  ['2026-11-24 15:35:06+01:30', Date.UTC(2026, 10, 24, 14, 5, 6)],
  ['1969-12-31 23:59:59.999999+00', -1],
  ['infinity', Infinity],
  ['-infinity', -Infinity],
])('PostgreSQL says %s, we read %d', (text, instant) => {
  expect(parseTimestamptz(text)).toBe(instant)
})

test.each(['2026-11-24', '24.11.2026 14:05:06 CET', '0044-03-15 00:00:00+00 BC', ''])(
  '%j is refused',
  (text) => {
    expect(() => parseTimestamptz(text)).toThrow(RangeError)
  },
)

test('every instant from year 1000 to 9999 is read as it was written', () => {
  const range = { min: Date.UTC(1000, 0, 1), max: Date.UTC(9999, 11, 31) }
  fc.assert(
    fc.property(fc.integer(range), (instant) => {
      const printed = instantText(instant).replace('T', ' ').replace('Z', '+00')
      expect(parseTimestamptz(printed)).toBe(instant)
    }),
  )
})

test('fractions of a millisecond are cut off towards the past', () => {
  expect(instantText(1.9)).toBe('1970-01-01T00:00:00.001Z')
  expect(instantText(-0.1)).toBe('1969-12-31T23:59:59.999Z')
})
