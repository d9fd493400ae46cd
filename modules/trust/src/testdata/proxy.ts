import { once } from 'node:events'
import { createServer } from 'node:http'

/** What the proxy does to an answer: its path, and its body as bytes. Null leaves it as it is. */
export type Lie = (path: string, body: Buffer) => string | Buffer | null

export type Proxy = { readonly url: string; lie: Lie | null; close(): Promise<void> }

/** Stands before a server and passes everything on, but for what it lies about. */
export async function startProxy(upstream: string): Promise<Proxy> {
  const server = createServer(async (request, response) => {
    const path = request.url ?? '/'
    const answer = await fetch(upstream + path, { headers: { 'accept-language': 'en' } })
    const body = Buffer.from(await answer.arrayBuffer())
    for (const [name, value] of answer.headers)
      if (!['content-length', 'content-encoding', 'transfer-encoding', 'connection'].includes(name))
        response.setHeader(name, value)
    response.writeHead(answer.status).end(proxy.lie?.(path, body) ?? body)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  const proxy: Proxy = {
    url: `http://127.0.0.1:${port}`,
    lie: null,
    async close() {
      server.close()
      server.closeAllConnections()
    },
  }
  return proxy
}
