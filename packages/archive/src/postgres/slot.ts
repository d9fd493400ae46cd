import { setTimeout as sleep } from 'node:timers/promises'
import { ArchiveError } from '../errors.ts'
import type { Replication, Row } from './connection.ts'
import { isCopy } from './messages.ts'
import type { PostgresSource } from './options.ts'

/** Name of a source's slot where none is given; a slot's name has no hyphens and at most 63 signs. */
export function slotOf({ source, slot }: PostgresSource): string {
  return slot ?? `hevd_${source.replaceAll('-', '_')}`.slice(0, 63)
}

/** A name between double quotes. */
export const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`

export const textOf = (row: Row | undefined, column: string): string => {
  const value = row?.get(column)
  if (value === null || value === undefined) throw new Error(`the server told no ${column}`)
  return value
}

/** From where on a slot keeps the server's log. */
export type Kept = { readonly restartLsn: string; readonly timeline: number }

/** `lost`: the server gave up what it kept for the slot (`max_slot_wal_keep_size`), and it can no longer be used. */
export async function readSlot(replication: Replication, slot: string): Promise<Kept | 'missing' | 'lost'> {
  const [row] = await replication.query(`READ_REPLICATION_SLOT ${quoted(slot)}`)
  if (row?.get('slot_type') === null) return 'missing'
  if (row?.get('restart_lsn') === null) return 'lost'
  return { restartLsn: textOf(row, 'restart_lsn'), timeline: Number(textOf(row, 'restart_tli')) }
}

/** A slot that another process is making has no place for a moment, just as one that was lost: looks, and milliseconds between. */
const looks = 20
const between = 50

/** Makes the slot where it is not there, or was lost, keeping the log from the last checkpoint on. */
export async function ensureSlot(replication: Replication, slot: string): Promise<Kept> {
  for (let look = 1; ; look += 1) {
    const found = await readSlot(replication, slot)
    if (typeof found === 'object') return found
    if (found === 'lost' && look < looks) {
      await sleep(between)
      continue
    }
    if (found === 'lost') await replication.query(`DROP_REPLICATION_SLOT ${quoted(slot)}`)
    await replication
      .query(`CREATE_REPLICATION_SLOT ${quoted(slot)} PHYSICAL (RESERVE_WAL true)`)
      .catch((error: unknown) => {
        if (!isDuplicate(error)) throw error
        return untilReady(replication)
      })
  }
}

/** What the server still says after an error, up to where it takes the next command. */
export async function untilReady(replication: Replication): Promise<void> {
  for (;;) {
    const message = await replication.next()
    if (!isCopy(message) && message.type === 'Z') return
  }
}

/** SQLSTATE duplicate_object: a backup and the archiving of the log beside it have both seen that it is missing. */
const isDuplicate = (error: unknown) => error instanceof Error && 'code' in error && error.code === '42710'

/** The server behind a connection. */
export type Identity = { readonly systemIdentifier: string; readonly timeline: number; readonly lsn: string }

export async function identify(replication: Replication): Promise<Identity> {
  const [row] = await replication.query('IDENTIFY_SYSTEM')
  return {
    systemIdentifier: textOf(row, 'systemid'),
    timeline: Number(textOf(row, 'timeline')),
    lsn: textOf(row, 'xlogpos'),
  }
}

/** Throws `another-server` where a source's earlier backups are of another database cluster. */
export function refuseAnother(
  source: string,
  earlier: readonly { readonly postgresql: { readonly systemIdentifier: string } | null }[],
  { systemIdentifier }: Identity,
): void {
  const expected = earlier.at(-1)?.postgresql?.systemIdentifier
  if (expected !== undefined && expected !== systemIdentifier)
    throw new ArchiveError('another-server', { source, expected, found: systemIdentifier })
}
