import { execFileSync } from 'node:child_process'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { passesMemory } from './memory-ceiling.ts'
import { processorShare, processorTime } from './processor-share.ts'

test('a first look goes at full speed; after that work waits until the share is kept, however it comes', () => {
  const work = fc.record({ processor: fc.nat(20_000), idle: fc.nat(60_000) })
  fc.assert(
    fc.property(fc.double({ min: 0.01, max: 1, noNaN: true }), fc.array(work), (share, all) => {
      let at = 0
      let used = 0
      const kept = processorShare(
        share,
        () => used,
        () => at,
      )
      for (const { processor, idle } of all) {
        at += kept.owed()
        // Whatever was used is within the share of the time that went by and the burst, when more is begun.
        expect(used).toBeLessThanOrEqual(5000 + at * share + 1)
        used += processor
        at += processor + idle
      }
    }),
  )
})

test('what is used within the burst is not held back', () => {
  let used = 0
  const kept = processorShare(
    0.1,
    () => used,
    () => 0,
  )
  used = 5000
  expect(kept.owed()).toBe(0)
  used = 5001
  expect(kept.owed()).toBeCloseTo(10)
})

test('programs that were started are counted in', () => {
  const before = processorTime()
  execFileSync(process.execPath, [
    '-e',
    'const end = process.cpuUsage().user + 400_000; while (process.cpuUsage().user < end);',
  ])
  expect(processorTime() - before).toBeGreaterThanOrEqual(300)
})

test('memory past the ceiling is told, and an abort ends the watching', async () => {
  const never = new AbortController()
  expect(await passesMemory(100, () => 101 * 2 ** 20, never.signal)).toBe(101)
  const watching = passesMemory(100, () => 100 * 2 ** 20, never.signal)
  never.abort()
  expect(await watching).toBeNull()
})
