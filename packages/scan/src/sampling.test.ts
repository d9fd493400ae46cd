import { describe, expect, test } from 'vitest'
import { drawn, openShare } from './index.ts'

describe('what a sample without a find leaves open', () => {
  test.each<[string, number, number | null, number]>([
    ['nothing looked at', 0, 100, 1],
    ['all looked at', 100, 100, 0],
    ['half of ten: with four marked none is seen in 1 of 42', 5, 10, 0.3],
    ['the rule of three, of an endless whole', 300, null, 1 - 0.05 ** (1 / 300)],
  ])('%s', (_name, looked, of, share) => {
    expect(openShare(looked, of)).toBeCloseTo(share, 12)
  })
  test('of a large whole it is nearly three by the number looked at, and less for a smaller whole', () => {
    expect(openShare(1000, 10_000_000)).toBeCloseTo(0.003, 4)
    expect(openShare(1000, 2000)).toBeLessThan(openShare(1000, 10_000_000))
  })
  test('it is the largest number that a direct count does not rule out', () => {
    const [looked, of] = [30, 60]
    const none = (marked: number) =>
      Array.from({ length: looked }, (_, i) => (of - marked - i) / (of - i)).reduce((a, b) => a * b, 1)
    const marked = Math.round(openShare(looked, of) * of)
    expect(none(marked)).toBeGreaterThanOrEqual(0.05)
    expect(none(marked + 1)).toBeLessThan(0.05)
  })
})

test('drawn numbers are different, in order, in range, and every one as likely', () => {
  let state = 1
  const below = (limit: number) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return Math.floor((state / 2 ** 32) * limit)
  }
  const times = new Map<number, number>()
  for (let round = 0; round < 3000; round += 1) {
    const chosen = drawn(3, 10, below)
    expect(chosen).toEqual([...new Set(chosen)].sort((a, b) => a - b))
    for (const one of chosen) times.set(one, (times.get(one) ?? 0) + 1)
  }
  expect([...times.keys()].sort((a, b) => a - b)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9])
  for (const count of times.values()) expect(Math.abs(count - 900)).toBeLessThan(120)
  expect(drawn(5, 3, below)).toEqual([0, 1, 2])
})
