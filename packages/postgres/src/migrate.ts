import { fileURLToPath } from 'node:url'
import pg from 'pg'
import { PostgresError } from './errors.ts'
import { type MigrationFile, readMigrations } from './migration-files.ts'
import { isUniqueViolation, sqlStateOf } from './sqlstate.ts'

/** A module's schema: its name (`feeds`; the schema is called the same) and the directory of its SQL files. */
export type MigrationSet = { readonly name: string; readonly directory: string }

const GROUND: MigrationSet = {
  name: 'hevd',
  directory: fileURLToPath(new URL('../migrations', import.meta.url)),
}

const NAME = /^[a-z][a-z0-9_]*$/
const DUPLICATE_SCHEMA = '42P06'
const DUPLICATE_TABLE = '42P07'

const ident = (name: string) => pg.escapeIdentifier(name)

/** Two first starters can collide in the catalogue; the one that lost sees the other's tables when it tries again. */
async function createRecord(client: pg.Client): Promise<void> {
  const create = `
    create schema if not exists hevd;
    create table if not exists hevd.migration (
      name text not null, version integer not null, checksum text not null,
      applied_at timestamptz not null default now(), primary key (name, version))`
  try {
    await client.query(create)
  } catch (error) {
    const state = sqlStateOf(error) ?? ''
    if (!isUniqueViolation(error) && ![DUPLICATE_SCHEMA, DUPLICATE_TABLE].includes(state)) throw error
    await client.query(create)
  }
}

type Recorded = { readonly name: string; readonly version: number; readonly checksum: string }

async function recorded(client: pg.Client): Promise<Recorded[]> {
  const { rows } = await client.query<Recorded>(
    'select name, version, checksum from hevd.migration order by name, version',
  )
  return rows
}

/** Refuses a database that a newer Hevd has written, and files that are not those that were run. */
function compare(rows: readonly Recorded[], known: ReadonlyMap<string, readonly MigrationFile[]>): void {
  for (const { name, version, checksum } of rows) {
    const files = known.get(name) ?? []
    const file = files[version - 1]
    if (!file) throw new PostgresError('schema-newer', { set: name, found: version, known: files.length })
    if (file.checksum !== checksum) throw new PostgresError('migration-changed', { file: file.file })
  }
}

/** The module's schema, in which the runtime role may read and write every table unless its SQL says less. */
function openSchema(name: string, runtimeRole: string): string {
  const schema = ident(name)
  const role = ident(runtimeRole)
  return `
    create schema if not exists ${schema};
    grant usage on schema ${schema} to ${role};
    alter default privileges in schema ${schema} grant select, insert, update, delete on tables to ${role};
    alter default privileges in schema ${schema} grant usage on sequences to ${role}`
}

/** The file runs with an empty search path, so that it names the schema of everything it makes. */
async function apply(
  client: pg.Client,
  set: MigrationSet,
  file: MigrationFile,
  runtimeRole: string,
): Promise<void> {
  await client.query(
    `set local search_path = pg_catalog; set local hevd.runtime_role = ${pg.escapeLiteral(runtimeRole)}`,
  )
  if (file.version === 1) await client.query(openSchema(set.name, runtimeRole))
  try {
    await client.query(file.text)
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw new PostgresError('migration-failed', { file: file.file, reason }, error)
  }
  await client.query('insert into hevd.migration (name, version, checksum) values ($1, $2, $3)', [
    set.name,
    file.version,
    file.checksum,
  ])
}

/** One transaction; the table lock makes concurrent starters wait, and then find the file applied. */
async function applyOnce(
  client: pg.Client,
  set: MigrationSet,
  file: MigrationFile,
  runtimeRole: string,
): Promise<void> {
  await client.query('begin; lock table hevd.migration in share row exclusive mode')
  try {
    const { rowCount } = await client.query('select from hevd.migration where name = $1 and version = $2', [
      set.name,
      file.version,
    ])
    if (rowCount === 0) await apply(client, set, file, runtimeRole)
    await client.query('commit')
  } catch (error) {
    await client.query('rollback').catch(() => {})
    throw error
  }
}

async function withClient<T>(url: string, run: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url, application_name: 'hevd migrate' })
  await client.connect()
  try {
    return await run(client)
  } finally {
    await client.end()
  }
}

/**
 * Brings the database to the newest version of every set, in the order given, each file in a transaction of its
 * own. `ownerUrl` is the role that owns the schemas; `runtimeRole` the name of the one the server works as.
 * Throws PostgresError `schema-newer`, `migration-changed`, `migration-misnumbered` (nothing was done) or
 * `migration-failed` (what stood before the failing file stays). Several servers may start at once.
 */
export async function migrate(
  ownerUrl: string,
  sets: readonly MigrationSet[],
  runtimeRole: string,
): Promise<void> {
  const all = [GROUND, ...sets]
  const wrong = all.find(({ name }) => !NAME.test(name))
  if (wrong) throw new TypeError(`Not a schema name: ${wrong.name}`)
  const known = new Map<string, MigrationFile[]>()
  for (const set of all) known.set(set.name, await readMigrations(set.directory))

  await withClient(ownerUrl, async (client) => {
    await createRecord(client)
    const done = await recorded(client)
    compare(done, known)
    for (const set of all) {
      const applied = done.filter(({ name }) => name === set.name).length
      for (const file of (known.get(set.name) ?? []).slice(applied)) {
        await applyOnce(client, set, file, runtimeRole)
      }
    }
    compare(await recorded(client), known)
  })
}

/**
 * Tables that row-level security does not guard, and unique keys not led by the organisation, one English line
 * each; empty on a sound schema. For tests and `hevd doctor`.
 */
export function schemaFaults(url: string): Promise<string[]> {
  return withClient(url, async (client) => {
    const { rows } = await client.query<{ target: string; fault: string }>(
      'select * from hevd.schema_faults()',
    )
    return rows.map(({ target, fault }) => `${target}: ${fault}`)
  })
}
