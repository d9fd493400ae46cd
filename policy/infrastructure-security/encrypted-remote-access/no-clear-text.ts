import { check, fails, none, type Truth, unknown } from '@hevd/core'
import { listeningSockets, type ValueOf } from '@hevd/facts'
import { productionHosts } from '../../populations.ts'

type Socket = ValueOf<typeof listeningSockets>

/** Protocols a person or a program may work on a host or its data with, and that anybody on the way can read. */
const clearText: ReadonlySet<string> = new Set([
  'telnet',
  'rsh',
  'ftp',
  'vnc',
  'http',
  'postgresql',
  'mysql',
  'redis',
  'memcached',
  'nats',
  'amqp',
  'mqtt',
  'smtp',
  'imap',
  'pop3',
])

/** UDP is not spoken to; on these ports are protocols that are often clear text (TFTP, SNMP before version 3). */
const doubtfulUdp: ReadonlySet<number> = new Set([69, 161])

/** Nothing on a production host speaks a clear-text remote protocol to the network. */
export const noClearText = check('encrypted-remote-access/no-clear-text', {
  of: productionHosts,
  reads: (host) => ({ sockets: listeningSockets.ofHost(host.id) }),
  judge: (_host, { sockets }) =>
    none(sockets, speaksClearText, (open) => fails('clear-text-open', { sockets: open.map(described) })),
})

function speaksClearText(socket: Socket): Truth {
  if (socket.reach === 'loopback') return false
  if (socket.transport === 'udp' && !doubtfulUdp.has(socket.port)) return false
  if (socket.speaks === null || socket.speaks === 'unidentified')
    return unknown('protocol-unidentified', {
      socket: listeningSockets.label(socket),
      program: socket.program ?? '?',
    })
  return clearText.has(socket.speaks)
}

function described(socket: Socket): string {
  return `${socket.speaks} ${listeningSockets.label(socket)}`
}
