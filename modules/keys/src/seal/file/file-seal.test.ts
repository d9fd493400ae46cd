import { randomBytes } from 'node:crypto'
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeEach, expect, test } from 'vitest'
import { fileSeal } from './file-seal.ts'

const root = mkdtempSync(join(tmpdir(), 'hevd-key-file-'))
const home = join(root, 'home')
const path = join(root, 'etc', 'seal.key')
const context = Buffer.from('organisation')
const rootKey = randomBytes(32)
const seal = fileSeal(path, home)

beforeEach(() => {
  rmSync(root, { recursive: true, force: true })
  mkdirSync(home, { recursive: true })
})
afterAll(() => rmSync(root, { recursive: true, force: true }))

test('makes the key file at first sealing, 0600, and opens by it', async () => {
  const sealed = await seal.wrap(rootKey, context)
  expect(statSync(path).mode & 0o777).toBe(0o600)
  expect(readdirSync(join(root, 'etc'))).toEqual(['seal.key'])
  expect(await seal.unwrap(sealed, context)).toEqual(rootKey)
  expect(JSON.stringify(sealed)).not.toContain(readFileSync(path, 'utf8').split(' ')[1]?.trim())
})

test('never writes over a key file that is there', async () => {
  const before = await seal.wrap(rootKey, context)
  const text = readFileSync(path, 'utf8')
  await seal.wrap(rootKey, context)
  expect(readFileSync(path, 'utf8')).toBe(text)
  expect(await seal.unwrap(before, context)).toEqual(rootKey)
})

test('never makes one in order to open', async () => {
  const sealed = await seal.wrap(rootKey, context)
  rmSync(path)
  await expect(seal.unwrap(sealed, context)).rejects.toMatchObject({ code: 'seal-file-missing' })
  expect(readdirSync(join(root, 'etc'))).toEqual([])
})

test('another key file is named as another', async () => {
  const sealed = await seal.wrap(rootKey, context)
  rmSync(path)
  await seal.wrap(rootKey, context)
  await expect(seal.unwrap(sealed, context)).rejects.toMatchObject({
    code: 'seal-does-not-open',
    message: expect.stringContaining('another key file'),
  })
})

test('another organisation’s sealed root key does not open', async () => {
  const sealed = await seal.wrap(rootKey, context)
  await expect(seal.unwrap(sealed, Buffer.from('another'))).rejects.toMatchObject({
    code: 'seal-does-not-open',
  })
})

test.each([0o640, 0o604, 0o660])('refuses a file of mode %o', async (mode) => {
  const sealed = await seal.wrap(rootKey, context)
  chmodSync(path, mode)
  await expect(seal.unwrap(sealed, context)).rejects.toMatchObject({ code: 'seal-file-exposed' })
  await expect(seal.wrap(rootKey, context)).rejects.toMatchObject({ code: 'seal-file-exposed' })
})

test('refuses a file in HEVD_HOME, by its own path and through links', async () => {
  const inside = fileSeal(join(home, 'seal.key'), home)
  await expect(inside.wrap(rootKey, context)).rejects.toMatchObject({ code: 'seal-file-in-home' })
  symlinkSync(home, join(root, 'link'))
  const linked = fileSeal(join(root, 'link', 'seal.key'), home)
  await expect(linked.wrap(rootKey, context)).rejects.toMatchObject({ code: 'seal-file-in-home' })
  expect(readdirSync(home)).toEqual([])
  await seal.wrap(rootKey, context)
  writeFileSync(join(home, 'copy'), readFileSync(path), { mode: 0o600 })
  symlinkSync(join(home, 'copy'), join(root, 'etc', 'pointer'))
  const pointing = fileSeal(join(root, 'etc', 'pointer'), home)
  await expect(pointing.wrap(rootKey, context)).rejects.toMatchObject({ code: 'seal-file-in-home' })
})

test('a folder beside HEVD_HOME whose name begins as its own is outside', async () => {
  const beside = fileSeal(join(root, 'home-keys', 'seal.key'), home)
  expect((await beside.wrap(rootKey, context)).kind).toBe('file')
})

test.each(['', 'hevd-key-file-1 abc\n', 'hevd-key-file-2 '.concat('A'.repeat(43), '=\n')])(
  'refuses %j as a key',
  async (text) => {
    mkdirSync(join(root, 'etc'))
    writeFileSync(path, text, { mode: 0o600 })
    await expect(seal.wrap(rootKey, context)).rejects.toMatchObject({ code: 'seal-not-valid' })
  },
)
