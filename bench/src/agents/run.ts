import { type ChildProcess, fork } from 'node:child_process'
import { randomInt } from 'node:crypto'
import { once } from 'node:events'
import { chmodSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { joinServer } from '@hevd/agent'
import type { Duration } from '@hevd/core'
import { followChanges, type Waited } from './changes.ts'
import { openStored, type Stored, verdictOf } from './database.ts'
import { flip, type MadeHost, madeHost, wander } from './made-host.ts'
import type { FromAgents } from './messages.ts'
import { joiningBy, type ServerProcess, serverProcess } from './server-process.ts'
import { childrenOf, meter, type Usage } from './usage.ts'

export type Size = {
  readonly hosts: number
  /** Processes that the hosts' agents are shared among. */
  readonly processes: number
  /** How long hosts change; longer until each side was killed `kills` times. */
  readonly seconds: number
  readonly kills: number
  /** How often the made collectors look. */
  readonly interval: Duration
  /** Least and most seconds between kills. */
  readonly between: readonly [number, number]
  /** Mean seconds between small changes of a host, and between a verdict and the change that flips it. */
  readonly wanders: number
  readonly flips: number
}

export type Outcome = {
  readonly seconds: number
  readonly kills: { readonly server: number; readonly agents: number }
  readonly changes: number
  readonly waited: readonly Waited[]
  /** Facts that server and hosts do not say alike in the end, and hosts whose verdict is not what they are. */
  readonly lost: readonly string[]
  readonly wrong: readonly string[]
  /** Events of the agents' logs, counted. */
  readonly said: ReadonlyMap<string, number>
  readonly usage: ReadonlyMap<'server' | 'postgres' | 'agents' | 'beside', Usage>
}

/** The poll of verdicts: no time is known better than this. */
export const polledEvery = 250
const tick = 200
const longestSettling = 300_000
/**
 * As often as a host may be flipped and still be believed at once: what fails a third time within a day flaps, and its
 * mending is believed an hour later (ADR 0005).
 */
const mostFlips = 4

/** Agents of made hosts against one real server, both killed at random moments, until nothing more waits. */
export async function runAgents(size: Size, report: (line: string) => void): Promise<Outcome> {
  const root = mkdtempSync(join(tmpdir(), 'hevd-bench-agents-'))
  chmodSync(root, 0o711)
  const server = await serverProcess(join(root, 'server'))
  const fleet: Fleet[] = []
  let stored: Stored | null = null
  try {
    await server.start()
    const { hosts, organisation } = await joinAll(server, root, size.hosts)
    report(`${hosts.length} hosts joined`)
    stored = await openStored(join(root, 'server'), organisation)
    return await measured({ size, server, hosts, stored, fleet, report })
  } finally {
    await Promise.all(fleet.map((one) => one.kill()))
    await stored?.close()
    await server.stop()
    rmSync(root, { recursive: true, force: true })
  }
}

type Running = {
  readonly size: Size
  readonly server: ServerProcess
  readonly hosts: readonly MadeHost[]
  readonly stored: Stored
  readonly fleet: Fleet[]
  readonly report: (line: string) => void
}

async function measured({ size, server, hosts, stored, fleet, report }: Running): Promise<Outcome> {
  const follow = followChanges()
  const said = new Map<string, number>()
  const hostIn = new Map(hosts.map((host) => [host.folder, host.id]))
  const hear = (message: FromAgents) => {
    if (message.kind === 'said') said.set(message.event, (said.get(message.event) ?? 0) + 1)
    else follow.looked(hostIn.get(message.folder) ?? '', message.revision, message.at)
  }
  for (let n = 0; n < size.processes; n += 1)
    fleet.push(
      agentsOf(
        hosts.filter((_, at) => at % size.processes === n),
        size.interval,
        hear,
      ),
    )
  for (const one of fleet) one.start()
  const allJudged = (verdicts: ReadonlyMap<string, string> | null) =>
    verdicts !== null && hosts.every((host) => verdicts.get(host.id) === verdictOf(host))
  if (!(await settled(async () => allJudged(await stored.verdicts()))))
    throw new Error('The hosts were not judged in time')
  report('all hosts judged; hosts change from now on')

  const began = performance.now()
  const elapsed = () => (performance.now() - began) / 1000
  const usage = meter({
    server: { roots: () => [server.pid()], tree: false },
    postgres: { roots: () => [server.postmaster()], tree: true },
    agents: { roots: () => fleet.map((one) => one.pid()), tree: false },
    beside: { roots: () => besideOf(server), tree: true },
  })
  const over = new AbortController()
  let changes = 0
  const changing = repeat(tick, over.signal, () => {
    for (const host of hosts) {
      if (happens(size.wanders)) {
        wander(host)
        changes += 1
      }
      if (host.flips === mostFlips || follow.isWaiting(host.id) || !happens(size.flips)) continue
      follow.changed(host.id, host.revision + 1, verdictOf(host) === 'fails' ? 'holds' : 'fails')
      flip(host)
      changes += 1
    }
  })
  const watched = new AbortController()
  const watching = repeat(polledEvery, watched.signal, async () => {
    follow.judged((await stored.verdicts()) ?? new Map())
  })
  const kills = { server: 0, agents: 0 }
  const enough = () => elapsed() >= size.seconds && Math.min(kills.server, kills.agents) >= size.kills
  while (!enough()) {
    const [least, most] = size.between
    const pause = randomInt(least * 1000, most * 1000 + 1)
    await sleep(Math.min(pause, Math.max(0, size.seconds - elapsed()) * 1000 || pause))
    if (enough()) break
    // In turn, so that both sides are killed as often; when, and which of the processes, is by chance.
    if (kills.server <= kills.agents) {
      const up = follow.outage(null)
      await server.kill()
      await server.start()
      up()
      kills.server += 1
      report(`${Math.round(elapsed())} s: server killed and started`)
    } else {
      const one = fleet[randomInt(fleet.length)]
      if (one === undefined) break
      const up = follow.outage(one.hosts)
      await one.kill()
      one.start()
      up()
      kills.agents += 1
      report(`${Math.round(elapsed())} s: a process of agents killed and started`)
    }
  }
  over.abort()
  await changing
  const seconds = elapsed()
  const used = usage.end()
  report(`changes have ended; ${follow.left()} verdicts waited for`)
  // Feeds that fell silent meanwhile come back too: what is wrong after that stays wrong.
  await settled(
    async () =>
      (await stored.differing(hosts))?.length === 0 &&
      follow.left() === 0 &&
      allJudged(await stored.verdicts()),
  )
  watched.abort()
  await watching
  const lost = (await stored.differing(hosts)) ?? ['the database does not answer']
  const verdicts = (await stored.verdicts()) ?? new Map<string, string>()
  const wrong = hosts.filter((host) => verdicts.get(host.id) !== verdictOf(host)).map(({ id }) => id)
  return { seconds, kills, changes, waited: follow.waited, lost, wrong, said, usage: used }
}

/** Hosts of production that have joined as their administrators would let them. */
async function joinAll(server: ServerProcess, root: string, count: number) {
  const call = await server.signIn()
  const hosts: MadeHost[] = []
  let organisation = ''
  for (let n = 0; n < count; n += 1) {
    const folder = join(root, 'hosts', String(n))
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    const { server: address, token } = joiningBy(
      await call('POST', '/api/join-tokens', { role: 'production' }),
    )
    const name = `made-${n}`
    const joined = await joinServer({
      folder,
      server: address,
      token,
      name,
      signal: new AbortController().signal,
    })
    organisation = joined.organisation
    hosts.push(madeHost(joined.host.id, folder))
  }
  return { hosts, organisation }
}

/** A process that runs the agents of some hosts. */
type Fleet = {
  readonly hosts: ReadonlySet<string>
  readonly pid: () => number
  start(): void
  kill(): Promise<void>
}

function agentsOf(
  hosts: readonly MadeHost[],
  interval: Duration,
  hear: (message: FromAgents) => void,
): Fleet {
  let child: ChildProcess | null = null
  return {
    hosts: new Set(hosts.map(({ id }) => id)),
    pid: () => child?.pid ?? 0,
    start() {
      child = fork(
        join(import.meta.dirname, 'agents-process.ts'),
        [interval, ...hosts.map(({ folder }) => folder)],
        { execArgv: ['--disable-warning=ExperimentalWarning'] },
      )
      child.on('message', hear)
    },
    async kill() {
      if (child === null || child.exitCode !== null || child.signalCode !== null) return
      const ended = once(child, 'exit')
      child.kill('SIGKILL')
      await ended
    },
  }
}

/** The real agent that `hevd up` runs beside the server, for this machine itself. */
function besideOf(server: ServerProcess): readonly number[] {
  return childrenOf(server.pid()).flatMap(({ pid, command }) => (command.includes('agent/') ? [pid] : []))
}

async function repeat(every: number, signal: AbortSignal, work: () => unknown): Promise<void> {
  while (!signal.aborted) {
    await work()
    await sleep(every)
  }
}

/** Whether it was done before too long. */
async function settled(done: () => Promise<boolean>): Promise<boolean> {
  const end = performance.now() + longestSettling
  while (performance.now() < end) {
    if (await done()) return true
    await sleep(500)
  }
  return false
}

/** Whether something that happens every `mean` seconds, at any moment alike, happens within this tick. */
function happens(mean: number): boolean {
  return randomInt(2 ** 30) / 2 ** 30 < tick / 1000 / mean
}
