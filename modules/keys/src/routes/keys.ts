import type { App } from '@hevd/http'
import { z } from 'zod'
import { actOf } from '../context.ts'
import * as contract from '../contract.ts'
import type { VaultDeps } from '../keys/changing.ts'
import { makeKey, rotateKey } from '../keys/making.ts'
import {
  approveExport,
  askExport,
  changeSettings,
  deleteKey,
  refuseExport,
  restoreKey,
  trimKey,
} from '../keys/settings.ts'
import { keyInDetail, listKeys, oneKey } from '../keys/view.ts'

const byName = z.object({ name: z.string().max(100) })

/** `/api/keys`: keys as the console shows and changes them. None of it gives anything of a key itself. */
export function keyRoutes(app: App, deps: VaultDeps): void {
  const { context } = deps

  app.get(
    '/api/keys',
    { config: { access: 'reader' }, schema: { response: { 200: contract.keyList } } },
    ({ organisation }) => listKeys(context, organisation),
  )

  app.get(
    '/api/keys/:name',
    { config: { access: 'reader' }, schema: { params: byName, response: { 200: contract.keyDetail } } },
    ({ organisation, params }) => keyInDetail(context, organisation, params.name),
  )

  app.post(
    '/api/keys',
    {
      config: { access: 'administrator' },
      schema: { body: contract.makingKey, response: { 200: contract.key } },
    },
    async (request) => {
      const { name } = await makeKey(deps, actOf(request), request.body)
      return oneKey(context, request.organisation, name)
    },
  )

  app.patch(
    '/api/keys/:name',
    {
      config: { access: 'administrator' },
      schema: { params: byName, body: contract.changingKey, response: { 200: contract.key } },
    },
    async (request) => {
      const { name } = await changeSettings(deps, actOf(request), request.params.name, request.body)
      return oneKey(context, request.organisation, name)
    },
  )

  app.post(
    '/api/keys/:name/trim',
    {
      config: { access: 'administrator' },
      schema: { params: byName, body: contract.trimmingKey, response: { 200: contract.key } },
    },
    async (request) => {
      const { name } = request.params
      await trimKey(deps, actOf(request), name, request.body.minAvailable)
      return oneKey(context, request.organisation, name)
    },
  )

  const acts = {
    '/api/keys/:name/rotate': rotateKey,
    '/api/keys/:name/delete': deleteKey,
    '/api/keys/:name/restore': restoreKey,
    '/api/keys/:name/export/ask': askExport,
    '/api/keys/:name/export/approve': approveExport,
    '/api/keys/:name/export/refuse': refuseExport,
  } as const
  for (const [path, act] of Object.entries(acts))
    app.post(
      path,
      { config: { access: 'administrator' }, schema: { params: byName, response: { 200: contract.key } } },
      async (request) => {
        const { name } = await act(deps, actOf(request), request.params.name)
        return oneKey(context, request.organisation, name)
      },
    )
}
