import pg from 'pg'
import { roles, type Secrets, urlOf } from './secrets.ts'
import { durableSettings, refuseUnsafe } from './settings.ts'

export const DATABASE = 'hevd'

async function withClient<T>(url: string, run: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url, application_name: 'hevd supervisor' })
  await client.connect()
  try {
    return await run(client)
  } finally {
    await client.end()
  }
}

async function exists(client: pg.Client, query: string, name: string): Promise<boolean> {
  return (await client.query(query, [name])).rowCount !== 0
}

async function createRole(client: pg.Client, name: string, password: string): Promise<void> {
  if (await exists(client, 'select from pg_roles where rolname = $1', name)) return
  // A statement that fails is written to the log, and this one holds a password.
  await client.query('set log_min_error_statement = panic')
  await client.query(
    `create role ${pg.escapeIdentifier(name)} login nosuperuser nocreatedb nocreaterole noreplication nobypassrls
     password ${pg.escapeLiteral(password)}`,
  )
}

/** Lets the agent of this host see how the server is set up: settings, roles, rules, connections. */
const observing = [
  `grant pg_monitor to ${roles.observer}`,
  `grant select on pg_catalog.pg_hba_file_rules to ${roles.observer}`,
  `grant execute on function pg_catalog.pg_hba_file_rules() to ${roles.observer}`,
] as const

/**
 * Lets backups be taken and their rows counted. A base backup is a copy of everything in any case; row-level security would
 * only falsify the counts. Replication is what makes it more than a reader, and what a backup needs.
 */
const backingUp = [
  `alter role ${roles.backup} replication bypassrls`,
  `grant pg_read_all_data to ${roles.backup}`,
] as const

/** Creates what is missing of the roles and the database; safe to run at every start. */
export async function provision(sockets: string, secrets: Secrets): Promise<void> {
  await withClient(urlOf(sockets, 'admin', secrets, 'postgres'), async (client) => {
    await createRole(client, roles.owner, secrets.owner)
    await createRole(client, roles.runtime, secrets.runtime)
    await createRole(client, roles.observer, secrets.observer)
    await createRole(client, roles.backup, secrets.backup)
    for (const grant of [...observing, ...backingUp]) await client.query(grant)
    if (!(await exists(client, 'select from pg_database where datname = $1', DATABASE))) {
      await client.query(`create database ${DATABASE} owner ${roles.owner}`)
      await client.query(`revoke all on database ${DATABASE} from public`)
      await client.query(`grant connect on database ${DATABASE} to ${roles.runtime}`)
    }
    await client.query(`grant connect on database ${DATABASE} to ${roles.backup}`)
  })
  // Who may call a function is a matter of each database.
  await withClient(urlOf(sockets, 'admin', secrets, DATABASE), (client) =>
    client.query(`grant execute on function pg_catalog.pg_switch_wal() to ${roles.backup}`),
  )
}

/** As the runtime role will see it: also what `alter database` and `alter role` set. Throws `unsafe-setting`. */
export async function refuseUnsafeSession(sockets: string, secrets: Secrets): Promise<void> {
  await withClient(urlOf(sockets, 'runtime', secrets, DATABASE), async (client) => {
    for (const setting of durableSettings) {
      const { rows } = await client.query<{ value: string }>('select current_setting($1) as value', [setting])
      refuseUnsafe(setting, rows[0]?.value ?? 'off')
    }
  })
}
