import type { Clock, Instant } from '@hevd/core'

/** A clock that stands still until it is told to move. */
export type TestClock = Clock & {
  /** Moves by milliseconds, backwards too. */
  advance(milliseconds: number): void
  set(instant: Instant): void
}

/** `start` in milliseconds or as ISO 8601 text (`2026-01-01T12:00:00Z`). */
export function testClock(start: Instant | string): TestClock {
  let present = typeof start === 'number' ? start : Date.parse(start)
  if (Number.isNaN(present)) throw new RangeError(`Not an instant: ${start}`)
  return {
    now: () => present,
    advance(milliseconds) {
      present += milliseconds
    },
    set(instant) {
      present = instant
    },
  }
}
