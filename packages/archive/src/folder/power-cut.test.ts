import { createHash, randomInt } from 'node:crypto'
import {
  chmodSync,
  existsSync,
  linkSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { type DiskTrace, drawnFrom, type Luck, traceDisk } from '@hevd/testing'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { generateKey, type KeyPair } from '../age/keys.ts'
import { decrypt, encrypt } from '../age/stream.ts'
import type { BackupRecord } from '../backup.ts'
import { reencrypt } from '../reencryption/reencrypt.ts'
import { checkFiles, requireSound } from '../repository/check-files.ts'
import { filePath, markerPath } from '../repository/layout.ts'
import { chainOf, listBackups } from '../repository/list-backups.ts'
import { initRepository, openRepository, type Repository } from '../repository/repository.ts'
import { listWal } from '../repository/wal.ts'
import { beginBackup } from '../repository/write-backup.ts'
import { prune, sweep } from '../retention/prune.ts'
import { openTarget } from '../targets/open-target.ts'
import { backUpFolder } from './back-up.ts'
import { restoreFolder } from './restore.ts'

const day = 86_400_000
const start = Date.parse('2026-11-01T12:00:00Z')
let base: string
let trace: DiskTrace
let clock: number
const at = (...parts: string[]) => join(base, ...parts)
beforeEach(() => {
  base = mkdtempSync(join(tmpdir(), 'hevd-cut-'))
  for (const folder of ['disk/target', 'data/deep']) mkdirSync(at(folder), { recursive: true })
  clock = start
  trace = traceDisk(at('disk'))
})
afterEach(() => {
  trace.stop()
  rmSync(base, { recursive: true })
})

const now = () => {
  clock += 60_000
  return clock
}

async function repositoryIn(disk: string): Promise<Repository> {
  return openRepository(await openTarget({ kind: 'folder', path: join(disk, 'target') }))
}

const backUp = (repository: Repository, disk: string, { recipient }: KeyPair) =>
  backUpFolder({
    ...{ repository, source: 'documents', folder: at('data'), exclude: [], oneFileSystem: true, host: 'h' },
    ...{ recipients: [recipient], kind: 'incremental', state: join(disk, 'state'), now },
  })

const digest = (path: string) => createHash('sha256').update(readFileSync(path)).digest('hex')

/** Names, content, modes and moments of what is below a folder. */
function picture(folder: string): object {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort()
  return Object.fromEntries(
    ['', ...names].map((name) => {
      const path = join(folder, name)
      const { mode, mtimeMs, ino } = lstatSync(path)
      const isFile = lstatSync(path).isFile()
      const first = names.find((other) => lstatSync(join(folder, other)).ino === ino)
      return [name, [mode, Math.round(mtimeMs), isFile ? digest(path) : '', isFile && first]]
    }),
  )
}

async function restored(repository: Repository, backupId: string, keys: readonly KeyPair[]): Promise<object> {
  const into = at('restored')
  const identities = keys.map(({ identity }) => identity)
  await restoreFolder({ repository, source: 'documents', identities, into, backupId })
  const found = picture(into)
  rmSync(into, { recursive: true })
  return found
}

/** What is found after a cut at every moment: with the least that may be left, and with luck of a seed that is printed. */
async function atEveryCut(
  look: (disk: string, moment: number, found: string) => Promise<void>,
): Promise<number> {
  const seed = randomInt(2 ** 31)
  const drawn = drawnFrom(seed)
  const seen = new Set<string>()
  const cut = at('cut')
  for (let moment = 0; moment <= trace.operations(); moment += 1)
    for (const luck of moment % 3 === 0 ? (['least', drawn] satisfies Luck[]) : (['least'] as const)) {
      const found = trace.cut(moment, cut, luck)
      const state = `${found}\n${moment === trace.operations()}`
      if (!seen.has(state))
        await look(cut, moment, found).catch((error: unknown) => {
          throw new Error(`cut after ${moment} operations, seed ${seed}`, { cause: error })
        })
      seen.add(state)
      rmSync(cut, { recursive: true })
    }
  console.log(`${trace.operations()} operations, ${seen.size} states, seed ${seed}`)
  return seen.size
}

/** A backup of a server that never was: its record and files, to be pruned with its log. */
async function putServer(
  repository: Repository,
  { recipient }: KeyPair,
  segment: number,
): Promise<BackupRecord> {
  const begun = { source: 'server', of: 'postgresql', kind: 'full', parent: null, host: 'h' } as const
  const writer = await beginBackup(repository, { ...begun, startedAt: now() })
  await writer.put('base.tar.zst.age', encrypt([recipient], [Buffer.from(`base ${segment}`)]))
  const lsn = `0/${segment}000028`
  const postgresql = {
    ...{ systemIdentifier: '1', version: '17.6', timeline: 1, startLsn: lsn, endLsn: lsn },
    walSegmentBytes: 1 << 24,
  }
  return writer.commit({ endedAt: now(), contentBytes: 1, recipients: [recipient], postgresql })
}
const segmentAt = (number: number) => `server/wal/00000001/00000001000000000000000${number}.zst.age`

test('the power is cut in backups of a folder, pruning and re-encryption: what was kept is whole, and the next run goes on', async () => {
  const [old, fresh] = [await generateKey(), await generateKey()]
  /** What was promised from one moment on, up to where it may go. */
  const backups = new Map<string, { from: number; until: number; picture: object | null }>()
  const log = new Map<number, { from: number; until: number }>()
  const promise = () => ({ from: trace.operations(), until: Number.POSITIVE_INFINITY })
  const target = await openTarget({ kind: 'folder', path: at('disk/target') })
  const repository = await initRepository(target, 'P1D')
  const initialised = trace.operations()

  for (const name of ['a', 'b', 'c']) {
    writeFileSync(at('data/deep', name), `${name} `.repeat(50_000))
    writeFileSync(at('data/changing'), name)
    if (name === 'c') clock += 30 * day
    const { record } = await backUp(repository, at('disk'), old)
    backups.set(record.id, { ...promise(), picture: picture(at('data')) })
    if (name === 'b') rmSync(at('disk/state'), { recursive: true })
  }
  clock = start + day
  for (const segment of [2, 5]) {
    const { id } = await putServer(repository, old, segment)
    backups.set(id, { ...promise(), picture: null })
    clock += 30 * day
  }
  for (const segment of [2, 3, 4, 5, 6]) {
    await target.put(segmentAt(segment), encrypt([old.recipient], [Buffer.from(segmentAt(segment))]))
    log.set(segment, promise())
  }
  for (const source of ['documents', 'server']) {
    const given = { now: Date.now() + 90 * day, zone: 'UTC' }
    const begun = trace.operations()
    const { removed, wal } = await prune(repository, source, { last: 1 }, given)
    for (const { id } of removed) Object.assign(backups.get(id) ?? {}, { until: begun })
    for (const { name } of wal) Object.assign(log.get(Number(name.at(-1))) ?? {}, { until: begun })
    await reencrypt(repository, source, { identities: [old.identity], recipients: [fresh.recipient] })
  }
  expect([...backups.values()].filter(({ until }) => until < Number.POSITIVE_INFINITY)).toHaveLength(3)
  expect([...log.values()].filter(({ until }) => until < Number.POSITIVE_INFINITY)).toHaveLength(3)

  const sound = new Set<string>()
  const identities = [old.identity, fresh.identity]
  let goneOn = 0
  const states = await atEveryCut(async (disk, moment, found) => {
    const due = <Key>(all: ReadonlyMap<Key, { from: number; until: number }>) =>
      [...all].flatMap(([key, { from, until }]) => (from <= moment && moment <= until ? [key] : []))
    if (moment < initialised && !existsSync(join(disk, 'target/hevd-archive.json'))) return
    const lines = new Map(found.split('\n').map((line) => [line.split(' ')[0], line]))
    /** Whether these files were looked at before, just as they are; they are looked at now otherwise. */
    const isKnown = (paths: readonly string[]) => {
      const files = paths.map((path) => lines.get(`/target/${path}`) ?? path).join('\n')
      const before = sound.size
      return sound.add(files).size === before
    }
    const left = await repositoryIn(disk)
    const there: string[] = []
    for (const source of ['documents', 'server']) {
      const listed = await listBackups(left, source)
      expect(listed.damaged).toEqual([])
      for (const backup of listed.backups) {
        there.push(backup.id)
        const files = chainOf(listed.backups, backup).flatMap((each) => [
          markerPath(source, each.id),
          ...each.files.map(({ name }) => filePath(each, name)),
        ])
        if (isKnown(files)) continue
        requireSound(await checkFiles(left, backup))
        const known = backups.get(backup.id)
        if (source === 'documents' && known?.picture != null)
          expect(await restored(left, backup.id, [old, fresh])).toEqual(known.picture)
      }
      await sweep(left, source, Date.now() + 1000 * day)
      expect(await listBackups(left, source)).toEqual({ ...listed, unfinished: [] })
    }
    expect(there).toEqual(expect.arrayContaining(due(backups)))
    const segments = (await listWal(left, 'server')).segments.map(({ path }) => path)
    expect(segments).toEqual(expect.arrayContaining(due(log).map(segmentAt)))
    for (const path of segments) {
      if (isKnown([path])) continue
      expect(await text(decrypt(identities, await left.target.get(path), path))).toBe(path)
    }

    if (moment % 32 !== 0) return
    goneOn += 1
    await reencrypt(left, 'server', { identities, recipients: [fresh.recipient] })
    const { record } = await backUp(left, disk, fresh)
    expect(await restored(left, record.id, [old, fresh])).toEqual(picture(at('data')))
  })
  expect(states).toBeGreaterThan(60)
  expect(goneOn).toBeGreaterThan(3)
}, 300_000)

test('the power is cut in a restore of a folder: it is there as it was, or not at all, and can be done again', async () => {
  for (const name of ['a', 'b']) writeFileSync(at('data/deep', name), name.repeat(200_000))
  chmodSync(at('data/deep/a'), 0o640)
  chmodSync(at('data/deep'), 0o750)
  for (const name of ['deep/b', 'deep']) utimesSync(at('data', name), 1_000_000_000, 1_000_000_000)
  linkSync(at('data/deep/a'), at('data/linked'))
  symlinkSync('deep/a', at('data/symbolic'))
  utimesSync(at('data'), 1_100_000_000, 1_100_000_000)
  const expected = picture(at('data'))
  const key = await generateKey()
  mkdirSync(at('target'))
  const repository = await initRepository(await openTarget({ kind: 'folder', path: at('target') }), 'P0D')
  await backUp(repository, at(), key)
  const restore = (into: string) =>
    restoreFolder({ repository, source: 'documents', identities: [key.identity], into })
  await restore(at('disk/new/restored'))
  let again = 0
  await atEveryCut(async (disk, moment) => {
    const into = join(disk, 'new/restored')
    if (moment === trace.operations()) expect(existsSync(into)).toBe(true)
    if (existsSync(into)) return expect(picture(into)).toEqual(expected)
    if (again > 0 && moment % 8 !== 0) return
    await restore(into)
    expect(picture(into)).toEqual(expected)
    expect(readdirSync(join(disk, 'new'))).toEqual(['restored'])
    again += 1
  })
  expect(again).toBeGreaterThan(0)
}, 300_000)
