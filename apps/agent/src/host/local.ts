import { release, version } from 'node:os'
import { hostClock } from '../clock.ts'
import { type LookAt, lookAtIn, lookAtNothingElse } from '../config.ts'
import { type FirstSeen, firstSeenInMemory } from '../first-seen.ts'
import { hostIdentity } from '../host-id.ts'
import { type HostAccess, type HostIdentity, hostAccess } from './access.ts'

/** Access to the machine that this process runs on, with the rights that it has. */
export function localHostAccess(given: {
  readonly host: HostIdentity
  readonly firstSeen?: FirstSeen
  readonly look?: LookAt
}): HostAccess {
  return hostAccess({
    host: given.host,
    root: '/',
    isRoot: process.geteuid?.() === 0,
    kernel: { release: release(), version: version() },
    firstSeen: given.firstSeen ?? firstSeenInMemory(),
    now: hostClock.now,
    look: given.look ?? lookAtNothingElse,
  })
}

/** The same for the host and the settings of an agent's folder, for one look without a server. */
export async function localHost(folder: string): Promise<HostAccess> {
  return localHostAccess({ host: hostIdentity(folder), look: lookAtIn(folder) })
}
