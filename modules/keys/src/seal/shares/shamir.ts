import { randomBytes } from 'node:crypto'
import { wipe } from '../wipe.ts'
import { invert, multiply } from './field.ts'

/** A point of the polynomials that hold a secret: `x` is 1–255, `y` as long as the secret. */
export type Point = { readonly x: number; readonly y: Buffer }

/**
 * Shamir's secret sharing (Communications of the ACM 22, 1979), byte by byte over GF(2^8): any `threshold` of the `count`
 * points give the secret, fewer say nothing of it. Every coefficient is random, the highest may be zero: without that a
 * point would rule secrets out. @param random gives so many random bytes
 */
export function split(
  secret: Buffer,
  threshold: number,
  count: number,
  random: (size: number) => Buffer = randomBytes,
): readonly Point[] {
  if (threshold < 2 || threshold > count || count > 255) throw new RangeError(`${threshold} of ${count}`)
  const coefficients = Array.from({ length: threshold - 1 }, () => random(secret.length))
  const highestFirst = [...coefficients, secret]
  const points = Array.from({ length: count }, (_, index) => {
    const x = index + 1
    const y = Buffer.alloc(secret.length)
    for (const coefficient of highestFirst)
      for (let at = 0; at < y.length; at++) y[at] = multiply(y[at] ?? 0, x) ^ (coefficient[at] ?? 0)
    return { x, y }
  })
  wipe(...coefficients)
  return points
}

/** The secret that the points hold, if they are as many as its threshold; otherwise, and with a wrong one, other bytes. */
export function combine(points: readonly Point[]): Buffer {
  const length = points[0]?.y.length ?? 0
  const places = new Set(points.map(({ x }) => x))
  if (places.size !== points.length || places.has(0) || points.some(({ y }) => y.length !== length))
    throw new RangeError('Points of one secret differ in x, and are of one length')
  const secret = Buffer.alloc(length)
  for (const { x, y } of points) {
    const weight = points.reduce(
      (product, other) =>
        other.x === x ? product : multiply(product, multiply(other.x, invert(other.x ^ x))),
      1,
    )
    for (let at = 0; at < length; at++) secret[at] = (secret[at] ?? 0) ^ multiply(weight, y[at] ?? 0)
  }
  return secret
}
