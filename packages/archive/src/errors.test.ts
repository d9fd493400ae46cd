import { readFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { ArchiveError, wordings } from './errors.ts'

test('the table of the README lists every code, and no other', async () => {
  const readme = await readFile(new URL('../README.md', import.meta.url), 'utf8')
  const [, table] = readme.split('## Errors')
  const listed = [...(table ?? '').matchAll(/^\| `([a-z-]+)` \|/gm)].map(([, code]) => code)
  expect(listed.sort()).toEqual(Object.keys(wordings).sort())
})

test('an error says the same in both languages, and keeps what its words are made of', () => {
  const error = new ArchiveError('target-full', { target: 'folder /srv/backups' })
  expect(error.words.nb).toBe('folder /srv/backups er fullt. Frigjør plass, eller utvid lagringen.')
  expect(error.message).toBe(error.words.en)
  expect(error.params).toEqual({ target: 'folder /srv/backups' })
})
