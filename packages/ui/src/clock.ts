import type { Instant } from '@hevd/core'
import { useSyncExternalStore } from 'react'

/** The reader's clock. Verdicts are judged by the server's; this one only words how long ago something was. */
export function now(): Instant {
  return Date.now()
}

const tick = 20_000
const listeners = new Set<() => void>()
let held = now()
let timer: ReturnType<typeof setInterval> | null = null

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  timer ??= setInterval(() => {
    held = now()
    for (const tell of listeners) tell()
  }, tick)
  return () => {
    listeners.delete(listener)
    if (listeners.size === 0 && timer !== null) {
      clearInterval(timer)
      timer = null
    }
  }
}

/** The present, renewed three times a minute for all that shows it. */
export function useNow(): Instant {
  return useSyncExternalStore(subscribe, () => held)
}
