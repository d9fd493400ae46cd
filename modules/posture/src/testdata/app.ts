import { type App, createApp, type Principal } from '@hevd/http'
import { logger, type World } from './world.ts'

export const administrator = (id: string): Principal => ({ kind: 'account', id, role: 'administrator' })
export const reader = (id: string): Principal => ({ kind: 'account', id, role: 'reader' })

/** The module's API for a world, called as whoever `who` names at the time. */
export async function appOf({ posture, organisation }: World, who: () => Principal): Promise<App> {
  const app = await createApp({
    logger,
    tls: null,
    bodyLimit: 10_000,
    callsPerMinute: 10_000,
    fallbackLocale: 'nb',
    version: '0.0.0',
    authenticate: async () => who(),
    organisationOf: async () => organisation,
  })
  posture.register(app)
  return app
}
