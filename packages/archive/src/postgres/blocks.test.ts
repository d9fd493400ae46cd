import { expect, test } from 'vitest'
import { blocksOf } from './blocks.ts'

test('a block is used again once it is given back, and never while somebody has it', () => {
  const blocks = blocksOf(1024)
  const [first, second] = [blocks.take(), blocks.take()]
  expect(second.buffer).not.toBe(first.buffer)
  blocks.giveBack(first.subarray(0, 10))
  blocks.giveBack(first)
  blocks.giveBack(Buffer.allocUnsafeSlow(1024))
  const third = blocks.take()
  expect(third.buffer).toBe(first.buffer)
  expect(third.length).toBe(1024)
  expect([first.buffer, second.buffer]).not.toContain(blocks.take().buffer)
})
