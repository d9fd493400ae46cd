import type { Instant } from '@hevd/core'

/** The wall clock of the machine that the command runs on. */
export const wallClock = (): Instant => Date.now()
