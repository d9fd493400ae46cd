import type { Duplex } from 'node:stream'

/**
 * Vault's clients list with the verb LIST, which Node's parser does not know. Where a request begins with it, for a path of
 * those that may be listed, the same bytes are read again as `GET …?list=true`; everything else stays the parser's. Other
 * requests cost nothing: this is asked only when the parser has refused a method, and the parser itself has found where the
 * request begins, so that nothing in a body is taken for one.
 *
 * A request line that comes in two packets is refused as any bad request is; clients send it in one.
 */
export function readAsList(error: unknown, socket: Duplex, paths: string): boolean {
  const parser = parserOf(socket)
  if (parser === null || !('server' in socket) || !(error instanceof Error)) return false
  const { largestHead, connections } = settingsOf(socket.server)
  let packet = 'rawPacket' in error && Buffer.isBuffer(error.rawPacket) ? error.rawPacket : Buffer.alloc(0)
  let read: unknown = error
  // Requests that come together may have several of them.
  while (read instanceof Error) {
    const asked = askedByGet(read, packet, paths)
    if (asked === null) return false
    packet = asked
    parser.initialize(1, {}, largestHead, 0, connections)
    read = parser.execute(packet)
  }
  return true
}

/** The rest of a packet from the request on whose method was refused, as GET; null where it is no list of such a path. */
function askedByGet(error: Error, packet: Buffer, paths: string): Buffer | null {
  if (!('code' in error) || error.code !== 'HPE_INVALID_METHOD') return null
  const bytesParsed = 'bytesParsed' in error ? error.bytesParsed : null
  if (typeof bytesParsed !== 'number') return null
  // `LI` may still become LINK, so it is the third letter that is refused.
  const rest = packet.subarray(Math.max(0, bytesParsed - 2))
  const [line, path] = /^LIST (\S+) HTTP\/1\.1\r\n/.exec(rest.toString('latin1')) ?? []
  if (line === undefined || path === undefined || !path.startsWith(paths)) return null
  const asked = `GET ${path}${path.includes('?') ? '&' : '?'}list=true HTTP/1.1\r\n`
  return Buffer.concat([Buffer.from(asked, 'latin1'), rest.subarray(line.length)])
}

type Parser = {
  initialize(type: number, resource: object, largestHead: number, lenient: number, connections: unknown): void
  execute(bytes: Buffer): number | Error
}

/** The parser of a connection, as Node's own server uses it. */
function parserOf(socket: Duplex): Parser | null {
  if (!('parser' in socket)) return null
  const { parser } = socket
  return typeof parser === 'object' && parser !== null && 'initialize' in parser && 'execute' in parser
    ? (parser as Parser)
    : null
}

/** What the server gives its parsers: the largest head, and the list by which it ends connections that are slow or idle. */
function settingsOf(server: unknown): { readonly largestHead: number; readonly connections: unknown } {
  if (typeof server !== 'object' || server === null) return { largestHead: 0, connections: undefined }
  const largest = 'maxHeaderSize' in server ? server.maxHeaderSize : 0
  const symbol = Object.getOwnPropertySymbols(server).find(
    ({ description }) => description === 'http.server.connections',
  )
  return {
    largestHead: typeof largest === 'number' ? largest : 0,
    connections: symbol === undefined ? undefined : Reflect.get(server, symbol),
  }
}
