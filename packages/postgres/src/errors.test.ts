import { readFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { PostgresError, wordings } from './errors.ts'

test('the table of the README lists every code, and no other', async () => {
  const readme = await readFile(new URL('../README.md', import.meta.url), 'utf8')
  const [, table] = readme.split('## Errors')
  const listed = [...(table ?? '').matchAll(/^\| `([a-z-]+)` \|/gm)].map(([, code]) => code)
  expect(listed.sort()).toEqual(Object.keys(wordings).sort())
})

test('an error says the same in both languages', () => {
  const error = new PostgresError('already-supervised', { home: '/srv/hevd', pid: 7 })
  expect(error.words.nb).toBe(
    'En annen Hevd (prosess 7) bruker /srv/hevd. Stopp den først, eller velg en annen HEVD_HOME.',
  )
  expect(error.message).toBe(error.words.en)
})
