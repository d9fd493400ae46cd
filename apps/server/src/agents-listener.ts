import { hostname } from 'node:os'
import { join } from 'node:path'
import type { Locale } from '@hevd/core'
import { type App, createApp, type DeclaredRoute } from '@hevd/http'
import type { FastifyBaseLogger } from 'fastify'
import type { AgentsListener } from './config.ts'
import { type HealthDeps, healthRoute } from './health.ts'
import type { Modules } from './modules.ts'

export type AgentsListenerDeps = {
  readonly listening: AgentsListener
  readonly home: string
  /** HEVD_ORIGIN, whose name agents use when they are given none of their own. */
  readonly origin: string | null
  readonly organisation: { readonly id: string; readonly locale: Locale }
  readonly modules: Modules
  readonly logger: FastifyBaseLogger
  readonly bodyLimit: number
  readonly health: HealthDeps
  listen(app: App, at: { readonly address: string; readonly port: number }): Promise<void>
}

/**
 * The second listener, for agents of other hosts alone: TLS 1.3 with certificates of our own authority, and only the
 * routes that modules offer to agents. Nothing that people use is here, and no client certificate counts elsewhere.
 */
export async function listenForAgents(deps: AgentsListenerDeps): Promise<{
  readonly address: string
  readonly routes: readonly DeclaredRoute[]
  stop(): Promise<void>
}> {
  const { listening, organisation, modules, health } = deps
  const address = addressOf(listening, deps.origin)
  const tls = await modules.hosts.openAgents(organisation.id, {
    folder: join(deps.home, 'agents'),
    address,
    newAuthority: listening.newAuthority,
  })
  const app = await createApp({
    logger: deps.logger,
    tls,
    bodyLimit: deps.bodyLimit,
    // Many hosts come from one address; each has its certificate, and joining has a limit of its own.
    callsPerMinute: 60_000,
    fallbackLocale: organisation.locale,
    version: health.version,
    describes: false,
    authenticate: (request) => modules.hosts.authenticateRemote(request),
    // A certificate is of one organisation, whatever name or address the agent reaches us by.
    organisationOf: async () => organisation.id,
  })
  healthRoute(app, health)
  for (const module of modules.all) module.registerForAgents?.(app)
  const unwatch = modules.hosts.watchAgents(organisation.id, app)
  await deps.listen(app, listening)
  return {
    address,
    routes: app.declaredRoutes,
    async stop() {
      unwatch()
      await app.close()
    },
  }
}

/** Where agents reach it, as the console tells it: as set, else by the name people use, else by this host's own. */
function addressOf({ origin, address, port }: AgentsListener, people: string | null): string {
  if (origin !== null) return origin
  const everywhere = address === '0.0.0.0' || address === '::'
  const name = people !== null ? new URL(people).hostname : everywhere ? hostname() : address
  return `https://${name.includes(':') && !name.startsWith('[') ? `[${name}]` : name}:${port}`
}
