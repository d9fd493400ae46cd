import { randomUUID } from 'node:crypto'
import { hostname, setPriority } from 'node:os'
import { join } from 'node:path'
import { type AgentDeps, random, runAgent, standardLog } from '../agent.ts'
import { hostClock } from '../clock.ts'
import { AgentError } from '../errors.ts'
import { passesMemory } from '../limits/memory-ceiling.ts'
import { processorShare, processorTime } from '../limits/processor-share.ts'
import { pause } from '../sending/doorbell.ts'
import { remotePost } from './link.ts'
import { type Membership, readMembership } from './membership.ts'

/** Why it ended: told to, or to be started again by whoever keeps it running. */
export type Ended = 'stopped' | 'memory' | 'joined-as-another'

const membershipLookedAtEvery = 10_000
/** First runs are spread over this long, or over the collector's interval where that is shorter. */
const spreadAtStart = 30_000

/**
 * The agent of a host that has joined a server, within its own limits: it stands back for others, uses its share of one
 * processor, and ends past its memory. Throws AgentError `not-joined` and what `runAgent` does.
 */
export async function runRemoteAgent(
  deps: Pick<AgentDeps, 'config' | 'signal' | 'log' | 'look'>,
): Promise<Ended> {
  const { config, log = standardLog() } = deps
  const { folder, limits } = config
  const first = readMembership(folder)
  if (first === null) throw new AgentError('not-joined', { path: join(folder, 'membership.json') })
  setPriority(limits.nice)
  const over = new AbortController()
  const signal = AbortSignal.any([deps.signal, over.signal])
  let version: string | null = null
  const link = remotePost({
    folder,
    membership: () => membershipNow(folder, log),
    run: randomUUID(),
    now: hostClock.now,
    spread: random(),
    log,
    heard: (told) => {
      version = told
    },
    signal,
  })
  const share = processorShare(limits.processor, processorTime, () => performance.now())
  let ended: Ended = 'stopped'
  const end = (why: Ended) => {
    ended = why
    over.abort()
  }
  const running = runAgent({
    ...deps,
    signal,
    log,
    link: {
      host: { id: first.host.id, name: hostname() },
      server: first.server,
      spool: `spool-${first.host.id}.sqlite`,
      post: link.post,
      serverVersion: () => version,
    },
    pace: {
      before: () => pause(share.owed(), signal),
      firstAfter: (interval) => random() * Math.min(interval, spreadAtStart),
    },
  })
  const watching = Promise.all([
    passesMemory(limits.memory, () => process.memoryUsage.rss(), signal).then((used) => {
      if (used === null) return
      log('memory-ceiling', { used, ceiling: limits.memory })
      end('memory')
    }),
    untilAnother(first, folder, signal).then((another) => {
      if (another) end('joined-as-another')
    }),
  ])
  try {
    await running
  } finally {
    over.abort()
    link.close()
  }
  await watching
  return ended
}

/** Whether it has joined as another host, or another server, by the time `signal` is aborted. */
async function untilAnother(first: Membership, folder: string, signal: AbortSignal): Promise<boolean> {
  while (!signal.aborted) {
    const now = membershipNow(folder, () => {})
    if (now !== null && (now.host.id !== first.host.id || now.server !== first.server)) return true
    await pause(membershipLookedAtEvery, signal)
  }
  return false
}

/** What cannot be read now is as good as none: what was seen waits. */
function membershipNow(folder: string, log: NonNullable<AgentDeps['log']>): Membership | null {
  try {
    return readMembership(folder)
  } catch (error) {
    if (!(error instanceof AgentError)) throw error
    log('membership-not-read', { why: error.code })
    return null
  }
}
