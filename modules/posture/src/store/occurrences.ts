import type { Occurrence } from '@hevd/core'
import { columns, type Tx } from '@hevd/postgres'
import { sql } from 'kysely'
import type { Which } from './wake.ts'

export type OccurrenceRow = Which & Occurrence

export async function occurrencesOf(
  tx: Tx,
  organisation: string,
  which: readonly Which[],
): Promise<OccurrenceRow[]> {
  if (which.length === 0) return []
  const { rows } = await sql<OccurrenceRow>`
    select o.test, o.subject, o.due_at as "dueAt", o.state, o.discharged_at as "dischargedAt",
      o.recorded_at as "recordedAt"
    from ${columns(which, { test: 'text', subject: 'text' })} as w (test, subject)
    join posture.occurrence o on o.organisation = ${organisation} and o.test = w.test and o.subject = w.subject
    `.execute(tx)
  return rows
}

/** Withdraws occurrences that were open and whose moment moved; the table lets no other one go. */
export async function withdrawOccurrences(
  tx: Tx,
  organisation: string,
  rows: readonly (Which & Pick<Occurrence, 'dueAt'>)[],
): Promise<void> {
  if (rows.length === 0) return
  const types = { test: 'text', subject: 'text', dueAt: 'timestamptz' } as const
  await sql`
    delete from posture.occurrence o using ${columns(rows, types)} as w (test, subject, due_at)
    where o.organisation = ${organisation} and o.test = w.test and o.subject = w.subject and o.due_at = w.due_at
      and o.state = 'open'`.execute(tx)
}

/** Writes occurrences as they now stand. */
export async function writeOccurrences(
  tx: Tx,
  organisation: string,
  rows: readonly OccurrenceRow[],
): Promise<void> {
  if (rows.length === 0) return
  const types = {
    test: 'text',
    subject: 'text',
    dueAt: 'timestamptz',
    state: 'text',
    dischargedAt: 'timestamptz',
    recordedAt: 'timestamptz',
  } as const
  await sql`
    insert into posture.occurrence (organisation, test, subject, due_at, state, discharged_at, recorded_at)
    select ${organisation}::uuid, o.*
    from ${columns(rows, types)} as o (test, subject, due_at, state, discharged_at, recorded_at)
    on conflict (organisation, test, subject, due_at) do update set state = excluded.state,
      discharged_at = excluded.discharged_at, recorded_at = excluded.recorded_at`.execute(tx)
}
