import { once } from 'node:events'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'

/** Larger than any request: 63 hashes and a checkpoint with a hundred signatures. */
const longestBody = 512 * 1024

export type HttpAnswer = { readonly status: number; readonly type: string; readonly body: string }
export type Listening = { readonly url: string; close(): Promise<void> }

/** Serves `POST <anything>/add-checkpoint` and nothing else; `failed` is told of what broke. */
export async function serve(
  at: { readonly host: string; readonly port: number },
  handle: (body: string) => Promise<HttpAnswer>,
  failed: (error: unknown) => void,
): Promise<Listening> {
  const server = createServer((request, response) => {
    respond(request, handle).then(
      (answer) => send(response, answer),
      (error: unknown) => {
        failed(error)
        send(response, plain(500, 'The witness could not keep what it saw; nothing was confirmed'))
      },
    )
  })
  server.listen(at.port, at.host)
  await once(server, 'listening')
  return { url: urlOf(server, at.host), close: () => closed(server) }
}

async function respond(
  request: IncomingMessage,
  handle: (body: string) => Promise<HttpAnswer>,
): Promise<HttpAnswer> {
  const path = new URL(request.url ?? '/', 'http://witness').pathname
  if (!path.endsWith('/add-checkpoint')) return plain(404, 'There is only add-checkpoint here')
  if (request.method !== 'POST') return plain(405, 'A checkpoint is posted')
  const body = await read(request)
  return body === null ? plain(413, 'The request is too large') : handle(body)
}

/** The body as text; null when it is too long. What is not UTF-8 becomes something that no signature fits. */
async function read(request: IncomingMessage): Promise<string | null> {
  const parts: Buffer[] = []
  let length = 0
  for await (const part of request) {
    const bytes = Buffer.from(part)
    length += bytes.length
    if (length > longestBody) return null
    parts.push(bytes)
  }
  return Buffer.concat(parts).toString('utf8')
}

function plain(status: number, text: string): HttpAnswer {
  return { status, type: 'text/plain; charset=utf-8', body: `${text}\n` }
}

function send(response: ServerResponse, { status, type, body }: HttpAnswer): void {
  response.writeHead(status, { 'content-type': type, 'x-content-type-options': 'nosniff' }).end(body)
}

function urlOf(server: Server, host: string): string {
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  return `http://${host.includes(':') ? `[${host}]` : host}:${port}`
}

async function closed(server: Server): Promise<void> {
  const done = once(server, 'close')
  server.close()
  server.closeAllConnections()
  await done
}
