import { hash } from 'node:crypto'
import { TLSSocket } from 'node:tls'
import { type App, type Request, RequestError } from '@hevd/http'
import { z } from 'zod'
import * as contract from '../contract.ts'
import { protocolHeader, runHeader, versionHeader } from '../domain/versions.ts'
import { HostsError } from '../errors.ts'
import { refuseSkew, type Shown } from './authenticate.ts'
import type { AgentsContext } from './context.ts'
import { joinAgent } from './join.ts'
import { renewCertificate } from './renew.ts'
import { revokeAgent } from './revoke.ts'
import { listJoinTokens, makeJoinToken, withdrawJoinToken } from './tokens.ts'

const renewalPath = '/api/agent/renewal'

/** What administrators do about agents of other hosts. `address` is where those reach us; null where they do not. */
export function agentAdministration(app: App, context: AgentsContext, address: () => string | null): void {
  const id = z.object({ id: z.string().max(100) })
  const administrator = { access: 'administrator' } as const

  app.get(
    '/api/join-tokens',
    { config: administrator, schema: { response: { 200: contract.joinTokens } } },
    async ({ organisation }) => ({
      address: address(),
      tokens: [...(await listJoinTokens(context, organisation))],
    }),
  )

  app.post(
    '/api/join-tokens',
    {
      config: administrator,
      schema: { body: contract.makingJoinToken, response: { 200: contract.offeredJoinToken } },
    },
    async (request) => {
      const server = address()
      if (server === null) throw new HostsError('agents-off')
      const made = await makeJoinToken(context, request.organisation, request.body, accountOf(request))
      return { ...made, command: `hevd agent join ${server} ${made.token}` }
    },
  )

  app.delete(
    '/api/join-tokens/:id',
    { config: administrator, schema: { params: z.object({ id: z.uuid() }), response: { 200: z.null() } } },
    async (request) => {
      await withdrawJoinToken(context, request.organisation, request.params.id, accountOf(request))
      return null
    },
  )

  app.delete(
    '/api/hosts/:id/agent',
    { config: administrator, schema: { params: id, response: { 200: z.null() } } },
    async (request) => {
      await revokeAgent(context, request.organisation, request.params.id, accountOf(request))
      return null
    },
  )
}

/** What agents of other hosts call, on their own listener alone. */
export function agentRoutes(app: App, context: AgentsContext): void {
  app.addHook('onSend', async (_request, reply) => {
    reply.header(protocolHeader, context.config.protocol).header(versionHeader, context.version)
  })

  app.post(
    '/api/agent/join',
    {
      // Bounds work alone, since no one guesses 256 bits: hundreds of hosts behind one address are installed at once.
      config: { access: 'public', rateLimit: { max: 1200, timeWindow: '1 minute' } },
      bodyLimit: 16_384,
      schema: { body: contract.joining, response: { 200: contract.joined } },
    },
    async ({ organisation, body, headers }) => {
      refuseSkew(context, toldIn(headers))
      return joinAgent(context, organisation, body)
    },
  )

  app.post(
    renewalPath,
    {
      config: { access: 'agent' },
      bodyLimit: 16_384,
      schema: { body: contract.renewing, response: { 200: contract.renewed } },
    },
    async (request) => {
      const shown = shownBy(request)
      if (shown === null) throw new RequestError('not-signed-in')
      return renewCertificate(context, request.organisation, shown.fingerprint, request.body)
    },
  )

  app.post(
    '/api/agent/leave',
    { config: { access: 'agent' }, schema: { response: { 200: z.null() } } },
    async (request) => {
      if (request.principal?.kind !== 'agent') throw new RequestError('not-signed-in')
      await revokeAgent(context, request.organisation, request.principal.host, null)
      return null
    },
  )
}

/** What a request on the agents' listener shows of who asks; null without a client certificate. */
export function shownBy({ raw, headers, routeOptions }: Request): Shown | null {
  if (!(raw.socket instanceof TLSSocket)) return null
  const certificate = raw.socket.getPeerX509Certificate()
  // Times are judged by the organisation's own clock, everything else of the chain by TLS.
  const { authorized, authorizationError: fault } = raw.socket
  if (certificate === undefined || (!authorized && !timeFaults.has(String(fault)))) return null
  return {
    fingerprint: hash('sha256', certificate.raw, 'buffer'),
    renewing: routeOptions.url === renewalPath,
    ...toldIn(headers),
  }
}

/** What an agent tells of itself in the headers of a request. */
function toldIn(headers: Request['headers']): Pick<Shown, 'protocol' | 'version' | 'run'> {
  const told = (name: string) => {
    const value = headers[name]
    return typeof value === 'string' && value.length <= 100 ? value : null
  }
  const [number, run] = [told(protocolHeader), told(runHeader)]
  return {
    protocol: number !== null && /^\d{1,6}$/.test(number) ? Number(number) : null,
    version: told(versionHeader),
    run: z.uuid().safeParse(run).success ? run : null,
  }
}

const timeFaults: ReadonlySet<string> = new Set(['CERT_HAS_EXPIRED', 'CERT_NOT_YET_VALID'])

function accountOf(request: Request): string {
  if (request.principal?.kind !== 'account') throw new RequestError('not-signed-in')
  return request.principal.id
}
