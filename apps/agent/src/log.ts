import type { Clock, Json } from '@hevd/core'

/** Says one notable thing: a code and what it is about, never a secret. */
export type Log = (event: string, about?: { readonly [name: string]: Json }) => void

/** One line of JSON per notable thing, by `write`. */
export function lineLog(clock: Clock, write: (line: string) => void): Log {
  return (event, about = {}) => write(`${JSON.stringify({ at: clock.now(), event, ...about })}\n`)
}
