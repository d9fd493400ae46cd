import type { Instant } from '@hevd/core'

/** Remembers when something that is still so was seen for the first time. */
export type FirstSeen = {
  /** For each of `keys` when it was first seen; what the topic knew besides them is over, and forgotten. */
  remember(topic: string, keys: readonly string[], now: Instant): ReadonlyMap<string, Instant>
  /** What a topic knows. */
  known(topic: string): readonly string[]
}

/** A memory that lasts as long as the process. */
export function firstSeenInMemory(): FirstSeen {
  const topics = new Map<string, ReadonlyMap<string, Instant>>()
  return {
    remember(topic, keys, now) {
      const known = topics.get(topic)
      const next = new Map(keys.map((key) => [key, known?.get(key) ?? now]))
      topics.set(topic, next)
      return next
    },
    known: (topic) => [...(topics.get(topic)?.keys() ?? [])],
  }
}
