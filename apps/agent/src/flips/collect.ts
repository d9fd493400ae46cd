import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { smallHost } from '@hevd/testing'
import type { CollectedOnce } from '../collect-once.ts'
import type { LookAt } from '../config.ts'

export type Collecting = {
  readonly collectors: readonly string[]
  /** Gives up root before it looks. */
  readonly ordinary?: boolean
  readonly look?: Partial<LookAt>
}
export type Place = {
  /** A {@link smallHost}: for collectors that go through all files. */
  readonly small?: boolean
  /** Files and folders put in place of the system's own, by path. */
  readonly mounts?: { readonly [path: string]: string }
  /** Shell that makes the state; what it starts in the background ends with the look. */
  readonly state?: string
}

const run = promisify(execFile)
const fixture = fileURLToPath(new URL('collect.fixture.ts', import.meta.url))

/** What the real collectors see in a mount and a network namespace of their own, in a state made for real. */
export async function collect(what: Collecting, place: Place): Promise<CollectedOnce> {
  const { small = false, mounts = {}, state = '' } = place
  const binds = Object.entries(mounts).map(([path, source]) => `mount --bind '${source}' '${path}'`)
  const script = `set -e
trap 'kill $(jobs -p) 2>/dev/null || true' EXIT
mount -t sysfs sysfs /sys
${small ? smallHost : 'mount -t tmpfs tmpfs /mnt'}
export TMPDIR=/mnt
ip link set lo up
${binds.join('\n')}
{ ${state === '' ? ':' : state}
} >&2
"$@"`
  const node = [process.execPath, '--disable-warning=ExperimentalWarning', fixture, JSON.stringify(what)]
  const { stdout } = await run(
    'unshare',
    ['-m', '-n', '-p', '--fork', '--mount-proc', 'bash', '-c', script, 'state', ...node],
    {
      maxBuffer: 64 * 1024 * 1024,
      timeout: 110_000,
    },
  )
  return JSON.parse(stdout)
}

/** A look that several tests read: taken when the first of them asks, and cleaned up after it. */
export function lookedOnce(look: () => Promise<CollectedOnce>): () => Promise<CollectedOnce> {
  let looked: Promise<CollectedOnce> | undefined
  return () => (looked ??= look())
}

/** The same where this process runs: for what listens here. `trusts` is a certificate that is trusted too. */
export async function collectHere(what: Collecting, trusts?: string): Promise<CollectedOnce> {
  const trusting = trusts === undefined ? [] : [`NODE_EXTRA_CA_CERTS=${trusts}`]
  const node = [process.execPath, '--disable-warning=ExperimentalWarning', fixture, JSON.stringify(what)]
  const { stdout } = await run('env', [...trusting, ...node], { maxBuffer: 64 * 1024 * 1024 })
  return JSON.parse(stdout)
}
