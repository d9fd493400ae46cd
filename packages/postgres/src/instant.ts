import type { Instant } from '@hevd/core'
import { type RawBuilder, sql } from 'kysely'

const TIMESTAMPTZ =
  /^(\d{4,})-(\d\d)-(\d\d) (\d\d):(\d\d):(\d\d)(?:\.(\d{1,6}))?([+-])(\d\d)(?::?(\d\d))?(?::?(\d\d))?$/

/**
 * PostgreSQL's ISO output of a `timestamptz` as an instant. Microseconds are cut off towards the past, here
 * and in {@link instantText}, so a value that was read never lies after the one stored. `infinity` and
 * `-infinity` become JavaScript's. Throws RangeError on anything else (years before Christ too).
 */
export function parseTimestamptz(text: string): Instant {
  if (text === 'infinity') return Infinity
  if (text === '-infinity') return -Infinity
  const parts = TIMESTAMPTZ.exec(text)
  if (!parts) throw new RangeError(`Not a timestamptz in ISO form: ${text}`)
  const number = (index: number) => Number(parts[index] ?? 0)
  const offset = (number(9) * 3600 + number(10) * 60 + number(11)) * (parts[8] === '-' ? -1 : 1)
  const milliseconds = Number((parts[7] ?? '').padEnd(3, '0').slice(0, 3))
  const utc = Date.UTC(number(1), number(2) - 1, number(3), number(4), number(5), number(6), milliseconds)
  return utc - offset * 1000
}

/** The text PostgreSQL reads as exactly this instant, fractions of a millisecond cut off towards the past. */
export function instantText(instant: Instant): string {
  if (instant === Infinity) return 'infinity'
  if (instant === -Infinity) return '-infinity'
  const iso = new Date(Math.floor(instant)).toISOString()
  return iso.startsWith('+') ? iso.slice(1) : iso
}

/** An instant as a value in a query: `where('due_at', '<=', at(now))`, `.values({ due_at: at(now) })`. */
export function at(instant: Instant): RawBuilder<Instant> {
  return sql<Instant>`${instantText(instant)}::timestamptz`
}
