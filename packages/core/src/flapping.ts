import { type Finding, type Outlook, settle } from './finding.ts'
import type { Instant } from './time.ts'

/** When something flaps, and how long it must then be seen to hold before it is believed. Milliseconds. */
export type Damping = {
  /** It flaps once it has begun to fail this many times … */
  readonly times: number
  /** … within this long. */
  readonly within: number
  /** While it flaps, a failure stands until it was seen to hold for this long. */
  readonly steady: number
}

/** What flapping is told from; null for what has not failed of late. */
export type Flaps = {
  /** When it began to fail, within the damping's window, oldest first; never empty. */
  readonly began: readonly Instant[]
  /** Since when it is seen to hold while its failure still stands; else null. */
  readonly heldSince: Instant | null
}

/** What a reader is told of something that flaps. */
export type Flapping = {
  readonly times: number
  readonly since: Instant
  /** Since when it is seen to hold, though not for long enough to be believed; null while it is seen to fail. */
  readonly heldSince: Instant | null
}

/** Whether it flaps at `now`. */
export function flappingAt(flaps: Flaps | null, now: Instant, damping: Damping): Flapping | null {
  if (flaps === null) return null
  const began = recent(flaps.began, now, damping)
  const [since] = began
  if (since === undefined || began.length < damping.times) return null
  return { times: began.length, since, heldSince: flaps.heldSince }
}

/**
 * {@link settle}, damped: what has begun to fail again and again is believed mended only when it was seen to hold for
 * `damping.steady`. Damping goes that way alone; a failure is never held back. Until then the failure stands as it was,
 * `failingSince` too, so that history and alerts tell of one failure and not of many. A failure that time alone brings
 * (a deadline) begins none, for nothing flickered. ADR 0005.
 */
export function damp(
  previous: Finding | null,
  flaps: Flaps | null,
  outlook: Outlook,
  at: Instant,
  damping: Damping,
): { readonly finding: Finding; readonly flaps: Flaps | null } {
  const finding = settle(previous, outlook, at)
  const began = recent(flaps?.began ?? [], at, damping)
  const wasHolding = flaps !== null && flaps.heldSince !== null
  if (outlook.now.verdict === 'fails' && (wasHolding || finding.failingSince === at)) began.push(at)
  if (began.length >= damping.times) {
    if (finding.verdict === 'fails') return { finding: unbelieving(finding), flaps: noted(began) }
    const heldSince = flaps?.heldSince ?? at
    const believedAt = heldSince + damping.steady
    if (previous?.verdict === 'fails' && finding.verdict === 'holds' && at < believedAt)
      return { finding: standing(previous, outlook, at, believedAt), flaps: { began, heldSince } }
  }
  return { finding, flaps: noted(began) }
}

/**
 * The failure that stands although it was seen to hold at `at`. With nothing else ahead, time alone ends it; else the
 * judge must be asked again, for a finding knows one moment ahead and a later deadline would be forgotten.
 */
function standing(
  previous: Finding,
  { now, until, next }: Outlook,
  at: Instant,
  believedAt: Instant,
): Finding {
  const stands = { ...previous, seenAt: at }
  if (until === null) return { ...stands, until: believedAt, next: now }
  if (until <= believedAt) return unbelieving({ ...stands, until, next })
  return unbelieving({ ...stands, until: believedAt, next: now })
}

/** What flaps is not believed to hold at its `until` either; the judge is asked again then. */
function unbelieving(finding: Finding): Finding {
  const { why, next } = finding
  return next?.verdict === 'holds' && why !== null ? { ...finding, next: { verdict: 'fails', why } } : finding
}

function recent(began: readonly Instant[], now: Instant, { within }: Damping): Instant[] {
  return began.filter((moment) => now - moment < within)
}

function noted(began: readonly Instant[]): Flaps | null {
  return began.length === 0 ? null : { began, heldSince: null }
}
