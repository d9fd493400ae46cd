import { type Connection, type ConnectionOptions, createConnection } from 'mysql2'

export type Session = {
  /** Rows as arrays. Throws the server's error. */
  rows(sql: string, values?: readonly unknown[]): Promise<readonly (readonly unknown[])[]>
  /** Rows as the server sends them, no faster than they are taken. */
  stream(sql: string): AsyncIterable<readonly unknown[]>
  end(): Promise<void>
}

/** Where a URL leads to: `mysql://user:password@host:port/database`, `?socket=/path`, `?tls=off` for a network of one's own. */
export function placeOfUrl(url: string): {
  readonly server: string
  readonly database: string
  readonly options: ConnectionOptions
} {
  const { hostname, port, username, password, pathname, searchParams } = new URL(url)
  const socket = searchParams.get('socket')
  const host = decodeURIComponent(hostname).replace(/^\[|\]$/g, '') || 'localhost'
  const here = socket !== null || host === 'localhost' || host === '::1' || /^127\./.test(host)
  return {
    server: socket ?? `${host}:${port === '' ? '3306' : port}`,
    database: decodeURIComponent(pathname.replace(/^\//, '')),
    options: {
      ...(socket === null ? { host, port: port === '' ? 3306 : Number(port) } : { socketPath: socket }),
      user: decodeURIComponent(username),
      password: decodeURIComponent(password),
      ...(here || searchParams.get('tls') === 'off' ? {} : { ssl: {} }),
    },
  }
}

/** A session that cannot write and waits for no lock. To another machine it is encrypted and the certificate checked. */
export async function openSession(options: ConnectionOptions): Promise<Session> {
  const connection = createConnection({
    ...options,
    connectTimeout: 5000,
    rowsAsArray: true,
    dateStrings: true,
    supportBigNumbers: true,
    bigNumberStrings: true,
    multipleStatements: false,
    charset: 'utf8mb4',
  })
  connection.on('error', () => {})
  const session = sessionOf(connection)
  try {
    await session.rows('set session transaction read only')
    await session.rows('set session innodb_lock_wait_timeout = 1, session lock_wait_timeout = 1')
    await boundStatements(session, 30)
    return session
  } catch (error) {
    connection.destroy()
    throw error
  }
}

/** Seconds after which a statement is given up; MariaDB and MySQL call it differently. */
async function boundStatements(session: Session, seconds: number): Promise<void> {
  const [[version] = []] = await session.rows('select version()')
  await session.rows(
    String(version).includes('MariaDB')
      ? `set session max_statement_time = ${seconds}`
      : `set session max_execution_time = ${seconds * 1000}`,
  )
}

function sessionOf(connection: Connection): Session {
  const promising = connection.promise()
  return {
    async rows(sql, values = []) {
      const [rows] = await promising.query({ sql, rowsAsArray: true }, [...values])
      return Array.isArray(rows) ? rows.flatMap((row: unknown) => (Array.isArray(row) ? [row] : [])) : []
    },
    stream: (sql) => connection.query({ sql, rowsAsArray: true }).stream({ highWaterMark: 200 }),
    end: () => promising.end().catch(() => {}),
  }
}
