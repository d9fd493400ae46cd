import { readdir, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, describe, expect, test } from 'vitest'
import { isAlive } from './process-table.ts'
import type { ProgramSource } from './programs.ts'
import { killNow, type Parent, query, startParent, temporaryHome } from './test-parent.ts'

const nobody = { uid: 65534, gid: 65534 }
const isRoot = process.getuid?.() === 0
const users = isRoot
  ? [
      { user: 'root', account: undefined },
      { user: 'an ordinary user', account: nobody },
    ]
  : [{ user: 'an ordinary user', account: undefined }]
const modes: ProgramSource[] = ['system', 'embedded']
const cases = users.flatMap((user) => modes.map((mode) => ({ ...user, mode })))

/** How long a condition may take to come true, not how fast it must. */
const waiting = { timeout: 60_000, interval: 50 }

const cleanups: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup()
})

async function homeOf(account?: { uid: number; gid: number }): Promise<string> {
  const { home, remove } = await temporaryHome(account)
  cleanups.push(remove)
  return home
}

async function parentOf(request: Parameters<typeof startParent>[0]): Promise<Parent> {
  const parent = await startParent(request)
  cleanups.push(() => parent.stop())
  return parent
}

describe.each(cases)('as $user, with the $mode programs', ({ account, mode }) => {
  test('a first start makes a durable server on a socket alone, with two modest roles', async () => {
    const home = await homeOf(account)
    const { adminUrl, ownerUrl, runtimeUrl, adopted } = (await parentOf({ home, mode, ...account })).running()
    expect(adopted).toBe(false)

    const [settings] = await query(
      adminUrl,
      `select current_setting('listen_addresses') as listen, current_setting('fsync') as fsync,
         current_setting('data_checksums') as checksums, current_setting('password_encryption') as passwords`,
    )
    expect(settings).toEqual({ listen: '', fsync: 'on', checksums: 'on', passwords: 'scram-sha-256' })
    const roles = await query(
      adminUrl,
      `select rolname, rolsuper or rolbypassrls or rolcreaterole or rolcreatedb or rolreplication as mighty
       from pg_roles where rolname in ('hevd_owner', 'hevd_runtime') order by 1`,
    )
    expect(roles).toEqual([
      { rolname: 'hevd_owner', mighty: false },
      { rolname: 'hevd_runtime', mighty: false },
    ])
    expect(await query(ownerUrl, "select 'ÆØÅ' = upper('æøå') as folds, 'Z' < 'a' as by_code_point")).toEqual(
      [{ folds: true, by_code_point: true }],
    )
    await expect(query(runtimeUrl, 'create schema mine')).rejects.toThrow('permission denied')

    const passwordless = runtimeUrl.replace(/:[^:@]*@/, ':wrong@')
    await expect(query(passwordless, 'select 1')).rejects.toThrow('password authentication failed')
    expect((await stat(join(home, 'postgres', 'secrets.json'))).mode & 0o777).toBe(0o600)
    expect((await stat(join(home, 'postgres', 'data'))).mode & 0o777).toBe(0o700)
  })

  test('rows survive a stop, a killed parent, both killed, and a server killed under its parent', async () => {
    const home = await homeOf(account)
    const first = await parentOf({ home, mode, ...account })
    const { ownerUrl, adminUrl, pid } = first.running()
    await query(ownerUrl, 'create schema kept; create table kept.row (n integer)')
    await query(ownerUrl, 'insert into kept.row values (1)')
    await first.stop()
    expect(await isAlive(pid)).toBe(false)

    const second = await parentOf({ home, mode, ...account })
    await query(ownerUrl, 'insert into kept.row values (2)')
    await second.kill()
    expect(await isAlive(second.running().pid)).toBe(true)

    const third = await parentOf({ home, mode, ...account })
    expect(third.running()).toMatchObject({ adopted: true, pid: second.running().pid })
    await query(ownerUrl, 'insert into kept.row values (3)')
    await third.kill()
    await killNow(third.running().pid)

    const fourth = await parentOf({ home, mode, ...account })
    expect(fourth.running().adopted).toBe(false)
    await query(ownerUrl, 'insert into kept.row values (4)')
    await killNow(fourth.running().pid)
    await expect
      .poll(() => query(ownerUrl, 'select array_agg(n order by n) as rows from kept.row'), waiting)
      .toEqual([{ rows: [1, 2, 3, 4] }])
    const [restarted] = await query(
      adminUrl,
      "select split_part(pg_read_file('postmaster.pid'), E'\\n', 1)::int as pid",
    )
    await fourth.stop()
    expect(await isAlive(Number(restarted?.pid))).toBe(false)
  })
})

test('its own logs are rotated by size, the newest five are kept, and no line between them is lost', async () => {
  const home = await homeOf()
  const { adminUrl } = (await parentOf({ home, mode: undefined })).running()
  const folder = join(home, 'postgres', 'log')
  const files = async () => (await readdir(folder)).sort()
  await query(adminUrl, `alter system set log_rotation_size = '64kB'`)
  await query(adminUrl, 'select pg_reload_conf()')
  const names = new Set<string>()
  let line = 0
  while (names.size < 7) {
    await query(
      adminUrl,
      `do $$ begin for n in ${line}..${line + 99} loop raise log 'line % %', n, repeat('x', 900); end loop; end $$`,
    )
    line += 100
    for (const name of await files()) names.add(name)
  }
  await expect.poll(async () => (await files()).length, waiting).toBe(5)
  await query(adminUrl, `do $$ begin raise log 'line ${line} last'; end $$`)
  const said = async () => {
    const texts = await Promise.all((await files()).map((name) => readFile(join(folder, name), 'utf8')))
    return [...texts.join('').matchAll(/LOG: {2}line (\d+) /g)].map(([, number]) => Number(number))
  }
  await expect.poll(async () => (await said()).at(-1), waiting).toBe(line)
  const kept = await said()
  expect(kept).toEqual(kept.map((_, at) => (kept[0] ?? 0) + at))
  expect((await stat(folder)).mode & 0o777).toBe(0o700)
})
