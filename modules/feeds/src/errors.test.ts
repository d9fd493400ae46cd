import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { refusals } from './domain/refusals.ts'
import { feedsErrors } from './errors.ts'

test('README.md lists the codes of errors and refusals, and every one is worded', () => {
  const readme = readFileSync(join(import.meta.dirname, '..', 'README.md'), 'utf8')
  const listed = [...readme.matchAll(/^\| `([a-z-]+)` \|/gm)].map(([, code]) => code)
  expect(listed).toEqual([...Object.keys(feedsErrors), ...Object.keys(refusals)])
  for (const { words } of Object.values(feedsErrors)) expect(words.nb && words.en).not.toBe('')
})
