import { spawnSync } from 'node:child_process'
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import {
  backupsFileOf,
  initRepository,
  listBackups,
  lsnNumber,
  openRepository,
  openTarget,
  readState,
  settingsIn,
} from '@hevd/archive'
import { type Supervised, supervise } from '@hevd/postgres'
import { readConfig } from '@hevd/server/config'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { environment } from '../config.ts'
import { blocks, byHand, commandsIn, guide, sqlAt } from './backups.fixture.ts'
import { check } from './check.ts'
import { backupsDiagnoses } from './doctor.ts'
import { drill } from './drill.ts'
import { backupsHelp } from './help.ts'
import { keygen } from './keygen.ts'
import { list } from './list.ts'
import type { PlanOptions } from './new-plan.ts'
import { add, init, remove } from './plan-commands.ts'
import { prunePlans } from './prune.ts'
import { reencryptSource } from './reencrypt.ts'
import { restore } from './restore.ts'
import { runPlans } from './run.ts'
import { status } from './status.ts'
import { superviseBackups } from './supervise-backups.ts'

const place = mkdtempSync(join(tmpdir(), 'hevd-backups-'))
chmodSync(place, 0o711)
const home = join(place, 'home')
const repository = join(place, 'repository')
const identity = join(place, 'key.identity')
const folder = join(place, 'files')
const times = { full: 'P7D', keepWithin: 'P30D', keepAtLeast: 'P1D' }

const { said, json } = commandsIn(home)
const sql = (query: string, url = database.ownerUrl) => sqlAt(url, query)

let database: Supervised
beforeAll(async () => {
  for (const each of [home, repository, folder]) mkdirSync(each, { mode: 0o711 })
  database = await supervise({ home, mode: 'system', path: environment.PATH })
})
afterAll(async () => {
  await database.stop()
  rmSync(place, { recursive: true })
})

/** A file of the folder’s backups, by the beginning of its name. */
function filesNamed(beginning: string): string[] {
  return readdirSync(join(repository, 'files'), { recursive: true, encoding: 'utf8' })
    .filter((path) => path.split('/').at(-1)?.startsWith(beginning))
    .map((path) => join(repository, 'files', path))
    .sort()
}

test('the guide’s settings are valid, and its commands exist', () => {
  const reader = `age1${'q'.repeat(58)}`
  const [settings = '', drills = ''] = blocks('json').map((text) => text.replaceAll('age1…', reader))
  const { plans } = settingsIn('guide', JSON.parse(settings))
  expect(plans.map(({ name }) => name)).toEqual(['hevd', 'files'])
  expect(settingsIn('guide', { ...JSON.parse(settings), ...JSON.parse(drills) }).drills).toHaveLength(1)
  const named = [...guide.matchAll(/hevd backups ([a-z]+)/g)].map(([, name]) => name)
  expect(named.filter((name) => name === undefined || !(name in backupsHelp))).toEqual([])
})

describe('from nothing to a server that has been restored', { timeout: 120_000 }, () => {
  let recipient = ''

  test('a key is made that its owner alone may read', async () => {
    const { code, value } = await json((run) => keygen(run, identity))
    expect(code).toBe(0)
    recipient = value.recipient
    expect(recipient).toMatch(/^age1/)
    expect(statSync(identity).mode & 0o777).toBe(0o600)
    const asked = spawnSync('age-keygen', ['-y', identity], { encoding: 'utf8' })
    expect(asked.stdout.trim()).toBe(recipient)
    await expect(said((run) => keygen(run, identity))).rejects.toThrow(/exists already/)
  })

  test('settings and repository are made once', async () => {
    const options: PlanOptions = { ...times, to: repository, postgres: 'own', recipient: [recipient] }
    const wrong = {
      ...options,
      recipient: [`${recipient.slice(0, -1)}${recipient.endsWith('q') ? 'p' : 'q'}`],
    }
    await expect(said((run) => init(run, wrong))).rejects.toThrow(/not an age recipient/)
    await expect(said((run) => init(run, { ...options, recipient: [] }))).rejects.toThrow(
      /--recipient is missing/,
    )
    await expect(said((run) => init(run, { ...options, keepAtLeast: 'long' }))).rejects.toThrow(
      /--keep-at-least/,
    )
    expect(existsSync(backupsFileOf(home))).toBe(false)
    expect((await said((run) => init(run, options))).code).toBe(0)
    expect(statSync(backupsFileOf(home)).mode & 0o777).toBe(0o600)
    await expect(said((run) => init(run, options))).rejects.toThrow(/exists already and is not written over/)
  })

  test('nothing is backed up yet, and that is said', async () => {
    const { code, text } = await said(status)
    expect(code).toBe(1)
    expect(text).toMatch(/▲ hevd is not backed up as it should be/)
    expect(text).toMatch(/Last full +never/)
    expect(text.split('\n').every((line) => line.length <= 80)).toBe(true)
  })

  test('a full backup, then what was written since', async () => {
    await sql('create table public.t as select g as id, md5(g::text) as word from generate_series(1, 5000) g')
    const full = await json((run) => runPlans(run, [], false))
    expect(full).toMatchObject({ code: 0, value: [{ source: 'hevd', kind: 'full', outcome: 'made' }] })
    await sql('delete from public.t where id > 4000')
    const changes = await json((run) => runPlans(run, ['hevd'], false))
    expect(changes).toMatchObject({
      code: 0,
      value: [{ kind: 'incremental', outcome: 'made', backupId: null }],
    })
    const listed = await json((run) => list(run, [], {}))
    expect(listed.code).toBe(0)
    expect(listed.value).toMatchObject([
      { source: 'hevd', backups: [{ kind: 'full', recipients: [recipient] }] },
    ])
    expect(listed.value[0].spans[0].to).toBeGreaterThan(listed.value[0].spans[0].from)
    expect((await said((run) => check(run, [], true, {}))).code).toBe(0)
  })

  test('it is restored elsewhere, and the command that is shown starts it with its rows', async () => {
    const into = join(place, 'restored')
    const options = { identity, into }
    const { code, value } = await json((run) => restore(run, 'hevd', options))
    expect(code).toBe(0)
    await expect(said((run) => restore(run, 'hevd', options))).rejects.toThrow(/not empty/)
    // The port and the socket's folder are shared with whatever else runs here.
    const start = value.start.replace('-k /tmp', `-k ${into}`)
    const started = spawnSync('sh', ['-c', start], { encoding: 'utf8', timeout: 60_000 })
    expect(started.stderr).toBe('')
    const { username, password } = new URL(database.ownerUrl)
    const address = `postgresql://${username}:${password}@${encodeURIComponent(into)}:5433/hevd`
    const rows = () =>
      sql('select count(*)::int from public.t', address).then(
        (found) => found.rows,
        () => null,
      )
    try {
      await expect.poll(rows, { timeout: 60_000 }).toEqual([{ count: 4000 }])
    } finally {
      spawnSync('sh', ['-c', value.start.replace(/ -l .*/, ' -m immediate stop')])
    }
  })

  test('it opens without Hevd, and PostgreSQL itself says that it is whole', () => {
    const SOURCE = join(repository, 'hevd')
    const [id = ''] = readdirSync(join(SOURCE, 'backups'))
    const { stdout } = byHand(place, 'pg_verifybackup', {
      KEY: identity,
      SOURCE,
      BACKUP: join(SOURCE, 'backups', id),
    })
    expect(stdout).toMatch(/successfully verified/)
  })
})

describe('a folder', { timeout: 120_000 }, () => {
  test('is added as a plan, and backed up with its changes', async () => {
    writeFileSync(join(folder, 'one.txt'), 'one')
    writeFileSync(join(folder, 'two.txt'), 'two')
    expect((await said((run) => add(run, { ...times, folder, target: 'main' }))).code).toBe(0)
    await expect(said((run) => add(run, { ...times, folder }))).rejects.toThrow(/a plan "files" already/)
    expect(await json((run) => runPlans(run, ['files'], false))).toMatchObject({
      code: 0,
      value: [{ kind: 'full' }],
    })
    writeFileSync(join(folder, 'three.txt'), 'three')
    rmSync(join(folder, 'one.txt'))
    const changes = await json((run) => runPlans(run, ['files'], false))
    expect(changes).toMatchObject({ code: 0, value: [{ kind: 'incremental', outcome: 'made' }] })
  })

  test('opens without Hevd, with age, zstd and tar, as the guide says', () => {
    const contents = filesNamed('content.tar.zst.age')
    const INTO = mkdtempSync(join(place, 'by-hand-'))
    byHand(place, 'content.tar', {
      KEY: identity,
      INTO,
      BACKUPS: contents.map((path) => dirname(path)).join(' '),
    })
    expect(readdirSync(INTO).sort()).toEqual(['one.txt', 'three.txt', 'two.txt'])
  })

  test('is restored as it was, on a host that has nothing but the repository and the identity', async () => {
    const into = join(place, 'files-restored')
    const options = { identity, into, in: repository }
    expect((await said((run) => restore(run, 'files', options))).code).toBe(0)
    expect(readdirSync(into).sort()).toEqual(['three.txt', 'two.txt'])
    const at = { ...options, at: '2026-11-26T08:30:00Z', into: `${into}-2` }
    await expect(said((run) => restore(run, 'files', at))).rejects.toThrow(/Choose one with --backup/)
    await expect(said((run) => restore(run, 'files', { ...at, at: 'yesterday' }))).rejects.toThrow(
      /is no moment/,
    )
  })

  test('passes its drill, until one bit of it is another', async () => {
    const passed = await json((run) => drill(run, 'files', { identity }))
    expect(passed).toMatchObject({ code: 0, value: { outcome: 'passed', files: 2, why: null } })
    const path = filesNamed('content.tar.zst.age').at(-1) ?? ''
    const bytes = readFileSync(path)
    const damaged = Buffer.from(bytes)
    damaged[damaged.length - 3] = (damaged.at(-3) ?? 0) ^ 1
    writeFileSync(path, damaged)
    const failed = await json((run) => drill(run, 'files', { identity }))
    expect(failed).toMatchObject({ code: 1, value: { outcome: 'failed' } })
    const checked = await said((run) => check(run, ['files'], false, {}))
    expect(checked.code).toBe(1)
    expect(checked.text).toMatch(/content\.tar\.zst\.age was changed/)
    const { code, text } = await said(status)
    expect(code).toBe(1)
    expect(text).toMatch(/▲ files is not backed up as it should be/)
    expect(text).toMatch(/Drill +failed/)
    writeFileSync(path, bytes)
  })

  test('a drill that cannot be carried out says nothing of the backup', async () => {
    chmodSync(identity, 0o644)
    const notRun = await json((run) => drill(run, 'files', { identity }))
    chmodSync(identity, 0o600)
    expect(notRun).toMatchObject({
      code: 2,
      value: { outcome: 'not-run', why: { code: 'identity-exposed' } },
    })
  })

  test('nothing younger than what the repository promises is pruned', async () => {
    expect(await json((run) => prunePlans(run, ['files'], true))).toMatchObject({
      code: 0,
      value: [{ removed: [] }],
    })
  })
})

describe('kept by itself', { timeout: 180_000 }, () => {
  const path = backupsFileOf(home)
  const log = () =>
    readFileSync(join(home, 'log/backups.log'), 'utf8')
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line))
  const events = (event: string) => log().filter((each) => each.event === event)
  const runs = (source: string) => readState(home).runs.filter((run) => run.source === source)
  const until = (condition: () => boolean) =>
    expect.poll(condition, { timeout: 90_000, interval: 50 }).toBe(true)
  const pid = () => Number(readFileSync(join(home, 'backups/locks/keep.pid'), 'utf8'))

  test('goes on after kill -9 in the middle of a backup, archives what is written, ends in order', async () => {
    const manual = readFileSync(path, 'utf8')
    const { recipients } = JSON.parse(manual)
    const place = join(home, '../kept')
    mkdirSync(place, { mode: 0o711 })
    const target = await openTarget({ kind: 'folder', path: place })
    await initRepository(target, 'P1D')
    const settings = {
      targets: { main: { kind: 'folder', path: place } },
      recipients,
      plans: [
        { name: 'own', of: { postgres: 'own' }, target: 'main', full: 'P7D', incremental: 'PT1S' },
        { name: 'shared', of: { folder }, target: 'main', full: 'P7D', incremental: 'PT1S' },
      ],
      drills: [{ source: 'own', target: 'main', identityFile: identity, every: 'P30D' }],
    }
    rmSync(path)
    const keeping = superviseBackups(home, { ...environment, HEVD_POSTGRES: 'system' })
    try {
      writeFileSync(path, JSON.stringify(settings), { mode: 0o600 })
      await until(() => runs('own').some(({ outcome }) => outcome === 'running'))
      process.kill(pid(), 'SIGKILL')
      await until(() => runs('own').some(({ outcome }) => outcome === 'made'))
      expect(runs('own').map(({ outcome }) => outcome)).toEqual(['made', 'interrupted'])
      await until(
        () => events('drill').length > 0 && runs('shared').some(({ kind }) => kind === 'incremental'),
      )
      expect(events('drill')).toMatchObject([{ source: 'own', outcome: 'passed', why: null }])
      expect(readState(home).drills[0]?.rows).toBeGreaterThanOrEqual(4000)
      expect(readdirSync(join(home, 'drills'))).toEqual([])

      await sql('insert into public.t select g from generate_series(6000, 6100) g')
      const { rows } = await sql('select pg_current_wal_lsn() as lsn', database.adminUrl)
      const reached = () => readState(home).logs.find(({ source }) => source === 'own')?.lsn ?? '0/0'
      await until(() => lsnNumber(reached()) >= lsnNumber(rows[0].lsn))

      writeFileSync(path, '{"plans": 7}')
      await until(() => events('settings-not-used').length > 0)
      writeFileSync(path, JSON.stringify(settings))
      await until(() => events('settings-not-used-over').length > 0)
      expect(events('settings-not-used')).toHaveLength(1)
    } finally {
      await keeping.stop()
      writeFileSync(path, manual)
    }
    expect(log().at(-1)).toMatchObject({ event: 'stopped' })
    expect(runs('shared').filter(({ outcome }) => outcome === 'running')).toEqual([])
    const { backups } = await listBackups(await openRepository(target), 'own')
    expect(backups).toHaveLength(1)
    await target.close()
  })
})

test('who may not replicate is told what is missing', async () => {
  const file = JSON.parse(readFileSync(backupsFileOf(home), 'utf8'))
  const plan = { name: 'refused', of: { postgres: database.observerUrl }, target: 'main', full: 'P7D' }
  writeFileSync(backupsFileOf(home), JSON.stringify({ ...file, plans: [...file.plans, plan] }))
  const { code, value } = await json((run) => runPlans(run, ['refused'], false))
  expect(code).toBe(1)
  expect(value).toMatchObject([{ outcome: 'failed', why: { code: 'server-refused' } }])
  writeFileSync(backupsFileOf(home), JSON.stringify(file))
})

test('what keeps the backups from being made is said by the doctor', async () => {
  const config = readConfig({ ...environment, HEVD_HOME: home }, true)
  renameSync(repository, `${repository}.away`)
  const found = await backupsDiagnoses(config)
  renameSync(`${repository}.away`, repository)
  expect(found.map(({ name, remedy }) => [name, remedy?.en])).toEqual([
    ['backups', expect.stringMatching(/Nothing runs them/)],
    ['backups/main', expect.stringMatching(/cannot be reached|repository/)],
  ])
  expect(await backupsDiagnoses({ ...config, home: place })).toEqual([])
})

test('a target that is away is said, beside what the host itself remembers', async () => {
  renameSync(repository, `${repository}.away`)
  const { code, text } = await said(status)
  const ran = await json((run) => runPlans(run, ['files'], false))
  renameSync(`${repository}.away`, repository)
  expect(code).toBe(1)
  expect(text).toMatch(/The target cannot be reached[\s\S]*Last full +\d+ \w+ \d{4}/)
  expect(ran).toMatchObject({ code: 1, value: [{ outcome: 'failed', kind: 'incremental' }] })
})

test('who could read no longer can, once it is encrypted to somebody else', async () => {
  const [old, next] = [identity, join(place, 'next.identity')]
  const { value } = await json((run) => keygen(run, next))
  const options = { identity: old, to: [value.recipient] }
  expect((await said((run) => reencryptSource(run, 'files', options))).code).toBe(0)
  const into = join(place, 'files-next')
  await expect(said((run) => restore(run, 'files', { identity: old, into }))).rejects.toThrow(
    /None of the identities/,
  )
  expect((await said((run) => restore(run, 'files', { identity: next, into }))).code).toBe(0)
  expect(readdirSync(into).sort()).toEqual(['three.txt', 'two.txt'])
})

test('a plan that is removed leaves its backups, and no slot at the server', async () => {
  expect((await said((run) => remove(run, 'hevd'))).code).toBe(0)
  const slots = await sql('select slot_name from pg_replication_slots', database.adminUrl)
  expect(slots.rows).toEqual([{ slot_name: 'hevd_own' }])
  const listed = await json((run) => list(run, ['hevd'], {}))
  expect(listed.value).toMatchObject([{ source: 'hevd', backups: [{ kind: 'full' }] }])
  await expect(said((run) => runPlans(run, ['hevd'], false))).rejects.toThrow(/no plan "hevd".*files/)
})
