import type { Why } from '@hevd/archive'
import type { Instant, Json } from '@hevd/core'

/** Says notable things, a line of JSON each; what stands still is said once, and when it goes again. */
export type KeepLog = {
  say(event: string, about?: { readonly [name: string]: Json }): void
  /** Something is in trouble: said where it was not, or is in other trouble now. */
  trouble(event: string, source: string, why: Why): void
  /** It is not any more: said where it was. */
  wellAgain(event: string, source: string): void
}

export function keepLog(now: () => Instant, write: (line: string) => void): KeepLog {
  const troubles = new Map<string, string>()
  const say: KeepLog['say'] = (event, about = {}) => write(JSON.stringify({ at: now(), event, ...about }))
  return {
    say,
    trouble(event, source, { code, words }) {
      const key = `${event} ${source}`
      if (troubles.get(key) === code) return
      troubles.set(key, code)
      say(event, { source, code, why: words.en })
    },
    wellAgain(event, source) {
      if (troubles.delete(`${event} ${source}`)) say(`${event}-over`, { source })
    },
  }
}
