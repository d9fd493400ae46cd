import type { Instant } from '@hevd/core'
import { hosts } from '@hevd/facts'
import { at, columns, type Tx } from '@hevd/postgres'
import { type RawBuilder, sql } from 'kysely'
import type { Part, TypeCovered } from '../domain/unseen.ts'

export type FoundFact = {
  readonly lookup_key: string
  readonly value: unknown
  readonly feed: string
  readonly observed_at: Instant
  readonly recorded_at: Instant
}

/** The facts that stand under these look-up keys, in the order of their keys and feeds. */
export async function foundBy(tx: Tx, organisation: string, keys: readonly string[]): Promise<FoundFact[]> {
  const { rows } = await sql<FoundFact>`
    select l.lookup_key, fact.value, fact.feed, fact.observed_at, fact.recorded_at
    from feeds.fact_lookup l
    join feeds.fact fact on fact.organisation = l.organisation and fact.id = l.fact
    where l.organisation = ${organisation} and l.lookup_key = any(${[...keys]}::text[])
    order by fact.key, fact.feed`.execute(tx)
  return rows
}

/** Names of the agents' feeds that said what is found under these look-up keys. */
export async function feedsSaying(
  tx: Tx,
  organisation: string,
  keys: readonly string[],
): Promise<{ readonly lookup_key: string; readonly feed: string }[]> {
  const { rows } = await sql<{ lookup_key: string; feed: string }>`
    select distinct l.lookup_key, fact.feed
    from feeds.fact_lookup l
    join feeds.fact fact on fact.organisation = l.organisation and fact.id = l.fact
    join feeds.feed feed on feed.organisation = fact.organisation and feed.name = fact.feed
    where l.organisation = ${organisation} and l.lookup_key = any(${[...keys]}::text[])
      and feed.kind = 'agent'`.execute(tx)
  return rows
}

const part = sql`coverage.type, coverage.scope, coverage.state, coverage.detail, coverage.feed,
  feed.heard_at, feed.silent_at`

/** Every feed that covers one of these parts. An ended feed covers nothing. */
export async function coveringParts(
  tx: Tx,
  organisation: string,
  wanted: readonly { readonly type: string; readonly scope: string }[],
): Promise<Part[]> {
  if (wanted.length === 0) return []
  const { rows } = await sql<Part>`
    select ${part}
    from ${columns(wanted, { type: 'text', scope: 'text' })} as wanted (type, scope)
    join feeds.coverage coverage on coverage.organisation = ${organisation}
      and coverage.type = wanted.type and coverage.scope = wanted.scope
    join feeds.feed feed on feed.organisation = ${organisation} and feed.name = coverage.feed
    order by coverage.feed`.execute(tx)
  return rows
}

const whole = (now: Instant) => sql`state = 'complete' and (silent_at is null or silent_at > ${at(now)})`

/** The parts of these types that no feed has looked at whole and is fresh about, feed by feed. */
export async function missingParts(
  tx: Tx,
  organisation: string,
  types: readonly string[],
  now: Instant,
): Promise<Part[]> {
  if (types.length === 0) return []
  const { rows } = await sql<Part>`
    select ${part}
    from feeds.coverage coverage
    join feeds.feed feed on feed.organisation = coverage.organisation and feed.name = coverage.feed
    where coverage.organisation = ${organisation} and coverage.type = any(${[...types]}::text[])
      and not (${whole(now)})
      and not exists (
        select from feeds.coverage other
        join feeds.feed speaker on speaker.organisation = other.organisation and speaker.name = other.feed
        where other.organisation = ${organisation} and other.type = coverage.type
          and other.scope = coverage.scope and other.state = 'complete'
          and (speaker.silent_at is null or speaker.silent_at > ${at(now)}))
    order by coverage.type, coverage.scope, coverage.feed`.execute(tx)
  return rows
}

/** What is known of these types as wholes. */
export async function typesCovered(
  tx: Tx,
  organisation: string,
  types: readonly string[],
): Promise<TypeCovered[]> {
  if (types.length === 0) return []
  const { rows } = await sql<TypeCovered>`
    select wanted.type,
      exists (select from feeds.coverage c
        where c.organisation = ${organisation} and c.type = wanted.type) as covered,
      exists (select from feeds.coverage c
        where c.organisation = ${organisation} and c.type = wanted.type and c.scope = '-') as by_register,
      exists (select from feeds.fact host
        where host.organisation = ${organisation} and host.type = ${hosts.name} and not exists (
          select from feeds.coverage c
          where c.organisation = ${organisation} and c.type = wanted.type and c.host = host.key)) as host_unheard
    from unnest(${[...types]}::text[]) as wanted (type)`.execute(tx)
  return rows
}

/** Which agents' feeds cover these types: by the type, and by its parts. */
export async function coveringFeeds(
  tx: Tx,
  organisation: string,
  wanted: readonly { readonly type: string; readonly scope: string }[],
  wideTypes: readonly string[],
): Promise<{ readonly part: string; readonly feed: string }[]> {
  const { rows } = await sql<{ part: string; feed: string }>`
    select coverage.type || '|' || coverage.scope as part, coverage.feed
    from ${columns(wanted, { type: 'text', scope: 'text' })} as wanted (type, scope)
    join feeds.coverage coverage on coverage.organisation = ${organisation}
      and coverage.type = wanted.type and coverage.scope = wanted.scope
    join feeds.feed feed on feed.organisation = ${organisation} and feed.name = coverage.feed
    where feed.kind = 'agent'
    union
    select coverage.type || '|*', coverage.feed
    from feeds.coverage coverage
    join feeds.feed feed on feed.organisation = ${organisation} and feed.name = coverage.feed
    where coverage.organisation = ${organisation} and coverage.type = any(${[...wideTypes]}::text[])
      and feed.kind = 'agent'`.execute(tx)
  return rows
}

/**
 * The facts of these types that stand now, each key once, as a table expression with the columns `type`, `key` and
 * `value`: what other modules join their own tables with. `key` narrows it to one.
 */
export function factsOfTypes(
  organisation: string,
  types: readonly string[],
  key: string | null = null,
): RawBuilder<unknown> {
  return sql`(
    select distinct on (type, key) type, key, value from feeds.fact
    where organisation = ${organisation} and type = any(${[...types]}::text[])
      and ${key === null ? sql`true` : sql`key = ${key}`}
    order by type, key, recorded_at desc)`
}
