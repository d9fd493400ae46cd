import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { type AddressInfo, createServer } from 'node:net'
import { accessMigrations } from '@hevd/access'
import { amendmentsMigrations } from '@hevd/amendments'
import { backupsMigrations } from '@hevd/backups'
import type { Bilingual, Locale, TimeZone } from '@hevd/core'
import { dataMigrations } from '@hevd/data'
import { feedsMigrations } from '@hevd/feeds'
import { hostsMigrations } from '@hevd/hosts'
import { type App, createApp, type DeclaredRoute } from '@hevd/http'
import { identityMigrations, sessionCookie } from '@hevd/identity'
import { keysMigrations } from '@hevd/keys'
import { ledgerMigrations } from '@hevd/ledger'
import { noticesMigrations } from '@hevd/notices'
import { peopleMigrations } from '@hevd/people'
import { loadCatalogue } from '@hevd/policy'
import type { MigrationSet } from '@hevd/postgres'
import { postureMigrations } from '@hevd/posture'
import { residencyMigrations } from '@hevd/residency'
import { trustMigrations } from '@hevd/trust'
import type { FastifyRequest } from 'fastify'
import type { Logger } from 'pino'
import { listenForAgents } from './agents-listener.ts'
import { databaseClock } from './clock.ts'
import type { ServerConfig } from './config.ts'
import { builtConsole, consoleRoutes } from './console-files.ts'
import { openServerDatabase } from './database.ts'
import { diskRoom, leastFree } from './disk-room.ts'
import { ServerError } from './errors.ts'
import { healthRoute } from './health.ts'
import { createModules, type Modules } from './modules.ts'
import { ensureOrganisation, organisationRoutes, organisations } from './organisation.ts'
import { ownRoles } from './own-roles.ts'

/** Numbered SQL files of every module, in the order they are run. */
export const migrationSets: readonly MigrationSet[] = [
  { name: 'ledger', directory: ledgerMigrations },
  { name: 'identity', directory: identityMigrations },
  { name: 'feeds', directory: feedsMigrations },
  { name: 'hosts', directory: hostsMigrations },
  { name: 'people', directory: peopleMigrations },
  { name: 'access', directory: accessMigrations },
  { name: 'data', directory: dataMigrations },
  { name: 'keys', directory: keysMigrations },
  { name: 'backups', directory: backupsMigrations },
  { name: 'residency', directory: residencyMigrations },
  { name: 'posture', directory: postureMigrations },
  { name: 'amendments', directory: amendmentsMigrations },
  { name: 'trust', directory: trustMigrations },
  { name: 'notices', directory: noticesMigrations },
]

/** What the server tells whoever started it while it comes up. */
export type Progress = (step: Bilingual) => void

export type ServerDeps = {
  readonly config: ServerConfig
  readonly version: string
  readonly logger: Logger
  /** Milliseconds of a clock that is never set and goes on while the machine sleeps. */
  readonly monotonic: () => number
  readonly progress: Progress
  /** This machine, declared as the organisation's first production host; null when no agent runs beside us. */
  readonly thisHost: { readonly id: string; readonly name: string } | null
  /** Used when the organisation is made. */
  readonly firstStart: { readonly name: string; readonly locale: Locale; readonly timeZone: TimeZone }
}

export type Server = {
  /** Where people reach it. */
  readonly origin: string
  readonly organisation: string
  readonly database: Bilingual
  /** How an agent on this host may look at a database of ours; null where it is the organisation's own. */
  readonly observerUrl: string | null
  /** A one-time link that makes an administrator; null when somebody can sign in already. */
  readonly firstLink: string | null
  /** Token for the agent of this host; null without one. */
  readonly agentToken: string | null
  readonly modules: Modules
  readonly routes: readonly DeclaredRoute[]
  /** Where agents of other hosts reach it, and what they can call there; null where they are not listened for. */
  readonly agents: { readonly address: string; readonly routes: readonly DeclaredRoute[] } | null
  /** A new one-time administrator link. */
  newLink(): Promise<string>
  stop(): Promise<void>
}

const bodyLimit = 8 * 2 ** 20
const clockAskedEvery = 30_000
/** A larger difference between the database's clock and monotonic time is a jump. */
const clockTolerance = 30_000

/** Brings the whole server up and listens. Throws ServerError or PostgresError with the remedy; nothing is left running then. */
export async function startServer(deps: ServerDeps): Promise<Server> {
  const { logger, version, progress } = deps
  const config = await withPort(deps.config)
  const undo: (() => Promise<unknown>)[] = []
  const stop = async () => {
    for (const step of undo.splice(0).reverse()) await step()
  }
  try {
    const tls = await readTls(config)
    const room = diskRoom(config.home, (enough) =>
      enough
        ? logger.info('There is room on the disk again; storing goes on')
        : logger.error({ path: config.home, free: room.free() }, 'The disk is full; nothing is stored'),
    )
    if (!room.enough()) throw noRoom(config.home, room.free())
    progress({ nb: 'Starter databasen', en: 'Starting the database' })
    const { db, description, observerUrl, rewrite, close } = await openServerDatabase(
      config,
      migrationSets,
      logger,
      room.enough,
    )
    undo.push(close)
    const clock = await databaseClock(db, deps.monotonic, clockTolerance)
    const asking = setInterval(() => {
      clock.sync().catch(() => undefined)
    }, clockAskedEvery)
    undo.push(async () => clearInterval(asking))

    const catalogue = await loadCatalogue()
    const origin = originOf(config)
    const organisation = await ensureOrganisation(db, clock, {
      ...deps.firstStart,
      hostName: new URL(origin).hostname.toLowerCase(),
    })
    const folder = await builtConsole(config.home, () =>
      progress({ nb: 'Bygger konsollen (første gang)', en: 'Building the console (first time)' }),
    )

    let stopping = false
    const modules = createModules({
      db,
      clock,
      monotonic: deps.monotonic,
      logger,
      catalogue,
      home: config.home,
      origin,
      witnesses: config.witnesses,
      agents: config.agents,
      rewrite,
      retention: config.retention,
      seals: config.seals,
      smtp: config.smtp,
      internalReceivers: config.internalReceivers,
      version,
    })
    const app = await createApp({
      logger,
      tls,
      bodyLimit,
      callsPerMinute: 1200,
      lists: '/v1/',
      fallbackLocale: organisation.locale,
      version,
      authenticate: (request) => authenticate(modules, request),
      organisationOf: organisations(db, clock),
    })
    const health = { db, version, room, isStopping: () => stopping }
    healthRoute(app, health)
    organisationRoutes(app, db, modules.ledger.record)
    for (const module of modules.all) module.register(app)
    await consoleRoutes(app, folder)

    progress({ nb: 'Åpner loggene og tar i bruk policyen', en: 'Opening the logs and adopting the policy' })
    await modules.ledger.open(organisation.id)
    const activated = await modules.posture.adopt(organisation.id)
    if (activated) await modules.amendments.takeUpCatalogue(organisation.id)
    const agentToken = await declareThisHost(modules, organisation.id, deps.thisHost)
    await modules.access.declareOwn(organisation.id, ownRoles(observerUrl, deps.thisHost))
    for (const module of modules.all) {
      undo.push(() => module.stop())
      await module.start()
    }
    const agents =
      config.agents === null
        ? null
        : await listenForAgents({
            listening: config.agents,
            home: config.home,
            origin: config.origin,
            organisation,
            modules,
            logger,
            bodyLimit,
            health,
            listen,
          })
    if (agents !== null) undo.push(agents.stop)
    undo.push(() => app.close())
    await listen(app, config)
    const newLink = () => modules.identity.firstLink(organisation.id)
    return {
      origin,
      organisation: organisation.id,
      database: description,
      observerUrl,
      firstLink: (await modules.identity.hasAccounts(organisation.id)) ? null : await newLink(),
      agentToken,
      modules,
      routes: app.declaredRoutes,
      agents: agents === null ? null : { address: agents.address, routes: agents.routes },
      newLink,
      async stop() {
        stopping = true
        await stop()
      },
    }
  } catch (error) {
    await stop()
    throw error
  }
}

async function authenticate({ identity, hosts }: Modules, request: FastifyRequest) {
  const bearer = /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1]
  if (bearer !== undefined) return hosts.authenticateAgent(request.organisation, bearer)
  const token = request.cookies[sessionCookie]
  return token === undefined ? null : identity.authenticate(request.organisation, token)
}

async function declareThisHost(
  { hosts }: Modules,
  organisation: string,
  host: ServerDeps['thisHost'],
): Promise<string | null> {
  if (host === null) return null
  await hosts.declare(organisation, { ...host, role: 'production', declaredBy: 'first-start' })
  return hosts.enrol(organisation, host.id)
}

function noRoom(path: string, free: number): ServerError {
  const mebibytes = (bytes: number) => String(Math.floor(bytes / 2 ** 20))
  return new ServerError('disk-full', { path, free: mebibytes(free), least: mebibytes(leastFree) })
}

async function listen(
  app: App,
  { address, port }: { readonly address: string; readonly port: number },
): Promise<void> {
  try {
    await app.listen({ host: address, port })
  } catch (error) {
    if (error instanceof Error && 'code' in error && (error.code === 'EADDRINUSE' || error.code === 'EACCES'))
      throw new ServerError('port-taken', { address, port: String(port) })
    throw error
  }
}

/** Where people reach a server with these settings, before it listens. */
function originOf({ origin, tls, address, port }: ServerConfig): string {
  return (
    origin ??
    `${tls === null ? 'http' : 'https'}://${address.includes(':') ? `[${address}]` : address}:${port}`
  )
}

/** The settings with ports that are free now where any were asked for. */
async function withPort(config: ServerConfig): Promise<ServerConfig> {
  const { agents } = config
  return {
    ...config,
    port: await freePort(config),
    agents: agents === null ? null : { ...agents, port: await freePort(agents) },
  }
}

async function freePort({
  address,
  port,
}: {
  readonly address: string
  readonly port: number
}): Promise<number> {
  if (port !== 0) return port
  const probe = createServer().listen(0, address)
  await once(probe, 'listening')
  const bound: AddressInfo | string | null = probe.address()
  probe.close()
  return typeof bound === 'object' && bound !== null ? bound.port : 0
}

async function readTls({
  tls,
}: ServerConfig): Promise<{ readonly key: string; readonly cert: string } | null> {
  if (tls === null) return null
  return { key: await readPem(tls.keyFile), cert: await readPem(tls.certFile) }
}

async function readPem(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8')
  } catch (error) {
    throw new ServerError('file-not-readable', {
      path,
      reason: error instanceof Error ? error.message : String(error),
    })
  }
}
