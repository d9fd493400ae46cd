import { dateOf, type Instant, startOfDate, type TimeZone } from '@hevd/core'

/** One deadline in a calendar. */
export type Deadline = {
  /** Globally unique and the same for as long as it is the same deadline (RFC 5545, 3.8.4.7). */
  readonly uid: string
  readonly at: Instant
  readonly title: string
  /** Address of where it is done. */
  readonly url: string
  /** When it was last changed, and how often. */
  readonly changedAt: Instant
  readonly revision: number
}

export type CalendarOf = {
  readonly name: string
  readonly deadlines: readonly Deadline[]
  /** Whose midnights are days. */
  readonly zone: TimeZone
  readonly now: Instant
}

/**
 * An iCalendar object (RFC 5545, with REFRESH-INTERVAL and NAME of RFC 7986) that a calendar program subscribes to. A
 * deadline at midnight is the end of a day, so it is that whole day's; any other is a moment in UTC. Events rather than
 * to-dos, since most programs show no to-dos of a calendar they subscribe to; they take no time from anybody's day.
 */
export function calendarText({ name, deadlines, zone, now }: CalendarOf): string {
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Hevd//Hevd//EN',
    'CALSCALE:GREGORIAN',
    'METHOD:PUBLISH',
    `NAME:${escaped(name)}`,
    `X-WR-CALNAME:${escaped(name)}`,
    'REFRESH-INTERVAL;VALUE=DURATION:PT1H',
    'X-PUBLISHED-TTL:PT1H',
    ...deadlines.flatMap((deadline) => eventLines(deadline, zone, now)),
    'END:VCALENDAR',
  ]
  return lines.map((line) => `${folded(line)}\r\n`).join('')
}

function eventLines({ uid, at, title, url, changedAt, revision }: Deadline, zone: TimeZone, now: Instant) {
  const date = dateOf(at - 1, zone)
  const wholeDay = startOfDate(dateOf(at, zone), zone) === at
  return [
    'BEGIN:VEVENT',
    `UID:${escaped(uid)}`,
    `DTSTAMP:${utc(now)}`,
    `LAST-MODIFIED:${utc(changedAt)}`,
    `SEQUENCE:${revision}`,
    wholeDay ? `DTSTART;VALUE=DATE:${date.replaceAll('-', '')}` : `DTSTART:${utc(at)}`,
    `SUMMARY:${escaped(title)}`,
    `URL:${url.replace(controls, '')}`,
    'TRANSP:TRANSPARENT',
    'END:VEVENT',
  ]
}

/** All but tab, which TEXT may hold; line feeds are escaped before they are looked for (3.3.11). */
const controls = /(?!\t)\p{Cc}/gu

/** TEXT (RFC 5545, 3.3.11): what has a meaning is escaped, what may not stand in it is left out. */
export function escaped(text: string): string {
  return text
    .replace(/[\\;,]/g, '\\$&')
    .replace(/\r\n|\r|\n/g, '\\n')
    .replace(controls, '')
}

const longestLine = 75

/** Folds a line at 75 octets (3.1), never within a character of UTF-8. */
export function folded(line: string): string {
  const parts: string[] = []
  let part = ''
  let octets = 0
  for (const character of line) {
    const size = Buffer.byteLength(character)
    if (octets + size > longestLine) {
      parts.push(part)
      part = ''
      // The space that begins what is continued is part of its line.
      octets = 1
    }
    part += character
    octets += size
  }
  return [...parts, part].join('\r\n ')
}

/** DATE-TIME in UTC (3.3.5), form 2. */
function utc(at: Instant): string {
  return `${new Date(at).toISOString().replace(/[-:]/g, '').slice(0, 15)}Z`
}
