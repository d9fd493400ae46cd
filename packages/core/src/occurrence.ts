import type { Instant } from './time.ts'

/**
 * One time that something was due.
 *
 * - `open`: not due yet, or due and within grace. `overdue`: past that, and it can still be made good late.
 * - `met`: discharged in time. `late`: discharged after it was due. `missed`: never discharged before
 *   the next one fell due. `not-observed`: whoever should have told was not heard.
 *
 * `late`, `missed` and `not-observed` are for ever: a record that comes later never makes one `met`.
 */
export type OccurrenceState = 'open' | 'overdue' | 'met' | 'late' | 'missed' | 'not-observed'

export type Occurrence = {
  /** Moment it is due; with the test and the subject it identifies the occurrence. */
  readonly dueAt: Instant
  readonly state: OccurrenceState
  /** When it was discharged, by what the record shows. */
  readonly dischargedAt: Instant | null
  /** When Hevd heard of the record. */
  readonly recordedAt: Instant | null
}

/**
 * What is kept when an occurrence is judged anew. `open` and `overdue` take what is judged, only that what was
 * overdue is never `met`; `late`, `missed` and `not-observed` stay, though they keep the date of a late record;
 * `met` stays unless its record is withdrawn.
 */
export function keep(stored: Occurrence, judged: Occurrence): Occurrence {
  if (stored.state === 'open') return judged
  if (stored.state === 'overdue')
    return judged.state === 'met' ? { ...judged, state: 'late' } : judged.state === 'open' ? stored : judged
  if (stored.state === 'met') return judged.state === 'open' ? stored : judged
  return {
    ...stored,
    dischargedAt: judged.dischargedAt ?? stored.dischargedAt,
    recordedAt: judged.recordedAt ?? stored.recordedAt,
  }
}
