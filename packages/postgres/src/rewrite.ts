import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { PostgresError } from './errors.ts'

const LOOK_MS = 100
const identifier = (table: string) =>
  table
    .split('.')
    .map((name) => pg.escapeIdentifier(name))
    .join('.')

/**
 * Rewrites these tables, their indexes and what is kept aside of them, so that no deleted or earlier row is left in any file
 * of theirs; and the statistics of all tables, which hold values of columns. Each table is locked while it is rewritten. Waits
 * until nobody can see earlier rows any more, since those would be carried along.
 *
 * Throws PostgresError `may-not-rewrite`.
 *
 * @param url as the tables' owner who owns the database too, or a superuser
 * @param tables `<schema>.<table>`
 */
export async function rewriteTables(url: string, tables: readonly string[]): Promise<void> {
  await connected(url, async (client) => {
    const skipped: string[] = []
    client.on('notice', ({ severity, message = '' }) => {
      if (severity === 'WARNING') skipped.push(message)
    })
    await untilNobodyLooksBack(client)
    for (const table of tables) await client.query(`vacuum (full, analyze) ${identifier(table)}`)
    if (skipped.length === 0) for (const table of tables) await forgetStatistics(client, table)
    // The statistics that were just replaced are earlier rows too.
    await untilNobodyLooksBack(client)
    await client.query('vacuum (full) pg_catalog.pg_statistic')
    const [reason] = skipped
    if (reason !== undefined) throw new PostgresError('may-not-rewrite', { reason })
  })
}

/**
 * Drops the statistics of a table that has become empty, which ANALYZE leaves as they were. Stating a column's type
 * anew drops its own; columns that row security asks for cannot be altered, and hold organisations alone.
 */
async function forgetStatistics(client: pg.Client, table: string): Promise<void> {
  const { rows } = await client.query<{ name: string; type: string }>(
    `select a.attname as name, format_type(a.atttypid, a.atttypmod) as type
     from pg_attribute a where a.attrelid = $1::regclass and a.attnum > 0 and not a.attisdropped
       and a.attgenerated = '' and pg_relation_size(a.attrelid) = 0
       and not exists (select from pg_depend d where d.classid = 'pg_policy'::regclass
         and d.refclassid = 'pg_class'::regclass and d.refobjid = a.attrelid and d.refobjsubid = a.attnum)`,
    [table],
  )
  if (rows.length === 0) return
  const columns = rows.map(({ name, type }) => `alter column ${pg.escapeIdentifier(name)} type ${type}`)
  await client.query(`alter table ${identifier(table)} ${columns.join(', ')}`)
}

/**
 * Lets go of all write-ahead log from before now.
 *
 * @param url as a superuser
 */
export async function dropEarlierLog(url: string): Promise<void> {
  await connected(url, async (client) => {
    await recycleNothing(client)
    await client.query('checkpoint')
    await client.query('select pg_switch_wal()')
    await client.query('checkpoint')
    for (;;) {
      const { rowCount } = await client.query(
        `select from pg_ls_waldir() where name ~ '^[0-9A-F]{24}$' and name > pg_walfile_name(pg_current_wal_insert_lsn())`,
      )
      if (rowCount === 0) return
      // Segments kept for use again by an earlier setting: each is filled and left behind.
      await client.query(`select pg_logical_emit_message(false, 'hevd', '')`)
      await client.query('select pg_switch_wal()')
      await client.query('checkpoint')
    }
  })
}

/** A server that another version of ours had started keeps its settings until it is started anew. */
async function recycleNothing(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ wal_recycle: string }>('show wal_recycle')
  if (rows[0]?.wal_recycle === 'off') return
  await client.query('alter system set wal_recycle = off')
  await client.query('select pg_reload_conf()')
  await sleep(LOOK_MS)
}

/** Resolves when every transaction and snapshot of this database is younger than the call. */
async function untilNobodyLooksBack(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ now: string }>('select pg_current_xact_id()::xid::text as now')
  const now = rows[0]?.now ?? ''
  for (;;) {
    const { rowCount } = await client.query(
      `select from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()
         and (age(backend_xmin) > age($1::xid) or age(backend_xid) > age($1::xid)) limit 1`,
      [now],
    )
    if (rowCount === 0) return
    await sleep(LOOK_MS)
  }
}

async function connected<T>(url: string, run: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url, application_name: 'hevd rewrite' })
  await client.connect()
  try {
    return await run(client)
  } finally {
    await client.end()
  }
}
