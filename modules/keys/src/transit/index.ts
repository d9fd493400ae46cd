import type { App } from '@hevd/http'
import { callerOf, type TransitDeps } from './calling.ts'
import { answerFault, TransitError } from './errors.ts'
import { keyRoutes } from './key-routes.ts'
import { plainRoutes } from './plain-routes.ts'
import { systemRoutes } from './system-routes.ts'
import { useRoutes } from './use-routes.ts'

/**
 * Vault's API of the Transit secrets engine under `/v1`, so that its clients work unchanged. Faults have Vault's shape, bodies
 * are JSON whatever their content type says, and whatever is sent by POST may be sent by PUT.
 */
export function transitRoutes(app: App, deps: TransitDeps): void {
  app.register(
    async (scope) => {
      scope.setErrorHandler(answerFault)
      scope.setNotFoundHandler(() => {
        throw new TransitError(404, 'no handler for route')
      })
      scope.removeAllContentTypeParsers()
      const parse = scope.getDefaultJsonParser('error', 'error')
      scope.addContentTypeParser('*', { parseAs: 'string' }, (request, body, done) => {
        if (body.length === 0) done(null, null)
        else parse(request, body.toString(), done)
      })
      scope.addHook('onRequest', async (request) => {
        if (request.routeOptions.config.access === 'key-token') await callerOf(deps, request)
      })
      const routes = [keyRoutes, useRoutes, plainRoutes, systemRoutes]
      for (const add of routes) add(scope, deps)
    },
    { prefix: '/v1' },
  )
}
