import {
  type AgentStatus,
  type Collector,
  type CollectorDescription,
  collectorDescriptions,
  collectors,
  type Membership,
  readMembership,
  readStatus,
  timesOf,
} from '@hevd/agent'

/** What this host knows of its agent, read from its folder alone; never the key. */
export type HostStatus = {
  readonly now: number
  readonly state: 'heard' | 'trouble' | 'starting' | 'stopped' | 'not-joined'
  readonly membership:
    | (Pick<Membership, 'server' | 'organisation' | 'host' | 'joinedAt' | 'rejoined'> & {
        /** When the certificate ends, and from when it renews itself. */
        readonly ends: number
        readonly renews: number
      })
    | null
  readonly status: AgentStatus | null
  readonly collectors: readonly (Pick<Collector, 'name' | 'title' | 'interval'> & {
    readonly description: CollectorDescription | undefined
  })[]
}

/** Reads what an agent left in its folder. Throws AgentError where the membership cannot be read. */
export function hostStatus(folder: string, now: number): HostStatus {
  const joined = readMembership(folder)
  const status = readStatus(folder)
  return {
    now,
    state: stateOf(joined, status, now),
    membership: joined === null ? null : shown(joined),
    status,
    collectors: collectors.map(({ name, title, interval }) => ({
      name,
      title,
      interval,
      description: collectorDescriptions[name],
    })),
  }
}

function shown(joined: Membership): NonNullable<HostStatus['membership']> {
  const { server, organisation, host, joinedAt, rejoined } = joined
  return { server, organisation, host, joinedAt, rejoined, ...timesOf(joined) }
}

/** A running agent writes every minute; one that was killed leaves its process' number to others. */
const longestUnwritten = 10 * 60_000

function stateOf(joined: Membership | null, status: AgentStatus | null, now: number): HostStatus['state'] {
  const runs =
    status !== null &&
    status.stoppedAt === null &&
    now - status.writtenAt < longestUnwritten &&
    isAlive(status.process)
  if (!runs) return joined === null ? 'not-joined' : 'stopped'
  if (status.trouble !== null) return 'trouble'
  return status.lastContactAt === null ? 'starting' : 'heard'
}

function isAlive(process_: number): boolean {
  try {
    process.kill(process_, 0)
    return true
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}
