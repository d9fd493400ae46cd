import { existsSync, writeSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { startPostgresOn } from '@hevd/testing'
import pg from 'pg'
import { openColumns } from '../columns.ts'
import { prepareColumns } from '../keys/keyring.ts'
import { localKeyFile, makeKeyFile } from '../keys/local-key-file.ts'
import { rotateKey } from '../keys/rotate.ts'
import { encryptTable } from '../rewrite/encrypt-table.ts'
import { customerSchema, customers, fillCustomers } from './customers.ts'

/**
 * A whole installation: PostgreSQL on a disk whose power is cut, a table that is encrypted and then rotated again and again, and
 * an application that writes. Says `row <nr> <value>` when a write is acknowledged, `verified` when the table is.
 */
const [home = '', keyFile = '', life = ''] = process.argv.slice(2)
const { ownerUrl } = await startPostgresOn(home)
const pool = new pg.Pool({ connectionString: ownerUrl, max: 4 })
const provider = localKeyFile(keyFile)
const keyring = { database: pool, provider, tables: customers }
const { rows } = await pool.query(`select to_regclass('customer') as found`)
if (rows[0].found === null) {
  if (!existsSync(keyFile)) await makeKeyFile(keyFile)
  await pool.query(`begin; ${customerSchema}; ${fillCustomers(300)}; commit`)
}
await prepareColumns(keyring)
const columns = await openColumns({ ...keyring, migrating: true, refreshEvery: 50 })

async function write(): Promise<void> {
  for (let n = 0; ; n += 1) {
    const nr = 1 + ((n * 7) % 300)
    const api_key = `${life}-${n}`
    const { rows: found } = await pool.query('select region, nr, tenant from customer where nr = $1', [nr])
    const sealed = columns.tables.customer.seal({ ...found[0], api_key })
    await pool.query('update customer set api_key = $1 where nr = $2', [sealed.api_key, nr])
    writeSync(1, `row ${nr} ${api_key}\n`)
    await sleep(2)
  }
}

async function rewrite(): Promise<void> {
  for (;;) {
    for await (const { phase, pass, seen } of encryptTable({
      database: pool,
      columns,
      table: 'customer',
      batch: 10,
      settle: 0,
    }))
      writeSync(1, `${phase} ${pass} ${seen}\n`)
    await rotateKey({ ...keyring, table: 'customer', column: 'api_key', purpose: 'data', announceFor: 0 })
  }
}

await Promise.all([write(), rewrite()])
