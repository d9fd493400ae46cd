import { PassThrough } from 'node:stream'
import fc from 'fast-check'
import { expect, test, vi } from 'vitest'
import { terminalOf, wrapped } from './terminal.ts'

test('wrapping loses no word and keeps within the width', () => {
  fc.assert(
    fc.property(
      fc.array(fc.string({ minLength: 1, maxLength: 18 }).filter((word) => !/\s/.test(word))),
      fc.integer({ min: 30, max: 120 }),
      fc.integer({ min: 0, max: 8 }),
      (words, width, indent) => {
        const lines = wrapped(words.join(' '), width, indent)
        expect(lines.join(' ').split(/\s+/).filter(Boolean)).toEqual(words)
        for (const line of lines) expect(line.length).toBeLessThanOrEqual(width)
      },
    ),
  )
})

test('a name with control characters in it moves no cursor and hides nothing; our own colours stay', () => {
  const name = 'a\u001B]0;title\u0007\u009B2J.env'
  expect(wrapped(`Open: ${name}`, 80, 0)).toEqual(['Open: a\uFFFD]0;title\uFFFD\uFFFD2J.env'])
  const out = new PassThrough()
  const stream = out as unknown as NodeJS.WriteStream
  terminalOf(stream, stream, {}).write(`\u001B[31m▲\u001B[0m\t${name}`)
  expect(String(out.read())).toBe('\u001B[31m▲\u001B[0m\ta\uFFFD]0;title\uFFFD\uFFFD2J.env\n')
})

test('who stops reading ends the program quietly, and another fault is not swallowed', () => {
  const exit = vi.spyOn(process, 'exit').mockReturnValue(undefined as never)
  const out = new PassThrough() as unknown as NodeJS.WriteStream
  terminalOf(out, out, {})
  out.emit('error', Object.assign(new Error('write EPIPE'), { code: 'EPIPE' }))
  expect(exit).toHaveBeenCalledWith()
  expect(() => out.emit('error', Object.assign(new Error('full'), { code: 'ENOSPC' }))).toThrow('full')
  exit.mockRestore()
})
