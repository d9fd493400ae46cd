import pg from 'pg'

/** Settings of every session: it cannot write, waits for no lock, hides no row silently, and reads by page. */
const settings = {
  default_transaction_read_only: 'on',
  search_path: 'pg_catalog',
  statement_timeout: '30000',
  lock_timeout: '1000',
  idle_in_transaction_session_timeout: '60000',
  row_security: 'off',
  enable_seqscan: 'off',
  max_parallel_workers_per_gather: '0',
  // A plan whose sequential scan is frowned upon looks dear enough to be compiled, which takes a second.
  jit: 'off',
} as const

/** A session with a database of a server. Throws the server's error. */
export async function openSession(url: string, database: string | null): Promise<pg.Client> {
  const client = new pg.Client({
    connectionString: database === null ? url : inDatabase(url, database),
    application_name: 'hevd data scan',
    connectionTimeoutMillis: 5000,
    query_timeout: 60_000,
  })
  client.on('error', () => {})
  try {
    await client.connect()
    for (const [name, value] of Object.entries(settings))
      await client.query('select set_config($1, $2, false)', [name, value])
    return client
  } catch (error) {
    await client.end().catch(() => {})
    throw error
  }
}

function inDatabase(url: string, database: string): string {
  const changed = new URL(url)
  changed.pathname = `/${encodeURIComponent(database)}`
  return changed.href
}
