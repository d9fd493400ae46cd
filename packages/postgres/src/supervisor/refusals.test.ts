import { execFileSync } from 'node:child_process'
import { appendFile, chmod, mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { beginParent, killNow, type Parent, query, startParent, temporaryHome } from './test-parent.ts'

const mode = 'system'
const cleanups: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup()
})

async function newHome(): Promise<string> {
  const { home, remove } = await temporaryHome()
  cleanups.push(remove)
  return home
}

async function parentOf(request: Parameters<typeof startParent>[0]): Promise<Parent> {
  const parent = await startParent(request)
  cleanups.push(() => parent.stop())
  return parent
}

let made: Awaited<ReturnType<typeof temporaryHome>>
beforeAll(async () => {
  made = await temporaryHome()
  const parent = await startParent({ home: made.home, mode })
  parent.running()
  await parent.stop()
})
afterAll(() => made.remove())

/** A home whose server has been made and stopped: a copy, since making one takes seconds. */
async function stoppedHome(): Promise<string> {
  const home = await newHome()
  execFileSync('cp', ['-a', `${made.home}/.`, home])
  return home
}

async function codeOf(request: Parameters<typeof startParent>[0]): Promise<string | undefined> {
  return (await parentOf(request)).report.failed?.code
}

test('a second parent of the same home is told who has it, and the first keeps running', async () => {
  const home = await stoppedHome()
  const first = await parentOf({ home, mode })
  const second = await parentOf({ home, mode })
  expect(second.report.failed).toMatchObject({ code: 'already-supervised' })
  expect(second.report.failed?.message).toContain(`process ${first.pid}`)
  expect(await query(first.running().ownerUrl, 'select 1 as one')).toEqual([{ one: 1 }])
})

test('of two first starts at once, one wins', async () => {
  const home = await newHome()
  const both = await Promise.all([parentOf({ home, mode }), parentOf({ home, mode })])
  expect(both.map(({ report }) => report.failed?.code ?? 'running').sort()).toEqual([
    'already-supervised',
    'running',
  ])
})

test.each(['fsync', 'full_page_writes', 'synchronous_commit'])(
  '%s = off in a file is refused',
  async (setting) => {
    const home = await stoppedHome()
    await appendFile(join(home, 'postgres', 'data', 'postgresql.auto.conf'), `${setting} = off\n`)
    expect(await codeOf({ home, mode })).toBe('unsafe-setting')
  },
)

test('synchronous_commit = off of a role is refused, also in a server that was left running', async () => {
  const home = await stoppedHome()
  const first = await parentOf({ home, mode })
  await query(first.running().adminUrl, 'alter role hevd_runtime set synchronous_commit = off')
  await first.kill()
  expect(await codeOf({ home, mode })).toBe('unsafe-setting')
})

test('data of another major version is refused with both versions named', async () => {
  const home = await stoppedHome()
  await writeFile(join(home, 'postgres', 'data', 'PG_VERSION'), '14\n')
  const { report } = await parentOf({ home, mode })
  expect(report.failed).toMatchObject({ code: 'version-mismatch' })
  expect(report.failed?.message).toContain('PostgreSQL 14')
})

test('a database whose passwords are gone is not given new ones', async () => {
  const home = await stoppedHome()
  await rm(join(home, 'postgres', 'secrets.json'))
  expect(await codeOf({ home, mode })).toBe('secrets-missing')
})

test.each([100, 250, 400, 550, 700])(
  'a parent killed %d ms into its first start does not hinder the next',
  async (wait) => {
    const home = await newHome()
    const first = beginParent({ home, mode })
    await sleep(wait)
    await first.kill()
    const second = await parentOf({ home, mode })
    expect(await query(second.running().runtimeUrl, 'select 1 as one')).toEqual([{ one: 1 }])
  },
)

test('a pid file that names a living process of another program does not stop the start', async () => {
  const home = await stoppedHome()
  const first = await parentOf({ home, mode })
  const { pid } = first.running()
  await killNow(pid)
  await first.stop()
  const pidFile = join(home, 'postgres', 'data', 'postmaster.pid')
  const stale = (await readFile(pidFile, 'utf8')).replace(String(pid), String(process.pid))
  await writeFile(pidFile, stale)
  expect((await parentOf({ home, mode })).running()).toMatchObject({ adopted: false })
})

test('a home too deep for a socket address is served from the temporary folder, and found there again', async () => {
  const home = join(await newHome(), 'a'.repeat(60), 'b'.repeat(60))
  const first = await parentOf({ home, mode })
  const sockets = decodeURIComponent(new URL(first.running().runtimeUrl).hostname)
  cleanups.unshift(() => rm(sockets, { recursive: true, force: true }))
  await first.kill()
  const second = await parentOf({ home, mode })
  expect(second.running()).toMatchObject({ adopted: true, runtimeUrl: first.running().runtimeUrl })
  expect(await query(second.running().runtimeUrl, 'select 1 as one')).toEqual([{ one: 1 }])
})

test('as root, a closed home of our own is opened; a closed folder above it is named with the remedy', async () => {
  const home = join(await newHome(), 'inner')
  await mkdir(home, { recursive: true, mode: 0o700 })
  await chmod(join(home, '..'), 0o700)
  const { report } = await parentOf({ home, mode })
  expect(report.failed).toMatchObject({ code: 'path-closed' })
  expect(report.failed?.message).toContain(`chmod o+x ${join(home, '..')}`)
  await chmod(join(home, '..'), 0o711)
  expect((await parentOf({ home, mode })).running().adopted).toBe(false)
})

test("another user's data directory is refused", async () => {
  const home = await stoppedHome()
  await chmod(join(home, 'postgres'), 0o777)
  await chmod(home, 0o777)
  await rm(join(home, 'postgres', 'supervisor.lock'))
  await rm(join(home, 'postgres', 'supervisor.lock.pid'))
  expect(await codeOf({ home, mode, uid: 65534, gid: 65534 })).toBe('not-ours')
})
