import type { Finding, Flaps, Instant, Judgement, Verdict } from '@hevd/core'

/** A row of posture.finding, with the reasons as canonical JSON. */
export type FindingRow = {
  readonly test: string
  readonly subject: string
  readonly verdict: Verdict
  readonly why: string | null
  readonly said_at: Instant
  readonly since: Instant
  readonly failing_since: Instant | null
  readonly seen_at: Instant
  readonly until: Instant | null
  readonly next_verdict: Verdict | null
  readonly next_why: string | null
  readonly flaps: Flaps | null
  readonly rests: string
  readonly edition: number
  readonly inputs: Buffer
  readonly judged_at: Instant | null
  readonly batch: string
  readonly salt: string
}

/** A row of posture.past_finding. */
export type PastRow = {
  readonly test: string
  readonly subject: string
  readonly verdict: Verdict
  readonly why: string | null
  readonly from_at: Instant
  readonly until_at: Instant
  readonly since: Instant
  readonly edition: number
  readonly inputs: Buffer
  readonly judged_at: Instant | null
  readonly batch: string
  readonly salt: string
  readonly rests: string | null
  readonly flaps: Flaps | null
  readonly ended: 'gone' | 'outside' | 'test-ended' | null
}

/** What was said of a subject from one moment until another; null is until now. */
export type Version = Pick<
  PastRow,
  'test' | 'subject' | 'verdict' | 'why' | 'from_at' | 'edition' | 'inputs' | 'judged_at'
> & { readonly until_at: Instant | null }

/** The finding of a row, as @hevd/core knows it. */
export function findingOf(row: FindingRow): Finding {
  return {
    ...judgementOf(row.verdict, row.why),
    since: row.since,
    failingSince: row.failing_since,
    seenAt: row.seen_at,
    until: row.until,
    next: row.next_verdict === null ? null : judgementOf(row.next_verdict, row.next_why),
  }
}

/** Verdict and reason were written together by a judge, so they fit. */
export function judgementOf(verdict: Verdict, why: string | null): Judgement {
  return { verdict, why: why === null ? null : JSON.parse(why) } as Judgement
}
