import { setTimeout as sleep } from 'node:timers/promises'

/** Lets one wait until another rings, or until the time is up. A ring that nobody waits for is kept for the next. */
export type Doorbell = {
  ring(): void
  /** Ends early on a ring or an abort. Never throws. */
  wait(milliseconds: number, signal: AbortSignal): Promise<void>
}

export function doorbell(): Doorbell {
  let rung = false
  let wake: (() => void) | null = null
  return {
    ring() {
      rung = true
      wake?.()
    },
    async wait(milliseconds, signal) {
      if (!rung && !signal.aborted) {
        const ended = new AbortController()
        wake = () => ended.abort()
        await pause(milliseconds, AbortSignal.any([signal, ended.signal]))
        wake = null
      }
      rung = false
    },
  }
}

/** Waits; ends early on an abort, without an error. */
export async function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  await sleep(milliseconds, undefined, { signal }).catch(() => undefined)
}
