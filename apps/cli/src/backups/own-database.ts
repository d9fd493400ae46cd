import { ArchiveError } from '@hevd/archive'
import { PostgresError, supervise, supervisedElsewhere } from '@hevd/postgres'
import type { ServerConfig } from '@hevd/server'

/** An address to back up from, for as long as it is not closed. */
export type Source = { readonly url: string; close(): Promise<void> }

/**
 * The address of a plan's server; `own` is the database that runs in this home.
 * Throws ArchiveError `no-own-database`, and PostgresError.
 *
 * @param start whether it may be started where no Hevd runs it; who stays for long must not, or Hevd could not start
 */
export async function urlOf(config: ServerConfig, of: string, start: boolean): Promise<Source> {
  const open = async () => {}
  if (of !== 'own') return { url: of, close: open }
  const { home, postgres: mode, path, database } = config
  if (database !== null) throw new ArchiveError('no-own-database', { home })
  if (!start) return { url: await elsewhere(home), close: open }
  try {
    const own = await supervise({ home, mode, path })
    return { url: own.backupUrl, close: () => own.stop() }
  } catch (error) {
    if (!(error instanceof PostgresError) || error.code !== 'already-supervised') throw error
    return { url: await elsewhere(home), close: open }
  }
}

async function elsewhere(home: string): Promise<string> {
  try {
    return await supervisedElsewhere(home, 'backup')
  } catch (error) {
    if (!(error instanceof PostgresError) || error.code !== 'secrets-missing') throw error
    throw new ArchiveError('no-own-database', { home })
  }
}
