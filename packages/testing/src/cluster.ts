import { spawn } from 'node:child_process'
import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type ProgramSource, supervise } from '@hevd/postgres'
import { testConfig } from './config.ts'

/** What a test needs of the shared cluster; addresses as in `Supervised`. */
export type ClusterAddress = {
  readonly adminUrl: string
  readonly ownerUrl: string
  readonly runtimeUrl: string
  readonly runtimeRole: string
}

export type Cluster = ClusterAddress & {
  /** As the role that backups are made as. */
  readonly backupUrl: string
  stop(): Promise<void>
}

/**
 * Reads a word from us, or the end of file when we have died, however; then it stops the postmaster that works in
 * this home, if one does, and removes the home.
 */
const WATCHDOG = `
read -r word && exit 0
data="$1/postgres/data"
pid=$(head -n 1 "$data/postmaster.pid")
if [ "/proc/$pid/cwd" -ef "$data" ]; then
  kill -INT "$pid"
  while [ "/proc/$pid/cwd" -ef "$data" ]; do sleep 0.1; done
fi
rm -rf "$1"
`

function watch(home: string): () => void {
  const watchdog = spawn('sh', ['-c', WATCHDOG, 'watchdog', home], {
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
  })
  watchdog.unref()
  return () => {
    watchdog.stdin.end('stopped\n')
  }
}

/**
 * Starts a PostgreSQL in a temporary folder, with the supervisor that the product uses and as durable as it.
 * @param programs not given: as HEVD_POSTGRES says
 */
export async function startCluster(programs?: ProgramSource): Promise<Cluster> {
  const { postgres, path } = testConfig()
  const home = await mkdtemp(join(tmpdir(), 'hevd-test-'))
  await chmod(home, 0o711)
  const { adminUrl, ownerUrl, runtimeUrl, runtimeRole, backupUrl, stop } = await supervise({
    home,
    mode: programs ?? postgres,
    path,
  })
  const unwatch = watch(home)
  return {
    adminUrl,
    ownerUrl,
    runtimeUrl,
    runtimeRole,
    backupUrl,
    async stop() {
      await stop()
      await rm(home, { recursive: true, force: true })
      unwatch()
    },
  }
}
