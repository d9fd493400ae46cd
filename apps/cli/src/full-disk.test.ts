import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, closeSync, mkdirSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { environment } from './config.ts'
import { firstSession, freePort, type RunningHevd, startHevd, until } from './running-hevd.fixture.ts'

let folder: string
let mounted: string
let hevd: RunningHevd
let place: Parameters<typeof startHevd>[0]
let headers: Record<string, string>

function run(command: string, ...args: string[]): void {
  const { status, stderr } = spawnSync(command, args, { encoding: 'utf8' })
  if (status !== 0) throw new Error(`${command} ${args.join(' ')}: ${stderr}`)
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'hevd-disk-'))
  chmodSync(folder, 0o711)
  mounted = join(folder, 'mounted')
  mkdirSync(mounted)
  run('truncate', '-s', '500M', join(folder, 'disk'))
  run('mkfs.ext4', '-q', '-m', '0', join(folder, 'disk'))
  run('mount', '-o', 'loop', join(folder, 'disk'), mounted)
  const home = join(mounted, 'home')
  mkdirSync(home, { mode: 0o711 })
  place = { home, port: await freePort(), uid: 0, postgres: 'system' }
  hevd = await startHevd(place)
  const cookie = await firstSession(hevd.origin, hevd.link ?? '')
  headers = { cookie, origin: hevd.origin, 'content-type': 'application/json' }
}, 300_000)

afterAll(async () => {
  if (hevd?.process.exitCode === null) await hevd.stop()
  run('umount', '--lazy', mounted)
  rmSync(folder, { recursive: true })
}, 60_000)

/** Takes every byte that is left. */
function fill(): void {
  const filler = openSync(join(mounted, 'filler'), 'a')
  try {
    for (let size = 2 ** 20; size >= 1; )
      try {
        if (writeSync(filler, Buffer.alloc(size)) < size) size >>= 1
      } catch (error) {
        if (!(error instanceof Error && 'code' in error && error.code === 'ENOSPC')) throw error
        size >>= 1
      }
  } finally {
    closeSync(filler)
  }
}

async function enter(id: number) {
  const person = { name: `Person ${id}`, kind: 'employee', startsOn: '2024-01-01' }
  const body = JSON.stringify({ ...person, sponsor: null, endsOn: null, voluntary: null })
  const response = await fetch(`${hevd.origin}/api/people/${id}`, { method: 'PUT', headers, body })
  const answer: { code?: string; words?: object } = JSON.parse(await response.text())
  return { status: response.status, code: answer.code, words: answer.words }
}

const get = (path: string) => fetch(`${hevd.origin}${path}`, { headers })

const policy = async () => (await (await get('/api/policy')).json()) as { at: number }
const feedsOfAgent = async () =>
  ((await (await get('/api/feeds')).json()) as { kind: string; lastHeardAt: number | null }[]).filter(
    ({ kind }) => kind === 'agent',
  )

/** The exit code of a command of `hevd`. */
async function command(...args: string[]): Promise<number> {
  const child = spawn(process.execPath, [join(import.meta.dirname, '../bin/hevd.mjs'), ...args], {
    env: { PATH: environment.PATH, HEVD_HOME: place.home, HEVD_PORT: String(place.port) },
    stdio: 'ignore',
  })
  const [code] = await once(child, 'close')
  return code
}

test('a disk that fills up refuses what would be stored, and nothing else; with room it goes on by itself', {
  timeout: 300_000,
}, async () => {
  const state = join(folder, 'verified')
  const acknowledged = new Set<string>()
  let id = 0
  const enterSome = async (until: (answer: Awaited<ReturnType<typeof enter>>) => boolean) => {
    for (;;) {
      id += 1
      const answer = await enter(id)
      if (answer.status === 200) acknowledged.add(String(id))
      if (until(answer)) return answer
    }
  }
  await enterSome(() => id === 10)
  const filling = enterSome(({ status }) => status !== 200)
  fill()
  const refusal = {
    status: 507,
    code: 'disk-full',
    words: { nb: expect.stringContaining('Frigjør plass'), en: expect.stringContaining('Make room') },
  }
  expect(await filling).toEqual(refusal)
  for (let more = 0; more < 100; more += 1) {
    fill()
    id += 1
    expect(await enter(id)).toEqual(refusal)
  }
  for (const path of ['/api/policy', '/api/people', '/trust', '/api/trust', '/log/checkpoint', '/api/hosts'])
    expect([path, (await get(path)).status]).toEqual([path, 200])
  expect(await (await get('/health')).json()).toMatchObject({
    ready: true,
    why: { en: expect.stringContaining('full') },
  })
  expect(await command('ledger', 'verify')).toBe(0)
  expect(await command('verify', hevd.origin, '--state', state)).toBe(0)

  const { at: full } = await policy()
  rmSync(join(mounted, 'filler'))
  await enterSome(({ status }) => status === 200)
  await enterSome(({ status }) => status === 200)
  const people: string[] = []
  for (let next: string | null = ''; next !== null; ) {
    const page: { items: { id: string }[]; next: string | null } = JSON.parse(
      await (await get(`/api/people?limit=100${next && `&cursor=${next}`}`)).text(),
    )
    people.push(...page.items.map((person) => person.id))
    next = page.next
  }
  expect(new Set(people)).toEqual(acknowledged)
  await until(
    async () => (await (await get('/api/logs/internal')).json()) as { waiting: number },
    ({ waiting }) => waiting === 0,
  )
  expect(await command('ledger', 'verify')).toBe(0)
  expect(await command('verify', hevd.origin, '--state', state)).toBe(0)
  await until(feedsOfAgent, (all) => all.some(({ lastHeardAt }) => (lastHeardAt ?? 0) > full))
  expect(hevd.process.exitCode).toBeNull()
})

test('on a full disk it does not start, and says what to do', { timeout: 120_000 }, async () => {
  await hevd.stop()
  fill()
  await expect(startHevd(place)).rejects.toThrow(/Make room and start again/)
  rmSync(join(mounted, 'filler'))
  hevd = await startHevd(place)
})
