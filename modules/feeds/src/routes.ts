import { type App, RequestError } from '@hevd/http'
import { z } from 'zod'
import type { FeedsConfig } from './config.ts'
import * as contract from './contract.ts'

export type RouteDeps = {
  readonly config: FeedsConfig
  take(
    organisation: string,
    host: string,
    reports: readonly contract.Report[],
  ): Promise<readonly contract.Answer[]>
  list(organisation: string): Promise<readonly contract.Feed[]>
}

export function feedsRoutes(app: App, { config, take, list }: RouteDeps): void {
  reportRoute(app, { config, take })
  app.get(
    '/api/feeds',
    { config: { access: 'reader' }, schema: { response: { 200: z.array(contract.feed) } } },
    async (request) => [...(await list(request.organisation))],
  )
}

/** What agents report by, of this host and of others. */
export function reportRoute(app: App, { config, take }: Pick<RouteDeps, 'config' | 'take'>): void {
  app.post(
    '/api/agent/reports',
    {
      config: { access: 'agent' },
      bodyLimit: config.bodyLimit,
      schema: { body: contract.reporting, response: { 200: contract.reported } },
    },
    async (request) => {
      if (request.principal?.kind !== 'agent') throw new RequestError('not-signed-in')
      const { host } = request.principal
      return { answers: [...(await take(request.organisation, host, request.body.reports))] }
    },
  )
}
