import { execFileSync } from 'node:child_process'
import { randomInt } from 'node:crypto'
import { chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { runCopy } from '@hevd/postgres'
import { type Cluster, type DiskTrace, drawnFrom, type Luck, powerCutDisk, traceDisk } from '@hevd/testing'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { generateKey, type KeyPair } from '../age/keys.ts'
import type { BackupRecord } from '../backup.ts'
import { checkFiles, requireSound } from '../repository/check-files.ts'
import { filePath, markerPath } from '../repository/layout.ts'
import { listBackups } from '../repository/list-backups.ts'
import { initRepository, openRepository } from '../repository/repository.ts'
import { listWal, lsnNumber, restorableSpans, segmentNumber, walGaps } from '../repository/wal.ts'
import { sweep } from '../retention/prune.ts'
import { openTarget } from '../targets/open-target.ts'
import { archiveWal } from './archive-wal.ts'
import { backUpPostgres } from './back-up.ts'
import { currentLsn } from './current-lsn.ts'
import { restorePostgres } from './restore.ts'
import { unsealed } from './sealed.ts'
import { startShop } from './testdata/shop.ts'

const segmentBytes = 16 * 1024 * 1024
const source = 'shop'
let base: string
let cluster: Cluster
let admin: pg.Client
let key: KeyPair
let trace: DiskTrace
const made: { readonly from: number; readonly record: BackupRecord }[] = []
/** Up to where the server was told that its log is kept, and after how many operations it was. */
const told: { readonly from: number; readonly lsn: number }[] = []
const at = (...parts: string[]) => join(base, ...parts)
/** Slots that keep the log from the beginning on, for those who go on after a cut. */
const spare = ['spare_1', 'spare_2', 'spare_3']

const repositoryIn = async (path: string) => openRepository(await openTarget({ kind: 'folder', path }))
const given = () => ({ source, url: cluster.backupUrl, recipients: [key.recipient] })

beforeAll(async () => {
  base = mkdtempSync(join(tmpdir(), 'hevd-cut-'))
  chmodSync(base, 0o711)
  for (const name of ['repository', 'space']) mkdirSync(at(name), { mode: 0o711 })
  key = await generateKey()
  ;({ cluster, admin } = await startShop(at('space')))
  for (const slot of ['hevd_shop', ...spare])
    await admin.query('select pg_create_physical_replication_slot($1, true)', [slot])

  trace = traceDisk(at('repository'))
  await initRepository(await openTarget({ kind: 'folder', path: at('repository') }), 'P1D')
  const repository = await repositoryIn(at('repository'))
  const stop = new AbortController()
  let reached = 0
  const archiving = archiveWal({
    ...{ ...given(), repository, signal: stop.signal },
    report(event) {
      if (event.kind !== 'streaming' && event.kind !== 'archived') return
      reached = lsnNumber(event.lsn)
      told.push({ from: trace.operations(), lsn: reached })
    },
  })
  for (const round of [1, 2]) {
    const record = await backUpPostgres({ ...given(), repository, host: 'h', now: Date.now })
    made.push({ from: trace.operations(), record })
    await admin.query(`insert into orders select n + $1 * 1000, 'later' from generate_series(1, 100) n`, [
      round,
    ])
    const end = lsnNumber(await currentLsn(cluster.backupUrl))
    await admin.query('select pg_switch_wal()')
    while (reached < end) await sleep(20)
  }
  stop.abort()
  await archiving
}, 120_000)
afterAll(async () => {
  trace?.stop()
  await admin?.end()
  await cluster?.stop()
  rmSync(base, { recursive: true, force: true })
})

async function rowsIn(into: string): Promise<number> {
  const copy = await runCopy({ data: join(into, 'data'), path: '', programs: at('programs'), settings: {} })
  const client = new pg.Client({ connectionString: copy.url('hevd_admin', 'hevd') })
  try {
    await client.connect()
    return Number((await client.query('select count(*) as rows from orders')).rows[0]?.rows)
  } finally {
    await client.end()
    await copy.stop()
  }
}

test('the power is cut in a backup and in archiving: what was said to be kept is whole, and it goes on without a gap', async () => {
  const seed = randomInt(2 ** 31)
  const drawn = drawnFrom(seed)
  const [seen, sound] = [new Set<string>(), new Set<string>()]
  const all = trace.operations()
  const goingOn = spare.map((slot, index) => ({ slot, from: Math.floor(((index + 1) * all) / 4) }))
  const path = at('cut')
  for (let moment = 0; moment <= all; moment += 1)
    for (const luck of moment % 3 === 0 ? (['least', drawn] satisfies Luck[]) : (['least'] as const)) {
      const found = trace.cut(moment, path, luck)
      const isNew = !seen.has(found)
      seen.add(found)
      const next = moment >= (goingOn[0]?.from ?? all + 1) ? goingOn.shift() : undefined
      if ((isNew || next !== undefined) && existsSync(join(path, 'hevd-archive.json')))
        await look(found, moment, next?.slot).catch((error: unknown) => {
          throw new Error(`cut after ${moment} operations, seed ${seed}`, { cause: error })
        })
      rmSync(path, { recursive: true })
    }
  console.log(`${all} operations, ${seen.size} states, seed ${seed}`)
  expect(seen.size).toBeGreaterThan(30)
  expect(goingOn).toEqual([])

  async function look(found: string, moment: number, slot: string | undefined): Promise<void> {
    const lines = new Map(found.split('\n').map((line) => [line.slice(1).split(' ')[0], line]))
    const isKnown = (paths: readonly string[]) => {
      const before = sound.size
      return sound.add(paths.map((each) => lines.get(each) ?? each).join('\n')).size === before
    }
    const repository = await repositoryIn(path)
    const listed = await listBackups(repository, source)
    const due = made.flatMap(({ from, record }) => (from <= moment ? [record.id] : []))
    expect(listed.damaged).toEqual([])
    expect(listed.backups.map(({ id }) => id)).toEqual(expect.arrayContaining(due))
    const wal = await listWal(repository, source)
    for (const backup of listed.backups)
      if (
        !isKnown([markerPath(source, backup.id), ...backup.files.map(({ name }) => filePath(backup, name))])
      )
        requireSound(await checkFiles(repository, backup))
    for (const span of restorableSpans(listed.backups, wal)) expect(span.to).not.toBeNull()
    for (const segment of wal.segments) {
      if (isKnown([segment.path])) continue
      let bytes = 0
      const content = await repository.target.get(segment.path)
      for await (const piece of unsealed([key.identity], content, segment.path)) bytes += piece.length
      expect(bytes).toBe(segmentBytes)
    }
    expect(walGaps(wal, segmentBytes)).toEqual([])
    const kept = told.findLast(({ from }) => from <= moment)?.lsn ?? 0
    const first = told[0]?.lsn ?? 0
    const numbers = wal.segments.map(({ name }) => segmentNumber(name, segmentBytes))
    for (let lsn = first; lsn < kept; lsn += segmentBytes) expect(numbers).toContain(lsn / segmentBytes)
    await sweep(repository, source, Date.now() + 86_400_000)
    expect(await listBackups(repository, source)).toEqual({ ...listed, unfinished: [] })
    if (slot !== undefined) await goOn(slot, kept)
  }

  /** The next run has of the server what it was not told that is kept, and nothing before. */
  async function goOn(slot: string, kept: number): Promise<void> {
    const repository = await repositoryIn(path)
    const high = Math.floor(kept / 2 ** 32).toString(16)
    // A slot keeps the log from where it was made, which may lie within the first segment.
    if (kept > 0)
      await admin.query(
        `select pg_replication_slot_advance(slot_name, $2::pg_lsn) from pg_replication_slots
         where slot_name = $1 and restart_lsn < $2::pg_lsn`,
        [slot, `${high}/${(kept % 2 ** 32).toString(16)}`],
      )
    const record = await backUpPostgres({ ...given(), slot, repository, host: 'h', now: Date.now })
    expect(walGaps(await listWal(repository, source), segmentBytes)).toEqual([])
    const { backups } = await listBackups(repository, source)
    const [oldest = record] = backups
    const into = at('restored')
    const identities = [key.identity]
    await restorePostgres({ repository, source, identities, into, until: 'latest', backupId: oldest.id })
    expect(await rowsIn(into)).toBe(1200)
    rmSync(into, { recursive: true })
  }
}, 300_000)

test('the power is cut in a restore: what is not whole has another name and no server starts in it; the next one is whole', async () => {
  const disk = powerCutDisk()
  const into = join(disk.home, 'restored')
  let refused = 0
  try {
    for (const word of ['files', 'log', 'restored']) {
      disk.mount()
      const machine = disk.start(
        join(import.meta.dirname, 'testdata/restoring.fixture.ts'),
        ...[at('repository'), into, key.identity, word === 'log' ? word : ''],
      )
      while (!machine.output().includes(`${word}\n`) && machine.child.exitCode === null) await sleep(5)
      if (word === 'files') await sleep(randomInt(300))
      // Once with all files of the server there, under the name that says that it is not whole.
      if (word === 'log') execFileSync('sync', ['--file-system', disk.home])
      const isDone = machine.output().includes('restored')
      await disk.cut(machine)
      disk.mount()
      if (isDone) expect(existsSync(into)).toBe(true)
      if (existsSync(into)) expect(await rowsIn(into)).toBe(1200)
      else if (existsSync(`${into}.partial/data`)) {
        await expect(rowsIn(`${into}.partial`)).rejects.toThrow()
        refused += 1
      }
      rmSync(into, { recursive: true, force: true })
      await disk.unmount()
    }
    expect(refused).toBeGreaterThan(0)
  } finally {
    disk.remove()
  }
}, 120_000)
