import { describe, expect, test } from 'vitest'
import type { WalListing } from '../repository/wal.ts'
import { neededSegments } from './restore-wal.ts'

const MiB = 1024 * 1024
const backup = {
  ...{ systemIdentifier: '1', version: '17.6', timeline: 1, walSegmentBytes: 16 * MiB },
  // From within segment 3 to within segment 4.
  ...{ startLsn: '0/3000028', endLsn: '0/4000100' },
}
/** Segments as `timeline:number`. */
const listing = (...names: string[]): WalListing => ({
  segments: names.map((text) => {
    const [timeline = '', number = ''] = text.split(':')
    const name = `${timeline.padStart(8, '0')}00000000${Number(number).toString(16).toUpperCase().padStart(8, '0')}`
    return { name, path: `shop/wal/${name}`, bytes: 1, writtenAt: 0 }
  }),
  histories: [],
})
const needed = (wal: WalListing, until: Parameters<typeof neededSegments>[3]) =>
  neededSegments('shop', wal, backup, until).map(
    ({ name }) => `${Number(name.slice(0, 8))}:${Number.parseInt(name.slice(16), 16)}`,
  )
const all = listing('1:2', '1:3', '1:4', '1:5', '1:6')

describe('the log that a restore needs', () => {
  test.each([
    ['of the backup alone', 'backup', ['1:3', '1:4']],
    ['to the latest', 'latest', ['1:3', '1:4', '1:5', '1:6']],
    [
      'to a moment: all there is, since the server knows the times',
      { time: 0 },
      ['1:3', '1:4', '1:5', '1:6'],
    ],
    ['to a position', { lsn: '0/5000001' }, ['1:3', '1:4', '1:5']],
    ['to a position at the end of a segment', { lsn: '0/5000000' }, ['1:3', '1:4']],
    [
      'to a position before the backup’s end: at least what makes it consistent',
      { lsn: '0/3000100' },
      ['1:3', '1:4'],
    ],
  ] as const)('%s', (_what, until, expected) => {
    expect(needed(all, until)).toEqual(expected)
  })

  test('of a server that was promoted within a segment: both timelines’ segments', () => {
    expect(needed(listing('1:3', '1:4', '1:5', '2:5', '2:6'), 'latest')).toEqual([
      '1:3',
      '1:4',
      '1:5',
      '2:5',
      '2:6',
    ])
    expect(needed(listing('1:3', '1:4', '2:5'), 'latest')).toEqual(['1:3', '1:4', '2:5'])
  })

  test('names what is missing', () => {
    const missing = (wal: WalListing, until: Parameters<typeof neededSegments>[3]) => () => needed(wal, until)
    const error = (number: number) =>
      expect.objectContaining({
        code: 'wal-missing',
        params: expect.objectContaining({ segment: `00000001000000000000000${number}` }),
      })
    expect(missing(listing('1:4'), 'backup')).toThrow(error(3))
    expect(missing(listing('1:3'), 'latest')).toThrow(error(4))
    expect(missing(listing('1:3', '1:4', '1:6'), 'latest')).toThrow(error(5))
    expect(missing(listing('1:3', '1:4'), { lsn: '0/5000001' })).toThrow(error(5))
    expect(needed(listing('1:3', '1:4', '1:6'), { time: 0 })).toEqual(['1:3', '1:4'])
    expect(needed(listing('1:3', '1:4', '1:6'), { lsn: '0/4500000' })).toEqual(['1:3', '1:4'])
  })
})
