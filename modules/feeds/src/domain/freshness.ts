import type { Instant } from '@hevd/core'

/**
 * When a word was heard, and until when it keeps its feed fresh. Freshness starts at the earlier of observed and
 * received: a clock that is ahead wins nothing, and a word that waited in a spool is as old as it is.
 */
export function heardAt(
  observedAt: Instant,
  receivedAt: Instant,
  silentAfterMs: number,
): { readonly heardAt: Instant; readonly silentAt: Instant } {
  const heard = Math.max(0, Math.min(observedAt, receivedAt))
  return { heardAt: heard, silentAt: heard + silentAfterMs }
}

/** What a new word means for the silence before it. */
export type AfterSilence = {
  /** A silence that nobody recorded while it lasted: the feed itself said nothing for that long. */
  readonly unrecorded: { readonly silentAt: Instant; readonly heardAt: Instant } | null
  /** The recorded silence is over. */
  readonly returned: boolean
  /** Readers saw the feed silent, and no longer do: whoever judged meanwhile must look again. */
  readonly looksAgain: boolean
  /** Whether a recorded silence goes on after this word. */
  readonly recorded: boolean
}

/**
 * A word that was spoken before its feed fell silent and arrives afterwards (the server was away, the agent's spool
 * was not) ends no silence of the feed's: there was none to record.
 */
export function afterSilence(
  before: {
    readonly heard_at: Instant | null
    readonly silent_at: Instant | null
    readonly silence_recorded: boolean
  },
  word: { readonly heardAt: Instant; readonly silentAt: Instant },
  now: Instant,
): AfterSilence {
  const { heard_at: heard, silent_at: silentAt, silence_recorded: wasRecorded } = before
  if (heard === null || silentAt === null || silentAt > now)
    return { unrecorded: null, returned: wasRecorded, looksAgain: wasRecorded, recorded: false }
  const fresh = word.silentAt > now
  const unrecorded = !wasRecorded && word.heardAt > silentAt ? { silentAt, heardAt: heard } : null
  return { unrecorded, returned: wasRecorded && fresh, looksAgain: fresh, recorded: wasRecorded && !fresh }
}
