import type { Instant } from '@hevd/core'
import { at, type Tx } from '@hevd/postgres'
import { sql } from 'kysely'

/** A host with silent feeds: how many, and the last word of the one that was lost first. */
export type SilentHost = { readonly host: string; readonly count: number; readonly since: Instant }

export async function silentHosts(tx: Tx, organisation: string, now: Instant): Promise<SilentHost[]> {
  const { rows } = await sql<SilentHost>`
    select host, count(*) as count, min(heard_at) as since from feeds.feed
    where organisation = ${organisation} and kind = 'agent' and ended_at is null and silent_at <= ${at(now)}
    group by host order by host`.execute(tx)
  return rows
}

/** How many live feeds do not see something whole. */
export async function gapCount(tx: Tx, organisation: string): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(distinct coverage.feed) as count from feeds.coverage
    join feeds.feed on feed.organisation = coverage.organisation and feed.name = coverage.feed
    where coverage.organisation = ${organisation} and coverage.state <> 'complete' and feed.ended_at is null`.execute(
    tx,
  )
  return rows[0]?.count ?? 0
}
