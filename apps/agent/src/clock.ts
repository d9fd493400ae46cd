import type { Clock } from '@hevd/core'

/** The host's own wall clock. The server counts freshness from the earlier of this and its own. */
export const hostClock: Clock = { now: () => Date.now() }
