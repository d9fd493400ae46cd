import type { Instant, PolicyState } from '@hevd/core'
import { at, columns, type Tx } from '@hevd/postgres'
import { sql } from 'kysely'

export type ControlStateRow = {
  readonly control: string
  readonly from_at: Instant
  readonly until_at: Instant | null
  readonly state: PolicyState
}

/** The state of each control that was written last. */
export async function statesWritten(
  tx: Tx,
  organisation: string,
): Promise<ReadonlyMap<string, ControlStateRow>> {
  const { rows } = await sql<ControlStateRow>`
    select control, from_at, until_at, state from posture.control_state
    where organisation = ${organisation} and until_at is null`.execute(tx)
  return new Map(rows.map((row) => [row.control, row]))
}

/** Oldest first, what overlaps the time since `since`. */
export async function stateHistory(
  tx: Tx,
  organisation: string,
  control: string,
  since: Instant,
): Promise<ControlStateRow[]> {
  const { rows } = await sql<ControlStateRow>`
    select control, from_at, until_at, state from posture.control_state
    where organisation = ${organisation} and control = ${control} and (until_at is null or until_at > ${at(since)})
    order by from_at`.execute(tx)
  return rows
}

/** Holds the controls' present rows, so that two who write states follow one another. */
export async function holdStates(tx: Tx, organisation: string): Promise<void> {
  await sql`
    select from posture.control_state where organisation = ${organisation} and until_at is null
    order by control for update`.execute(tx)
}

/** Puts these states in the place of those that were. What began in the same moment is replaced. */
export async function writeStates(
  tx: Tx,
  organisation: string,
  changed: readonly { readonly control: string; readonly from: Instant; readonly state: PolicyState }[],
): Promise<void> {
  if (changed.length === 0) return
  const types = { control: 'text', from: 'timestamptz', state: 'text' } as const
  await sql`
    delete from posture.control_state s using ${columns(changed, types)} as c (control, from_at, state)
    where s.organisation = ${organisation} and s.control = c.control and s.until_at is null
      and s.from_at >= c.from_at`.execute(tx)
  await sql`
    update posture.control_state s set until_at = c.from_at
    from ${columns(changed, types)} as c (control, from_at, state)
    where s.organisation = ${organisation} and s.control = c.control and s.until_at is null`.execute(tx)
  await sql`
    insert into posture.control_state (organisation, control, from_at, state)
    select ${organisation}::uuid, c.* from ${columns(changed, types)} as c (control, from_at, state)
    on conflict do nothing`.execute(tx)
}
