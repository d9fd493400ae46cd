import type { Instant } from '@hevd/core'
import { at, type Tx } from '@hevd/postgres'
import { sql } from 'kysely'

export type SourceRow = {
  readonly id: string
  readonly host: string
  readonly source: string
  readonly firstSeenAt: Instant
  readonly endedAt: Instant | null
  readonly endedWhy: string | null
}

const selected = sql`id, host, source, first_seen_at as "firstSeenAt", ended_at as "endedAt", ended_why as "endedWhy"`

/** Those that go on first, then by name. */
export async function allSources(tx: Tx, organisation: string): Promise<readonly SourceRow[]> {
  const { rows } = await sql<SourceRow>`
    select ${selected} from backups.source where organisation = ${organisation}
    order by (ended_at is not null), source, host`.execute(tx)
  return rows
}

export async function sourceById(tx: Tx, organisation: string, id: string): Promise<SourceRow | undefined> {
  const { rows } = await sql<SourceRow>`
    select ${selected} from backups.source where organisation = ${organisation} and id = ${id}`.execute(tx)
  return rows[0]
}

/** Remembers a source; one that had ended goes on, and keeps when it was first seen. */
export async function putSource(
  tx: Tx,
  organisation: string,
  { id, host, source }: Pick<SourceRow, 'id' | 'host' | 'source'>,
  now: Instant,
): Promise<SourceRow> {
  const { rows } = await sql<SourceRow>`
    insert into backups.source (organisation, id, host, source, first_seen_at)
    values (${organisation}, ${id}, ${host}, ${source}, ${at(now)})
    on conflict (organisation, id) do update set ended_at = null, ended_by = null, ended_why = null
    returning ${selected}`.execute(tx)
  const [row] = rows
  if (row === undefined) throw new Error('no row was written')
  return row
}

export async function endSource(
  tx: Tx,
  organisation: string,
  id: string,
  { by, why, now }: { readonly by: string; readonly why: string; readonly now: Instant },
): Promise<void> {
  await sql`
    update backups.source set ended_at = ${at(now)}, ended_by = ${by}, ended_why = ${why}
    where organisation = ${organisation} and id = ${id}`.execute(tx)
}
