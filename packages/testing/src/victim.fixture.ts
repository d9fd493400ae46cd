import pg from 'pg'
import { throwawayDatabase } from './throwaway.ts'

/** A process that uses a cluster of its own, says where its data lies, and waits to be killed. */
const { adminUrl } = await throwawayDatabase()
const admin = new pg.Client({ connectionString: adminUrl })
await admin.connect()
const { rows } = await admin.query<{ data: string }>("select current_setting('data_directory') as data")
process.stdout.write(`${rows[0]?.data}\n`)
setInterval(() => {}, 1000)
