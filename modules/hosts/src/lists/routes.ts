import { type App, type Principal, RequestError } from '@hevd/http'
import { z } from 'zod'
import * as contract from '../contract.ts'
import { allLists, importList, type ListDeps, previewList, removeList } from './lists.ts'

export function listRoutes(app: App, deps: ListDeps): void {
  /** JSON escapes, or base64, make a file larger. */
  const bodyLimit = deps.imports.fileBytes * 2

  app.get(
    '/api/host-lists',
    { config: { access: 'reader' }, schema: { response: { 200: z.array(contract.hostList) } } },
    ({ organisation }) => deps.db.transaction(organisation, (tx) => allLists(deps, tx, organisation)),
  )

  app.post(
    '/api/host-lists/preview',
    {
      config: { access: 'administrator' },
      bodyLimit,
      schema: { body: contract.previewingList, response: { 200: contract.listPreview } },
    },
    ({ organisation, body: { of, source, ...file } }) =>
      previewList(deps, organisation, { of, source }, file),
  )

  app.post(
    '/api/host-lists',
    {
      config: { access: 'administrator' },
      bodyLimit,
      schema: { body: contract.importingList, response: { 200: contract.listImported } },
    },
    ({ organisation, principal, body: { of, source, ...file } }) =>
      importList(deps, organisation, { of, source }, file, accountOf(principal)),
  )

  app.delete(
    '/api/host-lists/:of/:source',
    {
      config: { access: 'administrator' },
      schema: { params: contract.which, response: { 200: z.null() } },
    },
    async ({ organisation, principal, params }) => {
      await removeList(deps, organisation, params, accountOf(principal))
      return null
    },
  )
}

function accountOf(principal: Principal | null): string {
  if (principal?.kind !== 'account') throw new RequestError('not-signed-in')
  return principal.id
}
