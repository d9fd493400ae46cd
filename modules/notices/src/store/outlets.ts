import type { Bilingual, Instant } from '@hevd/core'
import { at, type Tx } from '@hevd/postgres'
import { sql } from 'kysely'
import type { Channel } from './tellings.ts'

/** Stands for the mail server among the outlets, of which there is one. */
export const mailServer = '00000000-0000-0000-0000-000000000000'

/** The way to the mail server or to a receiver. */
export type Outlet = { readonly channel: Channel; readonly id: string }

/** How long it has failed, how often, and when it is tried again. */
export type Failing = Outlet & {
  readonly failing_since: Instant
  readonly failures: number
  readonly next_at: Instant
  readonly error: Bilingual
}

export async function failingOutlets(tx: Tx, organisation: string): Promise<readonly Failing[]> {
  const { rows } = await sql<Failing>`
    select channel, id, failing_since, failures, next_at, error from notices.outlet
    where organisation = ${organisation} order by failing_since`.execute(tx)
  return rows
}

/**
 * One more failure; how it stands then.
 *
 * @param waits milliseconds until it is tried again after one failure, two and so on
 */
export async function outletFailed(
  tx: Tx,
  organisation: string,
  { channel, id }: Outlet,
  error: Bilingual,
  waits: readonly number[],
  now: Instant,
): Promise<Failing> {
  const { rows } = await sql<Failing>`
    insert into notices.outlet as o (organisation, channel, id, failing_since, failures, next_at, error)
    values (${organisation}, ${channel}, ${id}, ${at(now)}, 1, ${at(now + (waits[0] ?? 0))},
      ${JSON.stringify(error)}::jsonb)
    on conflict (organisation, channel, id) do update set failures = o.failures + 1, error = excluded.error,
      next_at = ${at(now)} + make_interval(secs =>
        (${[...waits]}::double precision[])[least(o.failures + 1, ${waits.length})] / 1000)
    returning channel, id, failing_since, failures, next_at, error`.execute(tx)
  const [row] = rows
  if (row === undefined) throw new Error('An upsert gave no row')
  return row
}

/** It works; since when it had not, null where it had. */
export async function outletWorks(
  tx: Tx,
  organisation: string,
  { channel, id }: Outlet,
): Promise<Instant | null> {
  const { rows } = await sql<{ failing_since: Instant }>`
    delete from notices.outlet where organisation = ${organisation} and channel = ${channel} and id = ${id}
    returning failing_since`.execute(tx)
  return rows[0]?.failing_since ?? null
}
