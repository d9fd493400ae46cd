import { hash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import fastifyStatic from '@fastify/static'
import { buildConsole, consoleSources } from '@hevd/console/build'
import { type App, RequestError } from '@hevd/http'

/**
 * The built console for the sources as they are now, under `<home>/console/<digest>`: built at the first start and after
 * an upgrade, kept otherwise. Copies of earlier sources are removed.
 */
export async function builtConsole(home: string, report: () => void): Promise<string> {
  const digest = await digestOf(consoleSources())
  const folder = join(home, 'console')
  const outDir = join(folder, digest)
  if (!existsSync(join(outDir, 'complete'))) {
    report()
    const beside = `${outDir}.new`
    await rm(beside, { recursive: true, force: true })
    await buildConsole({ outDir: beside })
    await writeFile(join(beside, 'complete'), '')
    await rm(outDir, { recursive: true, force: true })
    await rename(beside, outDir)
  }
  for (const name of await readdir(folder))
    if (name !== digest) await rm(join(folder, name), { recursive: true, force: true })
  return outDir
}

/** SHA-256 over every source file's path and content. */
async function digestOf(folders: readonly string[]): Promise<string> {
  const files = await Promise.all(folders.map(filesBelow))
  const digests = await Promise.all(
    files
      .flat()
      .sort()
      .map(async (path) => `${path} ${hash('sha256', await readFile(path))}`),
  )
  return hash('sha256', digests.join('\n')).slice(0, 16)
}

async function filesBelow(path: string): Promise<string[]> {
  if (!existsSync(path)) return []
  const entries = await readdir(path, { withFileTypes: true, recursive: true }).catch(() => null)
  if (entries === null) return [path]
  return entries
    .filter(
      (entry) => entry.isFile() && !/node_modules|\.test\.tsx?$/.test(join(entry.parentPath, entry.name)),
    )
    .map((entry) => join(entry.parentPath, entry.name))
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
