import { once } from 'node:events'
import { createServer } from 'node:http'

/** What the proxy makes of an answer: another body, a bare status, or null for what it is. */
export type Lie = (path: string, body: Buffer) => string | Buffer | number | null

export type LyingProxy = { readonly url: string; lie: Lie | null; close(): Promise<void> }

/** Stands before a server and passes everything on, but for what it lies about. */
export async function startProxy(upstream: string): Promise<LyingProxy> {
  const server = createServer(async (request, response) => {
    const path = request.url ?? '/'
    const answer = await fetch(upstream + path, { headers: { 'accept-language': 'en' } })
    const body = Buffer.from(await answer.arrayBuffer())
    for (const [name, value] of answer.headers)
      if (!['content-length', 'content-encoding', 'transfer-encoding', 'connection'].includes(name))
        response.setHeader(name, value)
    const said = proxy.lie?.(path, body) ?? body
    if (typeof said === 'number') response.writeHead(said).end()
    else response.writeHead(answer.status).end(said)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  const proxy: LyingProxy = {
    url: `http://127.0.0.1:${port}`,
    lie: null,
    async close() {
      server.close()
      server.closeAllConnections()
    },
  }
  return proxy
}
