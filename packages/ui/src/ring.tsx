import type { Instant } from '@hevd/core'
import { useNow } from './clock.ts'

const minute = 60_000
const faces = [60 * minute, 24 * 60 * minute, 7 * 24 * 60 * minute, 30 * 24 * 60 * minute]
const year = 365 * 24 * 60 * minute

/** What a full ring stands for, in milliseconds, when this much is left. */
export function faceOf(left: number): number {
  return faces.find((face) => left <= face) ?? year
}

/**
 * How much is left of what may be believed, from 1 to 0. Read as a clock face: against an hour within the last
 * hour, a day within the last day, then a week, a month, a year.
 */
export function leftOf(until: Instant, now: Instant): number {
  const left = until - now
  if (left <= 0) return 0
  return Math.min(1, left / faceOf(left))
}

const around = 2 * Math.PI * 6

/** A thin ring that empties until `until`. The words beside it say the same. */
export function Ring({ until }: { readonly until: Instant }) {
  const left = leftOf(until, useNow())
  return (
    <svg viewBox="0 0 16 16" aria-hidden="true" className="inline-block size-3 shrink-0 text-ink-3">
      <circle cx="8" cy="8" r="6" fill="none" stroke="currentColor" strokeWidth="1.5" opacity="0.25" />
      <circle
        cx="8"
        cy="8"
        r="6"
        fill="none"
        stroke="currentColor"
        strokeWidth="1.5"
        strokeDasharray={`${around * left} ${around}`}
        transform="rotate(-90 8 8)"
      />
    </svg>
  )
}
