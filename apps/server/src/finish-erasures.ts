import { finishErasures, tablesToRewrite } from '@hevd/people'
import { openDatabase, rewriteTables } from '@hevd/postgres'
import type { ServerConfig } from './config.ts'
import { personalData } from './personal-data.ts'

/**
 * Rewrites the tables of an organisation's own database that can hold what was erased, as their owner, and ends the erasures
 * that waited for it: how many. Null where the database is ours, which rewrites itself. Throws PostgresError
 * `may-not-rewrite`. The write-ahead log, its archive, standbys and backups are its operator's.
 */
export async function finishErasuresIn({ database }: Pick<ServerConfig, 'database'>): Promise<number | null> {
  if (database === null) return null
  const db = openDatabase({ url: database.runtimeUrl, poolSize: 2, applicationName: 'hevd erase finish' })
  try {
    const begun = await db.now()
    await rewriteTables(database.ownerUrl, tablesToRewrite(personalData))
    return await finishErasures(db, begun)
  } finally {
    await db.close()
  }
}
