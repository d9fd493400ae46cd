import { ArchiveError } from '../errors.ts'
import { serverName, withClient } from './connection.ts'

/** What has to be known of a server to back it up and to start a copy of it. */
export type Server = {
  /** `17.6`. */
  readonly version: string
  readonly walSegmentBytes: number
}

const question = `select current_setting('server_version_num')::int as number, current_setting('server_version') as version,
  pg_is_in_recovery() as standby, current_setting('wal_level') as level,
  pg_size_bytes(current_setting('wal_segment_size'))::int as segment`

/** Throws `server-not-fit` for one older than 15, a standby, and one that writes too little log. */
export async function lookAtServer(url: string): Promise<Server> {
  const { rows } = await withClient(url, (client) =>
    client.query<{ number: number; version: string; standby: boolean; level: string; segment: number }>(
      question,
    ),
  )
  const [row] = rows
  if (row === undefined) throw new Error('the server told nothing of itself')
  const refuse = (setting: string, value: string, needs: string) =>
    new ArchiveError('server-not-fit', { server: serverName(url), setting, value, needs })
  if (row.number < 150_000) throw refuse('server_version', row.version, '15')
  if (row.standby) throw refuse('pg_is_in_recovery', 'true', 'false')
  if (row.level === 'minimal') throw refuse('wal_level', row.level, 'replica')
  return { version: row.version.split(' ')[0] ?? row.version, walSegmentBytes: row.segment }
}
