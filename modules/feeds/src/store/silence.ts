import type { Instant } from '@hevd/core'
import { at, columns, type Tx } from '@hevd/postgres'
import { type RawBuilder, sql } from 'kysely'

export type SilentFeed = {
  readonly feed: string
  readonly heard_at: Instant
  readonly silent_at: Instant
}

export type FeedClock = {
  readonly name: string
  readonly heard_at: Instant | null
  readonly silent_at: Instant | null
}

/** When each live feed was heard, and when it is silent. */
export async function feedClocks(tx: Tx, organisation: string): Promise<FeedClock[]> {
  const { rows } = await sql<FeedClock>`
    select name, heard_at, silent_at from feeds.feed
    where organisation = ${organisation} and ended_at is null`.execute(tx)
  return rows
}

/**
 * As rows (feed, from_at, until_at): each time a feed was silent, from its last word to the next, those that are not
 * recorded yet included; `until_at` is null while it lasts. For the queries of whoever lays silence over a past.
 */
export function silentSpans(organisation: string, now: Instant): RawBuilder<unknown> {
  return sql`
    select feed, heard_at as from_at, until as until_at from feeds.silence where organisation = ${organisation}
    union all
    select name, heard_at, null from feeds.feed
    where organisation = ${organisation} and ended_at is null and not silence_recorded and silent_at <= ${at(now)}`
}

/** Marks the feeds that have fallen silent and are not marked; each is marked by one server alone. */
export async function markSilent(tx: Tx, organisation: string, now: Instant): Promise<SilentFeed[]> {
  const { rows } = await sql<SilentFeed>`
    update feeds.feed set silence_recorded = true
    where organisation = ${organisation} and name in (
      select name from feeds.feed
      where organisation = ${organisation} and ended_at is null and not silence_recorded
        and silent_at <= ${at(now)}
      order by name for no key update skip locked)
    returning name as feed, heard_at, silent_at`.execute(tx)
  return [...rows].sort((a, b) => a.silent_at - b.silent_at || (a.feed < b.feed ? -1 : 1))
}

export async function insertSilences(
  tx: Tx,
  organisation: string,
  silences: readonly (SilentFeed & { readonly until: Instant | null })[],
  now: Instant,
): Promise<void> {
  if (silences.length === 0) return
  const types = {
    feed: 'text',
    heard_at: 'timestamptz',
    silent_at: 'timestamptz',
    until: 'timestamptz',
  } as const
  await sql`
    insert into feeds.silence (organisation, recorded_at, feed, heard_at, silent_at, until)
    select ${organisation}::uuid, ${at(now)}, silent.* from ${columns(silences, types)} as silent
    on conflict do nothing`.execute(tx)
}

/** Ends the silence that is open; null when none was. */
export async function closeSilence(
  tx: Tx,
  organisation: string,
  feed: string,
  until: Instant,
): Promise<Instant | null> {
  const { rows } = await sql<{ silent_at: Instant }>`
    update feeds.silence set until = ${at(until)}
    where organisation = ${organisation} and feed = ${feed} and until is null
    returning silent_at`.execute(tx)
  return rows[0]?.silent_at ?? null
}

/**
 * Feeds that were heard in what is now the future, because the clock was set back: they count as heard now, so that
 * they can fall silent in time.
 */
export async function pullBackFromFuture(
  tx: Tx,
  organisation: string,
  now: Instant,
  slack: number,
): Promise<void> {
  await sql`
    update feeds.feed
    set silent_at = ${at(now)} + (silent_at - heard_at), heard_at = ${at(now)}, received_at = ${at(now)}
    where organisation = ${organisation} and ended_at is null
      and heard_at > ${at(now + slack)}`.execute(tx)
}
