import type { Instant } from './time.ts'
import type { Judgement, Reason, Verdict } from './verdict.ts'

/**
 * What is known of one subject under one test: a small time line. The judge is pure, so it can be asked
 * beforehand what it will say at the earliest moment at which time alone changes its answer; `next` is
 * that answer. A reader applies it at once when the moment comes, with or without a worker alive.
 */
export type Finding = {
  readonly verdict: Verdict
  readonly why: Reason | null
  /** When this verdict began. */
  readonly since: Instant
  /** When the failure began that no observed `holds` has ended yet; null when nothing fails. */
  readonly failingSince: Instant | null
  /** When what the verdict rests on was last seen whole. */
  readonly seenAt: Instant
  /** When it must be looked at again; null when time alone changes nothing. */
  readonly until: Instant | null
  /** What the judge says at `until`; null exactly when `until` is. */
  readonly next: Judgement | null
}

/** A judgement with its horizon and what it becomes there. */
export type Outlook = {
  readonly now: Judgement
  readonly until: Instant | null
  readonly next: Judgement | null
}

/**
 * The finding after a new judgement at `at`. Silence never improves anything: `unknown` does not replace
 * `fails`, which stays with the moment it was last seen, and `failingSince` is cleared by an observed
 * `holds` alone.
 */
export function settle(previous: Finding | null, outlook: Outlook, at: Instant): Finding {
  const { now, until, next } = outlook
  if (previous?.verdict === 'fails' && now.verdict === 'unknown') return { ...previous, until, next }
  const same = previous?.verdict === now.verdict
  return {
    verdict: now.verdict,
    why: now.why,
    since: same ? previous.since : at,
    failingSince:
      now.verdict === 'holds' ? null : (previous?.failingSince ?? (now.verdict === 'fails' ? at : null)),
    seenAt: now.verdict === 'unknown' ? (previous?.seenAt ?? at) : at,
    until,
    next,
  }
}

/** The finding when its `until` has come and nobody has judged since; unchanged before that. */
export function fallDue(finding: Finding, now: Instant): Finding {
  if (finding.until === null || finding.next === null || now < finding.until) return finding
  const outlook: Outlook = { now: finding.next, until: null, next: null }
  return { ...settle(finding, outlook, finding.until), seenAt: finding.seenAt }
}

/** What a reader shows: the finding, with time and the silence of what it rests on applied. */
export type Effective = {
  readonly verdict: Verdict
  readonly why: Reason | null
  readonly since: Instant
  readonly failingSince: Instant | null
  /** Set where a failure stands although its source is silent: when it was last seen. */
  readonly lastSeen: Instant | null
}

/**
 * @param silentSince when the first of the feeds it rests on was last heard in time; null when all are fresh
 */
export function asRead(finding: Finding, silentSince: Instant | null, now: Instant): Effective {
  const { verdict, why, since, failingSince, seenAt } = fallDue(finding, now)
  if (silentSince === null) return { verdict, why, since, failingSince, lastSeen: null }
  if (verdict === 'fails')
    return { verdict, why, since, failingSince, lastSeen: Math.min(seenAt, silentSince) }
  if (verdict === 'unknown') return { verdict, why, since, failingSince, lastSeen: null }
  return {
    verdict: 'unknown',
    why: { code: 'unseen-silent', params: { since: silentSince } },
    since: silentSince,
    failingSince,
    lastSeen: null,
  }
}
