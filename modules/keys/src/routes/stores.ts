import type { App } from '@hevd/http'
import { z } from 'zod'
import { actOf, type KeysContext } from '../context.ts'
import * as contract from '../contract.ts'
import { listKeyFiles } from '../key-files.ts'
import { confirmAllStores, listStores, putStore, removeStore } from '../stores.ts'

const byId = z.object({ id: z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/) })

/** `/api/key-stores`: the register of keys that live elsewhere; `/api/key-files`: those that agents found on hosts. */
export function storeRoutes(app: App, context: KeysContext): void {
  const answers = { response: { 200: contract.keyStores } }

  app.get('/api/key-stores', { config: { access: 'reader' }, schema: answers }, ({ organisation }) =>
    listStores(context, organisation),
  )

  app.get(
    '/api/key-files',
    { config: { access: 'reader' }, schema: { response: { 200: contract.keyFiles } } },
    ({ organisation }) => listKeyFiles(context, organisation),
  )

  app.put(
    '/api/key-stores/:id',
    {
      config: { access: 'administrator' },
      schema: { params: byId, body: contract.puttingStore, ...answers },
    },
    (request) => putStore(context, actOf(request), request.params.id, request.body),
  )

  app.delete(
    '/api/key-stores/:id',
    { config: { access: 'administrator' }, schema: { params: byId, ...answers } },
    (request) => removeStore(context, actOf(request), request.params.id),
  )

  app.post('/api/key-stores/confirm', { config: { access: 'administrator' }, schema: answers }, (request) =>
    confirmAllStores(context, actOf(request)),
  )
}
