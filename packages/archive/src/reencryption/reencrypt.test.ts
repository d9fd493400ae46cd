import { createHash } from 'node:crypto'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { generateKey, type KeyPair } from '../age/keys.ts'
import { decrypt, encrypt } from '../age/stream.ts'
import { backUpFolder } from '../folder/back-up.ts'
import { restoreFolder } from '../folder/restore.ts'
import { checkFiles, requireSound } from '../repository/check-files.ts'
import { listBackups } from '../repository/list-backups.ts'
import { initRepository, type Repository } from '../repository/repository.ts'
import { listWal } from '../repository/wal.ts'
import type { Target } from '../target.ts'
import { openTarget } from '../targets/open-target.ts'
import { dyingEverywhere } from '../testdata/dying-target.ts'
import { reencrypt } from './reencrypt.ts'

let base: string
let target: Target
let repository: Repository
let [old, fresh, other]: KeyPair[] = []
const source = 's'
const segments = [1, 2, 3, 5].map((number) => `s/wal/00000001/00000001000000000000000${number}.zst.age`)
const keys = (...pairs: readonly (KeyPair | undefined)[]) => ({
  identities: pairs.map((pair) => pair?.identity ?? ''),
  recipients: pairs.map((pair) => pair?.recipient ?? ''),
})

beforeEach(async () => {
  base = mkdtempSync(join(tmpdir(), 'hevd-reencrypt-'))
  for (const folder of ['target', 'data']) mkdirSync(join(base, folder))
  target = await openTarget({ kind: 'folder', path: join(base, 'target') })
  repository = await initRepository(target, 'P0D')
  ;[old, fresh, other] = await Promise.all([generateKey(), generateKey(), generateKey()])
  let clock = 1_800_000_000_000
  for (const name of ['a', 'b']) {
    writeFileSync(join(base, 'data', name), `${name} `.repeat(50_000))
    await backUpFolder({
      repository,
      source,
      folder: join(base, 'data'),
      exclude: [],
      oneFileSystem: true,
      recipients: keys(old).recipients,
      host: 'h',
      kind: 'incremental',
      state: join(base, 'state'),
      now: () => (clock += 60_000),
    })
  }
  for (const path of segments) {
    await target.put(path, encrypt(keys(old).recipients, [Buffer.from(path)]))
    utimesSync(join(base, 'target', path), 1_700_000_000, 1_700_000_000)
  }
})
afterEach(() => rmSync(base, { recursive: true }))

const everyFile = async () => (await Array.fromAsync(target.list(''))).map(({ path }) => path).sort()
const backups = async () => (await listBackups(repository, source)).backups

/** Every age file is readable by these, and by none of those; the backups are sound, and restore. */
async function expectReaders(
  can: KeyPair | undefined,
  cannot: readonly (KeyPair | undefined)[],
): Promise<void> {
  const read = async (path: string, pair: KeyPair | undefined) => {
    const file = await target.get(path)
    return buffer(decrypt(keys(pair).identities, file, path)).finally(() => file.destroy())
  }
  for (const path of (await everyFile()).filter((file) => file.endsWith('.age'))) {
    await read(path, can)
    for (const pair of cannot)
      await expect(read(path, pair)).rejects.toMatchObject({ code: 'identity-not-fitting' })
  }
  for (const path of segments) expect((await read(path, can)).toString()).toBe(path)
  for (const { id, recipients } of await backups()) {
    expect(recipients).not.toEqual(keys(...cannot).recipients)
    await restored(id, can)
  }
}

async function restored(backupId: string, pair: KeyPair | undefined): Promise<void> {
  const into = join(base, 'restored')
  await restoreFolder({ repository, source, identities: keys(pair).identities, into, backupId })
  expect(readFileSync(join(into, 'a'), 'utf8')).toBe('a '.repeat(50_000))
  rmSync(into, { recursive: true })
}

test('all is for the new recipients, and for no others', async () => {
  const before = await everyFile()
  const digest = (path: string) =>
    createHash('sha256')
      .update(readFileSync(join(base, 'target', path)))
      .digest('hex')
  const digests = new Set(before.map(digest))
  const seen: string[] = []
  const { recipients } = keys(fresh, other)
  const given = {
    ...keys(old),
    recipients,
    progress: (step: string, done: number, total: number | null) => seen.push(`${step} ${done === total}`),
  }
  expect(await reencrypt(repository, source, given)).toEqual({ backups: 2, wal: 4 })
  await expectReaders(fresh, [old])
  await expectReaders(other, [old])
  expect(new Set(seen)).toEqual(new Set(['backups false', 'backups true', 'wal false', 'wal true']))
  for (const backup of await backups()) {
    expect(backup).toMatchObject({ generation: 1, recipients })
    requireSound(await checkFiles(repository, backup))
  }
  for (const path of (await everyFile()).filter((path) => path.endsWith('.age')))
    expect(digests).not.toContain(digest(path))
  expect(await reencrypt(repository, source, { ...keys(fresh), recipients })).toMatchObject({ backups: 0 })
  await reencrypt(repository, source, { ...keys(other), recipients: keys(old).recipients })
  await expectReaders(old, [fresh, other])
})

test('the moments of the log stay, for they are how far restoring goes', async () => {
  await reencrypt(repository, source, { ...keys(old), recipients: keys(fresh).recipients })
  const { segments: listed } = await listWal(repository, source)
  const moments = listed.map(({ name, writtenAt }) => [name.at(-1), writtenAt === 1_700_000_000_000])
  // Those before a gap and the last one; of the others it is never asked.
  expect(moments).toEqual([
    ['1', false],
    ['2', false],
    ['3', true],
    ['5', true],
  ])
})

test('killed at any point, everything is readable by the old or the new, each backup by one of them whole; it goes on', async () => {
  const work = (dying: Target) =>
    reencrypt({ ...repository, target: dying }, source, { ...keys(old), recipients: keys(fresh).recipients })
  const deaths = await dyingEverywhere(target, work, async () => {
    for (const backup of await backups()) {
      const isNew = backup.recipients[0] === fresh?.recipient
      requireSound(await checkFiles(repository, backup))
      if (backup.parent === null) await restored(backup.id, isNew ? fresh : old)
    }
  })
  expect(deaths).toBeGreaterThan(5)
  await expectReaders(fresh, [old])
  expect((await everyFile()).filter((path) => path.endsWith('reencryption.json'))).toEqual([])
})

test('broken off and begun again for others, none of the first are left', async () => {
  const dying: Target = {
    ...target,
    put: (path, content, signal) =>
      path.includes('/r1/listing') ? Promise.reject(new Error('killed')) : target.put(path, content, signal),
  }
  const given = { ...keys(old), recipients: keys(fresh).recipients }
  await expect(reencrypt({ ...repository, target: dying }, source, given)).rejects.toThrow('killed')
  await reencrypt(repository, source, { ...keys(old), recipients: keys(other).recipients })
  await expectReaders(other, [old, fresh])
})

test('what the identities cannot read is named, after all else is done', async () => {
  const stranger = await generateKey()
  await target.put(segments[1] ?? '', encrypt([stranger.recipient], [Buffer.from('x')]))
  utimesSync(join(base, 'target', segments[1] ?? ''), 1_700_000_000, 1_700_000_000)
  const given = { ...keys(old), recipients: keys(fresh).recipients }
  await expect(reencrypt(repository, source, given)).rejects.toMatchObject({
    code: 'identity-not-fitting',
    params: { file: segments[1] },
  })
  await buffer(decrypt(keys(fresh).identities, await target.get(segments[3] ?? ''), ''))
  expect(statSync(join(base, 'target', segments[1] ?? '')).mtimeMs).toBe(1_700_000_000_000)
  await expect(
    reencrypt(repository, source, { ...given, identities: keys(other).identities }),
  ).rejects.toMatchObject({
    code: 'identity-not-fitting',
  })
})

test('a file that was changed is not carried over', async () => {
  const [first] = await backups()
  const path = join(base, 'target/s/backups', first?.id ?? '', 'content.tar.zst.age')
  const bytes = readFileSync(path)
  bytes[bytes.length - 30] = (bytes.at(-30) ?? 0) ^ 1
  writeFileSync(path, bytes)
  await expect(
    reencrypt(repository, source, { ...keys(old), recipients: keys(fresh).recipients }),
  ).rejects.toMatchObject({
    code: 'backup-changed',
  })
  expect((await backups())[0]).toEqual(first)
})
