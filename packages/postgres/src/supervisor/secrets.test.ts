import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { loadSecrets, roles } from './secrets.ts'

let folder: string
let path: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'hevd-secrets-'))
  path = join(folder, 'secrets.json')
})
afterEach(() => rmSync(folder, { recursive: true }))

test('passwords are made once, for every role, and only we can read them', async () => {
  const made = await loadSecrets(path, false)
  expect(Object.keys(made).sort()).toEqual(Object.keys(roles).sort())
  expect(new Set(Object.values(made)).size).toBe(Object.keys(roles).length)
  expect(statSync(path).mode & 0o777).toBe(0o600)
  expect(await loadSecrets(path, true)).toEqual(made)
})

test('a role that an earlier Hevd did not have gets its password, and the others keep theirs', async () => {
  const { backup: _, ...earlier } = await loadSecrets(path, false)
  writeFileSync(path, JSON.stringify(earlier))
  const whole = await loadSecrets(path, true)
  expect(whole).toMatchObject({ ...earlier, backup: expect.stringMatching(/^[\w-]{32}$/) })
  expect(JSON.parse(readFileSync(path, 'utf8'))).toEqual(whole)
})

test('any other role that is missing is damage', async () => {
  const { runtime: _, ...damaged } = await loadSecrets(path, false)
  writeFileSync(path, JSON.stringify(damaged))
  await expect(loadSecrets(path, true)).rejects.toMatchObject({ code: 'secrets-missing' })
})
