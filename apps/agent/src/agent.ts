import { randomInt } from 'node:crypto'
import { mkdirSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { hostClock } from './clock.ts'
import { type Collected, type Collector, failedRun, runCollector } from './collector.ts'
import { collectors } from './collectors/index.ts'
import { type AgentConfig, ownTokenIn } from './config.ts'
import type { HostIdentity } from './host/access.ts'
import { localHostAccess } from './host/local.ts'
import { hostIdentity } from './host-id.ts'
import { type Log, lineLog } from './log.ts'
import { keepLooking, type Schedule } from './schedule.ts'
import { keepSending } from './sender.ts'
import { type Post, poster } from './sending/answers.ts'
import { doorbell } from './sending/doorbell.ts'
import { openSpool } from './spool/spool.ts'
import { keepStatus } from './status/keep-status.ts'
import { agentVersion } from './version.ts'

export type AgentDeps = {
  readonly config: AgentConfig
  /** Aborted when the agent is to stop. */
  readonly signal: AbortSignal
  /** Where notable things are said; standard output, a line of JSON each. */
  readonly log?: Log
  /** What is looked at; everything. */
  readonly look?: readonly Collector[]
  /** How reports reach the server; by the token in the folder, as the agent beside a server does, if not given. */
  readonly link?: Link
  /** When collectors run, if not as fast as they can. */
  readonly pace?: Pick<Schedule, 'before' | 'firstAfter'>
}

/** A way to a server of this host's own. */
export type Link = {
  readonly host: HostIdentity
  readonly server: string
  /** Name of the spool's file: what was said as one host is not said as another. */
  readonly spool: string
  readonly post: Post
  /** Version of the Hevd that answered last; null before. */
  readonly serverVersion: () => string | null
}

const atMost = 2
const longestRun = 5 * 60_000

/**
 * Looks at this host and reports to the server until `signal` is aborted; what was not yet taken waits in the spool.
 * Throws AgentError where it cannot begin.
 */
export async function runAgent(deps: AgentDeps): Promise<void> {
  const { config, signal, log = standardLog(), look = collectors, pace = {} } = deps
  mkdirSync(config.folder, { recursive: true, mode: 0o700 })
  const link = deps.link ?? linkByToken(config, signal)
  const { host, server } = link
  const spool = openSpool(join(config.folder, link.spool))
  if (spool.damaged) log('spool-damaged', { path: join(config.folder, `${link.spool}.damaged`) })
  const access = localHostAccess({ host, firstSeen: spool, look: config.look })
  const bell = doorbell()
  const monotonic = () => performance.now()
  const status = keepStatus({
    folder: config.folder,
    clock: hostClock,
    host,
    server,
    root: access.isRoot,
    backlog: spool.backlog,
    failed: (error) => log('status-not-written', { why: error instanceof Error ? error.message : '' }),
  })
  log('started', { host: host.id, server, root: access.isRoot, version: agentVersion })
  const keep = (collector: Collector, run: Collected, observedAt: number) => {
    const { name, title, interval } = collector
    const { put, gone, overfull } = spool.record({
      host: host.id,
      collector: name,
      title,
      interval,
      ...run,
      observedAt,
    })
    if (put + gone > 0) log('seen', { collector: name, put, gone })
    if (overfull) log('spool-overfull', { collector: name })
    for (const { type, scope, state, detail } of run.coverage)
      if (state === 'failed') log('look-failed', { collector: name, type, scope, detail })
    status.looked(name, run, observedAt)
    bell.ring()
  }
  try {
    await Promise.all([
      keepLooking({
        collectors: look,
        atMost,
        longestRun,
        monotonic,
        signal,
        ...pace,
        run: async (collector) => {
          const observedAt = access.now()
          const run = await runCollector(collector, access, spool.coverageOf(collector.name))
          if (!signal.aborted) keep(collector, run, observedAt)
        },
        hung: (collector) => {
          const before = spool.coverageOf(collector.name)
          keep(collector, failedRun(collector, host.id, before, 'gave no answer in time'), access.now())
        },
      }),
      keepSending({
        spool,
        post: async (reports) => {
          const sent = await link.post(reports)
          if (!signal.aborted) status.sent(sent, link.serverVersion())
          return sent
        },
        log,
        bell,
        random,
        monotonic,
        signal,
      }),
    ])
  } finally {
    status.stopped()
    spool.close()
    log('stopped')
  }
}

/** In [0, 1). */
export function random(): number {
  return randomInt(1 << 30) / (1 << 30)
}

export function standardLog(): Log {
  return lineLog(hostClock, (line) => process.stdout.write(line))
}

/** The agent beside a server: a token in the folder, over loopback. */
function linkByToken({ folder, server }: AgentConfig, signal: AbortSignal): Link {
  return {
    host: hostIdentity(folder),
    server,
    spool: 'spool.sqlite',
    post: poster(server, agentVersion, () => readToken(folder), signal),
    serverVersion: () => null,
  }
}

/** The token that enrolment left in the folder; null while there is none. */
async function readToken(folder: string): Promise<string | null> {
  const text = await readFile(ownTokenIn(folder), 'utf8').catch(() => '')
  return /^[\x21-\x7e]+$/.test(text.trim()) ? text.trim() : null
}
