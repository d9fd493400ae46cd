/** Milliseconds to wait before the next attempt: doubles with every failure in a row, from one second to a minute. */
export type Pauses = { next(): number; reset(): void }

const shortest = 1000
const longest = 60_000

/** @param random in [0, 1): hosts that lost the same server do not all return in the same moment. */
export function growingPauses(random: () => number): Pauses {
  let failures = 0
  return {
    next() {
      const whole = Math.min(longest, shortest * 2 ** failures)
      failures = Math.min(failures + 1, 16)
      return Math.round(whole * (0.5 + random() / 2))
    },
    reset() {
      failures = 0
    },
  }
}
