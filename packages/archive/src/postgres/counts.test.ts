import { expect, test } from 'vitest'
import { backupCounts, between, type Reading } from './counts.ts'

const reading = (
  tables: Record<string, [rows: number, checksum: string | null, changes: number]>,
): Reading => ({
  databases: new Map([
    [
      'shop',
      new Map(
        Object.entries(tables).map(([name, [rows, checksum, changes]]) => [
          JSON.stringify(['public', name]),
          { rows, checksum, changes },
        ]),
      ),
    ],
  ]),
  unread: new Map(),
})

const table = (
  before: [number, string | null, number] | null,
  after: [number, string | null, number] | null,
) =>
  between(reading(before === null ? {} : { t: before }), reading(after === null ? {} : { t: after }))
    .databases[0]?.tables[0]

test.each([
  ['rested', [5, 'a', 9], [5, 'a', 9], { rows: [5, 5], checksum: 'a', surely: true }],
  ['is too large for a checksum', [5, null, 9], [5, null, 9], { rows: [5, 5], checksum: null, surely: true }],
  ['grew', [5, 'a', 9], [8, 'b', 12], { rows: [2, 11], checksum: null, surely: true }],
  [
    'is a queue: empty both times, though rows came and went',
    [0, 'a', 10],
    [0, 'a', 30],
    { rows: [0, 20], checksum: null, surely: true },
  ],
  [
    'was updated: as many rows, other content',
    [5, 'a', 9],
    [5, 'b', 10],
    { rows: [4, 6], checksum: null, surely: true },
  ],
  [
    'was emptied without its rows being deleted one by one',
    [5, 'a', 9],
    [0, 'z', 9],
    { rows: [0, 5], checksum: null, surely: true },
  ],
  ['was made meanwhile', null, [4, 'a', 4], { rows: [0, 8], checksum: null, surely: false }],
  ['was dropped meanwhile', [4, 'a', 4], null, { rows: [0, 8], checksum: null, surely: false }],
] as const)('a table that %s', (_what, before, after, { rows: [atLeast, atMost], checksum, surely }) => {
  expect(table(before && [...before], after && [...after])).toEqual({
    ...{ schema: 'public', name: 't', rows: { atLeast, atMost }, checksum, surely },
  })
})

test('what could not be read is named, and is part of the file', () => {
  const unread = { ...reading({}), unread: new Map([['shop.public.secret', 'permission denied']]) }
  const counts = { format: 1, superuser: null, settings: {}, ...between(unread, reading({})) }
  expect(backupCounts.parse(counts).unread).toEqual([
    { name: 'shop.public.secret', reason: 'permission denied' },
  ])
})
