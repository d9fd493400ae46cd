import type { Instant } from './time.ts'

/**
 * One time that something was due.
 *
 * - `open`: not due yet, or due and within grace. `overdue`: past that, and it can still be made good late.
 * - `met`: discharged in time, grace included. `late`: discharged after that. `missed`: never discharged before
 *   the next one fell due. `not-observed`: whoever should have told was not heard.
 *
 * `late`, `missed` and `not-observed` are for ever: a record that comes later never makes one `met`.
 */
export type OccurrenceState = 'open' | 'overdue' | 'met' | 'late' | 'missed' | 'not-observed'

export type Occurrence = {
  /** Moment it is due; with the test and the subject it identifies the occurrence. */
  readonly dueAt: Instant
  /** From when it is overdue, where there is a grace; `dueAt` where absent. Judged anew each time, not kept. */
  readonly overdueAt?: Instant
  readonly state: OccurrenceState
  /** When it was discharged, by what the record shows; of a date, its last moment. */
  readonly dischargedAt: Instant | null
  /** When Hevd heard of the record. */
  readonly recordedAt: Instant | null
}

/**
 * What is kept when an occurrence is judged anew. What was seen `open` or `overdue` and whose record came to Hevd only
 * after the time was out is `late`, whatever date the record bears. `late`, `missed` and `not-observed` stay, though
 * they keep the date of a late record; silence takes nothing away from what was seen; `met` stays unless its record is
 * withdrawn.
 *
 * @param at when it was judged: what was seen to be done, with no record that tells when, was done when it was first seen
 */
export function keep(stored: Occurrence, judged: Occurrence, at: Instant): Occurrence {
  const now = firstSeen(judged, at)
  switch (stored.state) {
    case 'open':
      return now.state === 'met' && recordedTooLate(now) ? { ...now, state: 'late' } : now
    case 'overdue':
      if (now.state === 'met') return { ...now, state: 'late' }
      return now.state === 'open' || now.state === 'not-observed' ? stored : now
    case 'met':
      return now.state === 'open' || now.state === 'not-observed' || isSeen(judged) ? stored : now
    default:
      return {
        ...stored,
        dischargedAt:
          (isSeen(judged) ? stored.dischargedAt : null) ?? now.dischargedAt ?? stored.dischargedAt,
        recordedAt: (isSeen(judged) ? stored.recordedAt : null) ?? now.recordedAt ?? stored.recordedAt,
      }
  }
}

/** Done by what is seen (`removal`): no record says so, and none says when. */
function isSeen({ state, dischargedAt, recordedAt }: Occurrence): boolean {
  return state === 'met' && dischargedAt === null && recordedAt === null
}

function firstSeen(judged: Occurrence, at: Instant): Occurrence {
  return isSeen(judged) ? { ...judged, dischargedAt: at, recordedAt: at } : judged
}

function recordedTooLate({ recordedAt, dueAt, overdueAt }: Occurrence): boolean {
  return recordedAt !== null && recordedAt >= (overdueAt ?? dueAt)
}

/** What becomes of all occurrences of a subject: those to keep, and those that were open and are due no more. */
export type Kept = { readonly kept: readonly Occurrence[]; readonly withdrawn: readonly Occurrence[] }

/**
 * {@link keep} for all of a subject's occurrences. One that is first heard of after its time, and seen to be done by
 * then, is not observed: nobody saw when it was done. A due moment that leave, an exemption or a changed parameter moved is another occurrence: the old one is
 * withdrawn while it is `open`, and stays for ever once it is anything else.
 */
export function keepAll(stored: readonly Occurrence[], judged: readonly Occurrence[], at: Instant): Kept {
  const known = new Map(stored.map((occurrence) => [occurrence.dueAt, occurrence]))
  const due = new Set(judged.map(({ dueAt }) => dueAt))
  const gone = stored.filter(({ dueAt }) => !due.has(dueAt))
  const anew = judged.map((occurrence) => {
    const before = known.get(occurrence.dueAt)
    if (before !== undefined) return keep(before, occurrence, at)
    const first = firstSeen(occurrence, at)
    return isSeen(occurrence) && recordedTooLate(first) ? { ...first, state: 'not-observed' as const } : first
  })
  return {
    kept: [...gone.filter(({ state }) => state !== 'open'), ...anew].sort((a, b) => a.dueAt - b.dueAt),
    withdrawn: gone.filter(({ state }) => state === 'open'),
  }
}
