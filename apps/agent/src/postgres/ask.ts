import { userInfo } from 'node:os'
import pg from 'pg'
import type { HostAccess } from '../host/access.ts'
import type { Place } from './places.ts'
import { psqlOptions, type QueryName, queries, sessionSettings } from './queries.ts'

/** Answers a query with the JSON value it gave; throws the server's error. */
export type Ask = (query: QueryName) => Promise<unknown>

/** What came of trying to speak with a server. */
export type Asked<T> =
  | { readonly kind: 'asked'; readonly value: T }
  /** Nobody here may log in to it: what would help. */
  | { readonly kind: 'no-login'; readonly right: string }
  | { readonly kind: 'failed'; readonly error: string }
  /** It ended between being found and being asked. */
  | { readonly kind: 'gone' }

/**
 * Speaks with a server: by the URL that the agent was given; else, as root, through its local socket as the account
 * that runs it, by psql, since a process takes on another account for good; else, where the agent itself runs it,
 * directly.
 */
export async function speakWith<T>(
  access: HostAccess,
  place: Place,
  speak: (ask: Ask) => Promise<T>,
): Promise<Asked<T>> {
  const { url, socket, port } = place
  if (url !== null) return byClient({ connectionString: url }, speak)
  const uid = socket?.uid ?? null
  if (socket !== null && uid !== null && access.isRoot)
    return byPsql(access, place, { ...socket, uid }, speak)
  if (socket !== null && uid === process.geteuid?.())
    return byClient({ host: socket.folder, port, database: 'postgres', user: userInfo().username }, speak)
  return { kind: 'no-login', right: rightFor(access, place) }
}

/** What gives a right to log in: a role of the agent's own is enough, root is not needed. */
function rightFor({ isRoot }: HostAccess, { id, socket, port }: Place): string {
  const at = id.endsWith(`/${port}`) || socket === null ? 'localhost' : encodeURIComponent(socket.folder)
  const url = `postgresql://hevd:…@${at}:${port}/postgres`
  const role = `CREATE ROLE hevd LOGIN PASSWORD '…' IN ROLE pg_monitor; agent.json: "postgres": ["${url}"]`
  return socket === null || isRoot ? role : `root / ${role}`
}

async function byClient<T>(config: pg.ClientConfig, speak: (ask: Ask) => Promise<T>): Promise<Asked<T>> {
  const client = new pg.Client({
    ...config,
    application_name: 'hevd',
    connectionTimeoutMillis: 5000,
    query_timeout: 10_000,
  })
  client.on('error', () => {})
  try {
    await client.connect()
    for (const [name, value] of Object.entries(sessionSettings))
      await client.query('select set_config($1, $2, false)', [name, value])
    const value = await speak(async (query) => {
      const { rows } = await client.query<{ answer: unknown }>(queries[query])
      return rows[0]?.answer
    })
    return { kind: 'asked', value }
  } catch (error) {
    return { kind: 'failed', error: error instanceof Error ? error.message : String(error) }
  } finally {
    await client.end().catch(() => {})
  }
}

type Local = { readonly folder: string; readonly uid: number; readonly gid: number }

async function byPsql<T>(
  access: HostAccess,
  place: Place,
  { folder, uid, gid }: Local,
  speak: (ask: Ask) => Promise<T>,
): Promise<Asked<T>> {
  const ask: Ask = async (query) => {
    const where = [`--host=${folder}`, `--port=${place.port}`]
    const ran = await access.run('psql', [...where, ...psqlOptions, `--command=${queries[query]}`], {
      as: { uid, gid },
    })
    if (ran.kind === 'absent') throw new NoLogin('psql')
    if (ran.kind !== 'ran') throw new Error(`psql: ${ran.kind}`)
    if (ran.code === 0) return JSON.parse(ran.out)
    if (ran.code === 2 && /FATAL:|no password supplied/.test(ran.errors)) throw new NoLogin(ran.errors)
    throw new Error(ran.errors)
  }
  try {
    return { kind: 'asked', value: await speak(ask) }
  } catch (error) {
    if (error instanceof NoLogin) return { kind: 'no-login', right: rightFor(access, place) }
    const { kind } = await access.files.status(`${folder}/.s.PGSQL.${place.port}`)
    if (kind === 'absent') return { kind: 'gone' }
    return { kind: 'failed', error: error instanceof Error ? error.message : String(error) }
  }
}

class NoLogin extends Error {}
