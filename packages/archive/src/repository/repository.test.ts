import { randomBytes } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { generateKey, type KeyPair } from '../age/keys.ts'
import { encrypt } from '../age/stream.ts'
import type { BackupRecord } from '../backup.ts'
import { prune, sweep } from '../retention/prune.ts'
import type { Target } from '../target.ts'
import { openTarget } from '../targets/open-target.ts'
import { dyingEverywhere } from '../testdata/dying-target.ts'
import { checkFiles, requireSound } from './check-files.ts'
import { findBackup, listBackups } from './list-backups.ts'
import { openBackupFile } from './read-file.ts'
import { initRepository, openRepository, type Repository, raiseKeepAtLeast, sourcesOf } from './repository.ts'
import { listWal } from './wal.ts'
import { beginBackup } from './write-backup.ts'

const day = 86_400_000
const now = Date.parse('2026-11-26T12:00:00Z')
let folder: string
let target: Target
let repository: Repository
let key: KeyPair

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'hevd-repository-'))
  target = await openTarget({ kind: 'folder', path: folder })
  repository = await initRepository(target, 'P1D')
  key = await generateKey()
})
afterEach(() => rmSync(folder, { recursive: true }))

type Given = { readonly parent?: string; readonly recipients?: readonly string[]; readonly startLsn?: string }

async function make(
  startedAt: number,
  { parent, recipients = [key.recipient], startLsn }: Given = {},
): Promise<BackupRecord> {
  const kind = parent === undefined ? 'full' : 'incremental'
  const of = startLsn === undefined ? 'folder' : 'postgresql'
  const begun = { source: 'db', of, kind, parent: parent ?? null, host: 'h', startedAt } as const
  const writer = await beginBackup(repository, begun)
  for (const name of ['one.age', 'two.age'])
    await writer.put(name, encrypt(recipients, [randomBytes(100_000)]))
  const postgresql =
    startLsn === undefined
      ? null
      : {
          systemIdentifier: '1',
          version: '17.6',
          timeline: 1,
          startLsn,
          endLsn: startLsn,
          walSegmentBytes: 1 << 24,
        }
  return writer.commit({ endedAt: startedAt, contentBytes: 1, recipients: [...recipients], postgresql })
}

const at = (path: string) => join(folder, path)
const idsOf = async () => (await listBackups(repository, 'db')).backups.map(({ id }) => id)

describe('a repository', () => {
  test('is made once, and opened', async () => {
    expect(await openRepository(target)).toEqual({ target, keepAtLeast: 'P1D' })
    await expect(initRepository(target, 'P1D')).rejects.toMatchObject({ code: 'repository-exists' })
    await target.remove('hevd-archive.json')
    await expect(openRepository(target)).rejects.toMatchObject({ code: 'repository-missing' })
  })

  test.each(['', '{"format":1', '{"format":2,"keepAtLeast":"P1D"}', '{"format":1,"keepAtLeast":"long"}'])(
    'of which the settings are %j is not opened',
    async (text) => {
      writeFileSync(at('hevd-archive.json'), text)
      await expect(openRepository(target)).rejects.toMatchObject({ code: 'repository-not-valid' })
      await expect(initRepository(target, 'P1D')).rejects.toMatchObject({ code: 'repository-not-valid' })
    },
  )

  test('keeps what it promises, or longer', async () => {
    const raised = await raiseKeepAtLeast(repository, 'P1M')
    expect(raised.keepAtLeast).toBe('P1M')
    await expect(raiseKeepAtLeast(repository, 'P30D')).rejects.toMatchObject({
      code: 'minimum-lowered',
      params: { kept: 'P1M', asked: 'P30D' },
    })
    expect((await openRepository(target)).keepAtLeast).toBe('P1M')
  })

  test('lists sources and their backups, the oldest first', async () => {
    const second = await make(now)
    const first = await make(now - day)
    await target.put('Not a source/x', [])
    expect(await sourcesOf(repository)).toEqual(['db'])
    expect((await listBackups(repository, 'db')).backups).toEqual([first, second])
    expect(await findBackup(repository, 'db', null)).toEqual(second)
    expect(await findBackup(repository, 'db', first.id)).toEqual(first)
    await expect(findBackup(repository, 'db', 'other')).rejects.toMatchObject({ code: 'backup-missing' })
    expect(first.id).toBe('20261125T120000Z-full')
  })

  test('gives two that begin in the same second ids of their own', async () => {
    await make(now)
    expect((await make(now)).id).toBe('20261126T120001Z-full')
  })

  test('knows no backup before its record is there, and sweeps it when a day has gone by', async () => {
    const writer = await beginBackup(repository, {
      source: 'db',
      of: 'folder',
      kind: 'full',
      parent: null,
      host: 'h',
      startedAt: now,
    })
    await writer.put('one.age', encrypt([key.recipient], [Buffer.from('x')]))
    const { backups, unfinished } = await listBackups(repository, 'db')
    expect(backups).toEqual([])
    expect(unfinished).toMatchObject([{ id: writer.id, files: [`db/backups/${writer.id}/one.age`] }])
    expect(await sweep(repository, 'db', Date.now() - day)).toEqual([])
    expect(await sweep(repository, 'db', Date.now() + day)).toEqual([writer.id])
    expect(await target.folders('')).toEqual([])
  })

  test.each([
    ['is not JSON', (text: string) => text.slice(1)],
    ['is of another', (text: string) => text.replace('"source":"db"', '"source":"other"')],
    ['lacks a field', (text: string) => text.replace('"kind":"full",', '')],
  ])('says of which backup the record %s, and removes nothing then', async (_, change) => {
    const old = await make(now - 30 * day)
    const { id } = await make(now - 20 * day)
    await make(now)
    const marker = at(`db/backups/${id}/backup.json`)
    writeFileSync(marker, change(readFileSync(marker, 'utf8')))
    const { damaged } = await listBackups(repository, 'db')
    expect(damaged).toMatchObject([{ id, error: { code: 'repository-not-valid' } }])
    const { removed } = await prune(repository, 'db', { last: 1 }, { now, zone: 'UTC' })
    expect(removed).toEqual([])
    expect(await findBackup(repository, 'db', old.id)).toEqual(old)
  })
})

describe('files', () => {
  test('are checked without an identity', async () => {
    const backup = await make(now)
    const looked = await checkFiles(repository, backup)
    expect(looked.map(({ state, read }) => [state, read])).toEqual([
      ['sound', 'all'],
      ['sound', 'all'],
    ])
    requireSound(looked)
    const [quick] = await checkFiles(repository, backup, { read: () => false })
    expect(quick).toMatchObject({ state: 'sound', read: 'header' })
  })

  const flip = (bytes: Buffer) => {
    bytes[50_000] = (bytes[50_000] ?? 0) ^ 1
    return bytes
  }
  test.each<[string, (bytes: Buffer) => Buffer, string]>([
    ['a flipped bit', flip, 'digest-differs'],
    ['one that was cut short', (bytes) => bytes.subarray(0, -1), 'size-differs'],
    ['something after the end', (bytes) => Buffer.concat([bytes, Buffer.from('x')]), 'size-differs'],
    ['content in clear', (bytes) => Buffer.alloc(bytes.length, 'secret '), 'not-encrypted'],
    ['half a header', (bytes) => bytes.subarray(0, 60), 'digest-differs'],
  ])('of which one is %s are told from sound ones', async (_, change, state) => {
    const backup = await make(now)
    const path = at(`db/backups/${backup.id}/two.age`)
    writeFileSync(path, change(readFileSync(path)))
    const [one, two] = await checkFiles(repository, backup)
    expect(one?.state).toBe('sound')
    expect(two?.state).toBe(state)
    expect(() => requireSound([...(two === undefined ? [] : [two])])).toThrow('two.age')
    const reading = async () => {
      for await (const _ of await openBackupFile(repository, backup, 'two.age'));
    }
    await expect(reading()).rejects.toMatchObject({ code: 'backup-changed' })
  })

  test('that are missing, or are for others than it says, are told', async () => {
    const other = await generateKey()
    const backup = await make(now, { recipients: [key.recipient, other.recipient] })
    await target.remove(`db/backups/${backup.id}/one.age`)
    const claimed = { ...backup, recipients: [key.recipient] }
    expect((await checkFiles(repository, claimed)).map(({ state }) => state)).toEqual([
      'missing',
      'recipients-differ',
    ])
  })
})

describe('pruning', () => {
  test('removes what the rules let go, and lists it without doing so', async () => {
    const old = await make(now - 30 * day)
    const child = await make(now - 29 * day, { parent: old.id })
    const kept = await make(now - 2 * day)
    const dry = await prune(repository, 'db', { last: 1 }, { now, zone: 'UTC', dryRun: true })
    expect(dry.removed).toEqual([child, old])
    expect(await idsOf()).toHaveLength(3)
    await prune(repository, 'db', { last: 1 }, { now, zone: 'UTC' })
    expect(await idsOf()).toEqual([kept.id])
    expect(await target.folders('db/backups')).toEqual([kept.id])
  })

  test('heeds the longest of the minima, the repository’s as it is now', async () => {
    for (const ago of [40, 20, 10, 1]) await make(now - ago * day)
    const removedWith = async (minimum: string | null) =>
      (await prune(repository, 'db', { last: 1 }, { now, zone: 'UTC', minimum, dryRun: true })).removed.length
    expect(await removedWith(null)).toBe(3)
    expect(await removedWith('P15D')).toBe(2)
    await raiseKeepAtLeast(repository, 'P30D')
    expect(await removedWith('P15D')).toBe(1)
  })

  test('of WAL removes what no kept base starts from, and none after', async () => {
    await make(now - 30 * day, { startLsn: '0/2000028' })
    await make(now - 2 * day, { startLsn: '0/5000028' })
    const segments = [1, 2, 4, 5, 6].map((number) => `00000001000000000000000${number}`)
    for (const name of segments) await target.put(`db/wal/00000001/${name}.zst.age`, [Buffer.from('x')])
    const left = async () => (await listWal(repository, 'db')).segments.map(({ name }) => name)
    const given = { now: Date.now() + 2 * day, zone: 'UTC' }
    const { wal } = await prune(repository, 'db', { last: 1 }, { ...given, dryRun: true })
    expect(wal.map(({ name }) => name)).toEqual(segments.slice(0, 3))
    expect(await left()).toEqual(segments)
    await prune(repository, 'db', { last: 1 }, given)
    expect(await left()).toEqual(segments.slice(3))
  })

  test('that is killed at any point leaves whole backups and unfinished ones, and goes on', async () => {
    const old = await make(now - 30 * day)
    const child = await make(now - 29 * day, { parent: old.id })
    const kept = await make(now - 2 * day)
    const whole = async () => {
      for (const backup of (await listBackups(repository, 'db')).backups) {
        requireSound(await checkFiles(repository, backup))
        if (backup.parent !== null) expect(await idsOf()).toContain(backup.parent)
      }
    }
    /** Lists records last, so that nothing but care has them removed first. */
    async function* list(below: string) {
      const files = await Array.fromAsync(target.list(below))
      yield* files.sort((a, b) => Number(a.path.endsWith('.json')) - Number(b.path.endsWith('.json')))
    }
    const work = (dying: Target) =>
      prune({ ...repository, target: { ...dying, list } }, 'db', { last: 1 }, { now, zone: 'UTC' })
    const deaths = await dyingEverywhere(target, work, whole)
    expect(deaths).toBeGreaterThan(1)
    expect(await idsOf()).toEqual([kept.id])
    expect(child.parent).toBe(old.id)
    await sweep(repository, 'db', Date.now() + day)
    expect(await target.folders('db/backups')).toEqual([kept.id])
  })
})
