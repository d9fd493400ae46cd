import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { residencyErrors } from './errors.ts'

test('README.md lists the error codes, and every one is worded', () => {
  const readme = readFileSync(join(import.meta.dirname, '..', 'README.md'), 'utf8')
  const listed = [...readme.matchAll(/^\| `([a-z-]+)` \|/gm)].map(([, code]) => code)
  expect(listed).toEqual(Object.keys(residencyErrors))
  for (const { words } of Object.values(residencyErrors)) expect(words.nb && words.en).not.toBe('')
})
