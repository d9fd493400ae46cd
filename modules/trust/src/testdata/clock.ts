/** The present, for tests whose reader is a real browser with a clock of its own. */
export const present = (): number => Date.now()
