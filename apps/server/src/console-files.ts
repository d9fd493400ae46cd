import { readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import fastifyStatic from '@fastify/static'
import { consoleIn, sharedConsole } from '@hevd/console/build'
import { type App, RequestError } from '@hevd/http'

/**
 * The built console for the sources as they are now: the one beside the code where its owner has built it, else under
 * `<home>/console/<digest>`. Built at the first start and after an upgrade, kept otherwise; copies of earlier sources under
 * the home are removed.
 */
export async function builtConsole(home: string, report: () => void): Promise<string> {
  const shared = await sharedConsole(report)
  if (shared !== null) return shared
  const folder = join(home, 'console')
  const built = await consoleIn(folder, report)
  for (const name of await readdir(folder))
    if (join(folder, name) !== built) await rm(join(folder, name), { recursive: true, force: true })
  return built
}

/** Serves the console: its files as they are, and its page for every address that is nobody else's. */
export async function consoleRoutes(app: App, folder: string): Promise<void> {
  await app.register(fastifyStatic, { root: folder, serve: false, preCompressed: true })
  app.get(
    '/assets/*',
    { config: { access: 'public', rateLimit: false }, schema: { hide: true } },
    (request, reply) => reply.sendFile(request.url.replace(/\?.*/, ''), { maxAge: '365d', immutable: true }),
  )
  app.get(
    '/*',
    { config: { access: 'public', rateLimit: false }, schema: { hide: true } },
    (request, reply) => {
      if (/^\/(api|log|trust)\//.test(request.url)) throw new RequestError('not-found')
      return reply.sendFile('index.html', { cacheControl: false })
    },
  )
}
