import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmod, chown, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import type { ParentReport, ParentRequest } from './parent.fixture.ts'
import { isAlive } from './process-table.ts'

const FIXTURE = fileURLToPath(new URL('./parent.fixture.ts', import.meta.url))

export type Running = Exclude<ParentReport, { readonly failed: object }>

export type Parent = {
  readonly pid: number | undefined
  readonly report: ParentReport
  /** Throws where it could not start. */
  running(): Running
  /** `kill -9`. */
  kill(): Promise<void>
  /** Ends its input, waits for it to have stopped the server. */
  stop(): Promise<void>
}

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit')
}

function spawnParent(request: ParentRequest) {
  return spawn(process.execPath, [FIXTURE, JSON.stringify(request)], { stdio: ['pipe', 'pipe', 'inherit'] })
}

async function kill(child: ChildProcess): Promise<void> {
  child.kill('SIGKILL')
  await ended(child)
}

/** Starts a parent and waits for nothing: it can be killed in the middle of its start. */
export function beginParent(request: ParentRequest): Pick<Parent, 'kill'> {
  const child = spawnParent(request)
  return { kill: () => kill(child) }
}

/** Starts a parent and waits for its report. */
export async function startParent(request: ParentRequest): Promise<Parent> {
  const child = spawnParent(request)
  const [line] = await once(createInterface({ input: child.stdout }), 'line')
  const report: ParentReport = JSON.parse(String(line))
  return {
    pid: child.pid,
    report,
    running() {
      if (report.failed) throw new Error(report.failed.message)
      return report
    },
    kill: () => kill(child),
    async stop() {
      child.stdin.end()
      await ended(child)
    },
  }
}

/** A home that belongs to the account, in a folder it may pass through; the returned function removes all of it. */
export async function temporaryHome(account?: {
  uid: number
  gid: number
}): Promise<{ home: string; remove(): Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), 'hevd-home-'))
  await chmod(folder, 0o755)
  if (account) await chown(folder, account.uid, account.gid)
  return { home: join(folder, 'home'), remove: () => rm(folder, { recursive: true, force: true }) }
}

/** `kill -9` of any process, resolved when it is gone. */
export async function killNow(pid: number): Promise<void> {
  process.kill(pid, 'SIGKILL')
  while (await isAlive(pid)) await new Promise((resolve) => setTimeout(resolve, 10))
}

/** Runs one statement. */
export async function query(url: string, text: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: url })
  client.on('error', () => {})
  await client.connect()
  try {
    return (await client.query<Record<string, unknown>>(text)).rows
  } finally {
    await client.end()
  }
}
