import { createServer, type IncomingHttpHeaders } from 'node:http'

export type Heard = {
  readonly method: string
  readonly path: string
  readonly headers: IncomingHttpHeaders
  readonly body: string
}
export type Said = { readonly status: number; readonly body: unknown }

export const json = (body: unknown, status = 200): Said => ({ status, body })

/** A local server that speaks a provider's protocol, and answers by what it is sent. */
export async function standIn(answer: (heard: Heard) => Said | Promise<Said>) {
  const heard: Heard[] = []
  const server = createServer((request, reply) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', async () => {
      const { method = '', url: path = '', headers } = request
      const one = { method, path, headers, body: Buffer.concat(chunks).toString('utf8') }
      heard.push(one)
      const { status, body } = await answer(one)
      reply.writeHead(status, { 'content-type': 'application/json' })
      reply.end(typeof body === 'string' ? body : JSON.stringify(body))
    })
  })
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('Not listening')
  return {
    origin: `http://127.0.0.1:${address.port}`,
    heard,
    close: () =>
      new Promise<void>((closed) => {
        server.closeAllConnections()
        server.close(() => closed())
      }),
  }
}
