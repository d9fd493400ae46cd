import { pause } from '../sending/doorbell.ts'

/** Longest a scan rests at once, in milliseconds: a slow answer must not stop it. */
const longest = 5000

/**
 * Rests `factor` times as long as the work before took, so that the scan uses no more than one part in `factor + 1` of a
 * database session and of one processor.
 */
export function pacedBy(factor: number, signal: AbortSignal): (took: number) => Promise<void> {
  return (took) => pause(Math.min(longest, took * factor), signal)
}

/** Batches that together are about as long as a batch should be: after each, how large the next should be. */
export function batches(
  most: number,
  bytes: number,
): { size: number; took(rows: number, seen: number): void } {
  const state = {
    size: 10,
    took(rows: number, seen: number) {
      if (rows > 0) state.size = Math.max(1, Math.min(most, Math.floor((bytes * rows) / Math.max(1, seen))))
    },
  }
  return state
}
