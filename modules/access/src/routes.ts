import { type App, type Principal, RequestError } from '@hevd/http'
import { sentFile } from '@hevd/register-file'
import { imported, importing, previewing, type SentFile } from '@hevd/register-file/contract'
import { z } from 'zod'
import * as contract from './contract.ts'
import { AccessError } from './errors.ts'
import { endAccess, importGrants, previewImport, putGrant, reviewGrant } from './grants.ts'
import { listGrants } from './listing.ts'
import type { Act, RegisterDeps } from './register.ts'
import { seenPlaces } from './store.ts'

export function accessRoutes(app: App, deps: RegisterDeps): void {
  const { db, clock, config } = deps
  const byId = z.object({ id: z.string().trim().min(1).max(300) })
  const nothing = z.null()
  /** JSON escapes, or base64, make a file larger. */
  const bodyLimit = config.fileBytes * 2

  app.get(
    '/api/access',
    {
      config: { access: 'reader' },
      schema: { querystring: contract.accessQuery, response: { 200: contract.grantPage } },
    },
    async ({ organisation, query }) => {
      const asked = {
        q: (query.q ?? '').toLocaleLowerCase('nb'),
        show: query.show,
        after: placeOf(query.cursor),
        limit: query.limit,
      }
      const { items, last, total } = await db.transaction(organisation, (tx) =>
        listGrants(deps, tx, organisation, clock.now(), asked),
      )
      const next = last === null ? null : Buffer.from(JSON.stringify(last)).toString('base64url')
      return { items: [...items], next, total }
    },
  )

  app.get(
    '/api/access/places',
    { config: { access: 'reader' }, schema: { response: { 200: contract.accessPlaces } } },
    ({ organisation }) => db.transaction(organisation, (tx) => seenPlaces(tx, organisation)),
  )

  app.put(
    '/api/access/:id',
    {
      config: { access: 'administrator' },
      schema: { params: byId, body: contract.puttingGrant, response: { 200: contract.accessGrant } },
    },
    (request) => putGrant(deps, actOf(request), request.params.id, request.body),
  )

  app.post(
    '/api/access/:id/review',
    {
      config: { access: 'administrator' },
      schema: {
        params: byId,
        body: z.object({ was: contract.accessGrant.nullable() }),
        response: { 200: nothing },
      },
    },
    async (request) => {
      await reviewGrant(deps, actOf(request), request.params.id, request.body.was)
      return null
    },
  )

  app.post(
    '/api/access/:id/end',
    { config: { access: 'administrator' }, schema: { params: byId, response: { 200: nothing } } },
    async (request) => {
      await endAccess(deps, actOf(request), request.params.id)
      return null
    },
  )

  app.post(
    '/api/access/import/preview',
    {
      config: { access: 'administrator' },
      bodyLimit,
      schema: { body: previewing, response: { 200: contract.importPreview } },
    },
    (request) => previewImport(deps, actOf(request), fileOf(request.body)),
  )

  app.post(
    '/api/access/import',
    {
      config: { access: 'administrator' },
      bodyLimit,
      schema: { body: importing, response: { 200: imported } },
    },
    (request) => importGrants(deps, actOf(request), fileOf(request.body), request.body),
  )
}

const place = z.object({ until: z.iso.date(), id: z.string() })

/** The place a cursor stands for; null for the beginning, and for what is no cursor of ours. */
function placeOf(cursor: string | undefined): z.infer<typeof place> | null {
  if (cursor === undefined) return null
  try {
    return place.safeParse(JSON.parse(Buffer.from(cursor, 'base64url').toString())).data ?? null
  } catch {
    return null
  }
}

type Asked = { readonly principal: Principal | null; readonly organisation: string }

function actOf({ principal, organisation }: Asked): Act {
  if (principal?.kind !== 'account') throw new RequestError('not-signed-in')
  return { organisation, by: principal.id }
}

function fileOf(body: SentFile): string | Uint8Array {
  const file = sentFile(body)
  if (file === null) throw new AccessError('file-missing')
  return file
}
