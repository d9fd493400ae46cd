import { expect, test } from 'vitest'
import { cameBy, parseHistory } from './history.ts'

const text = '1\t0/3000000\tno recovery target specified\n\n2\t1/A00000F8\tbefore 2026-11-26 08:00:00+00\n'

test('a history tells where each timeline was left', () => {
  expect(parseHistory(text)).toEqual([
    { timeline: 1, at: 0x3000000 },
    { timeline: 2, at: 0x1a00000f8 },
  ])
  expect(parseHistory('')).toEqual([])
})

test.each([
  ['where it is', 3, 0x1b0000000, true],
  ['where it left a timeline', 1, 0x3000000, true],
  ['before that', 1, 0x2000000, true],
  ['after that: it was restored to an earlier moment', 1, 0x4000000, false],
  ['on a timeline of another copy', 4, 0x1000000, false],
])('it came by %s', (_what, timeline, at, expected) => {
  expect(cameBy({ timeline, at }, { timeline: 3, history: parseHistory(text) })).toBe(expected)
})
