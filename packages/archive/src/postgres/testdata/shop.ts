import { chownSync, statSync } from 'node:fs'
import { type Cluster, startCluster } from '@hevd/testing'
import pg from 'pg'

/** A server with a thousand orders and a hundred parts, these in a tablespace and with row-level security. */
export async function startShop(
  tablespace: string,
): Promise<{ readonly cluster: Cluster; readonly admin: pg.Client }> {
  const cluster = await startCluster()
  const admin = new pg.Client({ connectionString: cluster.adminUrl.replace(/\/postgres$/, '/hevd') })
  await admin.connect()
  const data = (await admin.query('show data_directory')).rows[0]?.data_directory
  chownSync(tablespace, statSync(data).uid, statSync(data).gid)
  await admin.query(`create tablespace space location '${tablespace}'`)
  await admin.query(
    `create table orders as select n as id, md5(n::text) as text from generate_series(1, 1000) n`,
  )
  await admin.query('create unique index on orders (id)')
  await admin.query(`create table parts (part int, "t" text) tablespace space`)
  await admin.query(`insert into parts select n, repeat('x', n) from generate_series(1, 100) n`)
  await admin.query('alter table parts enable row level security')
  return { cluster, admin }
}
