import { check, fails, none, type Truth, unknown } from '@hevd/core'
import { listeningSockets, type ValueOf } from '@hevd/facts'
import { productionHosts } from '../../populations.ts'

type Socket = ValueOf<typeof listeningSockets>

/** Databases, caches and message brokers that let clients in without TLS. */
const plain: ReadonlySet<string> = new Set([
  'postgresql',
  'mysql',
  'redis',
  'memcached',
  'nats',
  'amqp',
  'mqtt',
])

/**
 * No database, cache or message broker of a production host is spoken to in clear text from the network. Where one offers TLS, a
 * stranger cannot see whether it demands it; PostgreSQL's own rules tell, which other tests read.
 */
export const servicesEncrypted = check('internal-transfers-encrypted/services-encrypted', {
  of: productionHosts,
  reads: ({ id }) => ({ sockets: listeningSockets.ofHost(id) }),
  judge: (_host, { sockets }) =>
    none(sockets, speaksPlain, (open) =>
      fails('service-plain', {
        services: open.map((socket) => `${socket.speaks} ${listeningSockets.label(socket)}`),
      }),
    ),
})

function speaksPlain(socket: Socket): Truth {
  const { reach, transport, speaks } = socket
  if (reach === 'loopback' || transport === 'udp') return false
  const named = { socket: listeningSockets.label(socket), program: socket.program ?? '?' }
  if (speaks === null || speaks === 'unidentified') return unknown('service-unidentified', named)
  if (speaks === 'mysql-tls') return unknown('tls-perhaps-not-demanded', named)
  return plain.has(speaks)
}
