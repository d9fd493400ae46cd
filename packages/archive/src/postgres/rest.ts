import { withClient } from './connection.ts'

/**
 * How far the transactions that change something have come, on the whole server, as `pg_current_snapshot` has it: `ended` is
 * the number after the highest that has ended, `open` whether one with a lower number has not.
 */
export type Changing = { readonly ended: string; readonly open: boolean }

export async function changingOf(url: string): Promise<Changing> {
  const { rows } = await withClient(url, (client) =>
    client.query<Changing>(
      `select pg_snapshot_xmax(now)::text as ended, pg_snapshot_xmin(now) <> pg_snapshot_xmax(now) as open
       from pg_current_snapshot() now`,
    ),
  )
  return rows[0] ?? { ended: '', open: true }
}

/**
 * Whether no row that others can see was changed between two moments. Whatever changes one is in a transaction with a number; if
 * at the first moment none below the highest ended one was open, any that has ended since has a higher number than that.
 */
export const restedBetween = (first: Changing, second: Changing): boolean =>
  !first.open && first.ended !== '' && first.ended === second.ended
