import { createServer as createHttp } from 'node:http'
import { createServer } from 'node:net'

/** Speaks a clear-text protocol at an address and port of the arguments: `telnet 0.0.0.0 23`. */
const [protocol, address, port] = process.argv.slice(2)
const server =
  protocol === 'http'
    ? createHttp((_request, response) => response.end('content'))
    : createServer((socket) => {
        socket.on('error', () => {})
        socket.write(Buffer.from([0xff, 0xfd, 0x18]))
      })
server.listen(Number(port), address)
