import type pg from 'pg'
import { z } from 'zod'
import { onDatabase, openClient, withClient } from './connection.ts'
import type { CountLimits } from './options.ts'

const tableCounts = z.object({
  schema: z.string(),
  name: z.string(),
  /** Rows at the end of the backup: one number where the table rested, else the range it was in. */
  rows: z.object({ atLeast: z.number(), atMost: z.number() }),
  /** Sum of the rows' 64-bit hashes, in any order; null of a table that did not rest or is too large. */
  checksum: z.string().nullable(),
  /** False of one that was made or dropped while the backup was taken. */
  surely: z.boolean(),
})

/** `counts.json`: what a restored copy of a server is compared with. */
export const backupCounts = z.object({
  format: z.literal(1),
  /** A superuser that may log in, for whoever starts a copy. */
  superuser: z.string().nullable(),
  /** Settings that a copy needs at least as high to take over what was prepared. */
  settings: z.record(z.string(), z.string()),
  databases: z.array(z.object({ name: z.string(), tables: z.array(tableCounts) })),
  /** Tables and databases that the role could not read or that were too much to count, and why; nothing of them is compared. */
  unread: z.array(z.object({ name: z.string(), reason: z.string() })),
})
export type BackupCounts = z.infer<typeof backupCounts>
export type TableCounts = z.infer<typeof tableCounts>

/** One look at a table. `changes`: rows inserted, updated and deleted ever, as the server's statistics have it. */
type TableReading = { readonly rows: number; readonly checksum: string | null; readonly changes: number }
/** By database, then by table. */
export type Reading = {
  readonly databases: ReadonlyMap<string, ReadonlyMap<string, TableReading>>
  readonly unread: ReadonlyMap<string, string>
}

export type Table = { readonly schema: string; readonly name: string; readonly bytes: number }

const tooMuch = 'too large to be counted beside all the others (countUpTo)'

/** How rows are written as text is part of their checksum. */
export const fixedSession = [
  `set datestyle = 'ISO, YMD'`,
  `set intervalstyle = 'postgres'`,
  `set timezone = 'UTC'`,
  `set bytea_output = 'hex'`,
  'set extra_float_digits = 1',
  `set xmloption = 'content'`,
  'set row_security = off',
  'set statement_timeout = 0',
  `set lock_timeout = '30s'`,
  'set search_path = pg_catalog',
].join('; ')

const databasesQuestion = 'select datname as name from pg_database where datallowconn order by datname'

/** What outlives a crash: no temporary or unlogged tables; the leaves of a partitioned one, not itself. */
const tablesQuestion = `select n.nspname as schema, c.relname as name, pg_relation_size(c.oid)::float8 as bytes
  from pg_class c join pg_namespace n on n.oid = c.relnamespace
  where c.relkind in ('r', 'm') and c.relpersistence = 'p' and (c.relkind <> 'm' or c.relispopulated)
    and n.nspname not in ('pg_catalog', 'information_schema', 'pg_toast')
  order by 1, 2`

const changesQuestion = `select schemaname as schema, relname as name, (n_tup_ins + n_tup_upd + n_tup_del)::float8 as changes
  from pg_stat_all_tables`

export async function databasesOf(url: string): Promise<readonly string[]> {
  const { rows } = await withClient(url, (client) => client.query<{ name: string }>(databasesQuestion))
  return rows.map(({ name }) => name)
}

export async function tablesOf(client: pg.Client): Promise<readonly Table[]> {
  return (await client.query<Table>(tablesQuestion)).rows
}

/** Every row of a table is read whole where its checksum is asked for. */
export async function countRows(
  client: pg.Client,
  { schema, name }: Pick<Table, 'schema' | 'name'>,
  checksum: boolean,
): Promise<{ readonly rows: number; readonly checksum: string | null }> {
  const sum = checksum
    ? `coalesce(sum(hashtextextended((t.*)::text collate "C", 0)::numeric), 0)::text`
    : 'null'
  const table = `${client.escapeIdentifier(schema)}.${client.escapeIdentifier(name)}`
  const { rows } = await client.query<{ rows: number; checksum: string | null }>(
    `select count(*)::float8 as rows, ${sum} as checksum from only ${table} t`,
  )
  return rows[0] ?? { rows: 0, checksum: null }
}

/** A look at all databases, each as it was when the look began. */
export type Look = {
  /** Counts all rows. What cannot be read is named, and is no error. Once. */
  read(): Promise<Reading>
  /** Ends it, in the middle of reading too. */
  close(): Promise<void>
}

/**
 * Begins a look: from when this resolves its rows are what they are.
 * @param changes when the server's statistics are asked for: so that none between two looks are missed, as the first one begins
 * and as the second one ends
 */
export async function beginLook(
  url: string,
  limits: CountLimits,
  changes: 'as-it-begins' | 'as-it-ends',
): Promise<Look> {
  const unread = new Map<string, string>()
  const clients: pg.Client[] = []
  const begun: Begun[] = []
  const close = async () => {
    await Promise.all(clients.map((client) => client.end().catch(() => {})))
  }
  for (const name of await databasesOf(url)) {
    try {
      const client = await openClient(onDatabase(url, name))
      clients.push(client)
      const changed = changes === 'as-it-begins' ? await changesIn(client) : null
      await client.query(
        `${fixedSession}; begin isolation level repeatable read read only; select pg_current_snapshot()`,
      )
      begun.push({ name, client, changed, tables: await tablesOf(client) })
    } catch (error) {
      unread.set(name, reasonOf(error))
    }
  }
  const counting = withinLimit(begun, limits.countUpTo)
  return {
    close,
    async read() {
      const databases = new Map<string, ReadonlyMap<string, TableReading>>()
      for (const of of begun) {
        const { name, client, changed } = of
        try {
          const counted = await countDatabase(of, counting, limits.checksumUpTo, unread)
          const by = changed ?? (await changesIn(client))
          databases.set(
            name,
            new Map([...counted].map(([key, found]) => [key, { ...found, changes: by.get(key) ?? 0 }])),
          )
        } catch (error) {
          unread.set(name, reasonOf(error))
        }
      }
      await close()
      return { databases, unread }
    },
  }
}

/** A database within a look. */
type Begun = {
  readonly name: string
  readonly client: pg.Client
  readonly changed: Changed | null
  readonly tables: readonly Table[]
}

/** The smallest tables, as many of all databases together as the limit has room for. */
function withinLimit(databases: readonly Begun[], limit: number): ReadonlySet<Table> {
  const bySize = databases.flatMap(({ tables }) => tables).sort((a, b) => a.bytes - b.bytes)
  let bytes = 0
  const beyond = bySize.findIndex((table) => {
    bytes += table.bytes
    return bytes > limit
  })
  return new Set(beyond < 0 ? bySize : bySize.slice(0, beyond))
}

/** Rows ever changed, by table. */
type Changed = ReadonlyMap<string, number>

/** As the server knows it now, also within a transaction. */
async function changesIn(client: pg.Client): Promise<Changed> {
  await client.query(`set stats_fetch_consistency = 'none'`)
  const { rows } = await client.query<{ schema: string; name: string; changes: number }>(changesQuestion)
  return new Map(rows.map((row) => [keyOf(row), row.changes]))
}

async function countDatabase(
  { name: database, client, tables }: Begun,
  counting: ReadonlySet<Table>,
  checksumUpTo: number,
  unread: Map<string, string>,
): Promise<ReadonlyMap<string, Omit<TableReading, 'changes'>>> {
  const found = new Map<string, Omit<TableReading, 'changes'>>()
  for (const table of tables) {
    if (!counting.has(table)) {
      unread.set(`${database}.${table.schema}.${table.name}`, tooMuch)
      continue
    }
    await client.query('savepoint one')
    try {
      found.set(keyOf(table), await countRows(client, table, table.bytes <= checksumUpTo))
    } catch (error) {
      unread.set(`${database}.${table.schema}.${table.name}`, reasonOf(error))
    }
    // Lets go of the table's lock and keeps the snapshot: nobody's change of a table waits for all the others.
    await client.query('rollback to one; release one')
  }
  return found
}

const reasonOf = (error: unknown) => (error instanceof Error ? error.message : String(error))

const keyOf = ({ schema, name }: Pick<Table, 'schema' | 'name'>) => JSON.stringify([schema, name])

/**
 * What the tables held at a moment between two readings. A table with the same rows, checksum and statistics in both rested.
 * Of any other the range is widened by as many rows as were changed in between.
 */
export function between(before: Reading, after: Reading): Pick<BackupCounts, 'databases' | 'unread'> {
  const names = new Set([...before.databases.keys(), ...after.databases.keys()])
  const databases = [...names].map((name) => {
    const [first, second] = [before.databases.get(name), after.databases.get(name)]
    const keys = new Set([...(first?.keys() ?? []), ...(second?.keys() ?? [])])
    return { name, tables: [...keys].map((key) => tableBetween(key, first?.get(key), second?.get(key))) }
  })
  const unread = [...new Map([...before.unread, ...after.unread])].map(([name, reason]) => ({ name, reason }))
  return { databases, unread }
}

function tableBetween(
  key: string,
  first: TableReading | undefined,
  second: TableReading | undefined,
): TableCounts {
  const [schema = '', name = ''] = z.array(z.string()).parse(JSON.parse(key))
  if (first === undefined || second === undefined) {
    const only = first ?? second
    const atMost = (only?.rows ?? 0) + (only?.changes ?? 0)
    return { schema, name, rows: { atLeast: 0, atMost }, checksum: null, surely: false }
  }
  const changes = Math.abs(second.changes - first.changes)
  if (changes === 0 && first.rows === second.rows && first.checksum === second.checksum)
    return {
      schema,
      name,
      rows: { atLeast: first.rows, atMost: first.rows },
      checksum: first.checksum,
      surely: true,
    }
  const atLeast = Math.max(0, Math.min(first.rows, second.rows) - changes)
  const atMost = Math.max(first.rows, second.rows) + changes
  return { schema, name, rows: { atLeast, atMost }, checksum: null, surely: true }
}

const copySettings = ['max_prepared_transactions', 'max_locks_per_transaction']

/** What a copy of a server has to be started with. */
export async function copyNeeds(url: string): Promise<Pick<BackupCounts, 'superuser' | 'settings'>> {
  return withClient(url, async (client) => {
    const settings = await client.query<{ name: string; setting: string }>(
      'select name, setting from pg_settings where name = any($1)',
      [copySettings],
    )
    const { rows } = await client.query<{ name: string }>(
      'select rolname as name from pg_roles where rolsuper and rolcanlogin order by oid limit 1',
    )
    return {
      superuser: rows[0]?.name ?? null,
      settings: Object.fromEntries(settings.rows.map(({ name, setting }) => [name, setting])),
    }
  })
}
