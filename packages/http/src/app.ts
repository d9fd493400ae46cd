import type { ServerOptions } from 'node:https'
import type { Duplex } from 'node:stream'
import cookie from '@fastify/cookie'
import helmet from '@fastify/helmet'
import rateLimit from '@fastify/rate-limit'
import swagger from '@fastify/swagger'
import type { Locale } from '@hevd/core'
import fastify, {
  type FastifyBaseLogger,
  type FastifyInstance,
  type FastifyRequest,
  LogController,
  type RawReplyDefaultExpression,
  type RawRequestDefaultExpression,
  type RawServerDefault,
} from 'fastify'
import {
  jsonSchemaTransform,
  serializerCompiler,
  validatorCompiler,
  type ZodTypeProvider,
} from 'fastify-type-provider-zod'
import { type Access, allows, type Principal } from './access.ts'
import { answerFaults } from './faults.ts'
import { readAsList } from './list-verb.ts'
import { localeOf } from './locale.ts'
import { RequestError } from './problem.ts'

/** The server's application: Fastify with zod contracts. */
export type App = FastifyInstance<
  RawServerDefault,
  RawRequestDefaultExpression,
  RawReplyDefaultExpression,
  FastifyBaseLogger,
  ZodTypeProvider
>

/** A route as it was registered, with who may call it. */
export type DeclaredRoute = { readonly method: string; readonly url: string; readonly access: Access }

declare module 'fastify' {
  interface FastifyInstance {
    /** Every route of the application, in the order of registration. */
    readonly declaredRoutes: readonly DeclaredRoute[]
  }
  interface FastifyContextConfig {
    /** Who may call it; a route without it is refused at start. */
    access?: Access
    /** Of a route for auditors: it tells nothing of any period, so that each of them may call it. */
    ofNoPeriod?: boolean
  }
  interface FastifyRequest {
    principal: Principal | null
    /** Organisation of the host name that was asked for. */
    organisation: string
    locale: Locale
  }
}

/**
 * Key and certificate in PEM. `clientsOf` is the PEM of an authority whose client certificates are asked for, over TLS
 * 1.3 alone. Who shows none, or one that has expired, is still let in: `authenticate` judges what was shown.
 */
export type Tls = { readonly key: string; readonly cert: string; readonly clientsOf?: string }

export type AppOptions = {
  readonly logger: FastifyBaseLogger
  /** Null on loopback only. */
  readonly tls: Tls | null
  /** Largest body in bytes, unless a route says otherwise. */
  readonly bodyLimit: number
  /** Calls a minute from one address. */
  readonly callsPerMinute: number
  readonly fallbackLocale: Locale
  readonly version: string
  /** Beginning of the paths that can be asked for by the verb LIST too, as `GET …?list=true`; none if not given. */
  readonly lists?: string
  /** Whether `/api/openapi.json` tells of its routes; true. */
  readonly describes?: boolean
  authenticate(request: FastifyRequest): Promise<Principal | null>
  /** Organisation that a host name stands for. */
  organisationOf(hostname: string): Promise<string>
}

/** Nothing from elsewhere, no inline script or style, no frame (OWASP ASVS 5.0, V3.4). */
const contentSecurityPolicy = {
  useDefaults: false,
  directives: {
    defaultSrc: ["'none'"],
    scriptSrc: ["'self'"],
    styleSrc: ["'self'"],
    imgSrc: ["'self'", 'data:'],
    fontSrc: ["'self'"],
    connectSrc: ["'self'"],
    manifestSrc: ["'self'"],
    formAction: ["'self'"],
    baseUri: ["'none'"],
    frameAncestors: ["'none'"],
  },
}

/**
 * The application every module adds its routes to. Deny by default: registering a route that does not say who may
 * call it throws, and a caller without the right is answered before the route runs.
 */
export async function createApp(options: AppOptions): Promise<App> {
  const server = fastify({
    loggerInstance: options.logger,
    bodyLimit: options.bodyLimit,
    logController: new LogController({ disableRequestLogging: true }),
    forceCloseConnections: true,
    clientErrorHandler: (error, socket) => answerClientError(error, socket, options.lists),
    ...(options.tls === null ? {} : { https: httpsOptions(options.tls) }),
  })
  const app: App = server.withTypeProvider<ZodTypeProvider>()
  app.setValidatorCompiler(validatorCompiler)
  app.setSerializerCompiler(serializerCompiler)
  answerFaults(app)
  const declared: DeclaredRoute[] = []
  app.decorate('declaredRoutes', declared)
  app.addHook('onRoute', (route) => {
    const access = route.config?.access
    if (access === undefined)
      throw new Error(`Route ${String(route.method)} ${route.url} does not say who may call it`)
    for (const method of [route.method].flat()) declared.push({ method, url: route.url, access })
  })
  app.decorateRequest('principal', null)
  app.decorateRequest('organisation', '')
  app.decorateRequest('locale', options.fallbackLocale)

  await app.register(helmet, {
    contentSecurityPolicy,
    hsts: options.tls !== null,
    referrerPolicy: { policy: 'no-referrer' },
  })
  await app.register(rateLimit, {
    max: options.callsPerMinute,
    errorResponseBuilder: () => new RequestError('too-many'),
  })
  await app.register(cookie)
  await app.register(swagger, {
    openapi: { info: { title: 'Hevd', version: options.version } },
    transform: jsonSchemaTransform,
  })
  app.addHook('onRequest', async (request) => {
    request.locale = localeOf(queried(request), request.headers['accept-language'], options.fallbackLocale)
    request.organisation = await options.organisationOf(request.hostname)
    const { access, ofNoPeriod = false } = request.routeOptions.config
    if (access === undefined) throw new RequestError('not-found')
    if (access !== 'agent' && !sameOrigin(request)) throw new RequestError('wrong-origin')
    if (access === 'public' || access === 'key-token' || access === 'application') return
    request.principal = await options.authenticate(request)
    if (request.principal === null) throw new RequestError('not-signed-in')
    if (!allows(access, request.principal, { period: periodOf(request), ofNoPeriod }))
      throw new RequestError('not-allowed')
  })
  if (options.describes ?? true)
    app.get('/api/openapi.json', { config: { access: 'public' }, schema: { hide: true } }, async () =>
      app.swagger(),
    )
  return app
}

/** A request that the parser refused: read again where it is a list, told as bad otherwise. */
function answerClientError(error: Error, socket: Duplex, lists: string | undefined): void {
  if (lists !== undefined && readAsList(error, socket, lists)) return
  const head = ['HTTP/1.1 400 Bad Request', 'Connection: close', 'Content-Length: 0', '', '']
  if (socket.writable) socket.end(head.join('\r\n'))
  else socket.destroy()
}

function httpsOptions({ key, cert, clientsOf }: Tls): ServerOptions {
  if (clientsOf === undefined) return { key, cert }
  return { key, cert, ca: clientsOf, requestCert: true, rejectUnauthorized: false, minVersion: 'TLSv1.3' }
}

function queried(request: FastifyRequest): string | undefined {
  const { query } = request
  const asked =
    typeof query === 'object' && query !== null && 'lang' in query
      ? query.lang
      : request.cookies?.['hevd-locale']
  return typeof asked === 'string' ? asked : undefined
}

/** The period that a call names in its path. */
function periodOf({ params }: FastifyRequest): string | null {
  if (typeof params !== 'object' || params === null || !('period' in params)) return null
  return typeof params.period === 'string' ? params.period : null
}

/** A changing call from a browser must come from our own pages; what is no browser sends no Origin. */
function sameOrigin(request: FastifyRequest): boolean {
  if (request.method === 'GET' || request.method === 'HEAD') return true
  const { origin } = request.headers
  if (origin === undefined) return request.headers['sec-fetch-site'] === undefined
  return URL.canParse(origin) && new URL(origin).host === request.host
}
