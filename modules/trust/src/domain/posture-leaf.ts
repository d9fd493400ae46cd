import type { Instant } from '@hevd/core'
import type { ControlState } from '@hevd/posture'
import type { PostureLeaf, Shows } from '../contract.ts'
import { commitmentOf } from '../verify/commitment.ts'
import { digestOf } from '../verify/policy-digest.ts'

/** A leaf as it goes into the log, and what it withholds. */
export type MadeLeaf = {
  readonly leaf: PostureLeaf
  readonly hidden: {
    readonly withheld: { readonly [name: string]: unknown }
    readonly salt: Uint8Array
  } | null
}

export type LeafMoment = { readonly sequence: number; readonly at: Instant; readonly validUntil: Instant }

/**
 * What a control's state becomes when only what `shows` opens is said; the rest is a salted commitment. Of a control that
 * does not apply nothing is counted, and why stands as a digest beside the state.
 */
export async function makeLeaf(
  organisation: string,
  stands: Omit<ControlState, 'why' | 'until' | 'parameters' | 'words'>,
  shows: Shows,
  moment: LeafMoment,
  salt: Uint8Array,
): Promise<MadeLeaf> {
  const { control, state, since, attested, policyDigest, testsDigest, findingsRoot, notApplicable } = stands
  const counts = notApplicable === null ? stands.counts : null
  const why = notApplicable === null ? {} : { reasonDigest: await digestOf(notApplicable) }
  const whole = { state, since, counts, findingsRoot, ...why }
  const open = {
    statement: { state: null, since: null, counts: null, findingsRoot: null },
    status: { state, since, counts: null, findingsRoot: null, ...why },
    'status-and-history': whole,
  }[shows]
  const shown = new Map<string, unknown>(Object.entries(open))
  const withheld = Object.fromEntries(
    Object.entries(whole).filter(([name, value]) => value !== null && (shown.get(name) ?? null) === null),
  )
  const hides = Object.keys(withheld).length > 0
  const leaf: PostureLeaf = {
    kind: 'posture',
    organisation,
    control,
    ...moment,
    policyDigest,
    testsDigest,
    ...open,
    attested,
    commitment: hides ? await commitmentOf(salt, withheld) : null,
  }
  return { leaf, hidden: hides ? { withheld, salt } : null }
}

/**
 * Whether what is public has changed since the last leaf. Counts and what they rest on wait for the hour: they follow
 * every single finding, and say little that the state does not.
 */
export function saysOtherwise(last: PostureLeaf, next: PostureLeaf): boolean {
  return (
    last.state !== next.state ||
    last.since !== next.since ||
    last.attested !== next.attested ||
    last.policyDigest !== next.policyDigest ||
    last.testsDigest !== next.testsDigest ||
    last.reasonDigest !== next.reasonDigest ||
    (last.counts === null) !== (next.counts === null)
  )
}
