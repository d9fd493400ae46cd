import type { Duplex } from 'node:stream'
import pg from 'pg'
import { ArchiveError } from '../errors.ts'
import {
  type CopyPiece,
  isCopy,
  type Message,
  messagesOf,
  parseError,
  parseRow,
  queryMessage,
} from './messages.ts'
import { readingInto } from './read-into.ts'

const connectTimeout = 30_000
/** As much as the kernel holds of a local connection. */
const readBytes = 256 * 1024

/** Host and port, or the socket's folder: what may be shown of an address. */
export function serverName(url: string): string {
  const { hostname, port, searchParams } = new URL(url)
  return `${searchParams.get('host') ?? decodeURIComponent(hostname)}:${port || (searchParams.get('port') ?? '5432')}`
}

/** The same address on another database. */
export function onDatabase(url: string, database: string): string {
  const address = new URL(url)
  address.pathname = `/${encodeURIComponent(database)}`
  return address.href
}

/** What went wrong at the server, as an error of ours; those that are ours already pass. */
export function serverError(url: string, error: unknown, slot = ''): Error {
  if (error instanceof ArchiveError) return error
  const server = serverName(url)
  const reason =
    error instanceof AggregateError
      ? String(error.errors[0])
      : error instanceof Error
        ? error.message
        : String(error)
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  if (code === '55006') return new ArchiveError('slot-taken', { server, slot }, error)
  // Class 28: invalid authorization; 42501: insufficient privilege; 3D000: no such database.
  if (/^28|^42501|^3D000/.test(code)) return new ArchiveError('server-refused', { server, reason }, error)
  // Class 57P: being shut down or started; others that are five signs are the server's own.
  if (/^[0-9A-Z]{5}$/.test(code) && !code.startsWith('57P') && !/^E[A-Z]{4}$/.test(code))
    return new ArchiveError('server-failed', { server, reason }, error)
  return new ArchiveError('server-unreachable', { server, reason }, error)
}

/** A connection for queries, which the caller ends. Throws `server-unreachable`, `server-refused`, `server-failed`. */
export async function openClient(url: string): Promise<pg.Client> {
  const client = new pg.Client({
    connectionString: url,
    application_name: 'hevd backups',
    connectionTimeoutMillis: connectTimeout,
    keepAlive: true,
  })
  client.on('error', () => {})
  try {
    await client.connect()
    return client
  } catch (error) {
    await client.end().catch(() => {})
    throw serverError(url, error)
  }
}

/** Runs queries on one connection. Throws `server-unreachable`, `server-refused`, `server-failed`. */
export async function withClient<T>(url: string, run: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = await openClient(url)
  try {
    return await run(client)
  } catch (error) {
    throw serverError(url, error)
  } finally {
    await client.end().catch(() => {})
  }
}

class ServerError extends Error {
  readonly code: string
  constructor({ code, message }: { readonly code: string; readonly message: string }) {
    super(message)
    this.code = code
  }
}

/** A row of a result of the replication protocol, by column name. */
export type Row = ReadonlyMap<string, string | null>

/** A connection that speaks the streaming replication protocol ("Streaming Replication Protocol"). One command at a time. */
export type Replication = {
  /** The rows of a command. */
  query(text: string): Promise<readonly Row[]>
  /** Sends a command whose messages the caller takes with `next`. */
  start(text: string): void
  /** The next message; throws what the server says is wrong. */
  next(): Promise<Message | CopyPiece>
  /** The next message if it is here already, else null. */
  take(): Message | CopyPiece | null
  /** Rows of one result: up to its CommandComplete, or to where data begins to be copied. */
  rows(): Promise<readonly Row[]>
  send(bytes: Uint8Array): void
  /** Ends it at once, in the middle of a command too. */
  close(): void
}

/** Throws `server-unreachable`, `server-refused`. Its methods throw what {@link serverError} understands. */
export async function openReplication(url: string, signal?: AbortSignal): Promise<Replication> {
  const reading = readingInto(readBytes)
  const client = new pg.Client({
    connectionString: `${url}${url.includes('?') ? '&' : '?'}replication=true`,
    application_name: 'hevd backups',
    connectionTimeoutMillis: connectTimeout,
    keepAlive: true,
    stream: () => reading.socket,
  })
  client.on('error', () => {})
  try {
    await client.connect()
  } catch (error) {
    throw serverError(url, error)
  }
  // From here on the messages are ours: pg's parser reuses its buffers while what it gave out is still held.
  const socket = client.connection.stream
  const received = socket === reading.socket ? reading.takeOver() : takeOver(socket)
  const close = () => {
    signal?.removeEventListener('abort', close)
    socket.destroy()
  }
  signal?.addEventListener('abort', close)
  const messages = messagesOf(received)

  let arrived: readonly (Message | CopyPiece)[] = []
  let taken = 0

  function take(): Message | CopyPiece | null {
    for (;;) {
      const message = arrived[taken]
      if (message === undefined) return null
      taken += 1
      if (isCopy(message)) return message
      if (message.type === 'E') throw new ServerError(parseError(message.body))
      // Notices and changed parameters come at any time.
      if (message.type !== 'N' && message.type !== 'S') return message
    }
  }

  async function next(): Promise<Message | CopyPiece> {
    for (;;) {
      const message = take()
      if (message !== null) return message
      const { value, done } = await messages.next()
      signal?.throwIfAborted()
      if (done === true || value === undefined) throw new Error('the connection ended')
      arrived = value
      taken = 0
    }
  }

  async function rows(): Promise<readonly Row[]> {
    let names: readonly string[] = []
    const found: Row[] = []
    for (;;) {
      const message = await next()
      if (isCopy(message)) continue
      if (message.type === 'T') names = parseNames(message.body)
      if (message.type === 'D') {
        const values = parseRow(message.body)
        found.push(new Map(names.map((name, index) => [name, values[index] ?? null])))
      }
      if (['C', 'H', 'W', 'Z'].includes(message.type)) return found
    }
  }

  return {
    start: (text) => void socket.write(queryMessage(text)),
    next,
    take,
    rows,
    send: (bytes) => void socket.write(bytes),
    close,
    async query(text) {
      socket.write(queryMessage(text))
      const found = await rows()
      for (;;) {
        const message = await next()
        if (message.type === 'Z') return found
      }
    },
  }
}

/** Of a connection over TLS, whose pieces are its own. */
function takeOver(socket: Duplex): AsyncIterable<Buffer> {
  socket.pause()
  socket.removeAllListeners('data')
  return socket
}

/** Column names of a RowDescription (`T`). */
function parseNames(body: Buffer): string[] {
  const names: string[] = []
  let at = 2
  for (let left = body.readInt16BE(0); left > 0; left -= 1) {
    const end = body.indexOf(0, at)
    names.push(body.toString('utf8', at, end))
    at = end + 1 + 18
  }
  return names
}
