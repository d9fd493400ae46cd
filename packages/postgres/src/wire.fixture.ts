import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { connect, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const SOCKET = '.s.PGSQL.5432'

/** The text of every simple-protocol query (message `Q`: length, text, zero) in a client's packet. */
function queriesIn(packet: Buffer): string[] {
  if (packet[0] !== 0x51) return []
  const end = 1 + packet.readUInt32BE(1)
  return [packet.toString('utf8', 5, end - 1), ...queriesIn(packet.subarray(end))]
}

/** Runs something against a server through a socket of ours, and tells which simple queries passed, in order. */
export async function countQueries<T>(
  url: string,
  run: (url: string) => Promise<T>,
): Promise<{ queries: string[]; result: T }> {
  const { hostname } = new URL(url)
  const directory = await mkdtemp(join(tmpdir(), 'hevd-wire-'))
  const queries: string[] = []
  const server = createServer((client) => {
    const upstream = connect(join(decodeURIComponent(hostname), SOCKET))
    client.on('data', (packet: Buffer) => queries.push(...queriesIn(packet)))
    client.on('error', () => {}).pipe(upstream)
    upstream.on('error', () => {}).pipe(client)
  })
  server.listen(join(directory, SOCKET))
  await once(server, 'listening')
  try {
    return { result: await run(url.replace(hostname, encodeURIComponent(directory))), queries }
  } finally {
    server.close()
    await rm(directory, { recursive: true, force: true })
  }
}
