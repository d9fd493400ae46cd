import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { ColumnsError, type ColumnsErrorCode, columnsErrors } from './errors.ts'

const codes = Object.keys(columnsErrors) as ColumnsErrorCode[]

test('the README lists every code, and no other', () => {
  const readme = readFileSync(join(import.meta.dirname, '../README.md'), 'utf8')
  const table = readme.slice(readme.indexOf('## Errors'))
  expect([...table.matchAll(/^\| `([a-z-]+)` \|/gm)].map(([, code]) => code)).toEqual(codes)
})

test.each(codes)('%s has words in both languages, with everything filled in', (code) => {
  const given = new Proxy({}, { get: () => 'here', has: () => true })
  const { words, message } = new ColumnsError(code, given)
  expect(message).toBe(words.en)
  for (const text of [words.nb, words.en]) expect(text).toMatch(/^(?!.*undefined).{20,}\.$/)
  expect(words.nb).not.toBe(words.en)
})
