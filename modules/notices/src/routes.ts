import { type App, type Principal, RequestError } from '@hevd/http'
import type { Tx } from '@hevd/postgres'
import { z } from 'zod'
import { askedOf } from './asked.ts'
import { channelsNow, dropWebhook, enableWebhook, enterWebhook, sendAgain, tryMail } from './channels.ts'
import * as contract from './contract.ts'
import type { AccountPrincipal, Ground } from './ground.ts'
import { calendarOf, changeOwn, dropCalendar, makeCalendar, ownNotices } from './own.ts'
import { newestDeliveries } from './store/deliveries.ts'

const nothing = z.null()
const byId = z.object({ id: z.uuid() })

export function noticesRoutes(app: App, ground: Ground): void {
  ownRoutes(app, ground)
  channelRoutes(app, ground)
}

/** What is asked of the caller, and how they are told. */
function ownRoutes(app: App, ground: Ground): void {
  const { db } = ground
  const config = { access: 'reader' as const }
  const read = <T>(organisation: string, run: (tx: Tx) => Promise<T>) =>
    db.transaction(organisation, run, { readOnly: true, isolation: 'repeatable read' })

  app.get('/api/asked', { config, schema: { response: { 200: contract.asked } } }, (request) => {
    const { organisation } = request
    return read(organisation, (tx) => askedOf(ground, tx, organisation, caller(request)))
  })

  app.get('/api/notices/own', { config, schema: { response: { 200: contract.ownNotices } } }, (request) => {
    const { organisation } = request
    return read(organisation, (tx) => ownNotices(ground, tx, organisation, caller(request).id))
  })

  app.put(
    '/api/notices/own',
    { config, schema: { body: contract.changingOwn, response: { 200: contract.ownNotices } } },
    (request) => {
      const { organisation, body } = request
      const { id } = caller(request)
      return db.transaction(organisation, async (tx) => {
        await changeOwn(ground, tx, organisation, id, body)
        return ownNotices(ground, tx, organisation, id)
      })
    },
  )

  app.post(
    '/api/notices/calendar',
    { config, schema: { response: { 200: contract.madeCalendar } } },
    async (request) => {
      const { organisation } = request
      const url = await db.transaction(organisation, (tx) =>
        makeCalendar(ground, tx, organisation, caller(request).id),
      )
      return { url }
    },
  )

  app.delete('/api/notices/calendar', { config, schema: { response: { 200: nothing } } }, async (request) => {
    const { organisation } = request
    await db.transaction(organisation, (tx) => dropCalendar(ground, tx, organisation, caller(request).id))
    return null
  })

  app.get(
    '/api/calendar/:token',
    {
      // Calendar programs cannot sign in: the address itself is the secret, 256 random bits of it.
      config: { access: 'public', rateLimit: { max: 60, timeWindow: '1 minute' } },
      schema: { params: z.object({ token: z.string().max(100) }), response: { 200: z.string() } },
    },
    async ({ organisation, params }, reply) => {
      const token = params.token.replace(/\.ics$/, '')
      const text = await read(organisation, (tx) => calendarOf(ground, tx, organisation, token))
      return reply
        .type('text/calendar; charset=utf-8')
        .header('cache-control', 'private, no-store')
        .serializer((body: unknown) => String(body))
        .send(text)
    },
  )
}

/** How notices leave the house. */
function channelRoutes(app: App, ground: Ground): void {
  const { db } = ground
  const config = { access: 'administrator' as const }

  app.get(
    '/api/notices/channels',
    { config, schema: { response: { 200: contract.channels } } },
    ({ organisation }) => db.transaction(organisation, (tx) => channelsNow(ground, tx, organisation)),
  )

  app.post(
    '/api/notices/mail/test',
    {
      config: { ...config, rateLimit: { max: 10, timeWindow: '1 minute' } },
      schema: { response: { 200: contract.mailTried } },
    },
    (request) => tryMail(ground, request.organisation, caller(request).id),
  )

  app.post(
    '/api/notices/webhooks',
    { config, schema: { body: contract.addingWebhook, response: { 200: contract.addedWebhook } } },
    (request) => {
      const { organisation, body } = request
      return db.transaction(organisation, (tx) =>
        enterWebhook(ground, tx, organisation, body, caller(request).id),
      )
    },
  )

  const changing = [
    ['DELETE', '/api/notices/webhooks/:id', dropWebhook],
    ['POST', '/api/notices/webhooks/:id/enable', enableWebhook],
    ['POST', '/api/notices/deliveries/:id/retry', sendAgain],
  ] as const
  for (const [method, url, change] of changing)
    app.route({
      method,
      url,
      config,
      schema: { params: byId, response: { 200: nothing } },
      handler: async (request) => {
        const { organisation, params } = request
        await db.transaction(organisation, (tx) =>
          change(ground, tx, organisation, params.id, caller(request).id),
        )
        return null
      },
    })

  app.get(
    '/api/notices/deliveries',
    { config, schema: { response: { 200: contract.deliveries } } },
    ({ organisation }) => db.transaction(organisation, (tx) => newestDeliveries(tx, organisation)),
  )
}

function caller({ principal }: { readonly principal: Principal | null }): AccountPrincipal {
  if (principal?.kind !== 'account') throw new RequestError('not-signed-in')
  return principal
}
