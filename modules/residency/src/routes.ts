import { type App, cursorOf, placeOf } from '@hevd/http'
import { sentFile } from '@hevd/register-file'
import { imported, importing, previewing, type SentFile } from '@hevd/register-file/contract'
import { z } from 'zod'
import { actOf, type ResidencyContext } from './context.ts'
import * as contract from './contract.ts'
import { customerPart } from './customers.ts'
import { storePart } from './data-stores.ts'
import { decide } from './decide/decide.ts'
import { ResidencyError } from './errors.ts'
import { enterFacility, listHostPlaces, removeFacility } from './facilities.ts'
import { endItem, importItems, previewItems, putItem } from './kept.ts'
import { listCustomers, listStores } from './listing.ts'
import { reportPlacements } from './placements.ts'
import { placesOfStores } from './store/data-stores.ts'
import { attest, listSubprocessors, subprocessorPart, withdraw } from './subprocessors.ts'
import { listTokens, makeToken, revokeTokenBy } from './tokens.ts'

const place = z.object({ sort: z.string(), id: z.string() })
const byId = z.object({ id: z.string().trim().min(1).max(100) })
const nothing = z.null()
const administrator = { access: 'administrator' } as const
const reader = { access: 'reader' } as const

const askedBy = (query: z.infer<typeof contract.listQuery>) => ({
  q: (query.q ?? '').toLocaleLowerCase('nb'),
  after: placeOf(place, query.cursor),
  limit: query.limit,
})

/** An entry under the id of its address. Throws `id-differs`. */
function entered<Item extends { readonly id?: string | undefined }>(
  id: string,
  said: Item,
): Item & { readonly id: string } {
  if (said.id !== undefined && said.id !== id) throw new ResidencyError('id-differs')
  return { ...said, id }
}

function fileOf(body: SentFile): string | Uint8Array {
  const file = sentFile(body)
  if (file === null) throw new ResidencyError('file-missing')
  return file
}

/** What people call, from the console. */
export function residencyRoutes(app: App, context: ResidencyContext): void {
  customerRoutes(app, context)
  storeRoutes(app, context)
  subprocessorRoutes(app, context)
  otherRoutes(app, context)
}

function customerRoutes(app: App, context: ResidencyContext): void {
  const { db, config } = context
  const bodyLimit = config.fileBytes * 2
  app.get(
    '/api/residency/customers',
    { config: reader, schema: { querystring: contract.listQuery, response: { 200: contract.customerPage } } },
    ({ organisation, query }) =>
      db.transaction(organisation, async (tx) => {
        const { items, last, total } = await listCustomers(context, tx, organisation, askedBy(query))
        return { items: [...items], next: cursorOf(last), total }
      }),
  )
  app.put(
    '/api/residency/customers/:id',
    {
      config: administrator,
      schema: { params: byId, body: contract.puttingCustomer, response: { 200: contract.customer } },
    },
    (request) => {
      const { was, ...said } = request.body
      return putItem(context, customerPart, actOf(request), entered(request.params.id, said), was)
    },
  )
  app.delete(
    '/api/residency/customers/:id',
    { config: administrator, schema: { params: byId, response: { 200: nothing } } },
    async (request) => {
      await endItem(context, customerPart, actOf(request), request.params.id)
      return null
    },
  )
  app.post(
    '/api/residency/customers/import/preview',
    {
      config: administrator,
      bodyLimit,
      schema: { body: previewing, response: { 200: contract.customersPreview } },
    },
    (request) => previewItems(context, customerPart, request.organisation, fileOf(request.body)),
  )
  app.post(
    '/api/residency/customers/import',
    { config: administrator, bodyLimit, schema: { body: importing, response: { 200: imported } } },
    (request) => importItems(context, customerPart, actOf(request), fileOf(request.body), request.body),
  )
}

function storeRoutes(app: App, context: ResidencyContext): void {
  const { db, config } = context
  const bodyLimit = config.fileBytes * 2
  app.get(
    '/api/residency/stores',
    { config: reader, schema: { querystring: contract.listQuery, response: { 200: contract.storePage } } },
    ({ organisation, query }) =>
      db.transaction(organisation, async (tx) => {
        const { items, last, total } = await listStores(context, tx, organisation, askedBy(query))
        return { items: [...items], next: cursorOf(last), total }
      }),
  )
  app.put(
    '/api/residency/stores/:id',
    {
      config: administrator,
      schema: { params: byId, body: contract.puttingStore, response: { 200: contract.dataStore } },
    },
    (request) => {
      const { was, ...said } = request.body
      return putItem(context, storePart, actOf(request), entered(request.params.id, said), was)
    },
  )
  app.delete(
    '/api/residency/stores/:id',
    { config: administrator, schema: { params: byId, response: { 200: nothing } } },
    async (request) => {
      await endItem(context, storePart, actOf(request), request.params.id)
      return null
    },
  )
  app.post(
    '/api/residency/stores/import/preview',
    {
      config: administrator,
      bodyLimit,
      schema: { body: previewing, response: { 200: contract.storesPreview } },
    },
    (request) => previewItems(context, storePart, request.organisation, fileOf(request.body)),
  )
  app.post(
    '/api/residency/stores/import',
    { config: administrator, bodyLimit, schema: { body: importing, response: { 200: imported } } },
    (request) => importItems(context, storePart, actOf(request), fileOf(request.body), request.body),
  )
}

function subprocessorRoutes(app: App, context: ResidencyContext): void {
  app.get(
    '/api/residency/subprocessors',
    { config: reader, schema: { response: { 200: contract.listedSubprocessors } } },
    ({ organisation }) => listSubprocessors(context, organisation),
  )
  app.put(
    '/api/residency/subprocessors/:id',
    {
      config: administrator,
      schema: { params: byId, body: contract.puttingSubprocessor, response: { 200: contract.subprocessor } },
    },
    (request) => {
      const { was, ...said } = request.body
      return putItem(context, subprocessorPart, actOf(request), entered(request.params.id, said), was)
    },
  )
  app.delete(
    '/api/residency/subprocessors/:id',
    { config: administrator, schema: { params: byId, response: { 200: nothing } } },
    async (request) => {
      await endItem(context, subprocessorPart, actOf(request), request.params.id)
      return null
    },
  )
  app.post(
    '/api/residency/subprocessors/:id/attestations',
    {
      config: administrator,
      schema: { params: byId, body: contract.attestation, response: { 200: nothing } },
    },
    async (request) => {
      await attest(context, actOf(request), request.params.id, request.body)
      return null
    },
  )
  app.delete(
    '/api/residency/attestations/:id',
    { config: administrator, schema: { params: z.object({ id: z.uuid() }), response: { 200: nothing } } },
    async (request) => {
      await withdraw(context, actOf(request), request.params.id)
      return null
    },
  )
}

function otherRoutes(app: App, context: ResidencyContext): void {
  const { db } = context
  app.get(
    '/api/residency/places',
    { config: reader, schema: { response: { 200: contract.placeSummaries } } },
    ({ organisation }) => db.transaction(organisation, (tx) => placesOfStores(tx, organisation)),
  )
  app.get(
    '/api/residency/hosts',
    { config: reader, schema: { response: { 200: contract.hostPlaces } } },
    ({ organisation }) => listHostPlaces(context, organisation),
  )
  app.put(
    '/api/residency/hosts/:id',
    { config: administrator, schema: { params: byId, body: contract.facility, response: { 200: nothing } } },
    async (request) => {
      await enterFacility(context, actOf(request), request.params.id, request.body)
      return null
    },
  )
  app.delete(
    '/api/residency/hosts/:id',
    { config: administrator, schema: { params: byId, response: { 200: nothing } } },
    async (request) => {
      await removeFacility(context, actOf(request), request.params.id)
      return null
    },
  )
  app.post(
    '/api/residency/placements/by-hand',
    { config: administrator, schema: { body: contract.reporting, response: { 200: contract.reported } } },
    (request) => reportPlacements(context, actOf(request), request.body),
  )
  app.get(
    '/api/residency/try',
    { config: reader, schema: { querystring: contract.deciding, response: { 200: contract.decision } } },
    ({ organisation, query }) =>
      db.transaction(organisation, async (tx) => ({
        ...(await decide(context, tx, organisation, query)),
        decision: null,
      })),
  )
  app.get(
    '/api/residency/tokens',
    { config: administrator, schema: { response: { 200: contract.tokens } } },
    ({ organisation }) => listTokens(context, organisation),
  )
  app.post(
    '/api/residency/tokens',
    { config: administrator, schema: { body: contract.makingToken, response: { 200: contract.madeToken } } },
    (request) => makeToken(context, actOf(request), request.body),
  )
  app.delete(
    '/api/residency/tokens/:id',
    { config: administrator, schema: { params: z.object({ id: z.uuid() }), response: { 200: nothing } } },
    async (request) => {
      await revokeTokenBy(context, actOf(request), request.params.id)
      return null
    },
  )
}
