import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { requestErrors } from './problem.ts'

test('the README lists every code with its status', () => {
  const readme = readFileSync(join(import.meta.dirname, '..', 'README.md'), 'utf8')
  const listed = [...readme.matchAll(/^\| `([a-z-]+)` \| (\d+) \|/gm)].map(([, code, status]) => [
    code,
    Number(status),
  ])
  expect(listed.sort()).toEqual(
    Object.entries(requestErrors)
      .map(([code, { status }]) => [code, status])
      .sort(),
  )
})
