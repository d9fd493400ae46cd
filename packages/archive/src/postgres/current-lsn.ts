import { withClient } from './connection.ts'

/** The end of what a server has written of its log, `0/3000028`. Throws `server-*`. */
export async function currentLsn(url: string): Promise<string> {
  const { rows } = await withClient(url, (client) =>
    client.query<{ lsn: string }>('select pg_current_wal_flush_lsn()::text as lsn'),
  )
  const [row] = rows
  if (row === undefined) throw new Error('the server told no position of its log')
  return row.lsn
}
