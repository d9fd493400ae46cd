/**
 * Moments as Intune and Jamf write them, in milliseconds; null for none. Without a zone they are UTC, as Intune's are and
 * those of Jamf's cloud.
 *
 * - `2026-11-20 08:15:32.0000000`, `2026-11-20T08:15:32Z`, `2026-11-20T08:15:32.123+0100`, `2026-11-20`
 * - `11/20/2026 8:15:32 AM`, `11/20/2026 at 8:15 AM`: month first, which the AM or PM tells
 * - milliseconds since 1970
 *
 * `unreadable` for anything else: `03/04/2026 08:15` may be March or April.
 */
export function readCheckIn(cell: string): number | null | 'unreadable' {
  const text = cell.trim()
  if (text === '' || /^(never|aldri|n\/a|0001-01-01.*)$/i.test(text)) return null
  if (/^\d{12,13}$/.test(text)) return Number(text)
  const iso =
    /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,7}))?)?\s*(Z|UTC|[+-]\d{2}:?\d{2})?)?$/i.exec(
      text,
    )
  if (iso !== null) {
    const [, year, month, day, hour = '0', minute = '0', second = '0', fraction = '0', zone = 'Z'] = iso
    return at([year, month, day, hour, minute, second].map(Number), Number(`0.${fraction}`)) - offset(zone)
  }
  const us =
    /^(\d{1,2})\/(\d{1,2})\/(\d{4})(?:,? at|,)?\s+(\d{1,2}):(\d{2})(?::(\d{2}))?[\s\u202f]*(AM|PM)$/i.exec(
      text,
    )
  if (us !== null) {
    const [, month, day, year, hour, minute, second = '0', half = ''] = us
    const hours = (Number(hour) % 12) + (half.toUpperCase() === 'PM' ? 12 : 0)
    return at([Number(year), Number(month), Number(day), hours, Number(minute), Number(second)], 0)
  }
  return 'unreadable'
}

/** NaN is no moment: the date does not exist. */
function at(parts: readonly number[], fraction: number): number {
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = parts
  const moment = Date.UTC(year, month - 1, day, hour, minute, second) + Math.floor(fraction * 1000)
  const same = new Date(moment)
  const exists = same.getUTCMonth() === month - 1 && same.getUTCDate() === day && hour < 24 && minute < 60
  return exists ? moment : Number.NaN
}

function offset(zone: string): number {
  const found = /^([+-])(\d{2}):?(\d{2})$/.exec(zone)
  if (found === null) return 0
  const minutes = Number(found[2]) * 60 + Number(found[3])
  return (found[1] === '-' ? -minutes : minutes) * 60_000
}
