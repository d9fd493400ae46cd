import { canonicalJson, type Damping, damp, fallDue, type Instant, type Judgement } from '@hevd/core'
import type { Foresight } from '../domain/outlook.ts'
import { type FindingRow, findingOf, type PastRow } from '../store/rows.ts'
import type { Which } from '../store/wake.ts'

/** What a finding is made with, beside what the judge said. */
export type Made = {
  readonly rests: string
  readonly edition: number
  readonly inputs: Buffer
  readonly batch: string
  /** Salt of a finding that is new. */
  readonly salt: string
  readonly damping: Damping
}

/** A finding as it now stands, with what it said before. */
export type Saying = {
  readonly row: FindingRow
  readonly past: readonly PastRow[]
  /** Whether it says something else than before, or something for the first time. */
  readonly changed: boolean
  /** When the judge must be asked again; null for never. */
  readonly again: Instant | null
}

/**
 * The finding after a judgement at `at` (`damp` of core), with its versions that are now past. What fell due before
 * and was not yet moved is moved first, so that the flip at its own moment is not lost. A failure that stands although
 * the judge says otherwise now keeps the inputs and the edition that it was seen with.
 */
export function say(
  which: Which,
  previous: FindingRow | null,
  judgement: Judgement,
  { until, next, again }: Foresight,
  at: Instant,
  made: Made,
): Saying {
  const past: PastRow[] = []
  const before = previous === null ? null : moved(previous, at, made.batch, past)
  const outlook = { now: judgement, until, next }
  const damped = damp(before && findingOf(before), before?.flaps ?? null, outlook, at, made.damping)
  const { finding, flaps } = damped
  const seenWith = before !== null && finding.verdict !== judgement.verdict ? before : made
  const later = finding.until === null ? null : fallDue(finding, finding.until)
  const why = finding.why && canonicalJson(finding.why)
  const same = before !== null && before.verdict === finding.verdict && before.why === why
  if (before !== null && !same) past.push(...pastOf(before, at, null))
  const row: FindingRow = {
    ...which,
    verdict: finding.verdict,
    why,
    said_at: same ? before.said_at : at,
    since: finding.since,
    failing_since: finding.failingSince,
    seen_at: finding.seenAt,
    until: finding.until,
    next_verdict: later?.verdict ?? null,
    next_why: later?.why ? canonicalJson(later.why) : null,
    flaps,
    rests: made.rests,
    edition: seenWith.edition,
    inputs: seenWith.inputs,
    judged_at: seenWith === made ? at : (before?.judged_at ?? null),
    batch: same ? before.batch : made.batch,
    salt: before?.salt ?? made.salt,
  }
  return { row, past, changed: !same, again: flaps === null ? again : sooner(again, finding.until) }
}

function sooner(a: Instant | null, b: Instant | null): Instant | null {
  if (a === null || b === null) return a ?? b
  return Math.min(a, b)
}

/** The versions that are past when a finding ends. */
export function end(row: FindingRow, at: Instant, batch: string, ended: PastRow['ended']): PastRow[] {
  const past: PastRow[] = []
  const last = moved(row, at, batch, past)
  return [...past, ...pastOf(last, at, ended)]
}

/** The row with its `next` in place when the moment has come; the version before it goes to `past`. */
function moved(row: FindingRow, at: Instant, batch: string, past: PastRow[]): FindingRow {
  if (row.until === null || at < row.until) return row
  const finding = fallDue(findingOf(row), at)
  const why = finding.why && canonicalJson(finding.why)
  const cleared = { ...row, until: null, next_verdict: null, next_why: null }
  if (finding.verdict === row.verdict && why === row.why) return cleared
  past.push(...pastOf(row, row.until, null))
  return {
    ...cleared,
    verdict: finding.verdict,
    why,
    said_at: row.until,
    since: finding.since,
    failing_since: finding.failingSince,
    batch,
  }
}

/** A version that is over. */
function pastOf(row: FindingRow, at: Instant, ended: PastRow['ended']): PastRow[] {
  const {
    test,
    subject,
    verdict,
    why,
    said_at,
    since,
    edition,
    inputs,
    judged_at,
    batch,
    salt,
    rests,
    flaps,
  } = row
  return [
    {
      test,
      subject,
      verdict,
      why,
      from_at: said_at,
      until_at: at,
      since,
      edition,
      inputs,
      judged_at,
      batch,
      salt,
      rests,
      flaps,
      ended,
    },
  ]
}
