import { expect, test } from 'vitest'
import { sharedReading } from './freshness.ts'

/** Readings that end when they are told to. */
function readings() {
  const begun: { end(value: string): void; fail(error: Error): void }[] = []
  const read = () =>
    new Promise<string>((end, fail) => {
      begun.push({ end, fail })
    })
  return { begun, ask: sharedReading(read) }
}

test('whoever asks while one is under way gets the next, which all of them share', async () => {
  const { begun, ask } = readings()
  const first = ask()
  const others = [ask(), ask(), ask()]
  expect(begun).toHaveLength(1)
  begun[0]?.end('before')
  expect(await first).toBe('before')
  await new Promise((done) => setImmediate(done))
  expect(begun).toHaveLength(2)
  const later = ask()
  begun[1]?.end('after')
  expect(await Promise.all(others)).toEqual(['after', 'after', 'after'])
  await new Promise((done) => setImmediate(done))
  expect(begun).toHaveLength(3)
  begun[2]?.end('last')
  expect(await later).toBe('last')
})

test('one that fails is told to those who asked for it, and the next begins anew', async () => {
  const { begun, ask } = readings()
  const first = ask()
  const second = ask()
  begun[0]?.fail(new Error('gone'))
  await expect(first).rejects.toThrow('gone')
  await new Promise((done) => setImmediate(done))
  begun[1]?.end('back')
  expect(await second).toBe('back')
  const third = ask()
  begun[2]?.end('again')
  expect(await third).toBe('again')
})
