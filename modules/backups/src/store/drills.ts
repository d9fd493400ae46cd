import type { Instant } from '@hevd/core'
import { at, type Tx } from '@hevd/postgres'
import { sql } from 'kysely'

export type DrillRow = {
  readonly id: string
  readonly source: string
  readonly backup: string
  readonly endedAt: Instant
  readonly outcome: 'passed' | 'failed'
  readonly code: string | null
  readonly files: number
  readonly tables: number
  readonly rows: number
}

const selected = sql`id, source, backup, ended_at as "endedAt", outcome, code, files, tables, row_count as "rows"`

export async function addDrill(tx: Tx, organisation: string, drill: DrillRow, now: Instant): Promise<void> {
  await sql`
    insert into backups.drill (organisation, id, source, backup, ended_at, outcome, code, files, tables, row_count, seen_at)
    values (${organisation}, ${drill.id}, ${drill.source}, ${drill.backup}, ${at(drill.endedAt)}, ${drill.outcome},
      ${drill.code}, ${drill.files}, ${drill.tables}, ${drill.rows}, ${at(now)})
    on conflict do nothing`.execute(tx)
}

/** Newest first, at most a hundred. */
export async function drillsOf(tx: Tx, organisation: string, source: string): Promise<readonly DrillRow[]> {
  const { rows } = await sql<DrillRow>`
    select ${selected} from backups.drill where organisation = ${organisation} and source = ${source}
    order by ended_at desc, id limit 100`.execute(tx)
  return rows
}

/** The last one of each source. */
export async function lastDrills(tx: Tx, organisation: string): Promise<ReadonlyMap<string, DrillRow>> {
  const { rows } = await sql<DrillRow>`
    select distinct on (source) ${selected} from backups.drill where organisation = ${organisation}
    order by source, ended_at desc, id`.execute(tx)
  return new Map(rows.map((row) => [row.source, row]))
}
