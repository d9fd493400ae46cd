import type { Clock } from '@hevd/core'
import type { Collected } from '../collector.ts'
import type { HostIdentity } from '../host/access.ts'
import type { Sent } from '../sending/answers.ts'
import type { Backlog } from '../spool/spool.ts'
import { agentVersion } from '../version.ts'
import { type AgentStatus, writeStatus } from './status.ts'

/** Keeps `status.json` in step with what the agent does. */
export type KeptStatus = {
  looked(collector: string, run: Collected, startedAt: number): void
  sent(sent: Sent, serverVersion: string | null): void
  stopped(): void
}

/** At most one writing a second, and one when it ends. */
const pauseBetween = 1000

export function keepStatus(given: {
  readonly folder: string
  readonly clock: Clock
  readonly host: HostIdentity
  readonly server: string
  readonly root: boolean
  readonly backlog: () => Backlog
  /** Told when it cannot be written; the agent goes on. */
  readonly failed: (error: unknown) => void
}): KeptStatus {
  const { folder, clock, host, server, root, backlog, failed } = given
  let status: Omit<AgentStatus, 'writtenAt' | 'waiting'> = {
    version: agentVersion,
    process: process.pid,
    startedAt: clock.now(),
    stoppedAt: null,
    root,
    host,
    server,
    serverVersion: null,
    lastContactAt: null,
    trouble: null,
    collectors: {},
  }
  let timer: NodeJS.Timeout | null = null
  const write = () => {
    if (timer !== null) clearTimeout(timer)
    timer = null
    try {
      writeStatus(folder, { ...status, writtenAt: clock.now(), waiting: backlog() })
    } catch (error) {
      failed(error)
    }
  }
  const soon = () => {
    timer ??= setTimeout(write, pauseBetween)
  }
  write()
  return {
    looked(collector, { facts, coverage }, startedAt) {
      const gaps = coverage.flatMap(({ type, scope, state, detail }) =>
        state === 'complete' ? [] : [{ type, scope, state, detail }],
      )
      const took = clock.now() - startedAt
      const seen = { lastRunAt: startedAt, took, facts: facts.length, gaps }
      status = { ...status, collectors: { ...status.collectors, [collector]: seen } }
      soon()
    },
    sent(sent, serverVersion) {
      const heard = sent.kind !== 'unavailable' && sent.kind !== 'not-enrolled'
      const trouble = troubleOf(sent)
      const since = status.trouble?.code === trouble?.code ? status.trouble?.since : undefined
      status = {
        ...status,
        serverVersion: serverVersion ?? status.serverVersion,
        lastContactAt: heard ? clock.now() : status.lastContactAt,
        trouble: trouble === null ? null : { ...trouble, since: since ?? clock.now() },
      }
      soon()
    },
    stopped() {
      status = { ...status, stoppedAt: clock.now() }
      write()
    },
  }
}

function troubleOf(sent: Sent): Omit<NonNullable<AgentStatus['trouble']>, 'since'> | null {
  switch (sent.kind) {
    case 'answered':
    case 'not-taken':
      return null
    case 'not-enrolled':
      return { code: 'not-joined', words: null }
    case 'unauthorised':
      return { code: 'not-known', words: null }
    case 'refused':
      return { code: sent.code, words: sent.words }
    case 'unavailable':
      return { code: sent.why, words: null }
  }
}
