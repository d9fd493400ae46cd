import { join } from 'node:path'
import type { Clock } from '@hevd/core'
import type { Feeds, Record } from '@hevd/feeds'
import type { App, Module, Principal, Request, Tls } from '@hevd/http'
import type { Database } from '@hevd/postgres'
import { authenticateCertificate } from './agents/authenticate.ts'
import type { AgentsContext } from './agents/context.ts'
import { serverCertificate, watchListener } from './agents/listener.ts'
import { openAuthority } from './agents/open-authority.ts'
import { agentAdministration, agentRoutes, shownBy } from './agents/routes.ts'
import type { Authority } from './authority/authority.ts'
import { type HostsConfig, hostsDefaults } from './config.ts'
import { tokenHash } from './domain/token.ts'
import { HostsError } from './errors.ts'
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
  /** Version of this Hevd, told to agents. */
  readonly version?: string
  readonly config?: Partial<HostsConfig>
}

/** How agents of other hosts are listened for. */
export type ListeningForAgents = {
  /** Where the authority's key lies, by organisation: `<HEVD_HOME>/agents`. */
  readonly folder: string
  /** Where agents reach the listener, such as `https://hevd.example.org:4385`. */
  readonly address: string
  /** Make a new authority in the place of one that was lost; every agent must join again. */
  readonly newAuthority: boolean
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
  /**
   * Opens the authority for agents of other hosts, so that tokens can be made; what their listener speaks TLS with.
   * Throws `authority-lost` and `authority-open-to-others`.
   */
  openAgents(organisation: string, listening: ListeningForAgents): Promise<Tls>
  /** Ends connections of revoked agents on their listener, and renews its certificate; until what it gives is called. */
  watchAgents(organisation: string, app: App): () => void
  /** The agent that shows its certificate in a request on that listener; null when none. Throws why one is refused. */
  authenticateRemote(request: Request): Promise<Principal | null>
}

/** Folder of the module's numbered SQL files. */
export const hostsMigrations = join(import.meta.dirname, '..', 'migrations')

/** The register of declared hosts, and what their agents report with: tokens, certificates. */
export function createHosts(given: HostsDeps): Hosts {
  const { db, clock } = given
  const config = Object.freeze({ ...hostsDefaults, ...given.config })
  const authorities = new Map<string, Authority>()
  const listeners = new Set<(fingerprints: readonly Buffer[]) => void>()
  let address: string | null = null
  const authority = (organisation: string) => {
    const open = authorities.get(organisation)
    if (open === undefined) throw new HostsError('agents-off')
    return open
  }
  const revoked = (fingerprints: readonly Buffer[]) => {
    for (const listener of listeners) listener(fingerprints)
  }
  const deps = { ...given, revoked }
  const context: AgentsContext = { ...deps, config, version: given.version ?? '0.0.0', authority }
  return {
    name: 'hosts',
    migrations: hostsMigrations,
    register: (app) => {
      hostsRoutes(app, deps, config)
      agentAdministration(app, context, () => address)
    },
    registerForAgents: (app) => agentRoutes(app, context),
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
    openAgents: async (organisation, listening) => {
      const opened = await openAuthority(deps, listening.folder, organisation, listening.newAuthority)
      authorities.set(organisation, opened)
      address = listening.address
      return { ...(await serverCertificate(opened, clock.now())), clientsOf: opened.pem }
    },
    watchAgents: (organisation, app) => {
      const watch = watchListener(app, authority(organisation), clock.now)
      listeners.add(watch.drop)
      return () => {
        listeners.delete(watch.drop)
        watch.stop()
      }
    },
    authenticateRemote: async (request) => {
      const shown = shownBy(request)
      return shown === null ? null : authenticateCertificate(context, request.organisation, shown)
    },
  }
}
