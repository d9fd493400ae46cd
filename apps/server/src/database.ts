import { type Database, type MigrationSet, migrate, openDatabase, supervise } from '@hevd/postgres'
import type { Logger } from 'pino'
import type { ServerConfig } from './config.ts'

/** The database as the server uses it, with its schema as this Hevd knows it. */
export type OpenedDatabase = {
  readonly db: Database
  /** What runs it, for people: `PostgreSQL 15.18 of our own`. */
  readonly description: { readonly nb: string; readonly en: string }
  /** How an agent on this host may look at it; null where it is the organisation's own. */
  readonly observerUrl: string | null
  /** Rewrites tables of a database of ours, so that no deleted row is left on disk; null where it is the organisation's own. */
  readonly rewrite: ((tables: readonly string[]) => Promise<void>) | null
  close(): Promise<void>
}

/** Opens the organisation's own PostgreSQL, or brings one of ours up, and migrates it. */
export async function openServerDatabase(
  config: Pick<ServerConfig, 'database' | 'home' | 'postgres' | 'path'>,
  sets: readonly MigrationSet[],
  logger: Logger,
  mayWrite: () => boolean,
): Promise<OpenedDatabase> {
  if (config.database !== null) {
    const { ownerUrl, runtimeUrl } = config.database
    await migrate(ownerUrl, sets, decodeURIComponent(new URL(runtimeUrl).username))
    const db = openDatabase({ url: runtimeUrl, mayWrite })
    const { host } = new URL(runtimeUrl)
    return {
      db,
      observerUrl: null,
      rewrite: null,
      description: { nb: `PostgreSQL på ${host}`, en: `PostgreSQL at ${host}` },
      close: () => db.close(),
    }
  }
  const own = await supervise({
    home: config.home,
    mode: config.postgres,
    path: config.path,
    report: (event) =>
      event.kind === 'restarted'
        ? logger.warn({ pid: event.pid }, 'PostgreSQL was lost and started again')
        : logger.error({ err: event.error }, 'PostgreSQL was lost and does not start'),
  })
  try {
    await migrate(own.ownerUrl, sets, own.runtimeRole)
  } catch (error) {
    await own.stop()
    throw error
  }
  const db = openDatabase({ url: own.runtimeUrl, mayWrite })
  return {
    db,
    observerUrl: own.observerUrl,
    rewrite: own.rewrite,
    description: { nb: `egen PostgreSQL ${own.version}`, en: `PostgreSQL ${own.version} of its own` },
    async close() {
      await db.close()
      await own.stop()
    },
  }
}
