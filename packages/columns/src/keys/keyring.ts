import { type Queryable, sqlState } from '../database.ts'
import { type Column, readTables, type Tables } from '../declare.ts'
import { ColumnsError } from '../errors.ts'
import type { KeyProvider } from './provider.ts'

export type Purpose = 'data' | 'index'

/** A row of the keyring; the key is wrapped. */
export type KeyRow = {
  readonly scope: string
  readonly purpose: Purpose
  readonly version: number
  readonly wrapped: string
  /** What an index was made with; null of data keys. */
  readonly shape: string | null
  /** Milliseconds since new values are written with it; below zero while processes are to learn of it. */
  readonly age: number
  /** Of an index key: every encrypted row has its terms. */
  readonly complete: boolean
  readonly refused: boolean
}

/** The tables of ours in the application's database, for those who keep a schema in migrations of their own. */
export const keyringSchema = `create table if not exists hevd_column_keys (
  scope text not null,
  purpose text not null check (purpose in ('data', 'index')),
  version bigint not null check (version between 1 and 4294967295),
  wrapped text not null,
  shape text,
  writes_from timestamptz not null,
  complete boolean not null default false,
  refused boolean not null default false,
  made_at timestamptz not null default now(),
  primary key (scope, purpose, version)
);
create table if not exists hevd_column_progress (
  table_name text primary key,
  goal text not null,
  runner text not null,
  pass integer not null,
  after text[],
  seen bigint not null,
  changed bigint not null,
  skipped bigint not null,
  unreadable bigint not null,
  finished_at timestamptz
);
`

export type KeyringOptions = {
  readonly database: Queryable
  readonly provider: KeyProvider
  readonly tables: Tables
}

/** How the keyring calls a column's index key. Another index column is another index, with a key of its own. */
export function indexScope(column: Column): string | undefined {
  return column.index === undefined ? undefined : `${column.scope}/${column.index.column}`
}

/**
 * Makes our two tables and the first keys of declared columns that have none. Run it where the schema is migrated, by
 * the role that owns it; running it again changes nothing. The application's role needs `select` on `hevd_column_keys`.
 */
export async function prepareColumns({ database, provider, tables }: KeyringOptions): Promise<void> {
  const columns = readTables(tables).flatMap((table) => table.columns)
  await createTables(database)
  const known = new Set((await readKeys(database, scopesOf(columns))).map(({ scope }) => scope))
  for (const column of columns) {
    const scope = indexScope(column)
    if (scope !== undefined && column.index !== undefined && !known.has(scope)) {
      const { shape } = column.index
      await addKey(database, provider, { scope, purpose: 'index', shape, completeBefore: column.scope }, 1, 0)
    }
    if (!known.has(column.scope))
      await addKey(database, provider, { scope: column.scope, purpose: 'data' }, 1, 0)
  }
}

/** Two that create a table at once: PostgreSQL fails one of them, which then finds it. */
async function createTables(database: Queryable): Promise<void> {
  for (const statement of keyringSchema.split(';\n').filter((each) => each.trim() !== '')) {
    try {
      await database.query(statement)
    } catch (error) {
      if (sqlState(error) !== '23505' && sqlState(error) !== '42P07') throw error
      await database.query(statement)
    }
  }
}

export function scopesOf(columns: readonly Column[]): string[] {
  return columns.flatMap((column) => [
    column.scope,
    ...[indexScope(column)].filter((each) => each !== undefined),
  ])
}

type NewKey = {
  readonly scope: string
  readonly purpose: Purpose
  readonly shape?: string
  /** An index that is made before the first data key of this scope covers every value there will be. */
  readonly completeBefore?: string
}

/** False if another has made that version meanwhile. */
export async function addKey(
  database: Queryable,
  provider: KeyProvider,
  { scope, purpose, shape, completeBefore }: NewKey,
  version: number,
  announcedFor: number,
): Promise<boolean> {
  const { plain, wrapped } = await provider.newDataKey()
  plain.fill(0)
  const { rows } = await database.query(
    `insert into hevd_column_keys (scope, purpose, version, wrapped, shape, writes_from, complete)
     values ($1, $2, $3, $4, $5, now() + $6 * interval '1 millisecond',
       $7::text is not null and not exists (select from hevd_column_keys where scope = $7 and purpose = 'data'))
     on conflict do nothing returning version`,
    [scope, purpose, version, wrapped, shape ?? null, announcedFor, completeBefore ?? null],
  )
  return rows.length > 0
}

/** The keys of these scopes, oldest first. */
export async function readKeys(database: Queryable, scopes: readonly string[]): Promise<KeyRow[]> {
  const { rows } = await database.query(
    `select scope, purpose, version::text, wrapped, shape, complete, refused,
       (extract(epoch from clock_timestamp() - writes_from) * 1000)::float8::text as age
     from hevd_column_keys where scope = any($1::text[]) order by scope, purpose, hevd_column_keys.version`,
    [scopes],
  )
  return rows.map((row) => ({
    scope: String(row.scope),
    purpose: row.purpose === 'index' ? 'index' : 'data',
    version: Number(row.version),
    wrapped: String(row.wrapped),
    shape: row.shape === null ? null : String(row.shape),
    age: Number(row.age),
    complete: row.complete === true,
    refused: row.refused === true,
  }))
}

/** The one declared column that is meant, or `table-unknown`. */
export function declaredColumn(tables: Tables, table: string, column: string): Column {
  const found = readTables(tables)
    .find(({ name }) => name === table)
    ?.columns.find(({ name }) => name === column)
  if (found === undefined) throw new ColumnsError('table-unknown', { table: `${table}.${column}` })
  return found
}
