import { once } from 'node:events'
import { type AddressInfo, connect, type Socket } from 'node:net'
import { pino } from 'pino'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type App, createApp } from './app.ts'

let app: App
let socket: Socket
let answered: string

beforeAll(async () => {
  app = await createApp({
    ...{ logger: pino({ level: 'silent' }), tls: null, bodyLimit: 10_000, callsPerMinute: 10_000 },
    ...{ fallbackLocale: 'nb', version: '0.0.0', lists: '/v1/' },
    authenticate: async () => null,
    organisationOf: async () => '01890000-0000-7000-8000-000000000001',
  })
  app.route({
    method: ['GET', 'POST'],
    url: '*',
    config: { access: 'public' },
    handler: async ({ method, url, body }) => `[${method} ${url} ${JSON.stringify(body ?? '')}]`,
  })
  await app.listen({ host: '127.0.0.1', port: 0 })
})
afterAll(() => app.close())

async function open(): Promise<void> {
  const address: AddressInfo | string | null = app.server.address()
  socket = connect(typeof address === 'object' && address !== null ? address.port : 0, '127.0.0.1')
  answered = ''
  socket.setEncoding('utf8').on('data', (part: string) => {
    answered += part
  })
  await once(socket, 'connect')
}
const head = (line: string, more = '') => `${line} HTTP/1.1\r\nHost: x\r\n${more}\r\n`
/** Sends, and waits until so many answers are there or the connection has ended. */
async function send(text: string, count: number): Promise<readonly string[]> {
  socket.write(text)
  const answers = () => [...answered.matchAll(/\[.*?\](?=HTTP|$)|400 Bad Request/g)].map(([each]) => each)
  while (answers().length < count && !socket.readableEnded) await new Promise((done) => setImmediate(done))
  return answers().slice(-count)
}

test('LIST is read as GET with list=true, wherever a request begins, and nowhere else', async () => {
  await open()
  expect(await send(head('GET /v1/a'), 1)).toEqual(['[GET /v1/a ""]'])
  expect(await send(head('LIST /v1/keys'), 2)).toContain('[GET /v1/keys?list=true ""]')
  expect(await send(head('LIST /v1/keys?after=x'), 3)).toContain('[GET /v1/keys?after=x&list=true ""]')
  const body = '"LIST /v1/keys HTTP/1.1"'
  const more = `Content-Type: application/json\r\nContent-Length: ${body.length}\r\n`
  expect(await send(head('POST /v1/b', more) + body, 4)).toContain(
    `[POST /v1/b ${JSON.stringify(body.slice(1, -1))}]`,
  )
  const together = head('GET /v1/c') + head('LIST /v1/d') + head('LIST /v1/e') + head('GET /v1/f')
  expect((await send(together, 8)).slice(-4)).toEqual([
    ...['[GET /v1/c ""]', '[GET /v1/d?list=true ""]', '[GET /v1/e?list=true ""]', '[GET /v1/f ""]'],
  ])
  expect(socket.destroyed).toBe(false)
})

test.each([
  ['a path that is no list', head('LIST /api/keys')],
  ['another verb', head('LISTEN /v1/keys')],
  ['no version', 'LIST /v1/keys\r\n\r\n'],
  ['something else', 'xyz\r\n\r\n'],
])('%s is a bad request, and the connection ends', async (_, text) => {
  await open()
  expect(await send(text, 1)).toEqual(['400 Bad Request'])
  if (!socket.readableEnded) await once(socket, 'end')
})

test('a connection that has listed is still one that the server ends when it is idle or slow', async () => {
  await open()
  await send(head('LIST /v1/keys'), 1)
  const ended = once(socket, 'close')
  app.server.closeIdleConnections()
  await ended
})
