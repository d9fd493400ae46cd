import type { App } from '@hevd/http'
import { actOf } from '../context.ts'
import * as contract from '../contract.ts'
import {
  cancelSharing,
  forgetShares,
  giveToReseal,
  giveToUnseal,
  makeRootKey,
  openBySeal,
  type RootDeps,
  resealRootKey,
  sealVault,
  takeShare,
} from '../root/root-key.ts'
import { rootView } from '../root/view.ts'

/** `/api/root-key`: the vault's root key, and the custodians who open it. What a custodian does takes their own account. */
export function rootKeyRoutes(app: App, deps: RootDeps, forget: (organisation: string) => void): void {
  const administrator = { config: { access: 'administrator' as const } }
  const custodian = { config: { access: 'reader' as const } }
  const answers = { response: { 200: contract.rootKey } }

  app.get('/api/root-key', { ...custodian, schema: answers }, (request) => rootView(deps, actOf(request)))

  app.post(
    '/api/root-key',
    { ...administrator, schema: { body: contract.choosingSeal, ...answers } },
    async (request) => {
      await makeRootKey(deps, actOf(request), request.body)
      return rootView(deps, actOf(request))
    },
  )

  app.post(
    '/api/root-key/share',
    { ...custodian, schema: { response: { 200: contract.takenShare } } },
    async (request, reply) => {
      reply.header('cache-control', 'no-store')
      return takeShare(deps, actOf(request))
    },
  )

  app.delete('/api/root-key/sharing', { ...administrator, schema: answers }, async (request) => {
    await cancelSharing(deps, actOf(request))
    return rootView(deps, actOf(request))
  })

  app.post(
    '/api/root-key/unseal',
    { ...custodian, schema: { body: contract.givingShare, ...answers } },
    async (request) => {
      await giveToUnseal(deps, actOf(request), request.body.share)
      return rootView(deps, actOf(request))
    },
  )

  app.delete('/api/root-key/unseal', { ...custodian, schema: answers }, async (request) => {
    const { principal } = request
    const isAdministrator = principal?.kind === 'account' && principal.role === 'administrator'
    await forgetShares(deps, actOf(request), isAdministrator)
    return rootView(deps, actOf(request))
  })

  app.post('/api/root-key/open', { ...administrator, schema: answers }, async (request) => {
    await openBySeal(deps, request.organisation, actOf(request).by)
    return rootView(deps, actOf(request))
  })

  app.post('/api/root-key/seal', { ...administrator, schema: answers }, async (request) => {
    await sealVault(deps, actOf(request))
    forget(request.organisation)
    return rootView(deps, actOf(request))
  })

  app.post(
    '/api/root-key/reseal',
    { ...administrator, schema: { body: contract.choosingSeal, ...answers } },
    async (request) => {
      await resealRootKey(deps, actOf(request), request.body)
      return rootView(deps, actOf(request))
    },
  )

  app.post(
    '/api/root-key/reseal/share',
    { ...custodian, schema: { body: contract.givingShare, ...answers } },
    async (request) => {
      await giveToReseal(deps, actOf(request), request.body.share)
      return rootView(deps, actOf(request))
    },
  )
}
