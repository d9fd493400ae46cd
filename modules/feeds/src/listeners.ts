import { milliseconds } from '@hevd/core'
import type { FeedsConfig } from './config.ts'

/** Who wants to know that something was touched in this process. A listener that throws is its own affair. */
export type Listeners = {
  readonly add: (listener: (organisation: string) => void) => void
  readonly tell: (organisation: string) => void
  /** For a change whose transaction the caller has yet to commit: once, a little later. */
  readonly tellLater: (organisation: string) => void
  readonly stop: () => void
}

export function createListeners({ tellAfter }: Pick<FeedsConfig, 'tellAfter'>): Listeners {
  const listeners: ((organisation: string) => void)[] = []
  const waiting = new Map<string, NodeJS.Timeout>()
  const tell = (organisation: string) => {
    for (const listener of listeners) listener(organisation)
  }
  return {
    add: (listener) => {
      listeners.push(listener)
    },
    tell,
    tellLater: (organisation) => {
      if (waiting.has(organisation)) return
      const timer = setTimeout(() => {
        waiting.delete(organisation)
        tell(organisation)
      }, milliseconds(tellAfter))
      timer.unref()
      waiting.set(organisation, timer)
    },
    stop: () => {
      for (const timer of waiting.values()) clearTimeout(timer)
      waiting.clear()
    },
  }
}
