/** Overwrites key material that is no longer needed. Strings cannot be: what passes through one waits for the collector. */
export function wipe(...keys: readonly Buffer[]): void {
  for (const key of keys) key.fill(0)
}
