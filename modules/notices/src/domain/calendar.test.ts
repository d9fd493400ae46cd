import { execFileSync } from 'node:child_process'
import { endOfDate } from '@hevd/core'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { calendarText, type Deadline, escaped, folded } from './calendar.ts'

const oslo = 'Europe/Oslo'
const now = Date.parse('2026-06-01T12:00:00Z')
const one: Deadline = {
  uid: 'a1@hevd.example',
  at: Date.parse('2026-06-12T09:15:00Z'),
  title: 'Gjennomgå tilganger',
  url: 'https://hevd.example/controls/access-procedures',
  changedAt: now,
  revision: 2,
}
const made = (deadlines: readonly Deadline[], name = 'Hevd') =>
  calendarText({ name, deadlines, zone: oslo, now })

const parsed = z.object({
  name: z.string(),
  events: z.array(
    z.object({ uid: z.string(), summary: z.string(), start: z.string(), sequence: z.int(), url: z.string() }),
  ),
})

/** As Debian's python3-icalendar reads it. */
function readByIcalendar(text: string) {
  const program = `
import sys, json, icalendar
calendar = icalendar.Calendar.from_ical(sys.stdin.buffer.read())
events = [dict(uid=str(e['UID']), summary=str(e['SUMMARY']), start=e['DTSTART'].dt.isoformat(), sequence=int(e['SEQUENCE']),
  url=str(e['URL'])) for e in calendar.walk('VEVENT')]
print(json.dumps(dict(name=str(calendar['NAME']), events=events)))`
  const answer = execFileSync('/usr/bin/python3', ['-c', program], { input: text, encoding: 'utf8' })
  return parsed.parse(JSON.parse(answer))
}

describe('as an independent reader reads it', () => {
  test('Norwegian letters, long lines, what must be escaped', () => {
    const title = `Ærlig, «øvelse»; på Åsane \\ igjen\nog ${'blåbærsyltetøy '.repeat(20)}🛡`
    const { name, events } = readByIcalendar(made([{ ...one, title }], 'Frister, fra Hevd'))
    expect(name).toBe('Frister, fra Hevd')
    expect(events).toEqual([
      { uid: one.uid, summary: title, start: '2026-06-12T09:15:00+00:00', sequence: 2, url: one.url },
    ])
  })

  test('the end of a day is that day, whole; other moments are in UTC', () => {
    const days = ['2026-03-28', '2026-03-29', '2026-10-24', '2026-10-25', '2026-12-31']
    const { events } = readByIcalendar(
      made(days.map((day) => ({ ...one, uid: day, at: endOfDate(day, oslo) }))),
    )
    expect(events.map(({ start }) => start)).toEqual(days)
  })

  test('nothing is an empty calendar', () => expect(readByIcalendar(made([])).events).toEqual([]))
})

describe('lines', () => {
  const unfold = (text: string) => text.replaceAll('\r\n ', '')
  const text = fc.string({ unit: 'binary', maxLength: 300 })

  test('no longer than 75 octets, whole characters, the same unfolded', () => {
    fc.assert(
      fc.property(text, (any) => {
        const line = any.toWellFormed().replace(/[\r\n]/g, '')
        const lines = folded(line).split('\r\n')
        expect(Math.max(...lines.map((part) => Buffer.byteLength(part)))).toBeLessThanOrEqual(75)
        expect(lines.every((part) => !part.includes('�') || line.includes('�'))).toBe(true)
        expect(unfold(folded(line))).toBe(line)
      }),
      { numRuns: 300 },
    )
  })

  test('escaped text never begins a property of its own', () => {
    fc.assert(
      fc.property(text, (any) => {
        expect(escaped(any)).not.toMatch(/[\r\n]/)
        expect(escaped(any).replace(/\\[\\;,n]/g, '')).not.toMatch(/[\\;,]/)
      }),
    )
  })

  test('a title cannot add an event', () => {
    const evil = 'x\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nUID:evil'
    expect(made([{ ...one, title: evil }]).match(/\r\nBEGIN:VEVENT\r\n/g)).toHaveLength(1)
  })
})
