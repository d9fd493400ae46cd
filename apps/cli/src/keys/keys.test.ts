import { execFile } from 'node:child_process'
import { mkdtempSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { type Server, startServer } from '@hevd/server'
import { readConfig } from '@hevd/server/config'
import { type ThrowawayDatabase, throwawayDatabase } from '@hevd/testing'
import { pino } from 'pino'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { CallError } from './errors.ts'
import { askForGrant, decide, grants } from './grants.ts'
import { init, type KeysRun, list, seal, share, show, status, unseal } from './run.ts'

const passphrase = 'en lang nok passfrase'
let target: ThrowawayDatabase
let home: string
let server: Server

beforeAll(async () => {
  target = await throwawayDatabase()
  home = mkdtempSync(join(tmpdir(), 'hevd-cli-keys-'))
  server = await startServer({
    config: readConfig(
      { HEVD_HOME: home, HEVD_PORT: '0', DATABASE_URL: target.runtimeUrl, HEVD_MIGRATE_URL: target.ownerUrl },
      true,
    ),
    version: '0.0.0',
    logger: pino({ level: 'silent' }),
    monotonic: () => performance.now(),
    progress: () => {},
    thisHost: null,
    firstStart: { name: 'Virksomheten', locale: 'nb', timeZone: 'Europe/Oslo' },
  })
  for (const userName of ['ada', 'bo']) {
    const link = userName === 'ada' ? server.firstLink : await server.newLink()
    const body = { token: link?.split('#')[1], name: userName, userName, passphrase }
    await fetch(`${server.origin}/api/invitations/accept`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
  }
}, 300_000)
afterAll(async () => {
  await server?.stop()
  await target?.drop()
  await rm(home, { recursive: true, force: true })
})

/** Runs a command as somebody who types these lines after the passphrase; what was written. */
async function as(
  user: string,
  command: (run: KeysRun) => Promise<number>,
  ...lines: readonly string[]
): Promise<{ readonly code: number; readonly out: string }> {
  const typed = [passphrase, ...lines]
  let out = ''
  const write = (line: string) => {
    out += `${line}\n`
  }
  const code = await command({
    ...{ server: server.origin, user, json: false, locale: 'en' },
    ask: async () => typed.shift() ?? '',
    terminal: { columns: 80, colour: false, write, progress: () => {} },
  })
  return { code, out }
}

test('two custodians make, open and seal the vault, each with their own account and share', async () => {
  expect(await as('ada', status)).toEqual({ code: 1, out: expect.stringContaining('not initialised') })
  const plan = { seal: 'shares', threshold: 2 }
  await expect(as('ada', (run) => init(run, { ...plan, custodians: ['ada', 'nobody'] }))).rejects.toThrow(
    /nobody/,
  )
  await expect(as('ada', (run) => init(run, { ...plan, custodians: ['ada'] }))).rejects.toThrow(
    /two custodians/,
  )
  const made = await as('ada', (run) => init(run, { ...plan, custodians: ['ada', 'bo'] }))
  expect(made.out).toContain('ada, bo')
  const adas = (await as('ada', share)).out.trim()
  const bos = (await as('bo', share)).out.trim()
  expect(await as('ada', status)).toEqual({ code: 0, out: '● The vault is open.\n' })
  await as('bo', seal)
  expect(await as('ada', status)).toEqual({ code: 1, out: expect.stringContaining('0 of 2 shares') })
  expect((await as('ada', unseal, adas)).out).toContain('1 of 2 shares')
  await expect(as('bo', unseal, adas)).rejects.toThrow(/another/)
  expect((await as('bo', unseal, bos)).out).toContain('open')
})

test('lists keys, and says who can use one, why and until when', async () => {
  expect((await as('ada', list)).out).toBe('There are no keys.\n')
  const signed = await fetch(`${server.origin}/api/sign-in`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ userName: 'ada', passphrase }),
  })
  const cookie = signed.headers.getSetCookie()[0]?.split(';')[0] ?? ''
  await fetch(`${server.origin}/api/keys`, {
    method: 'POST',
    headers: { cookie, 'content-type': 'application/json' },
    body: JSON.stringify({ name: 'customers' }),
  })
  expect((await as('ada', list)).out).toMatch(
    /^customers {2}aes256-gcm96 {2}v1 {2}rotated .* {2}0 can use it\n$/,
  )
  expect((await as('ada', (run) => show(run, 'customers'))).out).toContain('Nobody can use it')
  await expect(as('ada', (run) => show(run, 'none'))).rejects.toThrow(/no such key/)
})

test('a grant is asked for, approved by another, and revoked', async () => {
  expect((await as('ada', (run) => grants(run, false))).out).toBe('There are no grants.\n')
  const until = new Date(Date.now() + 60 * 86_400_000).toISOString().slice(0, 10)
  const asked = { key: 'customers', may: ['encrypt', 'decrypt'], why: 'Support', until }
  await expect(as('ada', (run) => askForGrant(run, { ...asked, until: 'soon' }))).rejects.toThrow(/\(until\)/)
  await expect(as('ada', (run) => askForGrant(run, { ...asked, may: ['open'] }))).rejects.toThrow(/--may/)
  const waits = (await as('ada', (run) => askForGrant(run, { ...asked, account: 'bo' }))).out
  expect(waits).toMatch(
    /waits for approval\n {2}bo → customers: decrypt, encrypt\n {2}Support \(\S+ – \S+\)\n$/,
  )
  const [id = ''] = waits.split(' ')
  await expect(as('ada', (run) => decide(run, 'approve', id))).rejects.toThrow(CallError)
  await expect(as('bo', (run) => decide(run, 'approve', id))).rejects.toThrow(CallError)
  const own = (await as('bo', (run) => askForGrant(run, asked))).out.split(' ')[0] ?? ''
  expect((await as('ada', (run) => decide(run, 'approve', own))).out).toMatch(/^\S+ {2}in force\n/)
  expect((await as('ada', (run) => show(run, 'customers'))).out).toContain('bo: decrypt, encrypt. Support')
  expect((await as('ada', (run) => decide(run, 'revoke', own))).out).toMatch(/revoked/)
  expect((await as('ada', (run) => decide(run, 'refuse', id))).out).toMatch(/refused/)
  expect((await as('ada', (run) => grants(run, false))).out).toBe('There are no grants.\n')
  expect((await as('ada', (run) => grants(run, true))).out.match(/customers/g)).toHaveLength(2)
})

/** Types a line each time something is asked, at a terminal of its own, and prints what was shown there. */
const atTerminal = `
import os, pty, sys
lines = sys.argv[1].split('|')
shown = b''
pid, terminal = pty.fork()
if pid == 0:
    os.execv(sys.argv[2], sys.argv[2:])
while True:
    try:
        part = os.read(terminal, 4096)
    except OSError:
        break
    if not part:
        break
    shown += part
    if part.rstrip().endswith(b':') and lines:
        os.write(terminal, lines.pop(0).encode() + b'\\r')
sys.stdout.buffer.write(shown)
`

test('at a terminal neither passphrase nor share is shown', async () => {
  const launcher = resolve(import.meta.dirname, '../../bin/hevd.mjs')
  const { stdout } = await promisify(execFile)(
    '/usr/bin/python3',
    [
      '-c',
      atTerminal,
      `ada|${passphrase}|not-a-share`,
      process.execPath,
      launcher,
      'keys',
      'unseal',
      '--server',
      server.origin,
      '--lang',
      'en',
    ],
    { env: { PATH: '/usr/bin:/bin', HEVD_HOME: home } },
  )
  expect(stdout).toContain('User name: ada')
  expect(stdout).toContain('Your share of the root key:')
  expect(stdout).not.toContain(passphrase)
  expect(stdout).not.toContain('not-a-share')
  expect(stdout).toMatch(/The vault is open; no share is needed/)
})
