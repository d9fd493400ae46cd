import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { invert, multiply } from './field.ts'
import { combine, type Point, split } from './shamir.ts'

const bytes = Array.from({ length: 256 }, (_, byte) => byte)

describe('GF(2^8)', () => {
  test.each([
    [0x57, 0x83, 0xc1],
    [0x57, 0x13, 0xfe],
    [0x57, 0x02, 0xae],
    [0xb6, 0x53, 0x36],
  ])('FIPS 197: %i times %i is %i', (a, b, product) => expect(multiply(a, b)).toBe(product))

  test('every byte but 0 times its inverse is 1', () => {
    expect(bytes.slice(1).map((byte) => multiply(byte, invert(byte)))).toEqual(Array(255).fill(1))
    expect(invert(0)).toBe(0)
  })
})

/** `m` of `n`, and which of the points are together again, in any order. */
const sharings = fc
  .tuple(fc.uint8Array({ minLength: 1, maxLength: 33 }), fc.integer({ min: 2, max: 16 }))
  .chain(([secret, threshold]) =>
    fc.integer({ min: threshold, max: 16 }).chain((count) =>
      fc.record({
        secret: fc.constant(Buffer.from(secret)),
        threshold: fc.constant(threshold),
        count: fc.constant(count),
        chosen: fc.shuffledSubarray(bytes.slice(0, count), { minLength: threshold, maxLength: count }),
      }),
    ),
  )

test('any m of n points give the secret, and more do too', () => {
  fc.assert(
    fc.property(sharings, ({ secret, threshold, count, chosen }) => {
      const points = split(secret, threshold, count)
      expect(combine(pick(points, chosen))).toEqual(secret)
    }),
    { numRuns: 200 },
  )
})

test('m − 1 points leave every secret possible, each in exactly one way', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 2, max: 16 }),
      fc.uint8Array({ minLength: 1, maxLength: 1 }),
      (m, secret) => {
        const known = split(Buffer.from(secret), m, 16).slice(0, m - 1)
        const possible = bytes.map((y) => combine([...known, { x: m, y: Buffer.of(y) }])[0])
        expect(new Set(possible).size).toBe(256)
      },
    ),
    { numRuns: 20 },
  )
})

test.each([1, 2, 16])(
  'of two: the byte at x = %i is uniform for every secret, over all of its coefficients',
  (x) => {
    for (const secret of bytes) {
      const seen = bytes.map((coefficient) => {
        const points = split(Buffer.of(secret), 2, 16, () => Buffer.of(coefficient))
        return points.find((point) => point.x === x)?.y[0]
      })
      expect(new Set(seen).size).toBe(256)
    }
  },
)

test('a wrong point gives another secret', () => {
  const [first, second] = pick(split(Buffer.from('secret'), 2, 2), [0, 1])
  const wrong = { x: 2, y: Buffer.from(second?.y ?? []).fill(7, 0, 1) }
  expect(first === undefined || combine([first, wrong]).equals(Buffer.from('secret'))).toBe(false)
})

test.each<[string, readonly Point[]]>([
  ['the same place twice', [1, 1].map((x) => ({ x, y: Buffer.of(1) }))],
  ['the secret’s own place', [0, 1].map((x) => ({ x, y: Buffer.of(1) }))],
  ['several lengths', [1, 2].map((x) => ({ x, y: Buffer.alloc(x) }))],
])('refuses %s', (_, points) => expect(() => combine(points)).toThrow(RangeError))

test.each([
  [1, 5],
  [6, 5],
  [2, 256],
])('splits nothing %i of %i', (threshold, count) =>
  expect(() => split(Buffer.of(1), threshold, count)).toThrow(RangeError),
)

function pick(points: readonly Point[], chosen: readonly number[]): Point[] {
  return chosen.flatMap((at) => points[at] ?? [])
}
