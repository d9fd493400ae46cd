import { type App, cursorOf, type Principal, placeOf, RequestError } from '@hevd/http'
import { sentFile } from '@hevd/register-file'
import { imported, importing, previewing, type SentFile } from '@hevd/register-file/contract'
import { z } from 'zod'
import * as contract from './contract.ts'
import { PeopleError } from './errors.ts'
import { declareOwner, enterService, removeService } from './owners.ts'
import { accountPlace, personPlace } from './paging.ts'
import { importPeople, previewImport, putPerson } from './people.ts'
import type { Act, RegisterDeps } from './register.ts'
import { pageOfOwners } from './store/owners.ts'
import { allServices, pageOfPeople } from './store/people.ts'

export function peopleRoutes(app: App, deps: RegisterDeps): void {
  const { db, config, names } = deps
  const byId = z.object({ id: z.string().trim().min(1).max(100) })
  const nothing = z.null()
  /** JSON escapes, or base64, make a file larger. */
  const bodyLimit = config.fileBytes * 2

  app.get(
    '/api/people',
    {
      config: { access: 'reader' },
      schema: { querystring: contract.peopleQuery, response: { 200: contract.personPage } },
    },
    async ({ organisation, query }) => {
      const after = placeOf(personPlace, query.cursor)
      const asked = { q: searched(query.q), after, limit: query.limit }
      const page = await db.transaction(organisation, (tx) => pageOfPeople(tx, organisation, asked))
      return { items: [...page.people], next: cursorOf(page.last), total: page.total }
    },
  )

  app.put(
    '/api/people/:id',
    {
      config: { access: 'administrator' },
      schema: { params: byId, body: contract.puttingPerson, response: { 200: contract.person } },
    },
    (request) => putPerson(deps, actOf(request), request.params.id, request.body),
  )

  app.post(
    '/api/people/import/preview',
    {
      config: { access: 'administrator' },
      bodyLimit,
      schema: { body: previewing, response: { 200: contract.importPreview } },
    },
    (request) => previewImport(deps, request.organisation, fileOf(request.body)),
  )

  app.post(
    '/api/people/import',
    {
      config: { access: 'administrator' },
      bodyLimit,
      schema: { body: importing, response: { 200: imported } },
    },
    (request) => importPeople(deps, actOf(request), fileOf(request.body), request.body),
  )

  app.get(
    '/api/services',
    { config: { access: 'reader' }, schema: { response: { 200: z.array(contract.listedService) } } },
    ({ organisation }) => db.transaction(organisation, (tx) => allServices(tx, organisation)),
  )

  app.put(
    '/api/services/:id',
    {
      config: { access: 'administrator' },
      schema: { params: byId, body: contract.puttingService, response: { 200: contract.namedService } },
    },
    (request) => enterService(deps, actOf(request), request.params.id, request.body),
  )

  app.delete(
    '/api/services/:id',
    { config: { access: 'administrator' }, schema: { params: byId, response: { 200: nothing } } },
    async (request) => {
      await removeService(deps, actOf(request), request.params.id)
      return null
    },
  )

  app.get(
    '/api/account-owners',
    {
      config: { access: 'reader' },
      schema: { querystring: contract.ownersQuery, response: { 200: contract.ownerPage } },
    },
    async ({ organisation, query }) => {
      const after = placeOf(accountPlace, query.cursor)
      const asked = { q: searched(query.q), missing: query.show === 'missing', after, limit: query.limit }
      const page = await db.transaction(organisation, (tx) => pageOfOwners(tx, organisation, asked))
      const named = await names(organisation, [...new Set(page.items.flatMap(({ saidBy }) => saidBy ?? []))])
      const items = page.items.map(({ saidBy, ...item }) => ({
        ...item,
        saidBy: saidBy === null ? null : { id: saidBy, name: named.get(saidBy) ?? null },
      }))
      return { items, next: cursorOf(page.last), total: page.total }
    },
  )

  app.put(
    '/api/account-owners',
    {
      config: { access: 'administrator' },
      schema: { body: contract.declaringOwner, response: { 200: nothing } },
    },
    async (request) => {
      await declareOwner(deps, actOf(request), request.body)
      return null
    },
  )
}

const searched = (q: string | undefined) => (q ?? '').toLocaleLowerCase('nb')

type Asked = { readonly principal: Principal | null; readonly organisation: string }

function actOf({ principal, organisation }: Asked): Act {
  if (principal?.kind !== 'account') throw new RequestError('not-signed-in')
  return { organisation, by: principal.id }
}

function fileOf(body: SentFile): string | Uint8Array {
  const file = sentFile(body)
  if (file === null) throw new PeopleError('file-missing')
  return file
}
