import type pg from 'pg'
import { ArchiveError } from '../errors.ts'
import { withClient } from './connection.ts'
import {
  type BackupCounts,
  countRows,
  databasesOf,
  fixedSession,
  type TableCounts,
  tablesOf,
} from './counts.ts'

/** How much was compared. */
export type Compared = { readonly tables: number; readonly rows: number }

const btreesQuestion = `select c.oid::text as oid, n.nspname || '.' || c.relname as name
  from pg_index i join pg_class c on c.oid = i.indexrelid join pg_namespace n on n.oid = c.relnamespace
  join pg_am a on a.oid = c.relam
  where a.amname = 'btree' and c.relkind = 'i' and c.relpersistence = 'p' and i.indisvalid and i.indisready
  order by 2`

/**
 * Reads every row of every table of a restored server, holds the counts of the backup against them, and has the B-trees
 * checked (amcheck, where the server has it).
 * @param urlOf its address on a database
 * Throws `table-differs`, `table-content-differs`, `table-missing`, `table-not-readable`, `index-damaged`: the first there is.
 */
export async function compareCounts(
  urlOf: (database: string) => string,
  counts: BackupCounts,
  progress: (done: number, total: number) => void,
): Promise<Compared> {
  const expected = new Map(counts.databases.map(({ name, tables }) => [name, tables]))
  const total = counts.databases.reduce((sum, { tables }) => sum + tables.length, 0)
  let compared: Compared = { tables: 0, rows: 0 }
  for (const database of await databasesOf(urlOf('postgres'))) {
    const tables = new Map((expected.get(database) ?? []).map((table) => [keyOf(table), table]))
    await withClient(urlOf(database), async (client) => {
      for await (const rows of compareTables(client, database, tables)) {
        compared = { tables: compared.tables + 1, rows: compared.rows + rows }
        progress(compared.tables, total)
      }
      await checkIndexes(client, database)
    })
    expected.delete(database)
  }
  for (const [database, tables] of expected)
    for (const table of tables) if (table.surely) throw missing(database, table)
  return compared
}

const keyOf = ({ schema, name }: Pick<TableCounts, 'schema' | 'name'>) => JSON.stringify([schema, name])
const nameOf = (database: string, { schema, name }: Pick<TableCounts, 'schema' | 'name'>) =>
  `${database}.${schema}.${name}`
const missing = (database: string, table: TableCounts) =>
  new ArchiveError('table-missing', { table: nameOf(database, table) })

/** Yields the rows of each table that was in the counts. */
async function* compareTables(client: pg.Client, database: string, expected: Map<string, TableCounts>) {
  await client.query(fixedSession)
  for (const table of await tablesOf(client)) {
    const name = nameOf(database, table)
    const found = await countRows(client, table, true).catch((error: unknown) => {
      const reason = error instanceof Error ? error.message : String(error)
      throw new ArchiveError('table-not-readable', { table: name, reason }, error)
    })
    const wanted = expected.get(keyOf(table))
    if (wanted === undefined) continue
    expected.delete(keyOf(table))
    refuseOther(name, wanted, found)
    yield found.rows
  }
  for (const table of expected.values()) if (table.surely) throw missing(database, table)
}

function refuseOther(
  table: string,
  { rows: { atLeast, atMost }, checksum }: TableCounts,
  found: { readonly rows: number; readonly checksum: string | null },
): void {
  const expected = atLeast === atMost ? String(atLeast) : `${atLeast}–${atMost}`
  if (found.rows < atLeast || found.rows > atMost)
    throw new ArchiveError('table-differs', { table, expected, found: found.rows })
  if (checksum !== null && found.checksum !== checksum)
    throw new ArchiveError('table-content-differs', { table })
}

async function checkIndexes(client: pg.Client, database: string): Promise<void> {
  const { rowCount } = await client.query(`select from pg_available_extensions where name = 'amcheck'`)
  if (rowCount === 0) return
  // Event triggers of the original do not run.
  await client.query('set session_replication_role = replica; create extension if not exists amcheck')
  const { rows: places } = await client.query<{ place: string }>(
    `select quote_ident(n.nspname) as place from pg_extension e join pg_namespace n on n.oid = e.extnamespace
     where e.extname = 'amcheck'`,
  )
  const { rows } = await client.query<{ oid: string; name: string }>(btreesQuestion)
  for (const { oid, name } of rows) {
    try {
      await client.query(`select ${places[0]?.place ?? 'public'}.bt_index_check($1::oid::regclass)`, [oid])
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error)
      throw new ArchiveError('index-damaged', { index: `${database}.${name}`, reason }, error)
    }
  }
}
