import { type App, RequestError } from '@hevd/http'
import type { FastifyRequest } from 'fastify'
import { z } from 'zod'
import type { Assets } from './assets.ts'
import { changePublicity, publicities } from './change-publicity.ts'
import * as contract from './contract.ts'
import { controlProofOf } from './control-proof.ts'
import type { Context } from './deps.ts'
import { TrustError } from './errors.ts'
import { openingOf } from './opening.ts'
import { emptyPage, trustPage } from './page/page.ts'
import { trustView } from './view.ts'

export type RouteDeps = Context & {
  readonly assets: Assets
  /** Publishes soon what was decided. */
  readonly wake: () => void
}

export function trustRoutes(app: App, deps: RouteDeps): void {
  const { assets, catalogue, origin } = deps
  const page = z.string().describe('HTML')

  app.get(
    '/trust',
    {
      config: { access: 'public' },
      schema: { querystring: z.object({ lang: z.string().optional() }), response: { 200: page, 503: page } },
    },
    async ({ organisation, locale }, reply) => {
      reply
        .type('text/html; charset=utf-8')
        .header('content-language', locale)
        .header('vary', 'accept-language, cookie')
        .header('cache-control', 'no-cache')
      try {
        const view = await trustView(deps, organisation)
        return reply.send(trustPage({ view, locale, catalogue, preload: assets.scripts, origin }))
      } catch (error) {
        if (error instanceof TrustError) return reply.code(503).send(emptyPage(locale, error.words))
        throw error
      }
    },
  )

  app.get(
    '/trust/*',
    {
      config: { access: 'public', rateLimit: false },
      schema: { params: z.object({ '*': z.string().max(200) }), response: { 200: z.instanceof(Uint8Array) } },
    },
    async ({ params }, reply) => {
      const asset = assets.files.get(params['*'])
      if (asset === undefined) throw new RequestError('not-found')
      const kept = asset.type.startsWith('font/') ? 'public, max-age=2592000' : 'no-cache'
      return reply.type(asset.type).header('cache-control', kept).send(asset.content)
    },
  )

  app.get(
    '/api/trust',
    { config: { access: 'public' }, schema: { response: { 200: contract.trustView } } },
    ({ organisation }) => trustView(deps, organisation),
  )

  app.get(
    '/api/trust/shows',
    { config: { access: 'reader' }, schema: { response: { 200: contract.publicities } } },
    ({ organisation }) => publicities(deps, organisation),
  )

  app.put(
    '/api/trust/shows',
    {
      config: { access: 'administrator' },
      schema: { body: contract.changingPublicity, response: { 200: contract.publicities } },
    },
    async (request) => {
      await changePublicity(deps, request.organisation, request.body.controls, signedIn(request))
      deps.wake()
      return publicities(deps, request.organisation)
    },
  )

  app.get(
    '/api/trust/controls/:id',
    {
      config: { access: 'reader' },
      schema: { params: z.object({ id: z.string() }), response: { 200: contract.controlProof } },
    },
    ({ organisation, params }) => controlProofOf(deps, organisation, params.id),
  )

  app.get(
    '/api/trust/controls/:id/opening',
    {
      config: { access: 'administrator' },
      schema: {
        params: z.object({ id: z.string() }),
        querystring: z.object({ sequence: z.coerce.number().int().positive() }),
        response: { 200: contract.opening },
      },
    },
    ({ organisation, params, query }) => openingOf(deps, organisation, params.id, query.sequence),
  )
}

function signedIn({ principal }: FastifyRequest): string {
  if (principal?.kind !== 'account') throw new RequestError('not-signed-in')
  return principal.id
}
