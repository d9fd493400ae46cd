import { createHash, randomBytes } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type Database, type MigrationSet, migrate, openDatabase } from '@hevd/postgres'
import pg from 'pg'
import type { ClusterAddress } from './cluster.ts'
import { sharedCluster } from './shared-cluster.ts'

export type ThrowawayDatabase = {
  /** As the runtime role, with the sets migrated. */
  readonly db: Database
  readonly ownerUrl: string
  readonly runtimeUrl: string
  readonly runtimeRole: string
  /** The same database as superuser: for what no role of the product may do (tampering, cutting connections). */
  readonly adminUrl: string
  /** Closes `db` and drops the database, whoever is connected. */
  drop(): Promise<void>
}

async function withClient<T>(url: string, run: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url, application_name: 'hevd tests' })
  await client.connect()
  try {
    return await run(client)
  } finally {
    await client.end()
  }
}

/** The same address on another database of the cluster. */
function onDatabase(url: string, name: string): string {
  return `${url.slice(0, url.lastIndexOf('/'))}/${name}`
}

/** One name for one content of the sets: another run, or an edited file, has another. */
async function templateName(sets: readonly MigrationSet[]): Promise<string> {
  const hash = createHash('sha256')
  for (const { name, directory } of sets) {
    hash.update(`${name}\n`)
    for (const file of (await readdir(directory)).sort()) {
      hash.update(`${file}\n`).update(await readFile(join(directory, file)))
    }
  }
  return `template_${hash.digest('hex').slice(0, 24)}`
}

async function isReady(client: pg.Client, name: string): Promise<boolean> {
  const { rowCount } = await client.query('select from pg_database where datname = $1 and datistemplate', [
    name,
  ])
  return rowCount !== 0
}

async function buildTemplate(
  cluster: ClusterAddress,
  name: string,
  sets: readonly MigrationSet[],
): Promise<void> {
  await withClient(cluster.adminUrl, async (client) => {
    await client.query(`drop database if exists ${name}`)
    await client.query(`create database ${name} owner hevd_owner`)
    await migrate(onDatabase(cluster.ownerUrl, name), sets, cluster.runtimeRole)
    await client.query(`alter database ${name} is_template true`)
  })
}

/** Workers that want the same template wait for the one that builds it; if that one dies, the next begins anew. */
async function ensureTemplate(cluster: ClusterAddress, sets: readonly MigrationSet[]): Promise<string> {
  const name = await templateName(sets)
  await withClient(cluster.adminUrl, async (client) => {
    if (await isReady(client, name)) return
    await client.query('begin; select pg_advisory_xact_lock(hashtext($$template$$))')
    if (!(await isReady(client, name))) await buildTemplate(cluster, name, sets)
    await client.query('commit')
  })
  return name
}

/**
 * A database of its own with these migrations, copied from a template that the first asker in a run builds.
 * Starts the run's cluster if this is the first of all.
 */
export async function throwawayDatabase(sets: readonly MigrationSet[] = []): Promise<ThrowawayDatabase> {
  const cluster = await sharedCluster()
  const template = await ensureTemplate(cluster, sets)
  const name = `throwaway_${randomBytes(8).toString('hex')}`
  await withClient(cluster.adminUrl, (client) =>
    client.query(`create database ${name} template ${template} owner hevd_owner`),
  )
  const runtimeUrl = onDatabase(cluster.runtimeUrl, name)
  const db = openDatabase({ url: runtimeUrl, poolSize: 8, applicationName: 'hevd test' })
  return {
    db,
    ownerUrl: onDatabase(cluster.ownerUrl, name),
    runtimeUrl,
    runtimeRole: cluster.runtimeRole,
    adminUrl: onDatabase(cluster.adminUrl, name),
    async drop() {
      await db.close()
      await withClient(cluster.adminUrl, (client) =>
        client.query(`drop database if exists ${name} with (force)`),
      )
    },
  }
}
