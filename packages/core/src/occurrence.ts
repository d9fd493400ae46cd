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
 */
export function keep(stored: Occurrence, judged: Occurrence): Occurrence {
  switch (stored.state) {
    case 'open':
      return judged.state === 'met' && recordedTooLate(judged) ? { ...judged, state: 'late' } : judged
    case 'overdue':
      if (judged.state === 'met') return { ...judged, state: 'late' }
      return judged.state === 'open' || judged.state === 'not-observed' ? stored : judged
    case 'met':
      return judged.state === 'open' || judged.state === 'not-observed' ? stored : judged
    default:
      return {
        ...stored,
        dischargedAt: judged.dischargedAt ?? stored.dischargedAt,
        recordedAt: judged.recordedAt ?? stored.recordedAt,
      }
  }
}

function recordedTooLate({ recordedAt, dueAt, overdueAt }: Occurrence): boolean {
  return recordedAt !== null && recordedAt >= (overdueAt ?? dueAt)
}

/** What becomes of all occurrences of a subject: those to keep, and those that were open and are due no more. */
export type Kept = { readonly kept: readonly Occurrence[]; readonly withdrawn: readonly Occurrence[] }

/**
 * {@link keep} for all of a subject's occurrences. A due moment that leave, an exemption or a changed parameter moved is
 * another occurrence: the old one is withdrawn while it is `open`, and stays for ever once it is anything else.
 */
export function keepAll(stored: readonly Occurrence[], judged: readonly Occurrence[]): Kept {
  const known = new Map(stored.map((occurrence) => [occurrence.dueAt, occurrence]))
  const due = new Set(judged.map(({ dueAt }) => dueAt))
  const gone = stored.filter(({ dueAt }) => !due.has(dueAt))
  const anew = judged.map((occurrence) => {
    const before = known.get(occurrence.dueAt)
    return before === undefined ? occurrence : keep(before, occurrence)
  })
  return {
    kept: [...gone.filter(({ state }) => state !== 'open'), ...anew].sort((a, b) => a.dueAt - b.dueAt),
    withdrawn: gone.filter(({ state }) => state === 'open'),
  }
}
