import type { Instant } from '@hevd/core'
import type { listeningSockets, ValueOf } from '@hevd/facts'

export type Speaks = NonNullable<ValueOf<typeof listeningSockets>['speaks']>

/** What sockets were heard to speak, while it counts. */
export type Heard = {
  recall(socket: string, now: Instant): Speaks | null
  keep(socket: string, speaks: Speaks, now: Instant): void
  /** Forgets every socket that is not among these. */
  only(sockets: ReadonlySet<string>): void
}

/** A server can turn on TLS without opening its socket anew, so that what was heard counts for this long. */
const counts = 3_600_000
/** One that was not understood is asked again sooner: it may have been starting. */
const unidentifiedCounts = 600_000

export function heardInMemory(): Heard {
  const known = new Map<string, { readonly speaks: Speaks; readonly at: Instant }>()
  return {
    recall(socket, now) {
      const found = known.get(socket)
      if (found === undefined) return null
      const lasts = found.speaks === 'unidentified' ? unidentifiedCounts : counts
      return now >= found.at && now < found.at + lasts ? found.speaks : null
    },
    keep(socket, speaks, now) {
      known.set(socket, { speaks, at: now })
    },
    only(sockets) {
      for (const socket of known.keys()) if (!sockets.has(socket)) known.delete(socket)
    },
  }
}
