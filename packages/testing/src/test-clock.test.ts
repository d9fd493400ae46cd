import { expect, test } from 'vitest'
import { testClock } from './test-clock.ts'

test('the clock moves only when it is told to', () => {
  const clock = testClock('2026-01-01T12:00:00Z')
  const noon = Date.UTC(2026, 0, 1, 12)
  expect(clock.now()).toBe(noon)
  clock.advance(1500)
  expect(clock.now()).toBe(noon + 1500)
  clock.advance(-1500)
  expect(clock.now()).toBe(noon)
  clock.set(0)
  expect(clock.now()).toBe(0)
})

test('what is no instant is refused', () => {
  expect(() => testClock('noon')).toThrow(RangeError)
})
