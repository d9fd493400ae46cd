import { uptime } from 'node:os'
import type { Instant } from '@hevd/core'

/** The wall clock of the machine that the command runs on. */
export const wallClock = (): Instant => Date.now()

/** Coarser than the resolution of `uptime`, finer than any suspension that matters. */
const resolution = 1000

/**
 * Milliseconds of a clock that is never set and goes on while the machine sleeps. `performance.now()` stands still then
 * (CLOCK_MONOTONIC), so that waking up looks like a jump of every wall clock; what Linux counts from boot does not
 * (CLOCK_BOOTTIME, which `uptime` reads in hundredths of a second).
 */
export function sleeplessClock(
  awake: () => number = () => performance.now(),
  sinceBoot: () => number = process.platform === 'linux' ? () => uptime() * 1000 : awake,
): () => number {
  let asleep = sinceBoot() - awake()
  return () => {
    const now = awake()
    const slept = sinceBoot() - now
    if (Math.abs(slept - asleep) > resolution) asleep = slept
    return now + asleep
  }
}
