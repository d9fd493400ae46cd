import type { Instant } from '@hevd/core'
import type { Database, OrganisationTables } from '@hevd/postgres'
import { finishBy } from './store.ts'

/** Ends the erasures whose key was gone when the database began to be rewritten; how many. */
export async function finishErasures(db: Database, rewriteBegun: Instant): Promise<number> {
  const organisations = await db.system((tx) =>
    tx.withTables<OrganisationTables>().selectFrom('hevd.organisation').select('id').execute(),
  )
  const now = await db.now()
  let finished = 0
  for (const { id } of organisations)
    finished += await db.transaction(id, (tx) => finishBy(tx, id, rewriteBegun, now))
  return finished
}
