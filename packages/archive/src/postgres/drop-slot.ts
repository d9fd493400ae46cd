import { openReplication, serverError } from './connection.ts'
import type { PostgresSource } from './options.ts'
import { quoted, slotOf } from './slot.ts'

/** SQLSTATE of what is not there. */
const undefinedObject = '42704'

/**
 * Lets the server forget a source that is no longer backed up, so that it keeps no log for it. Nothing happens where there is
 * no slot. Throws `server-*`, and `slot-taken` where somebody streams from it.
 */
export async function dropSlot(source: PostgresSource): Promise<void> {
  const slot = slotOf(source)
  const replication = await openReplication(source.url)
  try {
    await replication.query(`DROP_REPLICATION_SLOT ${quoted(slot)}`)
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === undefinedObject) return
    throw serverError(source.url, error, slot)
  } finally {
    replication.close()
  }
}
