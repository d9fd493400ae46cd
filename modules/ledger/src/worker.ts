import { setTimeout as sleep } from 'node:timers/promises'

export type Work = {
  /** Looks once; anything thrown makes it look again after a growing pause. */
  readonly look: () => Promise<void>
  /** Told of the first failure in a row, and when it works again. */
  readonly failed: (error: unknown) => void
  readonly recovered: () => void
  /** Milliseconds. */
  readonly coalesce: number
  readonly every: number
  readonly longestPause: number
}

export type Worker = {
  /** Something may have been acknowledged, now or in a moment: looks soon, and often for a while. */
  wake(): void
  /** Resolves when it has stopped. */
  stop(): Promise<void>
}

/** Looks after `wake` before it falls back to the calm rhythm: a transaction commits some time after it appended. */
const eagerLooks = 30

/** Looks again and again until stopped: soon after `wake`, else at a calm rhythm, and rarely while it fails. */
export function startWorker(work: Work): Worker {
  const stopping = new AbortController()
  let waking = new AbortController()
  let eager = 0
  let failures = 0

  async function pause(): Promise<void> {
    const failing = Math.min(work.every * 2 ** (failures - 1), work.longestPause)
    const milliseconds = failures > 0 ? failing : eager > 0 ? work.coalesce : work.every
    eager = Math.max(0, eager - 1)
    const signal = AbortSignal.any([stopping.signal, ...(failures > 0 ? [] : [waking.signal])])
    await sleep(milliseconds, undefined, { signal, ref: false }).catch(() => {})
    if (waking.signal.aborted) {
      waking = new AbortController()
      await sleep(work.coalesce, undefined, { signal: stopping.signal, ref: false }).catch(() => {})
    }
  }

  async function run(): Promise<void> {
    for (;;) {
      await pause()
      if (stopping.signal.aborted) return
      try {
        await work.look()
        if (failures > 0) work.recovered()
        failures = 0
      } catch (error) {
        if (failures === 0) work.failed(error)
        failures += 1
      }
    }
  }

  const running = run()
  return {
    wake() {
      if (eager === 0) waking.abort()
      eager = eagerLooks
    },
    async stop() {
      stopping.abort()
      await running
    },
  }
}
