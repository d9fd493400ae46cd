import { type Database, openDatabase, PostgresError, supervise, supervisedElsewhere } from '@hevd/postgres'
import type { ServerConfig } from '@hevd/server'

/** The database of an installation, as the server's role, whether its server runs or not; nothing is migrated. */
export async function openInstallation(
  config: ServerConfig,
): Promise<{ readonly db: Database; close(): Promise<void> }> {
  if (config.database !== null) return opened(config.database.runtimeUrl, async () => {})
  try {
    const own = await supervise({ home: config.home, mode: config.postgres, path: config.path })
    return opened(own.runtimeUrl, () => own.stop())
  } catch (error) {
    if (!(error instanceof PostgresError) || error.code !== 'already-supervised') throw error
    return opened(await supervisedElsewhere(config.home), async () => {})
  }
}

function opened(url: string, stop: () => Promise<void>): { readonly db: Database; close(): Promise<void> } {
  const db = openDatabase({ url, poolSize: 4, applicationName: 'hevd cli' })
  return {
    db,
    async close() {
      await db.close()
      await stop()
    },
  }
}
