import type { Lookup } from '@hevd/core'

/** The touched key by which a look-up hears that what is covered of its type and scope has changed. */
export function coverageKeyOf({ type, scope }: Pick<Lookup, 'type' | 'scope'>): string {
  return `coverage|${type}|${scope ?? '*'}`
}
