import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { BackupRecord } from '../backup.ts'
import {
  lsnNumber,
  lsnText,
  restorableSpans,
  segmentName,
  segmentNumber,
  type WalListing,
  walGaps,
} from './wal.ts'

const mebibytes = 1 << 20
const size = 16 * mebibytes

/** WAL of segments by name, the nth put away at n seconds. */
function wal(...names: readonly string[]): WalListing {
  return {
    segments: names.map((name, index) => ({ name, path: name, bytes: 1, writtenAt: 1000 * (index + 1) })),
    histories: [],
  }
}
const one = (number: number) => segmentName(1, number, size)
const two = (number: number) => segmentName(2, number, size)

function base(startLsn: string, endLsn: string, more: Partial<BackupRecord> = {}): BackupRecord {
  return {
    format: 1,
    id: startLsn,
    source: 's',
    of: 'postgresql',
    kind: 'full',
    parent: null,
    host: 'h',
    startedAt: 0,
    endedAt: 500,
    contentBytes: 0,
    generation: 0,
    missed: 0,
    torn: 0,
    files: [],
    recipients: ['age1'],
    postgresql: {
      systemIdentifier: '1',
      version: '17',
      timeline: 1,
      startLsn,
      endLsn,
      walSegmentBytes: size,
    },
    ...more,
  }
}

test('names as PostgreSQL writes them', () => {
  expect(segmentName(1, 1, size)).toBe('000000010000000000000001')
  expect(segmentName(10, 255, size)).toBe('0000000A00000000000000FF')
  expect(segmentName(1, 256, size)).toBe('000000010000000100000000')
  expect(segmentName(1, 4, 1024 * mebibytes)).toBe('000000010000000100000000')
  expect(lsnNumber('16/B374D848')).toBe(0x16b374d848)
  expect(lsnText(0x16b374d848)).toBe('16/B374D848')
})

test('names and positions are read as they are written', () =>
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 0xffffffff }),
      fc.integer({ min: 0, max: 2 ** 24 }),
      fc.integer({ min: 20, max: 30 }),
      (timeline, number, power) => {
        const name = segmentName(timeline, number, 2 ** power)
        expect(name).toMatch(/^[0-9A-F]{24}$/)
        expect(segmentNumber(name, 2 ** power)).toBe(number)
        expect(lsnNumber(lsnText(number * 2 ** power))).toBe(number * 2 ** power)
      },
    ),
  ))

test('gaps are named by their first and last segment, across log files too', () => {
  expect(walGaps(wal(one(3), one(4), one(5)), size)).toEqual([])
  expect(walGaps(wal(one(3), one(5), one(9)), size)).toEqual([
    { from: one(4), to: one(4) },
    { from: one(6), to: one(8) },
  ])
  expect(walGaps(wal(one(255), one(256)), size)).toEqual([])
  expect(walGaps(wal(one(254), one(257)), size)).toEqual([{ from: one(255), to: one(256) }])
  expect(walGaps(wal(one(3), two(7)), size)).toEqual([])
})

test('every segment between the first and the last is there or in a gap', () =>
  fc.assert(
    fc.property(fc.uniqueArray(fc.nat(600), { minLength: 1 }), (numbers) => {
      const sorted = numbers.sort((a, b) => a - b)
      const missing = walGaps(wal(...sorted.map(one)), size).flatMap(({ from, to }) => {
        const [first, last] = [segmentNumber(from, size), segmentNumber(to, size)]
        return Array.from({ length: last - first + 1 }, (_, index) => first + index)
      })
      const all = Array.from(
        { length: (sorted.at(-1) ?? 0) - (sorted[0] ?? 0) + 1 },
        (_, index) => index + (sorted[0] ?? 0),
      )
      expect([...sorted, ...missing].sort((a, b) => a - b)).toEqual(all)
    }),
  ))

test.each<[string, BackupRecord, WalListing, number | null, string | null]>([
  ['without WAL, not at all', base('0/2000028', '0/2000100'), wal(), null, null],
  ['with its own segment alone, its end', base('0/2000028', '0/2000100'), wal(one(2)), 1000, '0/3000000'],
  [
    'as far as it goes',
    base('0/2000028', '0/2000100'),
    wal(one(1), one(2), one(3), one(4)),
    4000,
    '0/5000000',
  ],
  ['up to a gap', base('0/2000028', '0/2000100'), wal(one(2), one(3), one(5), one(6)), 2000, '0/4000000'],
  ['not where its own WAL has a gap', base('0/2000028', '0/4000100'), wal(one(2), one(4)), null, null],
  [
    'one that ends where a segment does needs no next',
    base('0/2000028', '0/3000000'),
    wal(one(2)),
    1000,
    '0/3000000',
  ],
  [
    'over a promotion',
    base('0/2000028', '0/2000100'),
    wal(one(2), one(3), two(4), two(5)),
    4000,
    '0/6000000',
  ],
  [
    'over a promotion within a segment',
    base('0/2000028', '0/2000100'),
    wal(one(2), two(3)),
    2000,
    '0/4000000',
  ],
])('a base backup can be restored %s', (_, backup, listing, to, toLsn) => {
  const [span] = restorableSpans([backup], listing)
  expect(span).toMatchObject({
    backupId: backup.id,
    from: 500,
    to,
    toLsn,
    fromLsn: backup.postgresql?.endLsn,
  })
})

test('one that is not whole, and a folder, have no span', () =>
  expect(
    restorableSpans(
      [base('0/2000028', '0/2000100', { missed: 1 }), base('0/2000028', '0/2000100', { postgresql: null })],
      wal(one(2)),
    ),
  ).toEqual([]))
