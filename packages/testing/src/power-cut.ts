import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { supervise } from '@hevd/postgres'

/**
 * A disk whose power can be cut: an ext4 file system in a file, mounted over a loop device. What programs have not
 * synced is in the memory of the file system, not in the file; a copy of the file is what a machine finds that lost its
 * power at that moment.
 */
export type PowerCutDisk = {
  /** A folder beside the disk, whose power is never cut. */
  readonly beside: string
  /** The home of what runs on the disk, while it is mounted. */
  readonly home: string
  /** Mounts the disk as the last cut has left it. */
  mount(): void
  /** Waits for those who still have the disk open to let go of it. */
  unmount(): Promise<void>
  /** Starts a program of ours that says something once it is at work; `startPostgresOn` says where its postmaster is. */
  start(program: string, ...args: string[]): Machine
  /** Stops everything where it is, copies the disk, and only then ends the processes. */
  cut(machine: Machine): Promise<void>
  /** Ends what still runs, and removes disk and folder. */
  remove(): void
}

export type Machine = { readonly child: ChildProcess; readonly output: () => string }

export type DiskPostgres = {
  readonly ownerUrl: string
  readonly runtimeUrl: string
  readonly runtimeRole: string
  stop(): Promise<void>
}

/** PostgreSQL under the product's own supervisor, in a program whose power is cut: it says `postmaster <pid>`. */
export async function startPostgresOn(home: string): Promise<DiskPostgres> {
  const { ownerUrl, runtimeUrl, runtimeRole, pid, stop } = await supervise({
    home,
    mode: undefined,
    path: '/usr/bin',
  })
  writeSync(1, `postmaster ${pid()}\n`)
  return { ownerUrl, runtimeUrl, runtimeRole, stop }
}

function run(command: string, ...args: string[]): void {
  const { status, stderr, error } = spawnSync(command, args, { encoding: 'utf8' })
  if (status !== 0) throw new Error(`${command} ${args.join(' ')}: ${error?.message ?? stderr}`)
}

/** A process and all it started, as the kernel knows them now. */
function family(root: number): readonly number[] {
  const parents = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      try {
        const stat = readFileSync(`/proc/${name}/stat`, 'utf8')
        return [{ pid: Number(name), parent: Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]) }]
      } catch {
        return []
      }
    })
  const found = [root]
  for (const pid of found)
    found.push(...parents.filter(({ parent }) => parent === pid).map((child) => child.pid))
  return found
}

function signal(pids: readonly number[], name: 'SIGSTOP' | 'SIGKILL'): void {
  for (const pid of pids)
    try {
      process.kill(pid, name)
    } catch {}
}

function postmasterOf(output: string): number | null {
  const pid = /^postmaster (\d+)$/m.exec(output)?.[1]
  return pid === undefined ? null : Number(pid)
}

/** Needs root, for mounting. */
export function powerCutDisk(): PowerCutDisk {
  const beside = mkdtempSync(join(tmpdir(), 'hevd-power-'))
  chmodSync(beside, 0o711)
  const mounted = join(beside, 'mounted')
  mkdirSync(mounted)
  const home = join(mounted, 'home')
  /** What is to be ended when a test stops half-way. */
  const running = new Set<number>()
  let cuts = 0
  const disk = () => join(beside, `disk-${cuts}`)
  run('truncate', '-s', '400M', disk())
  run('mkfs.ext4', '-q', '-F', disk())

  async function unmount(): Promise<void> {
    for (let look = 0; spawnSync('umount', [mounted]).status !== 0; look += 1) {
      if (look > 100) throw new Error('The disk is still in use')
      await sleep(50)
    }
  }

  return {
    beside,
    home,
    mount() {
      run('mount', '-o', 'loop', disk(), mounted)
      mkdirSync(home, { recursive: true, mode: 0o711 })
    },
    unmount,
    start(program, ...args) {
      const child = spawn(process.execPath, [program, ...args], { stdio: ['ignore', 'pipe', 'inherit'] })
      if (child.pid !== undefined) running.add(child.pid)
      let output = ''
      child.stdout.on('data', (chunk: Buffer) => {
        output += chunk.toString()
        const postmaster = postmasterOf(output)
        if (postmaster !== null) running.add(postmaster)
      })
      return { child, output: () => output }
    },
    async cut({ child, output }) {
      if (child.pid === undefined || output() === '') throw new Error('The machine did not start')
      const ended = once(child, 'close')
      signal([child.pid], 'SIGSTOP')
      const postmaster = postmasterOf(output())
      const all = [...new Set([...family(child.pid), ...(postmaster === null ? [] : family(postmaster))])]
      signal(all, 'SIGSTOP')
      const old = disk()
      run('cp', '--sparse=always', old, join(beside, `disk-${cuts + 1}`))
      signal(all, 'SIGKILL')
      await ended
      await unmount()
      rmSync(old)
      cuts += 1
      running.clear()
    },
    remove() {
      signal([...running], 'SIGKILL')
      spawnSync('umount', ['--lazy', mounted])
      rmSync(beside, { recursive: true })
    },
  }
}
