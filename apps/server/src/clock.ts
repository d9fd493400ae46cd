import type { Clock, Instant } from '@hevd/core'
import type { Database } from '@hevd/postgres'

export type DatabaseClock = Clock & {
  /**
   * Asks the database anew; the difference to what this clock would have said, in milliseconds. One larger than the
   * tolerance is a jump: it is not taken over, so that nothing flips by it, and judging says so (@hevd/posture).
   */
  sync(): Promise<number>
  /** From now on the database's clock is known to be so many milliseconds ahead; with 0 it is taken over as it is. */
  follow(ahead: number): Promise<void>
}

/**
 * The database's wall clock, carried forward by this process's monotonic clock between askings, so that reading the
 * time costs nothing and every server of an organisation agrees (DESIGN.md, "Time").
 */
export async function databaseClock(
  db: Database,
  monotonic: () => number,
  tolerance: number,
): Promise<DatabaseClock> {
  let ahead = 0
  const sample = async (): Promise<{ at: Instant; on: number }> => {
    const before = monotonic()
    const at = await db.now()
    return { at: at - ahead, on: (before + monotonic()) / 2 }
  }
  let known = await sample()
  const now = () => Math.floor(known.at + monotonic() - known.on)
  return {
    now,
    async sync() {
      const fresh = await sample()
      const difference = Math.round(fresh.at - (known.at + fresh.on - known.on))
      if (Math.abs(difference) <= tolerance) known = fresh
      return difference
    },
    async follow(by) {
      ahead = by
      known = await sample()
    },
  }
}
