import { spawn } from 'node:child_process'
import { open, readFile, readlink, realpath, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { PostgresError } from '../errors.ts'
import { type Account, asAccount } from './account.ts'
import { type Layout, SOCKET_PORT } from './layout.ts'
import { lastComplaint, logFiles } from './logs.ts'
import { isAlive, isPostgres, isTaken, workersIn } from './process-table.ts'
import type { Programs } from './programs.ts'

const POLL_MS = 20
/** Looking at the whole process table costs more. */
const ORPHAN_POLL_MS = 100
/** A postmaster of our directory that is killed leaves children which end by themselves when they next look. */
const ORPHAN_PATIENCE_MS = 30_000
const LARGEST_LOG_BYTES = 16 * 1024 * 1024

/** `postmaster.pid` (PostgreSQL's `pidfile.h`): first line the process, eighth the state. */
type PidFile = { readonly pid: number; readonly state: string }

export async function readPidFile(data: string): Promise<PidFile | undefined> {
  try {
    const lines = (await readFile(join(data, 'postmaster.pid'), 'utf8')).split('\n')
    const pid = Number.parseInt(lines[0] ?? '', 10)
    return Number.isInteger(pid) && pid > 0 ? { pid, state: (lines[7] ?? '').trim() } : undefined
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
    throw error
  }
}

/** Waits until the postmaster takes connections, through any recovery; false if it ended instead. */
export async function becomesReady(pid: number, data: string): Promise<boolean> {
  while (await isAlive(pid)) {
    const file = await readPidFile(data)
    if (file?.pid === pid && file.state === 'ready') return true
    await sleep(POLL_MS)
  }
  return false
}

export async function ends(pid: number): Promise<void> {
  while (await isAlive(pid)) await sleep(POLL_MS)
}

/**
 * Takes away what a dead server left and what PostgreSQL would believe: it holds any process of the same number
 * (used again, or a zombie) for a living server. A number that nobody has is left to PostgreSQL, which also looks
 * for shared memory that is still in use; so is one of a `postgres` that we cannot see to be another's.
 */
async function clearRemains(data: string, sockets: string): Promise<void> {
  const file = await readPidFile(data)
  if (file && (await isPostgres(file.pid)) && !(await worksElsewhere(file.pid, data))) return
  if (file && (await isTaken(file.pid))) await rm(join(data, 'postmaster.pid'), { force: true })
  const socket = join(sockets, `.s.PGSQL.${SOCKET_PORT}`)
  await rm(`${socket}.lock`, { force: true })
  await rm(socket, { force: true })
}

async function worksElsewhere(pid: number, data: string): Promise<boolean> {
  const place = await readlink(`/proc/${pid}/cwd`).catch(() => undefined)
  return place !== undefined && place !== data
}

/**
 * The running postmaster of our data directory, left by a supervisor that is gone, once it takes connections; one
 * that is stopping is waited for. Undefined if there is none; then what a dead one left has been cleared away. While
 * children of a killed one still run, nothing is cleared, and PostgreSQL itself refuses to start beside them. Only
 * for the holder of the lock.
 */
export async function findOrphan(layout: Layout, account: Account | undefined): Promise<number | undefined> {
  const data = await realpath(layout.data)
  for (let waited = 0; waited < ORPHAN_PATIENCE_MS; ) {
    const workers = await workersIn(data, account)
    const file = await readPidFile(data)
    if (workers.length === 0) {
      await clearRemains(data, layout.sockets)
      return undefined
    }
    if (file && workers.includes(file.pid)) {
      if (file.state === 'ready') return file.pid
    } else {
      waited += ORPHAN_POLL_MS
    }
    await sleep(ORPHAN_POLL_MS)
  }
  return undefined
}

async function openLog(path: string) {
  const size = await stat(path).then(
    (found) => found.size,
    () => 0,
  )
  if (size > LARGEST_LOG_BYTES) await rename(path, `${path}.1`)
  const file = await open(path, 'a', 0o600)
  return { fd: file.fd, size: (await file.stat()).size, close: () => file.close() }
}

/**
 * Starts the postmaster in a session of its own: Ctrl-C in our terminal does not reach it, and it outlives us if
 * we are killed, to be found by {@link findOrphan}. Returns its pid when it takes connections. Throws `start-failed`.
 */
export async function startPostmaster(
  programs: Programs,
  layout: Layout,
  account: Account | undefined,
): Promise<number> {
  const log = await openLog(layout.log)
  const before = new Set(await logFiles(layout.logs))
  try {
    const child = spawn(join(programs.bin, 'postgres'), ['-D', layout.data], {
      ...asAccount(account),
      cwd: layout.data,
      detached: true,
      stdio: ['ignore', log.fd, log.fd],
      env: { LC_ALL: 'C', TZ: 'UTC' },
    })
    const spawned = new Promise<void>((resolve, reject) => {
      child.once('spawn', resolve)
      child.once('error', reject)
    })
    child.unref()
    await spawned
    const { pid } = child
    if (pid !== undefined && (await becomesReady(pid, layout.data))) return pid
    const begun = (await logFiles(layout.logs)).findLast((file) => !before.has(file))
    const [path, from] = begun === undefined ? [layout.log, log.size] : [begun, 0]
    throw new PostgresError('start-failed', {
      program: 'postgres',
      reason: await lastComplaint(path, from),
      log: path,
    })
  } finally {
    await log.close()
  }
}

/**
 * Fast shutdown: open transactions are rolled back, everything is checkpointed. Resolves when the process is gone. The
 * pid is that of a postmaster known to have run a moment ago.
 */
export async function stopPostmaster(pid: number): Promise<void> {
  if (await isPostgres(pid)) process.kill(pid, 'SIGINT')
  await ends(pid)
}
