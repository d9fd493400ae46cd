import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { type AddressInfo, createServer } from 'node:net'
import { join, resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { offeredJoinToken } from '@hevd/hosts/contract'

const launcher = resolve(import.meta.dirname, '../../../apps/cli/bin/hevd.mjs')

/** `hevd up` in a process of its own with its own PostgreSQL, that is killed and started again. */
export type ServerProcess = {
  /** Starts it; resolves when it serves. */
  start(): Promise<void>
  kill(): Promise<void>
  /** As Ctrl C does. */
  stop(): Promise<void>
  readonly pid: () => number
  /** Of the PostgreSQL that it supervises; 0 while there is none. */
  readonly postmaster: () => number
  /** Signs the first administrator in; what asks the API as them. */
  signIn(): Promise<(method: string, path: string, body: unknown) => Promise<unknown>>
}

export async function serverProcess(home: string): Promise<ServerProcess> {
  const [port, agentsPort] = [await freePort(), await freePort()]
  const origin = `http://127.0.0.1:${port}`
  let child: ChildProcess | null = null
  let output = ''
  const end = async (signal: NodeJS.Signals) => {
    if (child === null || child.exitCode !== null || child.signalCode !== null) return
    const ended = once(child, 'exit')
    child.kill(signal)
    await ended
  }
  return {
    async start() {
      output = ''
      const started = spawn(process.execPath, [launcher, 'up', '--lang', 'en'], {
        env: {
          PATH: process.env.PATH,
          HOME: home,
          HEVD_HOME: home,
          HEVD_PORT: String(port),
          HEVD_AGENTS_ADDRESS: '127.0.0.1',
          HEVD_AGENTS_PORT: String(agentsPort),
        },
        stdio: ['ignore', 'pipe', 'pipe'],
      })
      child = started
      for (const stream of [started.stdout, started.stderr])
        stream.on('data', (chunk: Buffer) => {
          if (!output.includes('Ctrl C')) output += chunk.toString()
        })
      while (!output.includes('Ctrl C')) {
        if (started.exitCode !== null)
          throw new Error(`The server ended with ${started.exitCode}:\n${output}`)
        await sleep(50)
      }
    },
    kill: () => end('SIGKILL'),
    stop: () => end('SIGTERM'),
    pid: () => child?.pid ?? 0,
    postmaster: () => pidIn(join(home, 'postgres/data/postmaster.pid')),
    async signIn() {
      const link = /http:\S+\/welcome#(\S+)/.exec(output)?.[1] ?? ''
      const post = (path: string, cookie: string, body: unknown, method = 'POST') =>
        fetch(`${origin}${path}`, {
          method,
          headers: { 'content-type': 'application/json', cookie },
          body: JSON.stringify(body),
        })
      const accepted = await post('/api/invitations/accept', '', {
        token: link,
        name: 'Kari Nordmann',
        userName: 'kari',
        passphrase: 'lang nok passfrase',
      })
      if (!accepted.ok) throw new Error(`${accepted.status} ${await accepted.text()}`)
      const cookie = accepted.headers.getSetCookie()[0]?.split(';')[0] ?? ''
      return async (method, path, body) => {
        const response = await post(path, cookie, body, method)
        if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`)
        return response.json()
      }
    },
  }
}

/** What the command that `POST /api/join-tokens` gives says: `hevd agent join <server> <token>`. */
export function joiningBy(offered: unknown): { readonly server: string; readonly token: string } {
  const [, , , server = '', token = ''] = offeredJoinToken.parse(offered).command.split(' ')
  return { server, token }
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1')
  await once(probe, 'listening')
  const address: AddressInfo | string | null = probe.address()
  probe.close()
  return typeof address === 'object' && address !== null ? address.port : 0
}

function pidIn(path: string): number {
  try {
    return Number(readFileSync(path, 'utf8').split('\n')[0])
  } catch {
    return 0
  }
}
