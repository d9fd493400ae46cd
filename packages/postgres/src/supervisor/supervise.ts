import { tmpdir } from 'node:os'
import { resolve } from 'node:path'
import { dropEarlierLog, rewriteTables } from '../rewrite.ts'
import { chooseAccount } from './account.ts'
import { makeRoot, prepareDirectories } from './directories.ts'
import { dataMajor, initialise } from './initialise.ts'
import { keepRunning, type SupervisorEvent } from './keep-running.ts'
import { type Layout, layoutOf } from './layout.ts'
import { lockHome } from './lock.ts'
import { findOrphan, startPostmaster, stopPostmaster } from './postmaster.ts'
import { findPrograms, type ProgramSource } from './programs.ts'
import { DATABASE, provision, refuseUnsafeSession } from './provision.ts'
import { loadSecrets, urlOf } from './secrets.ts'
import { refuseUnsafeFiles, writeConfiguration } from './settings.ts'

export type SuperviseConfig = {
  /** HEVD_HOME. Everything lies under `<home>/postgres`. */
  readonly home: string
  /** HEVD_POSTGRES; undefined: the system's programs if there are any, else the embedded ones. */
  readonly mode: ProgramSource | undefined
  /** PATH, searched after the distributions' own places; empty if not given. */
  readonly path?: string | undefined
  /** Told when the server was lost and started again, or could not be. */
  readonly report?: (event: SupervisorEvent) => void
}

/** A running PostgreSQL of our own. */
export type Supervised = {
  /** Owns the schemas; for {@link migrate} alone. */
  readonly ownerUrl: string
  /** What the server works as: neither superuser nor exempt from row-level security. */
  readonly runtimeUrl: string
  readonly runtimeRole: string
  /** On the database `postgres`, for an agent that looks at how the server is set up; it reads no data. */
  readonly observerUrl: string
  /** For backups: replicates, reads all data, changes none; on the server's own database. */
  readonly backupUrl: string
  /** The cluster's superuser, on the database `postgres`; for throwaway databases and repair. */
  readonly adminUrl: string
  /** `18.4`, as the programs say. */
  readonly version: string
  /** Process id of the postmaster as it runs now. */
  pid(): number
  /** True if it was found running, left by a supervisor that was killed. */
  readonly adopted: boolean
  /**
   * Rewrites these tables (`<schema>.<table>`) and lets go of earlier write-ahead log, so that no file holds a row that
   * was deleted before the call ({@link rewriteTables}).
   */
  rewrite(tables: readonly string[]): Promise<void>
  /** Fast shutdown and release of the home. Calling it again is allowed. */
  stop(): Promise<void>
}

async function bringUp(layout: Layout, config: SuperviseConfig, self: number): Promise<Supervised> {
  const account = await chooseAccount(layout.data, self)
  await prepareDirectories(config.home, layout, account, self)
  const major = await dataMajor(layout.data)
  const programs = await findPrograms({
    source: config.mode,
    path: config.path ?? '',
    copies: layout.programs,
    data: layout.data,
    dataMajor: major,
  })
  const secrets = await loadSecrets(layout.secrets, major !== undefined)
  if (major === undefined) await initialise(programs, layout, secrets, account, self)
  const orphan = await findOrphan(layout, account)
  if (orphan === undefined) {
    await writeConfiguration(layout.data, layout)
    await refuseUnsafeFiles(programs, layout.data, account)
  }
  const pid = orphan ?? (await startPostmaster(programs, layout, account))
  try {
    await provision(layout.sockets, secrets)
    await refuseUnsafeSession(layout.sockets, secrets)
  } catch (error) {
    await stopPostmaster(pid)
    throw error
  }
  const kept = keepRunning(pid, { programs, layout, account }, config.report ?? (() => {}))
  return {
    ownerUrl: urlOf(layout.sockets, 'owner', secrets, DATABASE),
    runtimeUrl: urlOf(layout.sockets, 'runtime', secrets, DATABASE),
    runtimeRole: 'hevd_runtime',
    observerUrl: urlOf(layout.sockets, 'observer', secrets, 'postgres'),
    backupUrl: urlOf(layout.sockets, 'backup', secrets, DATABASE),
    adminUrl: urlOf(layout.sockets, 'admin', secrets, 'postgres'),
    version: programs.version,
    pid: kept.pid,
    adopted: orphan !== undefined,
    rewrite: async (tables) => {
      await rewriteTables(urlOf(layout.sockets, 'admin', secrets, DATABASE), tables)
      await dropEarlierLog(urlOf(layout.sockets, 'admin', secrets, 'postgres'))
    },
    stop: kept.stop,
  }
}

/**
 * Our own PostgreSQL under a home: made at the first call, started or adopted at every later one, ready for
 * {@link migrate} when this resolves, and started again whenever it is lost, until `stop`. One supervisor per home at a time. Throws PostgresError.
 */
export async function supervise(config: SuperviseConfig): Promise<Supervised> {
  const home = resolve(config.home)
  const self = process.getuid?.() ?? 0
  const layout = layoutOf(home, tmpdir())
  await makeRoot(layout.root, self)
  const release = lockHome(layout.lock, home, process.pid)
  try {
    const running = await bringUp(layout, { ...config, home }, self)
    let stopping: Promise<void> | undefined
    return {
      ...running,
      stop() {
        stopping ??= running.stop().finally(release)
        return stopping
      },
    }
  } catch (error) {
    release()
    throw error
  }
}
