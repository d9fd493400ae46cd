import type { Instant } from '@hevd/core'
import { columns, type Tx } from '@hevd/postgres'
import { sql } from 'kysely'
import type { FeedSet } from '../domain/feed-set.ts'

/** Stores sets that are not there yet. Equal sets have equal ids, so two who store one at once write the same. */
export async function internFeedSets(tx: Tx, organisation: string, sets: readonly FeedSet[]): Promise<void> {
  if (sets.length === 0) return
  const { rows } = await sql<{ id: string }>`
    select id from posture.feed_set
    where organisation = ${organisation} and id = any(${sets.map(({ id }) => id)}::uuid[])`.execute(tx)
  const known = new Set(rows.map(({ id }) => id))
  const fresh = sets.filter(({ id }) => !known.has(id)).sort((a, b) => (a.id < b.id ? -1 : 1))
  if (fresh.length === 0) return
  const feeds = fresh.flatMap(({ id, feeds }) => feeds.map((feed) => ({ id, feed })))
  const scopes = fresh.flatMap(({ id, scopes }) => scopes.map((scope) => ({ id, scope })))
  for (const set of fresh)
    await sql`
      insert into posture.feed_set (organisation, id, feeds, scopes)
      values (${organisation}, ${set.id}, ${set.feeds}, ${set.scopes}) on conflict do nothing`.execute(tx)
  await sql`
    insert into posture.feed_set_feed (organisation, feed, id)
    select ${organisation}::uuid, feed, id from ${columns(feeds, { feed: 'text', id: 'uuid' })} as s (feed, id)
    order by feed, id on conflict do nothing`.execute(tx)
  await sql`
    insert into posture.feed_set_scope (organisation, scope_key, id)
    select ${organisation}::uuid, scope, id from ${columns(scopes, { scope: 'text', id: 'uuid' })} as s (scope, id)
    order by scope, id on conflict do nothing`.execute(tx)
}

/**
 * Deletes the sets that nothing rests on any more, nor did in the history. Only for a transaction that no batch is under way in
 * (`judgingForActivation`): a batch stores no set anew that it has found stored.
 */
export async function dropUnusedFeedSets(tx: Tx, organisation: string): Promise<void> {
  const { rows } = await sql<{ id: string }>`
    delete from posture.feed_set s
    where s.organisation = ${organisation}
      and not exists (select from posture.judgement j where j.organisation = s.organisation and j.rests = s.id)
      and not exists (select from posture.finding f where f.organisation = s.organisation and f.rests = s.id)
      and not exists (select from posture.past_finding p where p.organisation = s.organisation and p.rests = s.id)
    returning s.id`.execute(tx)
  const ids = rows.map(({ id }) => id)
  if (ids.length === 0) return
  for (const table of ['feed_set_feed', 'feed_set_scope'])
    await sql`
      delete from ${sql.table(`posture.${table}`)}
      where organisation = ${organisation} and id = any(${ids}::uuid[])`.execute(tx)
}

/** A set that is not seen whole, and since when the first of its feeds is silent. */
export type SilentSet = { readonly id: string; readonly since: Instant }

/** The sets that silent feeds are in. */
export async function silentSets(
  tx: Tx,
  organisation: string,
  silences: ReadonlyMap<string, Instant | null>,
): Promise<SilentSet[]> {
  const silent = [...silences].flatMap(([feed, since]) => (since === null ? [] : [{ feed, since }]))
  if (silent.length === 0) return []
  const { rows } = await sql<SilentSet>`
    select m.id, min(s.since) as since
    from ${columns(silent, { feed: 'text', since: 'timestamptz' })} as s (feed, since)
    join posture.feed_set_feed m on m.organisation = ${organisation} and m.feed = s.feed
    group by m.id`.execute(tx)
  return rows
}
