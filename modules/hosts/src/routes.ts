import { type App, RequestError } from '@hevd/http'
import type { ImportConfig } from '@hevd/register-file'
import { z } from 'zod'
import { certificateView } from './agents/certificate-view.ts'
import { currentCertificates } from './agents/store.ts'
import * as contract from './contract.ts'
import { listRoutes } from './lists/routes.ts'
import { changeHost, type RegisterDeps } from './register.ts'
import { allHosts } from './store.ts'

export function hostsRoutes(app: App, deps: RegisterDeps, imports: ImportConfig): void {
  const { db, clock, feeds } = deps

  app.get(
    '/api/hosts',
    { config: { access: 'reader' }, schema: { response: { 200: z.array(contract.host) } } },
    async (request) => {
      const { organisation } = request
      const [rows, certificates] = await db.transaction(organisation, async (tx) => [
        await allHosts(tx, organisation),
        new Map((await currentCertificates(tx, organisation)).map((each) => [each.host, each])),
      ])
      const now = clock.now()
      const heard = Map.groupBy(await feeds.list(organisation), ({ host }) => host?.id ?? '')
      return rows.map((row): contract.Host => {
        const { id, name, role, declared_by: declaredBy, declared_at: declaredAt, ended_at: endedAt } = row
        const times = (heard.get(id) ?? []).flatMap(({ lastHeardAt }) => lastHeardAt ?? [])
        const lastHeardAt = times.length === 0 ? null : Math.max(...times)
        const current = certificates.get(id)
        const certificate = current === undefined ? null : certificateView(current, now)
        return { id, name, role, declaredBy, declaredAt, endedAt, lastHeardAt, certificate }
      })
    },
  )

  app.patch(
    '/api/hosts/:id',
    {
      config: { access: 'administrator' },
      schema: {
        params: z.object({ id: z.string().max(100) }),
        body: contract.changingHost,
        response: { 200: z.null() },
      },
    },
    async (request) => {
      if (request.principal?.kind !== 'account') throw new RequestError('not-signed-in')
      const { organisation, params, body, principal } = request
      await changeHost(deps, organisation, params.id, body, principal.id)
      return null
    },
  )

  listRoutes(app, { ...deps, imports })
}
