import { spawn } from 'node:child_process'
import { chown, mkdtemp, open, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PostgresError } from '../errors.ts'
import { type Account, asAccount, chooseAccount } from './account.ts'
import { refuseClosedWay } from './directories.ts'
import { dataMajor } from './initialise.ts'
import { SOCKET_PORT } from './layout.ts'
import { lastComplaint } from './logs.ts'
import { becomesReady, ends } from './postmaster.ts'
import { isPostgres, workersIn } from './process-table.ts'
import { findPrograms } from './programs.ts'

export type CopyConfig = {
  /** A data directory that no server works in; it is recovered and written to. */
  readonly data: string
  /** PATH, searched after the distributions' own places. */
  readonly path: string
  /** Where copies of the embedded programs are kept. */
  readonly programs: string
  /** Settings that count whatever the files of the data directory say. */
  readonly settings: Readonly<Record<string, string>>
}

/** A server in a copied data directory. */
export type RunningCopy = {
  /** Address as a role that the copy has; no password is asked for. */
  url(role: string, database: string): string
  stop(): Promise<void>
}

/** Alone, quiet, and without what the original loads, listens to or sends to. */
const isolated = {
  listen_addresses: '',
  port: String(SOCKET_PORT),
  unix_socket_permissions: '0700',
  shared_preload_libraries: '',
  session_preload_libraries: '',
  local_preload_libraries: '',
  logging_collector: 'off',
  log_destination: 'stderr',
  archive_mode: 'off',
  primary_conninfo: '',
  // A subscription would take what its publisher keeps for the original.
  max_logical_replication_workers: '0',
  synchronous_standby_names: '',
  ssl: 'off',
  hot_standby: 'off',
  autovacuum: 'off',
  cluster_name: '',
}

/**
 * Starts a server of the major version that wrote a data directory, and waits until it has recovered. Its socket is in a
 * folder that only its account may enter. Throws `no-binaries` and `version-mismatch` where that version is not here,
 * `path-closed`, `not-ours`, `start-failed`.
 */
export async function runCopy(config: CopyConfig): Promise<RunningCopy> {
  const { data } = config
  const account = await chooseAccount(data, process.getuid?.() ?? 0)
  if (account !== undefined) await refuseClosedWay(data, account)
  const major = await dataMajor(data)
  const { path, programs: copies } = config
  const programs = await findPrograms({ source: undefined, path, copies, data, dataMajor: major })
  const folder = await mkdtemp(join(tmpdir(), 'hevd-copy-'))
  if (account !== undefined) await chown(folder, account.uid, account.gid)
  try {
    const settings = { ...(programs.major >= 17 ? { event_triggers: 'off' } : {}), ...config.settings }
    const pid = await start(join(programs.bin, 'postgres'), { data, settings }, folder, account)
    return {
      url: (role, database) =>
        `postgresql://${encodeURIComponent(role)}@${encodeURIComponent(folder)}:${SOCKET_PORT}/${encodeURIComponent(database)}`,
      async stop() {
        await stopCopy(data)
        await ends(pid)
        await rm(folder, { recursive: true, force: true })
      },
    }
  } catch (error) {
    await stopCopy(data)
    await rm(folder, { recursive: true, force: true })
    throw error
  }
}

async function start(
  program: string,
  { data, settings }: Pick<CopyConfig, 'data' | 'settings'>,
  folder: string,
  account: Account | undefined,
): Promise<number> {
  const file = async (name: string, content: string) => {
    const path = join(folder, name)
    await writeFile(path, content, { mode: 0o600 })
    if (account !== undefined) await chown(path, account.uid, account.gid)
    return path
  }
  const all = {
    ...isolated,
    ...settings,
    unix_socket_directories: folder,
    config_file: await file('postgresql.conf', ''),
    hba_file: await file('pg_hba.conf', 'local all all trust\nlocal replication all trust\n'),
    ident_file: await file('pg_ident.conf', ''),
  }
  const path = join(folder, 'postgres.log')
  const log = await open(path, 'a', 0o600)
  try {
    const child = spawn(
      program,
      ['-D', data, ...Object.entries(all).flatMap(([name, value]) => ['-c', `${name}=${value}`])],
      {
        ...asAccount(account),
        cwd: data,
        detached: true,
        stdio: ['ignore', log.fd, log.fd],
        env: { LC_ALL: 'C', TZ: 'UTC', PATH: '/usr/local/bin:/usr/bin:/bin' },
      },
    )
    await new Promise((resolve, reject) => {
      child.once('spawn', resolve)
      child.once('error', reject)
    })
    child.unref()
    const { pid } = child
    if (pid !== undefined && (await becomesReady(pid, data))) return pid
    throw new PostgresError('start-failed', {
      program: 'postgres',
      reason: await lastComplaint(path),
      log: data,
    })
  } finally {
    await log.close()
  }
}

/** Ends at once whatever server works in a data directory, also one that a killed process of ours left. */
export async function stopCopy(data: string): Promise<void> {
  const account = await chooseAccount(data, process.getuid?.() ?? 0)
  const workers = await workersIn(data, account)
  // SIGQUIT is an immediate shutdown; the postmaster takes its children with it.
  for (const pid of workers) if (await isPostgres(pid)) signalIfThere(pid)
  for (const pid of workers) await ends(pid)
}

/** It may have ended since it was looked for. */
function signalIfThere(pid: number): void {
  try {
    process.kill(pid, 'SIGQUIT')
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error
  }
}
