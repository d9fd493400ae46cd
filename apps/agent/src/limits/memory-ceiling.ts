import { pause } from '../sending/doorbell.ts'

const lookedAtEvery = 15_000

/** Resolves with the mebibytes in use when they pass `ceiling`, or with null when `signal` is aborted. */
export async function passesMemory(
  ceiling: number,
  residentBytes: () => number,
  signal: AbortSignal,
): Promise<number | null> {
  while (!signal.aborted) {
    const used = Math.round(residentBytes() / 2 ** 20)
    if (used > ceiling) return used
    await pause(lookedAtEvery, signal)
  }
  return null
}
