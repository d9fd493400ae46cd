import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { createServer, type ServerResponse } from 'node:http'
import { extname, join } from 'node:path'
import { answersOf, type Mood } from './answers.ts'

const types: { readonly [ending: string]: string } = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.woff2': 'font/woff2',
}

/** As the product's server sends it. */
const contentSecurityPolicy =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; base-uri 'none'"

/**
 * Serves a built console with fixtures in place of the API, for looking at screens and for their tests. The mood may be
 * changed while it runs. Never part of the product.
 */
export async function openGallery(folder: string, first: Mood) {
  let mood = first
  let answers = await answersOf(mood)
  const server = createServer((request, reply) => {
    const url = new URL(request.url ?? '/', 'http://gallery')
    reply.setHeader('content-security-policy', contentSecurityPolicy)
    if (url.pathname.startsWith('/api/')) {
      void answers(request.method ?? 'GET', url).then(({ status, body }) => {
        reply.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
      })
    } else void sendFile(reply, folder, url.pathname)
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  return {
    origin: `http://127.0.0.1:${port}`,
    async set(next: Partial<Mood>) {
      mood = { ...mood, ...next }
      answers = await answersOf(mood)
    },
    close: () =>
      new Promise<void>((done) => {
        server.closeAllConnections()
        server.close(() => done())
      }),
  }
}

async function sendFile(reply: ServerResponse, folder: string, path: string): Promise<void> {
  const wanted = join(folder, path)
  const there = path.startsWith('/assets/') && (await stat(wanted).catch(() => null)) !== null
  const file = there ? wanted : join(folder, 'index.html')
  reply.writeHead(200, {
    'content-type': types[extname(file)] ?? 'application/octet-stream',
    // As the product's server sends them: a file of another content has another name.
    'cache-control': there ? 'public, max-age=31536000, immutable' : 'no-cache',
  })
  createReadStream(file).pipe(reply)
}
