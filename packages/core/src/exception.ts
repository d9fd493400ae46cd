import type { Instant } from './time.ts'
import type { Reason } from './verdict.ts'

/** An approved, time-limited acceptance of one failure. It never hides the failure. */
export type Exception = {
  readonly id: string
  readonly test: string
  readonly subject: string
  /** The reason it covers; a subject that fails for another one is not covered. */
  readonly reasonCode: string
  /** Digest of the parameters it was approved under; other parameters end it. */
  readonly parametersDigest: string
  readonly from: Instant
  readonly until: Instant
  readonly requestedBy: string
  readonly approvedBy: string
}

/** Whether `exception` covers a failure of this subject, for this reason, now. */
export function covers(
  exception: Exception,
  failure: {
    readonly test: string
    readonly subject: string
    readonly why: Reason
    readonly parametersDigest: string
  },
  now: Instant,
): boolean {
  return (
    exception.test === failure.test &&
    exception.subject === failure.subject &&
    exception.reasonCode === failure.why.code &&
    exception.parametersDigest === failure.parametersDigest &&
    exception.from <= now &&
    now < exception.until
  )
}

/** Approved by the one who asked: allowed in a one-person organisation, and always shown. */
export function isSingleApprover(exception: Exception): boolean {
  return exception.requestedBy === exception.approvedBy
}
