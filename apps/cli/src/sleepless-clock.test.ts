import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { sleeplessClock } from './clock.ts'

test('it goes on while the machine sleeps, and is as fine as the clock that does not', () => {
  let [awake, asleep] = [5, 100_000]
  const hundredths = () => Math.floor((awake + asleep) / 10) * 10
  const clock = sleeplessClock(() => awake, hundredths)
  const began = clock()
  awake += 3
  expect(clock() - began).toBe(3)
  asleep += 3_600_000
  awake += 4
  expect(Math.abs(clock() - began - 3_600_007)).toBeLessThan(10)
  const woken = clock()
  awake += 1
  expect(clock() - woken).toBe(1)
})

test('it counts from when the kernel began', () => {
  const before = Number(readFileSync('/proc/uptime', 'utf8').split(' ')[0]) * 1000
  const now = sleeplessClock()()
  const after = Number(readFileSync('/proc/uptime', 'utf8').split(' ')[0]) * 1000
  expect(now).toBeGreaterThan(before - 1000)
  expect(now).toBeLessThan(after + 1000)
})
