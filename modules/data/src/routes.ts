import { type App, cursorOf, type Principal, placeOf, RequestError } from '@hevd/http'
import { sentFile } from '@hevd/register-file'
import { imported, importing, previewing, type SentFile } from '@hevd/register-file/contract'
import { z } from 'zod'
import * as contract from './contract.ts'
import { importDataSets, previewImport, putDataSet, removeDataSet, reviewDataSet } from './data-sets.ts'
import { DataError } from './errors.ts'
import { type Act, peopleNamed, type RegisterDeps } from './register.ts'
import { pageOfDataSets } from './store.ts'

const place = z.object({ sort: z.string(), id: z.string() })

export function dataRoutes(app: App, deps: RegisterDeps): void {
  const { db, config } = deps
  const byId = z.object({ id: z.string().trim().min(1).max(100) })
  const nothing = z.null()
  /** JSON escapes, or base64, make a file larger. */
  const bodyLimit = config.fileBytes * 2

  app.get(
    '/api/data-sets',
    {
      config: { access: 'reader' },
      schema: { querystring: contract.dataSetsQuery, response: { 200: contract.dataSetPage } },
    },
    ({ organisation, query }) =>
      db.transaction(organisation, async (tx) => {
        const asked = {
          q: (query.q ?? '').toLocaleLowerCase('nb'),
          after: placeOf(place, query.cursor),
          limit: query.limit,
        }
        const { sets, last, total } = await pageOfDataSets(tx, organisation, asked)
        const named = await peopleNamed(
          deps,
          tx,
          organisation,
          sets.map(({ owner }) => owner),
        )
        const items = sets.map(({ reviews, ...set }) => ({
          ...set,
          ownerName: named.get(set.owner ?? '') ?? null,
          reviewedAt: reviews.at(-1) ?? null,
        }))
        return { items, next: cursorOf(last), total }
      }),
  )

  app.put(
    '/api/data-sets/:id',
    {
      config: { access: 'administrator' },
      schema: { params: byId, body: contract.puttingDataSet, response: { 200: contract.dataSet } },
    },
    (request) => putDataSet(deps, actOf(request), request.params.id, request.body),
  )

  app.post(
    '/api/data-sets/:id/review',
    {
      config: { access: 'administrator' },
      schema: { params: byId, body: contract.reviewingDataSet, response: { 200: nothing } },
    },
    async (request) => {
      await reviewDataSet(deps, actOf(request), request.params.id, request.body.was)
      return null
    },
  )

  app.delete(
    '/api/data-sets/:id',
    { config: { access: 'administrator' }, schema: { params: byId, response: { 200: nothing } } },
    async (request) => {
      await removeDataSet(deps, actOf(request), request.params.id)
      return null
    },
  )

  app.post(
    '/api/data-sets/import/preview',
    {
      config: { access: 'administrator' },
      bodyLimit,
      schema: { body: previewing, response: { 200: contract.importPreview } },
    },
    (request) => previewImport(deps, request.organisation, fileOf(request.body)),
  )

  app.post(
    '/api/data-sets/import',
    {
      config: { access: 'administrator' },
      bodyLimit,
      schema: { body: importing, response: { 200: imported } },
    },
    (request) => importDataSets(deps, actOf(request), fileOf(request.body), request.body),
  )
}

type Asked = { readonly principal: Principal | null; readonly organisation: string }

export function actOf({ principal, organisation }: Asked): Act {
  if (principal?.kind !== 'account') throw new RequestError('not-signed-in')
  return { organisation, by: principal.id }
}

function fileOf(body: SentFile): string | Uint8Array {
  const file = sentFile(body)
  if (file === null) throw new DataError('file-missing')
  return file
}
