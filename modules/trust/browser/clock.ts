/** The reader's clock, in milliseconds since 1970. */
export const readersClock = { now: () => Date.now() }
