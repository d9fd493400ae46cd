import { createSocket } from 'node:dgram'
import { createServer } from 'node:net'

/** Answers on every port named on the command line, over TCP and UDP, IPv4 and IPv6; says `ready` when all are open. */
const ports = process.argv.slice(2).map(Number)
await Promise.all(
  ports.flatMap((port) => [
    new Promise<void>((open) => createServer((socket) => socket.destroy()).listen(port, '::', open)),
    new Promise<void>((open) => {
      const socket = createSocket({ type: 'udp6', ipv6Only: false })
      socket.on('message', (message, from) => socket.send(message, from.port, from.address))
      socket.bind(port, '::', open)
    }),
  ]),
)
process.stdout.write('ready\n')
