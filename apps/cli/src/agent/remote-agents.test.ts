import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { readStatus } from '@hevd/agent'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { z } from 'zod'
import {
  firstSession,
  freePort,
  newHome,
  onSmallHost,
  type RunningHevd,
  removeHome,
  startHevd,
  until,
} from '../running-hevd.fixture.ts'

const launcher = resolve(import.meta.dirname, '../../bin/hevd.mjs')
const homes: string[] = []
const agents: ChildProcess[] = []
let place: Parameters<typeof startHevd>[0]
let running: RunningHevd
let cookie: string

beforeAll(async () => {
  place = {
    home: newHomeToRemove(),
    port: await freePort(),
    uid: 0,
    postgres: 'system',
    env: { HEVD_AGENTS_ADDRESS: '127.0.0.1', HEVD_AGENTS_PORT: String(await freePort()) },
  }
  running = await startHevd(place)
  cookie = await firstSession(running.origin, running.link ?? '')
}, 300_000)

afterAll(async () => {
  for (const agent of agents) agent.kill('SIGKILL')
  if (running?.process.exitCode === null) await running.stop()
  for (const home of homes) await removeHome(home)
})

function newHomeToRemove(): string {
  const home = newHome(0)
  homes.push(home)
  return home
}

const environmentOf = (home: string) => ({
  PATH: '/usr/bin:/bin:/usr/sbin:/sbin',
  HEVD_HOME: home,
  LANG: 'nb_NO.UTF-8',
})

type Ran = { readonly code: number; readonly out: string; readonly err: string }

/** Runs the command line as a person on the host does. */
function hevd(home: string, ...args: readonly string[]): Promise<Ran> {
  return new Promise((done) => {
    execFile(process.execPath, [launcher, ...args], { env: environmentOf(home) }, (error, out, err) =>
      done({ code: typeof error?.code === 'number' ? error.code : 0, out, err }),
    )
  })
}

/** `hevd agent run`, until it is ended. */
function runAgent(home: string): ChildProcess {
  const agent = spawn(...onSmallHost(0, [process.execPath, launcher, 'agent', 'run']), {
    env: environmentOf(home),
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  agents.push(agent)
  return agent
}

async function call(method: string, path: string, body?: unknown): Promise<unknown> {
  const response = await fetch(`${running.origin}${path}`, {
    method,
    headers: { cookie, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  const text = await response.text()
  if (!response.ok) throw new Error(`${response.status} ${text}`)
  return JSON.parse(text)
}

/** The command that the console shows, without the program's name. */
async function commandFor(making: object): Promise<string[]> {
  const { command } = z.object({ command: z.string() }).parse(await call('POST', '/api/join-tokens', making))
  return command.split(' ').slice(1)
}

const hosts = async () =>
  z
    .array(
      z.object({
        id: z.string(),
        name: z.string(),
        lastHeardAt: z.number().nullable(),
        certificate: z.object({ state: z.string(), rejoinedAt: z.number().nullable() }).nullable(),
      }),
    )
    .parse(await call('GET', '/api/hosts'))
const hostOf = async (home: string) => {
  const { host } = JSON.parse(readFileSync(join(home, 'agent/membership.json'), 'utf8'))
  return (await hosts()).find(({ id }) => id === host.id)
}

/** Verdicts about a host as a subject, of every test that speaks of it. */
const findingsOf = async (host: string) => {
  const view = z.object({ findings: z.array(z.object({ verdict: z.string() })) })
  return view.parse(await call('GET', `/api/subject?kind=host&id=${encodeURIComponent(host)}`)).findings
}
const judged = (findings: readonly { readonly verdict: string }[]) =>
  findings.some(({ verdict }) => verdict !== 'unknown')

/** When each of a host's feeds was first heard. */
const firstHeard = async (host: string) => {
  const feeds = z
    .array(z.object({ name: z.string(), firstHeardAt: z.number().nullable() }))
    .parse(await call('GET', '/api/feeds'))
  return feeds.filter(({ name }) => name.startsWith(`${host}/`))
}

test('a host joins as its user types it, is judged, survives kill -9 of either side, joins again with its history, is revoked', {
  timeout: 500_000,
}, async () => {
  const home = newHomeToRemove()

  // Killed again and again while it joins, it joins by the same token in the end, once.
  const command = [...(await commandFor({ role: 'production' })), '--name', 'web-1']
  for (const after of [150, 400, 700, 1000]) {
    const joining = spawn(process.execPath, [launcher, ...command], { env: environmentOf(home) })
    const ended = once(joining, 'exit')
    await sleep(after)
    joining.kill('SIGKILL')
    await ended
    if (existsSync(join(home, 'agent/membership.json'))) break
  }
  if (!existsSync(join(home, 'agent/membership.json'))) {
    const joined = await hevd(home, ...command)
    expect(joined).toMatchObject({ code: 0, err: '', out: expect.stringContaining('web-1 er meldt inn') })
  }
  expect((await hosts()).filter(({ name }) => name === 'web-1')).toHaveLength(1)
  expect(await hostOf(home)).toMatchObject({ certificate: { state: 'waiting' } })
  expect(await hevd(home, 'agent', 'status')).toMatchObject({
    code: 1,
    out: expect.stringContaining('kjører ikke'),
  })

  // Its facts arrive and are judged.
  let agent = runAgent(home)
  const host = (await hostOf(home))?.id ?? ''
  await until(() => findingsOf(host), judged)
  await until(
    async () => readStatus(join(home, 'agent')),
    (status) =>
      status !== null && status.lastContactAt !== null && Object.keys(status.collectors).length >= 15,
  )
  const status = await hevd(home, 'agent', 'status')
  expect(status).toMatchObject({ code: 0, err: '' })
  for (const line of status.out.split('\n')) expect(line.length).toBeLessThanOrEqual(80)
  for (const said of ['tjeneren tar imot', 'aldri hashen', 'gyldig til', 'trenger: root'])
    expect(status.out).toContain(said)
  const json = await hevd(home, 'agent', 'status', '--json')
  expect(JSON.parse(json.out)).toMatchObject({ state: 'heard', membership: { host: { id: host } } })
  const { key } = JSON.parse(readFileSync(join(home, 'agent/membership.json'), 'utf8'))
  expect(json.out).not.toContain(key.split('\n')[1])

  // Either side is killed while it sends; what was seen meanwhile arrives.
  agent.kill('SIGKILL')
  await running.kill()
  agent = runAgent(home)
  await until(
    async () => readStatus(join(home, 'agent')),
    (now) => now?.trouble?.code === 'ECONNREFUSED' && now.waiting.reports > 0,
  )
  expect((await hevd(home, 'agent', 'status')).out).toContain('venter her')
  running = await startHevd(place)
  const before = Date.now()
  await until(
    async () => [readStatus(join(home, 'agent')), await hostOf(home)] as const,
    ([now, heard]) =>
      now?.trouble === null && (heard?.lastHeardAt ?? 0) >= before - 120_000 && now.waiting.reports === 0,
  )
  await until(() => findingsOf(host), judged)
  const history = await firstHeard(host)
  expect(history.length).toBeGreaterThanOrEqual(15)

  // Reinstalled: the folder is gone, a token for the host brings it back as the same one.
  const fresh = newHomeToRemove()
  const again = await hevd(fresh, ...(await commandFor({ host })))
  expect(again).toMatchObject({ code: 0, out: expect.stringContaining('Historien følger med') })
  expect(await hostOf(fresh)).toMatchObject({ id: host, certificate: { rejoinedAt: expect.any(Number) } })
  await until(
    async () => readStatus(join(home, 'agent')),
    (now) => now?.trouble?.code === 'certificate-revoked',
  )
  const refused = await hevd(home, 'agent', 'status')
  expect(refused).toMatchObject({ code: 1, out: expect.stringContaining('trukket tilbake') })
  agent.kill('SIGTERM')
  agent = runAgent(fresh)
  await until(
    async () => (await hostOf(fresh))?.certificate?.state,
    (state) => state === 'good',
  )
  // What was heard before stays; a slow collector may be heard for the first time meanwhile.
  expect(await firstHeard(host)).toEqual(expect.arrayContaining(history))
  await until(() => findingsOf(host), judged)

  // Revoked: it says so, keeps what it sees, and a new token for the host lets the same process go on.
  await call('DELETE', `/api/hosts/${host}/agent`)
  await until(
    async () => readStatus(join(fresh, 'agent')),
    (now) => now?.trouble?.code === 'certificate-revoked' && now.waiting.reports > 0,
  )
  expect(agent.exitCode).toBeNull()
  expect(await hevd(fresh, ...(await commandFor({ host })))).toMatchObject({ code: 0 })
  await until(
    async () => readStatus(join(fresh, 'agent')),
    (now) => now?.trouble === null && now.waiting.reports === 0,
  )

  // It leaves; the server knows, and the key is gone.
  expect(await hevd(fresh, 'agent', 'leave')).toMatchObject({
    code: 0,
    out: expect.stringContaining('meldt ut'),
  })
  expect(existsSync(join(fresh, 'agent/membership.json'))).toBe(false)
  expect((await hosts()).find(({ id }) => id === host)?.certificate?.state).toBe('revoked')
  const stopped = once(agent, 'exit')
  agent.kill('SIGTERM')
  expect(await stopped).toEqual([0, null])
})

test('what a user gets wrong is said with the remedy, and nothing is left behind', async () => {
  const home = newHomeToRemove()
  expect(await hevd(home, 'agent', 'run')).toMatchObject({
    code: 2,
    err: expect.stringContaining('ikke meldt inn'),
  })
  expect(await hevd(home, 'agent', 'leave')).toMatchObject({
    code: 2,
    err: expect.stringContaining('ikke meldt inn'),
  })
  expect(await hevd(home, 'agent', 'status')).toMatchObject({
    code: 1,
    out: expect.stringContaining('ikke meldt inn'),
  })
  const [, , url = '', token = ''] = await commandFor({ role: 'other' })
  for (const [at, given, said] of [
    [url, 'hevd_join_half', 'ikke et token'],
    [url.replace('https', 'http'), token, 'er ikke gyldig'],
    ['https://127.0.0.1:1', token, 'ikke brukt opp'],
  ] as const)
    expect(await hevd(home, 'agent', 'join', at, given)).toMatchObject({
      code: 2,
      err: expect.stringContaining(said),
    })
  expect(existsSync(join(home, 'agent/membership.json'))).toBe(false)
})

test('a membership that is damaged, or that others can read, is said to be so', async () => {
  const home = newHomeToRemove()
  await hevd(home, ...(await commandFor({ role: 'other' })))
  const path = join(home, 'agent/membership.json')
  const { chmodSync } = await import('node:fs')
  chmodSync(path, 0o644)
  expect((await hevd(home, 'agent', 'run')).err).toContain('chmod 600')
  chmodSync(path, 0o600)
  writeFileSync(path, '{"server":')
  expect((await hevd(home, 'agent', 'status')).err).toContain('kan ikke leses')
})

test('the unit starts this very program, bounded, and is a unit to systemd', async () => {
  const home = newHomeToRemove()
  const { out } = await hevd(home, 'agent', 'unit')
  for (const line of [`agent run`, `HEVD_HOME=${home}`, 'Restart=always', 'CPUQuota=', 'MemoryMax='])
    expect(out).toContain(line)
  for (const command of ['join', 'run', 'status', 'leave', 'unit'])
    for (const lang of ['nb', 'en'])
      expect((await hevd(home, 'agent', command, '--help', '--lang', lang)).code).toBe(0)
})
