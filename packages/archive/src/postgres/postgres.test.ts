import { execFileSync } from 'node:child_process'
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { type RunningCopy, runCopy } from '@hevd/postgres'
import type { Cluster } from '@hevd/testing'
import pg from 'pg'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { generateKey, type KeyPair } from '../age/keys.ts'
import type { BackupRecord } from '../backup.ts'
import { listBackups } from '../repository/list-backups.ts'
import { initRepository, type Repository } from '../repository/repository.ts'
import { listWal, lsnNumber, walGaps } from '../repository/wal.ts'
import { openTarget } from '../targets/open-target.ts'
import { archiveWal } from './archive-wal.ts'
import { backUpPostgres } from './back-up.ts'
import { currentLsn } from './current-lsn.ts'
import { drillPostgres } from './drill.ts'
import type { RestoreUntil, WalEvent } from './options.ts'
import { restorePostgres } from './restore.ts'
import { killedInTheMiddle } from './testdata/killed.ts'
import { startShop } from './testdata/shop.ts'

const segmentBytes = 16 * 1024 * 1024

let cluster: Cluster
let admin: pg.Client
let folder: string
let repository: Repository
let key: KeyPair
let first: BackupRecord
const running: RunningCopy[] = []

const path = (...parts: string[]) => join(folder, ...parts)
const source = 'shop'
const from = () => ({ repository, source, url: cluster.backupUrl, recipients: [key.recipient] })
const backUp = () => backUpPostgres({ ...from(), host: 'db1', now: Date.now })
const drill = (identities = [key.identity], backupId?: string) =>
  drillPostgres({
    ...{ repository, source, identities, scratch: path('scratch'), now: Date.now },
    ...(backupId === undefined ? {} : { backupId }),
  })
const killed = (work: 'backup' | 'archive' | 'restore', given: object) => {
  const { repository: _, ...rest } = from()
  return killedInTheMiddle(work, { path: path('repository'), ...rest, identities: [key.identity], ...given })
}

async function restored(name: string, until: RestoreUntil, backupId?: string): Promise<pg.Client> {
  const into = path(name)
  const identities = [key.identity]
  const { data } = await restorePostgres({
    repository,
    source,
    identities,
    into,
    until,
    ...(backupId === undefined ? {} : { backupId }),
  })
  const copy = await runCopy({ data, path: '', programs: path('programs'), settings: {} })
  running.push(copy)
  const client = new pg.Client({ connectionString: copy.url('hevd_admin', 'hevd') })
  client.on('error', () => {})
  await client.connect()
  return client
}

const rowsOf = async (client: pg.Client, table = 'orders') =>
  Number((await client.query(`select count(*) as rows from ${table}`)).rows[0]?.rows)

/** Archives until everything that is committed now is put away. */
async function archiveAll(url = cluster.backupUrl): Promise<readonly WalEvent[]> {
  const events: WalEvent[] = []
  const until = await currentLsn(url)
  await admin.query('select pg_switch_wal()')
  await archiveWal({
    ...from(),
    url,
    until,
    signal: AbortSignal.timeout(60_000),
    report: (event) => events.push(event),
  })
  return events
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'hevd-archive-'))
  execFileSync('chmod', ['711', folder])
  for (const name of ['repository', 'space', 'scratch']) execFileSync('mkdir', ['-m', '711', path(name)])
  key = await generateKey()
  writeFileSync(path('key'), key.identity)
  ;({ cluster, admin } = await startShop(path('space')))
  repository = await initRepository(await openTarget({ kind: 'folder', path: path('repository') }), 'P1D')
  first = await backUp()
})
afterEach(async () => {
  for (const copy of running.splice(0)) await copy.stop()
})
afterAll(async () => {
  await admin?.end()
  await cluster?.stop()
  rmSync(folder, { recursive: true, force: true })
})

describe('a backup', () => {
  test('says what it is of, and its log is there with it', async () => {
    expect(first).toMatchObject({
      ...{ of: 'postgresql', kind: 'full', source, host: 'db1', recipients: [key.recipient], missed: 0 },
      postgresql: {
        timeline: 1,
        walSegmentBytes: segmentBytes,
        version: expect.stringMatching(/^\d+\.\d+$/),
      },
    })
    expect(first.files.map(({ name }) => name.replace(/^\d+/, 'oid'))).toEqual([
      ...['oid.tar.zst.age', 'base.tar.zst.age', 'manifest.zst.age', 'counts.json.zst.age'],
    ])
    const { segments } = await listWal(repository, source)
    const last = segments.at(-1)?.name ?? ''
    expect(Number.parseInt(last.slice(16), 16)).toBeGreaterThanOrEqual(
      Math.floor(lsnNumber(first.postgresql?.endLsn ?? '') / segmentBytes),
    )
  })

  test('opens with age, zstd and tar alone', () => {
    const file = path('repository', source, 'backups', first.id, 'base.tar.zst.age')
    const names = execFileSync('sh', ['-c', 'age -d -i "$0" "$1" | zstd -d | tar t', path('key'), file], {
      encoding: 'utf8',
    })
    expect(names).toMatch(/^backup_label$/m)
    expect(names).toMatch(/^global\/pg_control$/m)
  })

  test('is refused to a role that may not replicate, and says what it lacks', async () => {
    await expect(
      backUpPostgres({ ...from(), url: cluster.runtimeUrl, host: 'h', now: Date.now }),
    ).rejects.toMatchObject({
      code: 'server-refused',
      message: expect.not.stringContaining(new URL(cluster.runtimeUrl).password),
    })
    await expect(
      backUpPostgres({ ...from(), url: 'postgresql://a:geheim@127.0.0.1:1/x', host: 'h', now: Date.now }),
    ).rejects.toMatchObject({
      code: 'server-unreachable',
      message: expect.not.stringContaining('geheim'),
    })
  })

  test('of another server does not go under the same name', async () => {
    const marker = path('repository', 'moved', 'backups', first.id)
    cpSync(path('repository', source, 'backups', first.id), marker, { recursive: true })
    const other = { ...first, source: 'moved', postgresql: { ...first.postgresql, systemIdentifier: '1' } }
    writeFileSync(join(marker, 'backup.json'), JSON.stringify(other))
    await expect(
      backUpPostgres({ ...from(), source: 'moved', host: 'h', now: Date.now }),
    ).rejects.toMatchObject({ code: 'another-server' })
  })
})

describe('a restore', () => {
  let between: string

  test('to the latest has what was committed after the backup, in its tablespace too', async () => {
    await admin.query(`insert into orders select n, 'later' from generate_series(1001, 1500) n`)
    between = await currentLsn(cluster.backupUrl)
    await admin.query(`insert into orders values (0, 'last')`)
    await archiveAll()
    const client = await restored('latest', 'latest')
    expect(await rowsOf(client)).toBe(1501)
    expect(await rowsOf(client, 'parts')).toBe(100)
    const places = await client.query(
      `select pg_tablespace_location(oid) as place from pg_tablespace where spcname = 'space'`,
    )
    expect(places.rows[0]?.place).toMatch(new RegExp(`^${path('latest', 'tablespaces')}/\\d+$`))
    // The server can write: it has left recovery, on a timeline of its own.
    await client.query('create table made_after_restore ()')
    await client.end()
  })

  test('to a place in the log has what was committed before it', async () => {
    const client = await restored('at', { lsn: between })
    expect(await rowsOf(client)).toBe(1500)
    await client.end()
  })

  test('to before the first backup, into a folder with something in it, or past what is there, is refused', async () => {
    const restore = (until: RestoreUntil, into = path('nowhere')) =>
      restorePostgres({ repository, source, identities: [key.identity], into, until })
    await expect(restore({ time: first.endedAt - 1 })).rejects.toMatchObject({ code: 'moment-out-of-reach' })
    await expect(restore({ lsn: '0/1' })).rejects.toMatchObject({ code: 'moment-out-of-reach' })
    await expect(restore({ lsn: '7F/1' })).rejects.toMatchObject({ code: 'wal-missing' })
    await expect(restore('latest', path('latest'))).rejects.toMatchObject({ code: 'into-not-empty' })
    expect(readdirSync(folder)).not.toContain('nowhere')
  })

  test('that is killed leaves nothing that looks whole, and the next one begins anew', async () => {
    const into = path('killed')
    await killed('restore', { into, at: 'base.tar' })
    expect(readdirSync(folder)).not.toContain('killed')
    expect(readdirSync(folder)).toContain('killed.partial')
    const { files } = await restorePostgres({
      repository,
      source,
      identities: [key.identity],
      into,
      until: 'backup',
    })
    expect(files).toBeGreaterThan(900)
    expect(readdirSync(folder)).not.toContain('killed.partial')
  })

  test('names the segment of log that is missing', async () => {
    const { segments } = await listWal(repository, source)
    const gone = segments.at(-2)
    const file = path('repository', gone?.path ?? '')
    const content = readFileSync(file)
    rmSync(file)
    await expect(
      restorePostgres({ repository, source, identities: [key.identity], into: path('gap'), until: 'latest' }),
    ).rejects.toMatchObject({ code: 'wal-missing', params: { segment: gone?.name } })
    writeFileSync(file, content)
  })
})

describe('a drill', () => {
  test('compares files, tables and rows, and leaves nothing', async () => {
    expect(await drill()).toMatchObject({
      source,
      backupId: first.id,
      outcome: 'passed',
      reason: null,
      tables: 2,
      rows: 1100,
    })
    expect(readdirSync(path('scratch')).filter((name) => name !== 'programs')).toEqual([])
  })

  test('fails on one flipped byte, and names the file, also where backup.json was made to fit', async () => {
    const name = 'base.tar.zst.age'
    const file = path('repository', source, 'backups', first.id, name)
    const marker = path('repository', source, 'backups', first.id, 'backup.json')
    const [content, record] = [readFileSync(file), readFileSync(marker, 'utf8')]
    const flipped = Buffer.from(content)
    flipped[content.length >> 1] = (flipped[content.length >> 1] ?? 0) ^ 1
    writeFileSync(file, flipped)
    const failed = await drill()
    expect(failed).toMatchObject({
      outcome: 'failed',
      reason: {
        params: { [failed.reason?.code === 'file-damaged' ? 'file' : 'path']: expect.stringContaining(name) },
      },
    })
    const sha256 = execFileSync('sha256sum', [file], { encoding: 'utf8' }).slice(0, 64)
    const files = first.files.map((each) => (each.name === name ? { ...each, sha256 } : each))
    writeFileSync(marker, JSON.stringify({ ...first, files }))
    expect(await drill()).toMatchObject({
      outcome: 'failed',
      reason: { code: 'file-damaged', params: { file: name } },
    })
    writeFileSync(file, content)
    writeFileSync(marker, record)
  })

  test('notices a backup that restores to fewer rows: the base of an earlier one in its place', async () => {
    const second = await backUp()
    const at = (id: string, name: string) => path('repository', source, 'backups', id, name)
    const taken = first.files.filter(({ name }) => name !== 'counts.json.zst.age')
    for (const { name } of taken) cpSync(at(first.id, name), at(second.id, name))
    const files = [...taken, ...second.files.filter(({ name }) => name === 'counts.json.zst.age')]
    writeFileSync(
      at(second.id, 'backup.json'),
      JSON.stringify({ ...second, files, postgresql: first.postgresql }),
    )
    expect(await drill()).toMatchObject({
      backupId: second.id,
      outcome: 'failed',
      reason: {
        code: 'table-differs',
        params: { table: 'hevd.public.orders', expected: '1501', found: '1000' },
      },
    })
    rmSync(path('repository', source, 'backups', second.id), { recursive: true })
  })

  test('cannot be done with what a host has: it can only encrypt', async () => {
    const { identity } = await generateKey()
    await expect(drill([identity])).rejects.toMatchObject({ code: 'identity-not-fitting' })
    await expect(drill([key.recipient])).rejects.toMatchObject({ code: 'identity-not-valid' })
  })
})

describe('archiving the log', () => {
  const restart = async () =>
    (await admin.query('select restart_lsn::text as lsn from pg_replication_slots')).rows[0]?.lsn

  test('tells the server only what is in the target, and goes on there after the target was away', async () => {
    await admin.query(`insert into orders select n, 'away' from generate_series(2001, 2100) n`)
    const before = await restart()
    const away = { ...repository.target, put: () => Promise.reject(new Error('away')) }
    const until = '7F/0'
    await admin.query('select pg_switch_wal()')
    await expect(
      archiveWal({
        ...from(),
        repository: { ...repository, target: away },
        until,
        signal: AbortSignal.timeout(60_000),
      }),
    ).rejects.toThrow('away')
    expect(await restart()).toBe(before)
    await archiveAll()
    expect(walGaps(await listWal(repository, source), segmentBytes)).toEqual([])
    expect(lsnNumber(await restart())).toBeGreaterThan(lsnNumber(before))
  })

  test('goes on after it was killed within a segment', async () => {
    const before = (await listWal(repository, source)).segments.length
    await admin.query('create table filler as select 1')
    await admin.query('select pg_switch_wal()')
    await killed('archive', { at: '/wal/' })
    expect((await listWal(repository, source)).segments).toHaveLength(before)
    await free()
    await archiveAll()
    const listing = await listWal(repository, source)
    expect(listing.segments.length).toBeGreaterThan(before)
    expect(walGaps(listing, segmentBytes)).toEqual([])
  })

  test('stops when told, and is refused where another one streams', async () => {
    const stop = new AbortController()
    let streaming = () => {}
    const begun = new Promise<void>((resolve) => {
      streaming = resolve
    })
    const report = ({ kind }: WalEvent) => kind === 'streaming' && streaming()
    const archiving = archiveWal({ ...from(), signal: stop.signal, report })
    await begun
    await expect(archiveWal({ ...from(), signal: AbortSignal.timeout(60_000) })).rejects.toMatchObject({
      code: 'slot-taken',
    })
    stop.abort()
    await archiving
  })

  test('says what is lost where the server kept no log for it, and goes on from what there is', async () => {
    await free()
    await admin.query(`select pg_drop_replication_slot('hevd_shop')`)
    for (let round = 0; round < 2; round += 1) {
      await admin.query(`insert into filler values (${round})`)
      await admin.query('select pg_switch_wal()')
      await admin.query('checkpoint')
    }
    const events = await archiveAll()
    const gap = events.find(({ kind }) => kind === 'gap')
    expect(gap).toBeDefined()
    const [hole] = walGaps(await listWal(repository, source), segmentBytes)
    expect(gap).toMatchObject({ from: hole?.from })
  })

  test('follows a server to its next timeline, and a restore follows it there', async () => {
    const base = await backUp()
    const client = await restored('promoted', 'latest')
    const url = running.at(-1)?.url('hevd_admin', 'hevd') ?? ''
    await client.query(`insert into orders values (-1, 'after the switch')`)
    const { rows } = await client.query('select pg_switch_wal()::text as lsn')
    await client.end()
    await archiveWal({ ...from(), url, until: rows[0]?.lsn, signal: AbortSignal.timeout(60_000) })
    expect((await listWal(repository, source)).histories).toEqual(['00000002'])
    for (const copy of running.splice(0)) await copy.stop()
    const again = await restored('followed', 'latest', base.id)
    expect((await again.query('select text from orders where id = -1')).rows).toHaveLength(1)
    await again.end()
  })
})

test('a backup that is killed is no backup, and the next one is', async () => {
  const source = 'killed'
  const at = path('repository', source)
  await killed('backup', { source, at: 'base.tar' })
  expect(await listBackups(repository, source)).toMatchObject({ backups: [] })
  await backUpPostgres({ ...from(), source, host: 'h', now: Date.now })
  expect((await listBackups(repository, source)).backups).toHaveLength(1)
  expect(readdirSync(at).sort()).toEqual(['backups', 'wal'])
})

/** The server notices that a killed client is gone when it next sends something. */
async function free(): Promise<void> {
  for (;;) {
    const { rows } = await admin.query('select bool_or(active) as active from pg_replication_slots')
    if (rows[0]?.active !== true) return
    await sleep(50)
  }
}
