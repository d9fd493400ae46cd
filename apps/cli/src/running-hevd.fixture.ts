import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, chownSync, mkdtempSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { type AddressInfo, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { smallHost } from '@hevd/testing'
import { environment } from './config.ts'

const launcher = resolve(import.meta.dirname, '../bin/hevd.mjs')

/** What runs a command as a user on a {@link smallHost}, in one process: for what looks at everything there. */
export function onSmallHost(uid: number, command: readonly string[]): [program: string, args: string[]] {
  const script = `${smallHost}
exec setpriv --reuid "$0" --regid "$0" --clear-groups -- "$@"`
  return ['unshare', ['-m', 'sh', '-ec', script, `${uid}`, ...command]]
}

/** A data folder of its own, owned by `uid`. */
export function newHome(uid: number): string {
  const home = mkdtempSync(join(tmpdir(), 'hevd-home-'))
  chownSync(home, uid, uid)
  chmodSync(home, 0o711)
  return home
}

export async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1')
  await once(probe, 'listening')
  const address: AddressInfo | string | null = probe.address()
  probe.close()
  return typeof address === 'object' && address !== null ? address.port : 0
}

/** Hevd as somebody starts it from the command line, in a process of its own. */
export type RunningHevd = {
  readonly process: ChildProcess
  readonly origin: string
  /** The first sign-in link; null when the banner shows none. */
  readonly link: string | null
  readonly output: () => string
  /** Ends it as Ctrl C does. */
  stop(): Promise<void>
  /** Ends it as a crash does. */
  kill(): Promise<void>
}

export async function startHevd(given: {
  readonly home: string
  readonly port: number
  readonly uid: number
  readonly postgres: 'system' | 'embedded'
  readonly args?: readonly string[]
  /** More of the environment. */
  readonly env?: NodeJS.ProcessEnv
}): Promise<RunningHevd> {
  const { home, port, uid, postgres, args = [], env = {} } = given
  const command = [process.execPath, launcher, 'up', '--lang', 'en', ...args]
  const child = spawn(...onSmallHost(uid, command), {
    env: {
      PATH: environment.PATH,
      HOME: home,
      HEVD_HOME: home,
      HEVD_PORT: String(port),
      HEVD_POSTGRES: postgres,
      ...env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()))
  child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()))
  const ended = once(child, 'exit')
  while (!output.includes('Ctrl C')) {
    if (child.exitCode !== null) throw new Error(`Hevd ended with ${child.exitCode}:\n${output}`)
    await sleep(50)
  }
  return {
    process: child,
    origin: `http://127.0.0.1:${port}`,
    link: /(http:\S+\/welcome#\S+)/.exec(output)?.[1] ?? null,
    output: () => output,
    async stop() {
      child.kill('SIGTERM')
      await ended
    },
    async kill() {
      child.kill('SIGKILL')
      await ended
    },
  }
}

/** Signs the first administrator in by the link and returns the cookie of the session. */
export async function firstSession(origin: string, link: string): Promise<string> {
  const response = await fetch(`${origin}/api/invitations/accept`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      token: link.split('#')[1],
      name: 'Kari Nordmann',
      userName: 'kari',
      passphrase: 'lang nok passfrase',
    }),
  })
  if (response.status !== 200) throw new Error(`${response.status} ${await response.text()}`)
  return response.headers.getSetCookie()[0]?.split(';')[0] ?? ''
}

/** Asks until the answer is the one awaited; a test's own time limit ends it otherwise. */
export async function until<T>(ask: () => Promise<T>, awaited: (answer: T) => boolean): Promise<T> {
  for (;;) {
    const answer = await ask().catch(() => undefined)
    if (answer !== undefined && awaited(answer)) return answer
    await sleep(200)
  }
}

export async function removeHome(home: string): Promise<void> {
  await rm(home, { recursive: true, force: true })
}
