import { hosts } from '@hevd/facts'
import type { Tx } from '@hevd/postgres'
import { sql } from 'kysely'

/** The hosts that a register declares. */
export async function declaredHosts(
  tx: Tx,
  organisation: string,
): Promise<{ readonly id: string; readonly name: string }[]> {
  const { rows } = await sql<{ id: string; name: string }>`
    select key as id, value ->> 'name' as name from feeds.fact
    where organisation = ${organisation} and type = ${hosts.name} order by key`.execute(tx)
  return rows
}
