import {
  chmodSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import {
  type BackupRecord,
  backUpFolder,
  generateKey,
  initRepository,
  openJournal,
  openTarget,
  type Repository,
} from '@hevd/archive'
import {
  backupLogs,
  backupPlans,
  backupRecipients,
  backupRuns,
  backups,
  restoreDrills,
  type ValueOf,
} from '@hevd/facts'
import { describe, expect, onTestFinished, test } from 'vitest'
import type { CollectedOnce } from '../collect-once.ts'
import { type Collector, runCollector } from '../collector.ts'
import { lookAtNothingElse } from '../config.ts'
import { firstSeenInMemory } from '../first-seen.ts'
import { judge, verdict } from '../flips/judge.ts'
import { hostAccess } from '../host/access.ts'
import { cleansUpBy } from '../testdata/at-end.ts'
import { folderWith } from '../testdata/folder.ts'
import { backupsLookedAt } from './backups.ts'

cleansUpBy(onTestFinished)

const noon = Date.UTC(2026, 5, 15, 12)
const day = 86_400_000
const encrypted = 'storage-encrypted/backups-encrypted'
const key = await generateKey()
const other = await generateKey()

/** A host with a folder that is backed up to another, and an agent whose clock is told. */
async function world(plan: object = {}) {
  const home = folderWith()
  const content = folderWith({ 'customers.csv': 'Kari;12345\n' })
  const target = folderWith()
  const settings = {
    targets: { disk: { kind: 'folder', path: target.path } },
    recipients: [key.recipient],
    plans: [{ name: 'files', of: { folder: content.path }, target: 'disk', full: 'P1D', ...plan }],
  }
  writeFileSync(home.at('backups.json'), JSON.stringify(settings), { mode: 0o600 })
  const repository = await initRepository(await openTarget({ kind: 'folder', path: target.path }), 'P30D')
  const firstSeen = firstSeenInMemory()
  const collector = backupsLookedAt({ bytes: 1_000_000, backups: 10, within: 60_000 })
  return {
    ...{ home, target, repository },
    look: (at = noon, by: Collector = collector) => {
      const look = { ...lookAtNothingElse, backups: home.path }
      const host = { id: 'h1', name: 'here' }
      const kernel = { release: '', version: '' }
      return seenAt(
        at,
        by,
        hostAccess({ host, root: '/', isRoot: true, kernel, firstSeen, now: () => at, look }),
      )
    },
    backUp: async (at = noon - 60_000, recipients: readonly string[] = [key.recipient]) =>
      (
        await backUpFolder({
          ...{
            repository,
            source: 'files',
            folder: content.path,
            exclude: [],
            oneFileSystem: true,
            recipients,
          },
          ...{ host: 'here', kind: 'full' as const, state: home.at('backups/listings/files'), now: () => at },
        })
      ).record,
    fileOf: (record: BackupRecord, name: string) => target.at(`files/backups/${record.id}/${name}`),
  }
}

async function seenAt(at: number, by: Collector, access: Parameters<Collector['collect']>[0]) {
  const seen: CollectedOnce = { at, ...(await runCollector(by, access)) }
  const all = <V>(type: { readonly name: string; parse(value: unknown): V }): V[] =>
    seen.facts.flatMap((said) => (said.type === type.name ? [type.parse(said.value)] : []))
  return {
    seen,
    plans: all(backupPlans),
    backups: all(backups),
    logs: all(backupLogs),
    runs: all(backupRuns),
    recipients: all(backupRecipients),
    drills: all(restoreDrills),
    gaps: seen.coverage.filter(({ state }) => state !== 'complete'),
  }
}

test('a host without backups.json makes no backups, and that was seen', async () => {
  const { home, look } = await world()
  renameSync(home.at('backups.json'), home.at('gone.json'))
  const { seen, gaps } = await look()
  expect(seen.facts).toEqual([])
  expect(gaps).toEqual([])
  expect(seen.coverage).toHaveLength(6)
})

test('settings that are not right, or that others could change, are no empty ones', async () => {
  const { home, look } = await world()
  chmodSync(home.at('backups.json'), 0o666)
  expect((await look()).gaps).toHaveLength(6)
  writeFileSync(home.at('backups.json'), '{}')
  chmodSync(home.at('backups.json'), 0o600)
  expect((await look()).gaps[0]).toMatchObject({
    state: 'failed',
    detail: expect.stringContaining('backups.json'),
  })
})

test('plan, backup, run and readers are told; never what is backed up', async () => {
  const { home, target, look, backUp } = await world({ incremental: 'PT6H' })
  const record = await backUp(noon - 60_000, [key.recipient, other.recipient])
  const journal = openJournal(home.path)
  const run = journal.begin({ source: 'files', target: 'disk', kind: 'full', at: noon - 60_000 })
  journal.end(run, { at: noon - 30_000, outcome: 'made', backupId: record.id, bytes: 10, why: null })
  journal.close()
  const { seen, plans, backups: made, runs, recipients, gaps } = await look()
  expect(gaps).toEqual([])
  expect(plans).toMatchObject([
    {
      ...{
        id: 'h1/files',
        of: 'folder',
        server: null,
        target: target.path,
        full: 'P1D',
        incremental: 'PT6H',
      },
      ...{ log: false, keepAtLeast: 'P30D' },
    },
  ])
  expect(made).toMatchObject([
    {
      ...{ id: `h1/files/${record.id}`, plan: 'h1/files', kind: 'full', files: 2, missed: 0 },
      ...{ headersAt: noon, readAt: noon, faults: [], faultCount: 0 },
    },
  ])
  expect(runs).toMatchObject([{ plan: 'h1/files', outcome: 'made', code: null }])
  expect(
    recipients.map(({ recipient, inPlan, backups: count }) => [recipient, inPlan, count]).sort(),
  ).toEqual(
    [
      [key.recipient, true, 1],
      [other.recipient, false, 1],
    ].sort(),
  )
  expect(JSON.stringify(seen)).not.toMatch(/customers|Kari|SECRET/)
  expect(judge(seen, encrypted)).toMatchObject({ [`h1/files/${record.id}`]: verdict('holds', 'backup-read') })
  expect(judge(seen, 'storage-encrypted/backups-made')).toMatchObject({ 'h1/files': verdict('holds') })
  // Who may read stands in a register of the server's.
  expect(judge(seen, 'storage-encrypted/readers-known')[other.recipient]).toMatchObject({
    verdict: 'unknown',
    why: { code: 'unseen-never-connected' },
  })
})

describe('a file that is not what it should be', () => {
  const name = 'content.tar.zst.age'
  const look = async (harm: (path: string) => void) => {
    const there = await world()
    const record = await there.backUp()
    const subject = `h1/files/${record.id}`
    expect(judge((await there.look()).seen, encrypted)[subject]).toMatchObject({ verdict: 'holds' })
    harm(there.fileOf(record, name))
    return { ...there, subject }
  }

  test('is seen at the next look when it is plain text, and named', async () => {
    const { look: again, subject } = await look((path) => writeFileSync(path, 'Kari;12345\n'))
    const { seen } = await again(noon + 60_000)
    expect(judge(seen, encrypted)[subject]).toMatchObject(verdict('fails', 'backup-plain', { files: [name] }))
  })

  test('one that is gone fails too', async () => {
    const { look: again, subject } = await look((path) => renameSync(path, `${path}.bak`))
    const { seen } = await again(noon + 60_000)
    expect(judge(seen, encrypted)[subject]).toMatchObject(
      verdict('fails', 'backup-damaged', { files: [name], faults: ['missing'] }),
    )
  })

  test('a flipped byte behind an untouched time is found when its turn to be read has come, and stays found', async () => {
    const { look: again, subject } = await look((path) => {
      const { atime, mtime } = statSync(path)
      const bytes = readFileSync(path)
      bytes.writeUInt8(bytes.readUInt8(bytes.length - 1) ^ 1, bytes.length - 1)
      writeFileSync(path, bytes)
      utimesSync(path, atime, mtime)
    })
    expect(judge((await again(noon + day)).seen, encrypted)[subject]).toMatchObject({ verdict: 'holds' })
    const found = verdict('fails', 'backup-damaged', { faults: ['digest'] })
    expect(judge((await again(noon + 31 * day)).seen, encrypted)[subject]).toMatchObject(found)
    expect(judge((await again(noon + 33 * day)).seen, encrypted)[subject]).toMatchObject(found)
  })

  test('a record that is written anew has another digest, whatever its time', async () => {
    const there = await world()
    const record = await there.backUp()
    const [before] = (await there.look()).backups
    const path = there.fileOf(record, 'backup.json')
    writeFileSync(path, JSON.stringify({ ...record, recipients: [other.recipient] }))
    const [after] = (await there.look(noon + 60_000)).backups
    expect(after?.digest).not.toBe(before?.digest)
  })
})

test('what one look may cost is kept to, and all get their turn', async () => {
  const { look, backUp } = await world()
  for (const hours of [3, 2, 1]) await backUp(noon - hours * 3_600_000)
  const sparing = backupsLookedAt({ bytes: 0, backups: 1, within: 60_000 })
  const looked = async (at: number) =>
    (await look(at, sparing)).backups.map(({ headersAt, readAt }) => [headersAt !== null, readAt !== null])
  expect(await looked(noon)).toEqual([
    [false, false],
    [false, false],
    [true, false],
  ])
  expect((await looked(noon + 1)).filter(([is]) => is)).toHaveLength(2)
  expect((await looked(noon + 2)).filter(([is]) => is)).toHaveLength(3)
})

test('a place that cannot be reached is said, and what was known of its plan stays', async () => {
  const { target, look, backUp } = await world()
  await backUp()
  await look()
  renameSync(target.path, `${target.path}.away`)
  const { plans, gaps, backups: made } = await look(noon + 60_000)
  renameSync(`${target.path}.away`, target.path)
  expect(plans).toMatchObject([{ keepAtLeast: 'P30D' }])
  expect(made).toEqual([])
  expect(gaps.map(({ type, state }) => [type, state])).toEqual([
    [backups.name, 'failed'],
    [backupLogs.name, 'failed'],
    [backupRecipients.name, 'failed'],
  ])
  expect(gaps[0]?.detail).toContain('is not there')
})

test('a drill is told with the digest of the record that it restored', async () => {
  const { home, look, backUp } = await world()
  const record = await backUp()
  const journal = openJournal(home.path)
  const drill = { source: 'files', target: 'disk', startedAt: noon - 9, endedAt: noon - 8, why: null }
  const counts = { files: 1, tables: 0, rows: 0 }
  journal.drilled({ ...drill, ...counts, backupId: record.id, outcome: 'passed' })
  journal.drilled({ ...drill, ...counts, startedAt: noon - 7, backupId: 'gone-full', outcome: 'passed' })
  journal.close()
  const { backups: made, drills } = await look()
  expect(drills.map(({ backup, digest }) => [backup, digest])).toEqual([
    ['gone-full', null],
    [record.id, made[0]?.digest],
  ])
})

describe('the log of a database', () => {
  const postgresql = {
    ...{ systemIdentifier: '7423', version: '17.6', timeline: 1, walSegmentBytes: 16 * 2 ** 20 },
    ...{ startLsn: '0/3000028', endLsn: '0/3000158' },
  }
  const segment = (number: number) => `0000000100000000${number.toString(16).padStart(8, '0').toUpperCase()}`
  /** A database's repository as it lies there; the content of its files is not what is looked at. */
  async function logged(
    segments: readonly number[],
    put: (repository: Repository) => Promise<unknown> = async () => {},
  ) {
    const there = await world({ of: { postgres: 'postgresql://nobody@192.0.2.1/x' }, incremental: 'PT1H' })
    const record = await there.backUp(noon - day)
    const folder = there.target.at(`files/backups/${record.id}`)
    writeFileSync(join(folder, 'backup.json'), JSON.stringify({ ...record, of: 'postgresql', postgresql }))
    const age = readFileSync(join(folder, readdirSync(folder).find((name) => name.endsWith('.age')) ?? ''))
    for (const number of segments) {
      mkdirSync(there.target.at('files/wal/00000001'), { recursive: true })
      const path = there.target.at(`files/wal/00000001/${segment(number)}.zst.age`)
      writeFileSync(path, age)
      utimesSync(path, noon / 1000 - 3600 * 5, noon / 1000 - 3600 * 5)
    }
    await put(there.repository)
    return there
  }
  const told = async (
    there: Awaited<ReturnType<typeof logged>>,
  ): Promise<ValueOf<typeof backupLogs> | undefined> => (await there.look()).logs[0]

  test('goes from the end of the backup to when its last piece was put away', async () => {
    const log = await told(await logged([3, 4]))
    expect(log).toMatchObject({ until: noon - 5 * 3_600_000, firstGap: null, gaps: 0, plainCount: 0 })
    expect(log?.from).toBeLessThan(noon)
  })

  test('of an idle server goes as far as its archiver confirmed, if what it names is there', async () => {
    for (const [lsn, until] of [
      ['0/5000000', noon - 1000],
      ['0/5000001', noon - 5 * 3_600_000],
    ] as const) {
      const there = await logged([3, 4])
      const journal = openJournal(there.home.path)
      journal.logged({ source: 'files', at: noon - 1000, lsn, why: null })
      journal.close()
      expect(await told(there)).toMatchObject({ until })
    }
  })

  test('with a missing piece is open there', async () => {
    expect(await told(await logged([3, 4, 6]))).toMatchObject({ firstGap: segment(5), gaps: 1 })
  })

  test('without the piece of the backup itself lets nothing be restored', async () => {
    expect(await told(await logged([4]))).toMatchObject({ until: null, from: null, gaps: 1 })
  })

  test('is not to lie there in plain text', async () => {
    const there = await logged([3])
    writeFileSync(there.target.at(`files/wal/00000001/${segment(3)}.zst.age`), 'INSERT INTO customers')
    expect(await told(there)).toMatchObject({ plain: [segment(3)], plainCount: 1 })
  })
})
