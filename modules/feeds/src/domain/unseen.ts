import type { Coverage, Instant, Lookup, Unseen } from '@hevd/core'

/** A part of the world as one feed covers it, with when that feed was heard. */
export type Part = Coverage & {
  readonly feed: string
  /** Null for a register, which is never silent. */
  readonly heard_at: Instant | null
  readonly silent_at: Instant | null
}

/** What is known of a type as a whole. */
export type TypeCovered = {
  readonly type: string
  /** Some feed covers some part of it. */
  readonly covered: boolean
  /** A register of ours is complete about all of it, for every host. */
  readonly by_register: boolean
  /** Some declared host has never reported on it. */
  readonly host_unheard: boolean
}

/** What is covered of everything that some look-ups ask about. */
export type Covering = {
  /** By `type|scope`: every feed that covers it. */
  readonly narrow: ReadonlyMap<string, readonly Part[]>
  /** By type: the parts of it that no feed has looked at whole and is fresh about. */
  readonly missing: ReadonlyMap<string, readonly Part[]>
  readonly types: ReadonlyMap<string, TypeCovered>
}

/**
 * Why a look-up is not answered whole; empty when it is.
 *
 * - A narrow look-up asks about one scope. One feed that has looked at all of it and is fresh is enough; otherwise every
 *   feed that covers it says why not. Nobody covers it: never connected.
 * - A wide look-up could be answered from any scope, so all that could hold an answer must have been looked at: every
 *   scope that anybody covers, each as above, and something on every declared host. A host whose agent never reported
 *   the type may hold what is looked for, so it leaves the look-up unseen; it stands as never connected.
 */
export function unseenOf({ type, scope }: Lookup, covering: Covering, now: Instant): readonly Unseen[] {
  const never: Unseen = { code: 'never-connected', type }
  if (scope !== null) {
    const parts = covering.narrow.get(`${type}|${scope}`) ?? []
    if (parts.length === 0) return [never]
    const reasons = parts.map((part) => whyUnseen(part, now))
    return reasons.includes(null) ? [] : reasons.filter((reason) => reason !== null)
  }
  const known = covering.types.get(type)
  if (known === undefined || !known.covered) return [never]
  const missing = (covering.missing.get(type) ?? []).flatMap((part) => whyUnseen(part, now) ?? [])
  return known.host_unheard && !known.by_register ? [...missing, never] : missing
}

function whyUnseen({ feed, state, detail, heard_at, silent_at }: Part, now: Instant): Unseen | null {
  if (heard_at !== null && silent_at !== null && silent_at <= now)
    return { code: 'silent', feed, since: heard_at }
  if (state === 'needs-right') return { code: state, feed, right: detail }
  if (state === 'failed') return { code: state, feed, error: detail }
  if (state === 'partial') return { code: state, feed, missing: detail }
  return null
}
