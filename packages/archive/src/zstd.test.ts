import { execFileSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { buffer } from 'node:stream/consumers'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { compress, decompress } from './zstd.ts'

const MiB = 1024 * 1024

test('what was compressed is what is decompressed, also by Debian’s zstd', async () => {
  for (const content of [
    Buffer.alloc(0),
    Buffer.from('a'),
    randomBytes(2 * MiB + 1),
    Buffer.alloc(7 * MiB, 'rows of a table, '),
  ]) {
    const file = await buffer(compress([content]))
    expect((await buffer(decompress([file]))).equals(content)).toBe(true)
    expect(execFileSync('zstd', ['-d'], { input: file, maxBuffer: 1 << 26 }).equals(content)).toBe(true)
  }
})

test('frames are found in whatever pieces they come', async () => {
  const content = Buffer.concat([Buffer.alloc(4 * MiB, 'abc'), randomBytes(MiB)])
  const file = await buffer(compress([content]))
  await fc.assert(
    fc.asyncProperty(fc.array(fc.integer({ min: 0, max: file.length }), { maxLength: 12 }), async (cuts) => {
      const at = [0, ...cuts.sort((a, b) => a - b), file.length]
      const parts = at.slice(1).map((end, index) => file.subarray(at[index], end))
      expect((await buffer(decompress(parts))).equals(content)).toBe(true)
    }),
    { numRuns: 20 },
  )
})

test('what is cut short, changed or something else is refused', async () => {
  const file = await buffer(compress([randomBytes(3 * MiB)]))
  const changed = Buffer.from(file)
  changed[100] = (changed[100] ?? 0) ^ 1
  for (const bad of [
    file.subarray(0, -1),
    file.subarray(0, 3),
    changed,
    Buffer.from('something else'),
    Buffer.concat([file, Buffer.from([0])]),
  ])
    await expect(buffer(decompress([bad]))).rejects.toMatchObject({ code: expect.stringMatching(/^ZSTD_/) })
})

test('an error of the content is that of its reader', async () => {
  async function* failing() {
    yield randomBytes(5 * MiB)
    throw new Error('the source is away')
  }
  await expect(buffer(compress(failing()))).rejects.toThrow('the source is away')
})
