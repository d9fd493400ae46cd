import type { Instant } from '@hevd/core'
import { at, columns, type Tx } from '@hevd/postgres'
import { sql } from 'kysely'
import type { Standing } from '../domain/standing.ts'

/** Whether this transaction is the one that looks at what is asked; another that does so is not waited for. */
export async function holdRound(tx: Tx, organisation: string): Promise<boolean> {
  await sql`insert into notices.round (organisation) values (${organisation}) on conflict do nothing`.execute(
    tx,
  )
  const { rows } = await sql`
    select from notices.round where organisation = ${organisation} for update skip locked`.execute(tx)
  return rows.length > 0
}

export async function standings(tx: Tx, organisation: string): Promise<ReadonlyMap<string, Standing>> {
  const { rows } = await sql<Standing>`
    select item, began_at, ended_at, deadline, revision, changed_at from notices.standing
    where organisation = ${organisation}`.execute(tx)
  return new Map(rows.map((row) => [row.item, row]))
}

export async function writeStandings(tx: Tx, organisation: string, rows: readonly Standing[]): Promise<void> {
  if (rows.length === 0) return
  const types = {
    item: 'text',
    began_at: 'timestamptz',
    ended_at: 'timestamptz',
    deadline: 'timestamptz',
    revision: 'integer',
    changed_at: 'timestamptz',
  } as const
  await sql`
    insert into notices.standing (organisation, item, began_at, ended_at, deadline, revision, changed_at)
    select ${organisation}::uuid, s.*
    from ${columns(rows, types)} as s (item, began_at, ended_at, deadline, revision, changed_at)
    on conflict (organisation, item) do update set began_at = excluded.began_at, ended_at = excluded.ended_at,
      deadline = excluded.deadline, revision = excluded.revision, changed_at = excluded.changed_at`.execute(
    tx,
  )
}

/** Forgets what ended, and what was sent or dropped, before a moment. */
export async function forget(tx: Tx, organisation: string, before: Instant): Promise<void> {
  await sql`
    delete from notices.standing where organisation = ${organisation} and ended_at < ${at(before)}`.execute(
    tx,
  )
  await sql`
    delete from notices.telling where organisation = ${organisation} and dropped_at < ${at(before)}`.execute(
    tx,
  )
  await sql`
    delete from notices.delivery where organisation = ${organisation} and settled_at < ${at(before)}`.execute(
    tx,
  )
}
