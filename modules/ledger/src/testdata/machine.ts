import { writeSync } from 'node:fs'
import { migrate, openDatabase } from '@hevd/postgres'
import { addOrganisation, startPostgresOn } from '@hevd/testing'
import { ledgerMigrations } from '../index.ts'

/**
 * A whole installation in one process: PostgreSQL of its own and a ledger, both under one home, writing until the power
 * is cut. Says `postmaster <pid>` and, on its first day, `organisation <id>` before the lines of the writer.
 */
const [home = '', known = ''] = process.argv.slice(2)
const { ownerUrl, runtimeUrl, runtimeRole } = await startPostgresOn(home)
await migrate(ownerUrl, [{ name: 'ledger', directory: ledgerMigrations }], runtimeRole)
let organisation = known
if (organisation === '') {
  const db = openDatabase({ url: runtimeUrl })
  organisation = await addOrganisation(db)
  await db.close()
  writeSync(1, `organisation ${organisation}\n`)
}
process.argv.splice(2, process.argv.length, runtimeUrl, home, organisation)
await import('./writer.ts')
