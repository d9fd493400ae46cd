import type { Instant } from '@hevd/core'

/** The reader's own calendar day of a moment, `YYYY-MM-DD`. */
export function dayOf(at: Instant): string {
  const date = new Date(at)
  const two = (part: number) => String(part).padStart(2, '0')
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`
}

/** The last second of a day where the reader is. */
export function endOfDay(day: string): Instant {
  return new Date(`${day}T23:59:59`).getTime()
}
