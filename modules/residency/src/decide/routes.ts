import type { App, Request } from '@hevd/http'
import type { ResidencyContext } from '../context.ts'
import * as contract from '../contract.ts'
import { ResidencyError } from '../errors.ts'
import { reportPlacements } from '../placements.ts'
import { type Bearer, bearerOf } from '../tokens.ts'
import type { Counting } from './counting.ts'
import { type Answer, decide, isUnknown } from './decide.ts'

/** What applications call, each with its token. */
export function applicationRoutes(app: App, context: ResidencyContext, counting: Counting): void {
  const { db } = context
  const bearers = new WeakMap<Request, Bearer>()
  const config = { access: 'application', rateLimit: false } as const
  /** Before the query or body is looked at. */
  const onRequest = async (request: Request) => {
    bearers.set(request, await bearerOf(context, request.organisation, request.headers.authorization))
  }
  const bearer = (request: Request): Bearer => {
    const known = bearers.get(request)
    if (known === undefined) throw new ResidencyError('token-refused')
    return known
  }

  app.get(
    '/api/residency/decide',
    {
      config,
      onRequest,
      schema: {
        querystring: contract.deciding,
        response: { 200: contract.decision, 404: contract.decision },
      },
    },
    async (request, reply) => {
      const { organisation, query } = request
      const answer = await db.transaction(organisation, (tx) => decide(context, tx, organisation, query))
      const number = await counting.count(organisation, bearer(request).token, query, answer)
      reply.headers(cacheHeaders(answer, context.clock.now()))
      return reply.code(isUnknown(answer.why) ? 404 : 200).send({ ...answer, decision: number })
    },
  )

  app.post(
    '/api/residency/placements',
    { config, onRequest, schema: { body: contract.reporting, response: { 200: contract.reported } } },
    (request) => {
      const { service, reports } = bearer(request)
      if (!reports) throw new ResidencyError('token-only-asks')
      return reportPlacements(
        context,
        { organisation: request.organisation, by: `service/${service}` },
        request.body,
      )
    },
  )
}

/**
 * How long the answer may be kept, as HTTP says it (RFC 9111): whole seconds, never longer than `cacheableUntil`, by the
 * asking program alone. Every answer has a number of its own, so there is nothing to ask about again by an ETag.
 */
function cacheHeaders({ cacheableUntil }: Answer, now: number): Record<string, string> {
  const seconds = Math.floor((cacheableUntil - now) / 1000)
  if (seconds <= 0) return { 'cache-control': 'no-store' }
  return {
    'cache-control': `private, max-age=${seconds}`,
    vary: 'authorization',
    expires: new Date(now + seconds * 1000).toUTCString(),
  }
}
