import { join } from 'node:path'
import type { Clock } from '@hevd/core'
import type { Feeds, Record } from '@hevd/feeds'
import type { Module, Principal } from '@hevd/http'
import type { Database } from '@hevd/postgres'
import { type HostsConfig, hostsDefaults } from './config.ts'
import { tokenHash } from './domain/token.ts'
import { type Declaring, declareHost, enrolAgent } from './register.ts'
import { hostsRoutes } from './routes.ts'
import { agentByToken } from './store.ts'

export type { HostsConfig } from './config.ts'
export type { Host } from './contract.ts'
export { HostsError } from './errors.ts'
export type { Declaring } from './register.ts'

export type HostsDeps = {
  readonly db: Database
  readonly clock: Clock
  readonly feeds: Feeds
  readonly record: Record
  readonly config?: Partial<HostsConfig>
}

export type Hosts = Module & {
  /**
   * Declares a host, such as this machine on first start; keeps it as it is when it is there, ended or not. Throws
   * `bad-host-id`.
   */
  declare(organisation: string, host: Declaring): Promise<void>
  /**
   * A new token for the host's agent; only its hash is kept, and earlier ones stop working. Throws `no-such-host` or
   * `host-ended`.
   */
  enrol(organisation: string, host: string): Promise<string>
  /** The agent that a token stands for; null when none. */
  authenticateAgent(organisation: string, token: string): Promise<Principal | null>
}

/** Folder of the module's numbered SQL files. */
export const hostsMigrations = join(import.meta.dirname, '..', 'migrations')

/** The register of declared hosts, and the tokens their agents report with. */
export function createHosts(deps: HostsDeps): Hosts {
  const { db } = deps
  const config = Object.freeze({ ...hostsDefaults, ...deps.config })
  return {
    name: 'hosts',
    migrations: hostsMigrations,
    register: (app) => hostsRoutes(app, deps, config),
    start: async () => {},
    stop: async () => {},
    declare: (organisation, host) => declareHost(deps, organisation, host),
    enrol: (organisation, host) => enrolAgent(deps, organisation, host),
    authenticateAgent: async (organisation, token) => {
      if (token === '' || token.length > config.tokenLength) return null
      const agent = await db.transaction(organisation, (tx) =>
        agentByToken(tx, organisation, tokenHash(token)),
      )
      return agent === undefined ? null : { kind: 'agent', id: agent.id, host: agent.host }
    },
  }
}
