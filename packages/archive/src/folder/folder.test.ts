import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  appendFileSync,
  chmodSync,
  constants,
  linkSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  renameSync,
  rmSync,
  symlinkSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { generateKey, type KeyPair } from '../age/keys.ts'
import { listBackups } from '../repository/list-backups.ts'
import { initRepository, type Repository } from '../repository/repository.ts'
import type { Target } from '../target.ts'
import { openTarget } from '../targets/open-target.ts'
import { dyingEverywhere } from '../testdata/dying-target.ts'
import { type BackUpFolder, backUpFolder, contentFile } from './back-up.ts'
import { drillFolder } from './drill.ts'
import { restoreFolder } from './restore.ts'

let base: string
let target: Target
let repository: Repository
let key: KeyPair
let clock = Date.parse('2026-01-01T00:00:00Z')
const at = (...parts: readonly string[]) => join(base, ...parts)

beforeAll(async () => {
  base = mkdtempSync(join(tmpdir(), 'hevd-folder-'))
  mkdirSync(at('target'))
  target = await openTarget({ kind: 'folder', path: at('target') })
  repository = await initRepository(target, 'P0D')
  key = await generateKey()
})
afterAll(() => rmSync(base, { recursive: true }))

const now = () => {
  clock += 60_000
  return clock
}

function backUp(source: string, options: Partial<BackUpFolder> = {}) {
  return backUpFolder({
    repository,
    source,
    folder: at(source),
    exclude: [],
    oneFileSystem: true,
    recipients: [key.recipient],
    host: 'here',
    kind: 'incremental',
    state: at('state'),
    now,
    ...options,
  })
}

let restores = 0
async function restored(source: string, backupId?: string): Promise<string> {
  restores += 1
  const given = backupId === undefined ? {} : { backupId }
  const into = at(`restored-${restores}`)
  await restoreFolder({ repository, source, identities: [key.identity], into, ...given })
  return into
}

type Seen = { readonly mtimeMs: number; readonly kept: unknown }
type Picture = { readonly [path: string]: Seen }

/** Node.js sets moments to within a microsecond. */
function expectSame(found: Picture, expected: Picture): void {
  const kept = (picture: Picture) => Object.entries(picture).map(([path, { kept }]) => [path, kept])
  expect(kept(found)).toEqual(kept(expected))
  for (const [path, { mtimeMs }] of Object.entries(found))
    expect(Math.abs(mtimeMs - (expected[path]?.mtimeMs ?? 0))).toBeLessThan(0.002)
}

/** Everything that is kept of what is below a folder, content included. */
function picture(folder: string): Picture {
  const inodes = new Map<number, string>()
  const look = (path: string): [string, Seen][] => {
    const place = join(folder, path)
    const { mtimeMs, ...stat } = lstatSync(place)
    const common = { mode: stat.mode.toString(8), uid: stat.uid, gid: stat.gid }
    const seen = (more: object): [string, Seen] => [path, { mtimeMs, kept: { ...common, ...more } }]
    if ((stat.mode & constants.S_IFMT) === constants.S_IFLNK) return [seen({ target: readlinkSync(place) })]
    if ((stat.mode & constants.S_IFMT) === constants.S_IFDIR)
      return [
        seen({}),
        ...readdirSync(place)
          .sort()
          .flatMap((name) => look(join(path, name))),
      ]
    const same = inodes.get(stat.ino)
    inodes.set(stat.ino, path)
    return [seen({ same, size: stat.size, content: readFileSync(place).toString('base64').slice(0, 5000) })]
  }
  return Object.fromEntries(look('.'))
}

function makeEverything(folder: string): void {
  mkdirSync(join(folder, 'deep/er/and deeper'), { recursive: true })
  mkdirSync(join(folder, 'empty'), { mode: 0o750 })
  writeFileSync(join(folder, 'æøå – 日本語 🎉'), 'names')
  writeFileSync(join(folder, 'new\nline'), 'x')
  writeFileSync(join(folder, 'n'.repeat(255)), 'long')
  writeFileSync(join(folder, 'deep/er/and deeper', 'a'.repeat(200)), 'longer')
  writeFileSync(join(folder, 'nothing'), '')
  writeFileSync(join(folder, 'secret'), 'mode', { mode: 0o600 })
  writeFileSync(join(folder, 'program'), '#!/bin/sh\n')
  chmodSync(join(folder, 'program'), 0o4755)
  writeFileSync(join(folder, 'large'), Buffer.alloc(3_000_001, 'content '))
  writeFileSync(join(folder, 'holes'), 'begin')
  truncateSync(join(folder, 'holes'), 8_000_000)
  appendFileSync(join(folder, 'holes'), 'end')
  linkSync(join(folder, 'large'), join(folder, 'deep/same'))
  symlinkSync('../secret', join(folder, 'deep/relative'))
  symlinkSync('/etc/passwd', join(folder, 'absolute'))
  symlinkSync('nowhere', join(folder, 'dangling'))
  symlinkSync('deep', join(folder, 'to-folder'))
  utimesSync(join(folder, 'secret'), 1_000_000_000.123456, 1_000_000_000.123456)
  utimesSync(join(folder, 'nothing'), 1, -86_400.5)
  utimesSync(join(folder, 'empty'), 946_684_800, 946_684_800)
}

test('everything comes back as it was, and opens with age, zstd and tar', async () => {
  mkdirSync(at('all'))
  makeEverything(at('all'))
  const { record, missed, torn } = await backUp('all')
  expect(record).toMatchObject({ kind: 'full', parent: null, missed: 0, torn: 0, of: 'folder' })
  expect([missed, torn]).toEqual([[], []])
  const into = await restored('all')
  expectSame(picture(into), picture(at('all')))
  expect(lstatSync(join(into, 'holes')).blocks).toBeLessThan(1000)

  writeFileSync(at('key'), `${key.identity}\n`)
  mkdirSync(at('by-hand'))
  const file = join(at('target'), 'all/backups', record.id, contentFile)
  execFileSync('sh', ['-c', `age -d -i ${at('key')} ${file} | zstd -d | tar -x -p -C ${at('by-hand')}`])
  expectSame(picture(at('by-hand')), picture(at('all')))
})

test('what has changed since, and only that; what was deleted stays away', async () => {
  const folder = at('changing')
  mkdirSync(join(folder, 'a/b'), { recursive: true })
  for (const name of ['kept', 'changed', 'removed', 'a/moved', 'a/b/kept', 'touched', 'becomes-folder'])
    writeFileSync(join(folder, name), `${name}, first\n`.repeat(1000))
  linkSync(join(folder, 'kept'), join(folder, 'kept-too'))
  const first = await backUp('changing')
  const before = picture(folder)

  writeFileSync(join(folder, 'changed'), 'second')
  rmSync(join(folder, 'removed'))
  renameSync(join(folder, 'a/moved'), join(folder, 'a/b/moved'))
  chmodSync(join(folder, 'touched'), 0o600)
  rmSync(join(folder, 'becomes-folder'))
  mkdirSync(join(folder, 'becomes-folder'))
  writeFileSync(join(folder, 'becomes-folder/added'), 'added')
  const { mtimeMs } = lstatSync(join(folder, 'a/b/kept'))
  const second = await backUp('changing')
  const then = picture(folder)
  expect(second.record).toMatchObject({ kind: 'incremental', parent: first.record.id })
  expect(second.record.contentBytes).toBeLessThan(first.record.contentBytes / 2)

  // The same size and moment do not hide a change: its inode's own moment is another.
  writeFileSync(join(folder, 'a/b/kept'), 'a/b/kept, third\n'.repeat(1000))
  utimesSync(join(folder, 'a/b/kept'), mtimeMs / 1000, mtimeMs / 1000)
  rmSync(join(folder, 'kept'))
  const third = await backUp('changing')
  expect(third.record.parent).toBe(second.record.id)

  expectSame(picture(await restored('changing')), picture(folder))
  expectSame(picture(await restored('changing', second.record.id)), then)
  expectSame(picture(await restored('changing', first.record.id)), before)
  const nothing = await backUp('changing')
  expect(nothing.record.contentBytes).toBe(0)
})

test('a full one where the host has no listing, another folder, or a backup that is gone', async () => {
  mkdirSync(at('listed'))
  writeFileSync(at('listed/a'), 'a')
  expect((await backUp('listed')).record.kind).toBe('full')
  expect((await backUp('listed')).record.kind).toBe('incremental')
  expect((await backUp('listed', { kind: 'full' })).record.kind).toBe('full')
  truncateSync(at('state/listed.listing.zst'), 40)
  expect((await backUp('listed')).record.kind).toBe('full')
  mkdirSync(at('elsewhere'))
  expect((await backUp('listed', { folder: at('elsewhere') })).record.kind).toBe('full')
  const { record } = await backUp('listed')
  await target.remove(`listed/backups/${record.id}/backup.json`)
  expect((await backUp('listed')).record.kind).toBe('full')
})

test('patterns leave out, and what is mounted below', async () => {
  mkdirSync(at('some/cache/x'), { recursive: true })
  mkdirSync(at('some/src/cache'), { recursive: true })
  for (const name of ['a.tmp', 'a.txt', 'cache/x/y', 'src/b.tmp', 'src/cache/z', 'src/c.txt'])
    writeFileSync(at('some', name), name)
  await backUp('some', { exclude: ['*.tmp', '/cache'] })
  const names = Object.keys(picture(await restored('some')))
  expect(names).toEqual(['.', 'a.txt', 'src', 'src/c.txt', 'src/cache', 'src/cache/z'].sort())
  execFileSync('mount', ['-t', 'tmpfs', 'hevd-test', at('some/src')])
  try {
    writeFileSync(at('some/src/mounted'), 'm')
    await backUp('some', { kind: 'full' })
    expect(readdirSync(join(await restored('some'), 'src'))).toEqual([])
    await backUp('some', { kind: 'full', oneFileSystem: false })
    expect(readdirSync(join(await restored('some'), 'src'))).toEqual(['mounted'])
  } finally {
    execFileSync('umount', [at('some/src')])
  }
})

test('what cannot be read is named, and the backup is not whole', async () => {
  mkdirSync(at('partly'))
  writeFileSync(at('partly/fine'), 'fine')
  execFileSync('sh', ['-c', `printf x > "$(printf '%s/\\377' ${at('partly')})"; mkfifo ${at('partly/pipe')}`])
  const { record, missed, skipped } = await backUp('partly')
  expect(missed).toEqual([{ path: '\uFFFD', reason: 'not-text' }])
  expect(skipped).toEqual(['pipe'])
  expect(record.missed).toBe(1)
  await expect(restored('partly')).rejects.toMatchObject({ code: 'backup-missing' })
  expect(readdirSync(await restored('partly', record.id))).toEqual(['fine'])
})

test('a file with several names of which the first is gone is kept under the others', async () => {
  mkdirSync(at('names'))
  for (const name of ['a', 'b']) writeFileSync(at('names', name), Buffer.alloc(300_000, name))
  for (const name of ['c', 'd']) linkSync(at('names/b'), at('names', name))
  const progress = (step: string) => step === 'copying' && rmSync(at('names/b'), { force: true })
  const { missed } = await backUp('names', { progress })
  expect(missed).toEqual([])
  const into = await restored('names')
  expect(readdirSync(into)).toEqual(['a', 'c', 'd'])
  expect(readFileSync(join(into, 'c'))).toEqual(readFileSync(at('names/c')))
  expect(lstatSync(join(into, 'c')).ino).toBe(lstatSync(join(into, 'd')).ino)
})

test('a file that changes each time it is read is told of', async () => {
  mkdirSync(at('busy'))
  writeFileSync(at('busy/log'), Buffer.alloc(2_000_000, 'line\n'))
  writeFileSync(at('busy/quiet'), 'quiet')
  const busy = setInterval(() => appendFileSync(at('busy/log'), 'more\n'), 1)
  const { record, torn } = await backUp('busy').finally(() => clearInterval(busy))
  expect(torn).toEqual(['log'])
  expect(record).toMatchObject({ torn: 1, missed: 0 })
  const again = await backUp('busy')
  expect(again.torn).toEqual([])
  expectSame(picture(await restored('busy')), picture(at('busy')))
  const log = readFileSync(join(await restored('busy', record.id), 'log'))
  expect(log.length).toBeGreaterThanOrEqual(2_000_000)
})

test.each([
  ['a file that is gone', 'away', 'folder-not-readable'],
  ['a file', 'key', 'folder-not-readable'],
])('%s is no folder', async (_, folder, code) => {
  await expect(backUp('no', { folder: at(folder) })).rejects.toMatchObject({ code })
})

test('a target that is full, or told to stop, leaves no backup and no listing', async () => {
  mkdirSync(at('small'))
  mkdirSync(at('lots'))
  writeFileSync(
    at('lots/random'),
    execFileSync('head', ['-c', '6000000', '/dev/urandom'], { maxBuffer: 1e7 }),
  )
  execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=2m', 'hevd-test', at('small')])
  try {
    const full = await initRepository(await openTarget({ kind: 'folder', path: at('small') }), 'P0D')
    await expect(backUp('lots', { repository: full })).rejects.toMatchObject({ code: 'target-full' })
    expect(execFileSync('find', [at('small'), '-type', 'f'], { encoding: 'utf8' }).trim()).toBe(
      at('small/hevd-archive.json'),
    )
  } finally {
    execFileSync('umount', [at('small')])
  }
  const stopping = new AbortController()
  const progress = (step: string) => step === 'copying' && stopping.abort(new Error('stopped'))
  await expect(backUp('lots', { progress, signal: stopping.signal })).rejects.toThrow('stopped')
  expect(await target.folders('lots/backups')).toEqual([])
  expect((await backUp('lots')).record.kind).toBe('full')
})

test('killed at any point, there are whole backups and unfinished ones; the next one goes on from the last that is there', async () => {
  mkdirSync(at('killed'))
  writeFileSync(at('killed/a'), 'a')
  await backUp('killed')
  let round = 0
  const work = (dying: Target) => {
    round += 1
    writeFileSync(at('killed/b'), `b ${round}`)
    return backUp('killed', { repository: { ...repository, target: dying } })
  }
  const deaths = await dyingEverywhere(target, work, async () => {
    const { backups, unfinished } = await listBackups(repository, 'killed')
    expect([backups.length, unfinished.length > 0]).toEqual([1, round > 1])
  })
  expect(deaths).toBe(3)
  const { record } = await backUp('killed')
  expect(record).toMatchObject({ kind: 'incremental', contentBytes: 0 })
  expectSame(picture(await restored('killed')), picture(at('killed')))
})

test('a restore goes to a new place only, and begins anew where one was broken off', async () => {
  mkdirSync(at('once'))
  writeFileSync(at('once/a'), 'a')
  await backUp('once')
  mkdirSync(at('taken'))
  writeFileSync(at('taken/mine'), 'mine')
  const restore = (into: string, identity = key.identity) =>
    restoreFolder({ repository, source: 'once', identities: [identity], into: at(into) })
  await expect(restore('taken')).rejects.toMatchObject({ code: 'into-not-empty' })
  mkdirSync(at('free.partial/rest'), { recursive: true })
  mkdirSync(at('free'))
  await restore('free')
  expect(readdirSync(at('free'))).toEqual(['a'])
  await expect(restore('not-mine', (await generateKey()).identity)).rejects.toMatchObject({
    code: 'identity-not-fitting',
  })
  expect(readdirSync(base)).not.toContain('not-mine')
})

test('a drill passes what is sound, and names what is not', async () => {
  mkdirSync(at('drilled'))
  writeFileSync(at('drilled/a'), Buffer.alloc(300_000, 'abc'))
  await backUp('drilled')
  writeFileSync(at('drilled/b'), 'b')
  const { record } = await backUp('drilled')
  const drill = () =>
    drillFolder({ repository, source: 'drilled', identities: [key.identity], scratch: at('scratch'), now })
  expect(await drill()).toMatchObject({ backupId: record.id, outcome: 'passed', reason: null, files: 2 })
  expect(readdirSync(at('scratch'))).toEqual([])
  const content = at('target/drilled/backups', record.parent ?? '', contentFile)
  const sound = readFileSync(content)
  const flipped = Buffer.from(sound)
  flipped[flipped.length - 40] = (flipped.at(-40) ?? 0) ^ 1
  writeFileSync(content, flipped)
  expect(await drill()).toMatchObject({ outcome: 'failed', reason: { code: 'backup-changed' } })
  // Who changes the record with it is found out by what only the recipients' keys can check.
  const marker = at('target/drilled/backups', record.parent ?? '', 'backup.json')
  const digest = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex')
  writeFileSync(marker, readFileSync(marker, 'utf8').replace(digest(sound), digest(flipped)))
  expect(await drill()).toMatchObject({ outcome: 'failed', reason: { code: 'file-damaged' } })
  writeFileSync(content, sound.subarray(0, 100))
  expect(await drill()).toMatchObject({ outcome: 'failed' })
  rmSync(content)
  expect(await drill()).toMatchObject({ outcome: 'failed', reason: { code: 'file-missing' } })
  expect(readdirSync(at('scratch'))).toEqual([])
})
