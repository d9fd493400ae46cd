import type { Instant } from '@hevd/core'
import { columns, type Tx, uuidv7 } from '@hevd/postgres'
import { sql } from 'kysely'
import { takeToTouch } from './to-touch.ts'

/** Puts touched keys into the queue, each once; they are handed on when this transaction has committed. */
export async function addTouched(
  tx: Tx,
  organisation: string,
  keys: Iterable<string>,
  now: Instant,
): Promise<void> {
  const rows = [...new Set(keys)].map((key) => ({ organisation, id: uuidv7(now), lookup_key: key }))
  if (rows.length === 0) return
  await sql`
    insert into feeds.touched (organisation, id, lookup_key)
    select * from ${columns(rows, { organisation: 'uuid', id: 'uuid', lookup_key: 'text' })}`.execute(tx)
}

/**
 * Takes keys off the queue, oldest first, and when it has fewer, what {@link addToTouch} asked for; rows that another
 * transaction holds are skipped.
 */
export async function takeTouched(tx: Tx, organisation: string, limit: number): Promise<readonly string[]> {
  const { rows } = await sql<{ lookup_key: string }>`
    delete from feeds.touched
    where organisation = ${organisation} and id in (
      select id from feeds.touched where organisation = ${organisation}
      order by id limit ${limit} for update skip locked)
    returning lookup_key`.execute(tx)
  const keys = rows.map((row) => row.lookup_key)
  return keys.length < limit ? [...keys, ...(await takeToTouch(tx, organisation, limit - keys.length))] : keys
}
