import { execFile } from 'node:child_process'
import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { createServer as createHttp } from 'node:http'
import { createServer, type Server } from 'node:net'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { runCollector } from '../collector.ts'
import { socketsCollector } from '../collectors/sockets.ts'
import { localHostAccess } from '../host/local.ts'

/**
 * In a network namespace of its own: listens in every way that matters, then looks twice, and prints both as JSON with
 * how many connections the telnet servers had, and what an ordinary user sees.
 */
let met = 0
const telnet = () =>
  createServer((socket) => {
    met += 1
    socket.on('error', () => {})
    socket.write(Buffer.from([0xff, 0xfd, 0x18]))
  })
const listen = async (server: Server, port: number, host: string) => {
  server.listen({ port, host, ipv6Only: host === '::' })
  await once(server, 'listening')
}
await listen(telnet(), 23, '127.0.0.1')
await listen(telnet(), 2323, '0.0.0.0')
await listen(
  createServer((socket) => socket.end('SSH-2.0-test\r\n')),
  22,
  '10.9.8.7',
)
await listen(
  createHttp((_request, response) => response.end('x')),
  8080,
  '::',
)
await listen(
  createServer((socket) => socket.end('RFB 003.008\n')),
  5900,
  '0.0.0.0',
)
await listen(
  createServer((socket) => socket.end('SSH-2.0-on-loopback\r\n')),
  5900,
  '127.0.0.1',
).catch(() => undefined)
const udp = createSocket('udp4').bind(5353, '0.0.0.0')
await once(udp, 'listening')
const client = createSocket('udp4')
client.connect(5353, '127.0.0.1')
await once(client, 'connect')
const fleeting = createSocket('udp4').bind(40_000)
await once(fleeting, 'listening')
setTimeout(() => fleeting.close(), 150)

const look = fileURLToPath(new URL('look.fixture.ts', import.meta.url))
const request = JSON.stringify({ collector: 'sockets', ordinary: true })
const { stdout } = await promisify(execFile)(process.execPath, [look, request])
const ordinary: unknown = JSON.parse(stdout)
met = 0
const access = localHostAccess({ host: { id: 'h1', name: 'here' } })
const first = await runCollector(socketsCollector, access)
const metFirst = met
const second = await runCollector(socketsCollector, access)
process.stdout.write(JSON.stringify({ ordinary, first, second, metFirst, met }), () => process.exit(0))
