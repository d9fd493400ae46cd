import { randomInt } from 'node:crypto'
import { mkdirSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { hostClock } from './clock.ts'
import { type Collector, failedRun, runCollector } from './collector.ts'
import { collectors } from './collectors/index.ts'
import type { AgentConfig } from './config.ts'
import { localHostAccess } from './host/local.ts'
import { hostIdentity } from './host-id.ts'
import { type Log, lineLog } from './log.ts'
import { keepLooking } from './schedule.ts'
import { keepSending } from './sender.ts'
import { poster } from './sending/answers.ts'
import { doorbell } from './sending/doorbell.ts'
import { openSpool } from './spool/spool.ts'
import { agentVersion } from './version.ts'

export type AgentDeps = {
  readonly config: AgentConfig
  /** Aborted when the agent is to stop. */
  readonly signal: AbortSignal
  /** Where notable things are said; standard output, a line of JSON each. */
  readonly log?: Log
  /** What is looked at; everything. */
  readonly look?: readonly Collector[]
}

const atMost = 2
const longestRun = 5 * 60_000

/**
 * Looks at this host and reports to the server until `signal` is aborted; what was not yet taken waits in the spool.
 * Throws AgentError where it cannot begin.
 */
export async function runAgent({
  config,
  signal,
  log = standardLog(),
  look = collectors,
}: AgentDeps): Promise<void> {
  mkdirSync(config.folder, { recursive: true, mode: 0o700 })
  const host = hostIdentity(config.folder)
  const spool = openSpool(join(config.folder, 'spool.sqlite'))
  if (spool.damaged) log('spool-damaged', { path: join(config.folder, 'spool.sqlite.damaged') })
  const access = localHostAccess({ host, firstSeen: spool, look: config.look })
  const bell = doorbell()
  const monotonic = () => performance.now()
  log('started', { host: host.id, server: config.server, root: access.isRoot, version: agentVersion })
  const keep = (collector: Collector, run: Awaited<ReturnType<typeof runCollector>>, observedAt: number) => {
    const { name, title, interval } = collector
    const { put, gone } = spool.record({
      host: host.id,
      collector: name,
      title,
      interval,
      ...run,
      observedAt,
    })
    if (put + gone > 0) log('seen', { collector: name, put, gone })
    for (const { type, scope, state, detail } of run.coverage)
      if (state === 'failed') log('look-failed', { collector: name, type, scope, detail })
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
        post: poster(config.server, agentVersion, signal),
        token: () => readToken(config.folder),
        log,
        bell,
        random: () => randomInt(1 << 30) / (1 << 30),
        monotonic,
        signal,
      }),
    ])
  } finally {
    spool.close()
    log('stopped')
  }
}

function standardLog(): Log {
  return lineLog(hostClock, (line) => process.stdout.write(line))
}

/** The token that enrolment left in the folder; null while there is none. */
async function readToken(folder: string): Promise<string | null> {
  const text = await readFile(join(folder, 'token'), 'utf8').catch(() => '')
  return /^[\x21-\x7e]+$/.test(text.trim()) ? text.trim() : null
}
