import { expect, test } from 'vitest'
import { barLine, clock } from './progress.ts'

test('a bar says what, how far, how fast and for how long', () => {
  const at = { what: 'hevd', step: 'copying', done: 250e6, total: 1e9, elapsed: 5000 }
  expect(barLine(at, 'en')).toBe('hevd  █████░░░░░░░░░░░░░░░  25 %  copying  250 MB/1 GB  50 MB/s  0:15')
  expect(barLine({ ...at, total: null, elapsed: 10 }, 'nb')).toBe('hevd  kopierer  250 MB')
  expect(barLine({ ...at, step: 'looking', done: 12_000, total: null }, 'en')).toBe(
    'hevd  looking for changes  12,000',
  )
  expect([clock(59_600), clock(3_725_000)]).toEqual(['1:00', '1:02:05'])
})
