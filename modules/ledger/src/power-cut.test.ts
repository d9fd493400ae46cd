import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { randomInt } from 'node:crypto'
import { once } from 'node:events'
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { supervise } from '@hevd/postgres'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { broken, type Promised, promised } from './testdata/promised.ts'

/**
 * A disk whose power can be cut: an ext4 file system in a file, mounted over a loop device. What programs have not
 * synced is in the memory of the file system, not in the file; a copy of the file is what a machine finds that lost its
 * power at that moment.
 */
let folder: string
let mounted: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'hevd-power-'))
  chmodSync(folder, 0o711)
  mounted = join(folder, 'mounted')
  mkdirSync(mounted)
})
afterAll(() => {
  signal([...running], 'SIGKILL')
  spawnSync('umount', ['--lazy', mounted])
  rmSync(folder, { recursive: true })
})
/** What is to be ended when a test stops half-way. */
const running = new Set<number>()

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

type Machine = { readonly child: ChildProcess; readonly output: () => string }

function start(home: string, organisation: string): Machine {
  const machine = join(import.meta.dirname, 'testdata', 'machine.ts')
  const child = spawn(process.execPath, [machine, home, organisation], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  if (child.pid !== undefined) running.add(child.pid)
  let output = ''
  child.stdout.on('data', (chunk: Buffer) => {
    output += chunk.toString()
    const postmaster = postmasterOf(output)
    if (postmaster !== null) running.add(postmaster)
  })
  return { child, output: () => output }
}

/** Stops everything where it is, copies the disk, and only then ends the processes. */
async function cutPower({ child, output }: Machine, disk: string, copy: string): Promise<void> {
  const postmaster = postmasterOf(output())
  if (child.pid === undefined || postmaster === null) throw new Error('The machine did not start')
  const ended = once(child, 'close')
  signal([child.pid], 'SIGSTOP')
  const all = [...new Set([...family(child.pid), ...family(postmaster)])]
  signal(all, 'SIGSTOP')
  run('cp', '--sparse=always', disk, copy)
  signal(all, 'SIGKILL')
  await ended
  for (let look = 0; spawnSync('umount', [mounted]).status !== 0; look += 1) {
    if (look > 100) throw new Error('The old disk is still in use')
    await sleep(50)
  }
  rmSync(disk)
  running.clear()
}

test('a power cut at 5 random moments: nothing acknowledged is lost, and every checkpoint served still fits', async () => {
  const kept: Promised = { said: new Set(), served: new Set() }
  const disk = (round: number) => join(folder, `disk-${round}`)
  run('truncate', '-s', '400M', disk(0))
  run('mkfs.ext4', '-q', '-F', disk(0))
  const home = join(mounted, 'home')
  let organisation = ''
  for (let round = 0; round < 5; round += 1) {
    run('mount', '-o', 'loop', disk(round), mounted)
    mkdirSync(home, { recursive: true, mode: 0o711 })
    const machine = start(home, organisation)
    while (!machine.output().includes('served') && machine.child.exitCode === null) await sleep(10)
    await sleep(randomInt(400))
    await cutPower(machine, disk(round), disk(round + 1))
    organisation ||= /^organisation (.+)$/m.exec(machine.output())?.[1] ?? ''
    promised(machine.output(), kept)
  }
  expect(kept.said.size).toBeGreaterThan(5)
  expect(kept.served.size).toBeGreaterThan(0)
  run('mount', '-o', 'loop', disk(5), mounted)
  const postgres = await supervise({ home, mode: undefined, path: '/usr/bin' })
  try {
    expect(await broken(postgres.runtimeUrl, home, organisation, kept)).toEqual([])
  } finally {
    await postgres.stop()
    run('umount', mounted)
  }
  console.log(`${kept.said.size} entries acknowledged, ${kept.served.size} checkpoints served, none lost`)
}, 600_000)
