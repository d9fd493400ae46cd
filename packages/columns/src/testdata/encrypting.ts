import { writeSync } from 'node:fs'
import pg from 'pg'
import { openColumns } from '../columns.ts'
import { localKeyFile } from '../keys/local-key-file.ts'
import { encryptTable } from '../rewrite/encrypt-table.ts'
import { customers } from './customers.ts'

/** A process of its own that brings the table up to date, in small batches; it says where it is, and is killed. */
const [url = '', keyFile = ''] = process.argv.slice(2)
const pool = new pg.Pool({ connectionString: url, max: 2 })
const columns = await openColumns({
  database: pool,
  provider: localKeyFile(keyFile),
  tables: customers,
  migrating: true,
})
for await (const { phase, pass, seen } of encryptTable({
  database: pool,
  columns,
  table: 'customer',
  batch: 20,
  settle: 0,
}))
  writeSync(1, `${phase} ${pass} ${seen}\n`)
columns.close()
await pool.end()
