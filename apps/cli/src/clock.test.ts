import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { type PolicyView, policyView } from '@hevd/posture/contract'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { environment } from './config.ts'
import {
  firstSession,
  freePort,
  newHome,
  onSmallHost,
  type RunningHevd,
  removeHome,
  startHevd,
  until,
} from './running-hevd.fixture.ts'

const home = newHome(0)
/** What libfaketime reads at every look at a wall clock: `+1d`, `-1d`; monotonic clocks go as they do. */
const [databaseClock, serverClock] = [join(home, 'database-clock'), join(home, 'server-clock')]
let postmaster: ChildProcess
let hevd: RunningHevd
let place: Parameters<typeof startHevd>[0]
let cookie: string

function set(clock: string, to: string): void {
  writeFileSync(clock, to)
  chmodSync(clock, 0o644)
}

function faked(clock: string): NodeJS.ProcessEnv {
  const files = execFileSync('dpkg', ['-L', 'libfaketime'], { encoding: 'utf8' }).split('\n')
  return {
    LD_PRELOAD: files.find((file) => file.endsWith('/libfaketime.so.1')),
    FAKETIME_TIMESTAMP_FILE: clock,
    FAKETIME_NO_CACHE: '1',
    FAKETIME_DONT_FAKE_MONOTONIC: '1',
  }
}

/** The PostgreSQL of a home, started by somebody else under a clock of its own; Hevd finds and adopts it. */
async function startPostgres(): Promise<ChildProcess> {
  const data = join(home, 'postgres', 'data')
  const { uid, gid } = statSync(data)
  const bin = execFileSync('pg_config', ['--bindir'], { encoding: 'utf8' }).trim()
  const child = spawn(join(bin, 'postgres'), ['-D', data], {
    uid,
    gid,
    cwd: data,
    env: { LC_ALL: 'C', TZ: 'UTC', ...faked(databaseClock) },
    stdio: 'ignore',
  })
  const isReady = () => readFileSync(join(data, 'postmaster.pid'), 'utf8').includes('ready')
  for (let ready = false; !ready; await sleep(50))
    try {
      ready = isReady()
    } catch {}
  return child
}

const headers = () => ({ cookie, origin: hevd.origin, 'content-type': 'application/json' })
const read = async (): Promise<PolicyView> =>
  policyView.parse(await (await fetch(`${hevd.origin}/api/policy`, { headers: headers() })).json())
const standing = ({ halted }: PolicyView) => halted?.code === 'clock-disagrees'
const states = ({ sections }: PolicyView) =>
  sections.flatMap(({ controls }) => controls.map(({ id, state }) => ({ id, state })))
/** Controls of which something was known, and nothing is any more: what a day alone does to all that an agent saw. */
const lost = (before: PolicyView, after: PolicyView) => {
  const unknown = new Set(states(after).flatMap(({ id, state }) => (state === 'unknown' ? [id] : [])))
  return states(before).filter(({ id, state }) => state !== 'unknown' && unknown.has(id))
}
const settled = (view: PolicyView) => view.halted === null && view.counts.holds + view.counts.fails >= 2

async function doctor(): Promise<readonly { readonly name: string; readonly remedy: object | null }[]> {
  const command = [process.execPath, join(import.meta.dirname, '../bin/hevd.mjs'), 'doctor', '--json']
  const child = spawn(...onSmallHost(0, command), {
    env: { PATH: environment.PATH, HEVD_HOME: home, HEVD_PORT: String(place.port) },
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  let output = ''
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()))
  await once(child, 'close')
  return JSON.parse(output)
}

/** Kinds of the entries of the internal log that speak of the clock, in order. */
async function entries(): Promise<readonly string[]> {
  const response = await fetch(`${hevd.origin}/api/logs/internal/entries?limit=100`, { headers: headers() })
  const { items } = (await response.json()) as { items: readonly { kind: string }[] }
  return items
    .map(({ kind }) => kind)
    .filter((kind) => /^(judging-(halted|resumed)|clock-)/.test(kind))
    .reverse()
}

/** A day later the session has ended. */
async function signIn(): Promise<string> {
  const response = await fetch(`${hevd.origin}/api/sign-in`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ userName: 'kari', passphrase: 'lang nok passfrase' }),
  })
  return response.headers.getSetCookie()[0]?.split(';')[0] ?? ''
}

beforeAll(async () => {
  place = { home, port: await freePort(), uid: 0, postgres: 'system', env: faked(serverClock) }
  for (const clock of [databaseClock, serverClock]) set(clock, '+0')
  hevd = await startHevd(place)
  cookie = await firstSession(hevd.origin, hevd.link ?? '')
  await until(read, settled)
  await hevd.stop()
  postmaster = await startPostgres()
  hevd = await startHevd(place)
  await until(read, settled)
  await steady()
}, 300_000)

/** Waits until the agent has looked at everything once, so that nothing is being learnt. */
async function steady(): Promise<void> {
  let [before, now] = ['', JSON.stringify(states(await read()))]
  while (now !== before) {
    await sleep(5000)
    ;[before, now] = [now, JSON.stringify(states(await read()))]
  }
}

afterAll(async () => {
  if (hevd?.process.exitCode === null) await hevd.stop()
  if (postmaster?.exitCode === null) {
    const ended = once(postmaster, 'exit')
    postmaster.kill('SIGINT')
    await ended
  }
  await removeHome(home)
}, 60_000)

describe('a clock that jumps a day and back', () => {
  test.each(['+1d', '-1d'])('the server’s own, %s, is not gone by', { timeout: 120_000 }, async (to) => {
    set(serverClock, to)
    const before = (await read()).at
    await sleep(3000)
    const view = await read()
    expect(view.halted).toBeNull()
    expect(view.at - before).toBeLessThan(3_600_000)
    set(serverClock, '+0')
  })

  test.each([
    ['the database’s', '+1d'],
    ['the database’s', '-1d'],
    ['both', '+1d'],
    ['both', '-1d'],
  ])(
    '%s, %s: nothing flips, it is said, and judging goes on by itself',
    { timeout: 300_000 },
    async (which, to) => {
      const before = await read()
      set(databaseClock, to)
      if (which === 'both') set(serverClock, to)
      const view = await until(read, standing)
      expect(view.halted?.params.seconds).toBe(to === '+1d' ? 86_400 : -86_400)
      // An agent whose own clock is wrong says itself that what it saw is a day old.
      if (which !== 'both') expect(lost(before, view)).toEqual([])
      expect((await doctor()).find(({ name }) => name === 'clock')?.remedy).toBeTruthy()
      for (const clock of [databaseClock, serverClock]) set(clock, '+0')
      const after = await until(read, settled)
      if (which !== 'both') expect(lost(before, after)).toEqual([])
      expect(Math.abs(after.at - before.at)).toBeLessThan(3_600_000)
    },
  )
})

test('the clock stays where it jumped to: an administrator confirms it, not a restart', {
  timeout: 300_000,
}, async () => {
  const earlier = await until(entries, (kinds) => kinds.at(-1) === 'judging-resumed')
  const began = (await read()).at
  set(databaseClock, '+1d')
  await until(read, standing)
  await hevd.kill()
  hevd = await startHevd(place)
  await until(read, standing)
  const body = JSON.stringify({ seconds: 86_400 })
  const accepted = await fetch(`${hevd.origin}/api/judging/clock`, {
    method: 'POST',
    headers: headers(),
    body,
  })
  expect(accepted.status).toBe(200)
  await until(
    async () => {
      cookie = await signIn()
      return read()
    },
    ({ at, halted }) => halted === null && at - began > 23 * 3_600_000,
  )
  const later = await until(entries, ({ length }) => length >= earlier.length + 2)
  expect(later.slice(earlier.length)).toEqual(['judging-halted', 'clock-accepted'])
})
