import { type App, RequestError } from '@hevd/http'
import { z } from 'zod'
import { actOf, type KeysContext } from '../context.ts'
import * as contract from '../contract.ts'
import { approveGrant, askGrant, listGrants, refuseGrant, revokeGrantBy } from '../grants.ts'
import { possibleHolders } from '../holders.ts'
import { listTokens, makeToken, revokeTokenBy } from '../tokens.ts'

const byId = z.object({ id: z.uuid() })

/** `/api/key-grants`, `/api/key-tokens` and `/api/key-holders`: who may use which key, and by which tokens. */
export function grantRoutes(app: App, context: KeysContext): void {
  app.get(
    '/api/key-grants',
    {
      config: { access: 'reader' },
      schema: { querystring: contract.grantsQuery, response: { 200: contract.grantList } },
    },
    ({ organisation, query }) => listGrants(context, organisation, query.show),
  )

  app.post(
    '/api/key-grants',
    {
      config: { access: 'reader' },
      schema: { body: contract.askingGrant, response: { 200: contract.grant } },
    },
    (request) => {
      forOneself(request, request.body.holder)
      return askGrant(context, actOf(request), request.body)
    },
  )

  const decisions = { approve: approveGrant, refuse: refuseGrant, revoke: revokeGrantBy } as const
  for (const [name, decide] of Object.entries(decisions))
    app.post(
      `/api/key-grants/:id/${name}`,
      { config: { access: 'administrator' }, schema: { params: byId, response: { 200: contract.grant } } },
      (request) => decide(context, actOf(request), request.params.id),
    )

  app.get(
    '/api/key-holders',
    { config: { access: 'reader' }, schema: { response: { 200: contract.holderList } } },
    async ({ organisation }) =>
      context.db.transaction(organisation, async (tx) => [
        ...(await possibleHolders(context, tx, organisation)),
      ]),
  )

  app.get(
    '/api/key-tokens',
    { config: { access: 'reader' }, schema: { response: { 200: contract.tokenList } } },
    ({ organisation }) => listTokens(context, organisation),
  )

  app.post(
    '/api/key-tokens',
    {
      config: { access: 'reader' },
      schema: { body: contract.makingToken, response: { 200: contract.madeToken } },
    },
    (request) => {
      const { holder } = request.body
      // Nobody makes a token that speaks for another account.
      if (holder.kind === 'account' && holder.id !== actOf(request).by) throw new RequestError('not-allowed')
      forOneself(request, holder)
      return makeToken(context, actOf(request), request.body)
    },
  )

  app.post(
    '/api/key-tokens/:id/revoke',
    { config: { access: 'reader' }, schema: { params: byId, response: { 200: z.null() } } },
    async (request) => {
      await revokeTokenBy(context, actOf(request), request.params.id, !isAdministrator(request))
      return null
    },
  )
}

type Asked = Parameters<typeof actOf>[0]

function isAdministrator({ principal }: Asked): boolean {
  return principal?.kind === 'account' && principal.role === 'administrator'
}

/** An administrator asks for anybody, a reader for oneself. Throws `not-allowed`. */
function forOneself(request: Asked, { kind, id }: contract.Holder): void {
  if (isAdministrator(request)) return
  if (kind !== 'account' || id !== actOf(request).by) throw new RequestError('not-allowed')
}
