import type { Bilingual, Instant } from '@hevd/core'
import { at, type Tx } from '@hevd/postgres'
import { sql } from 'kysely'

/** Why the last report was refused, in both languages, with the remedy. */
export type StoredError = { readonly words: Bilingual; readonly remedy: Bilingual }

export type FeedRow = {
  organisation: string
  name: string
  kind: 'agent' | 'register'
  host: string | null
  title: Bilingual
  interval: string | null
  sequence: number
  digest: string
  recent: string[]
  facts: number
  first_heard_at: Instant | null
  heard_at: Instant | null
  received_at: Instant | null
  silent_at: Instant | null
  silence_recorded: boolean
  last_error_at: Instant | null
  last_error: StoredError | null
  ended_at: Instant | null
}
type Tables = {
  'feeds.feed': FeedRow
  'feeds.host': { organisation: string; id: string; ended_at: Instant | null }
}
const tables = (tx: Tx) => tx.withTables<Tables>()

/** Digest of no facts. */
export const emptyDigest = '0'.repeat(64)

/** The feed's row, locked: what is said in one feed is said one word at a time. */
export function lockFeed(tx: Tx, organisation: string, name: string): Promise<FeedRow | undefined> {
  return tables(tx)
    .selectFrom('feeds.feed')
    .selectAll()
    .where('organisation', '=', organisation)
    .where('name', '=', name)
    .forNoKeyUpdate()
    .executeTakeFirst()
}

export function allFeeds(tx: Tx, organisation: string): Promise<FeedRow[]> {
  return tables(tx)
    .selectFrom('feeds.feed')
    .selectAll()
    .where('organisation', '=', organisation)
    .where('ended_at', 'is', null)
    .orderBy('name')
    .execute()
}

export type NewFeed = Pick<FeedRow, 'organisation' | 'name' | 'kind' | 'host' | 'title' | 'interval'>

/** Makes the row if it is not there. */
export async function insertFeed(tx: Tx, feed: NewFeed): Promise<void> {
  await sql`
    insert into feeds.feed (organisation, name, kind, host, title, interval, digest)
    values (${feed.organisation}, ${feed.name}, ${feed.kind}, ${feed.host}, ${JSON.stringify(feed.title)}::jsonb,
            ${feed.interval}, ${emptyDigest})
    on conflict do nothing`.execute(tx)
}

/** Whether reports of the host are taken, held so until this transaction ends. */
export async function holdHost(tx: Tx, organisation: string, host: string): Promise<boolean> {
  await sql`
    insert into feeds.host (organisation, id) values (${organisation}, ${host}) on conflict do nothing`.execute(
    tx,
  )
  const row = await tables(tx)
    .selectFrom('feeds.host')
    .select('ended_at')
    .where('organisation', '=', organisation)
    .where('id', '=', host)
    .forShare()
    .executeTakeFirstOrThrow()
  return row.ended_at === null
}

/** Ends or reopens a host, after whoever holds it. */
export async function setHostEnded(
  tx: Tx,
  organisation: string,
  host: string,
  ended: Instant | null,
): Promise<void> {
  await sql`
    insert into feeds.host (organisation, id, ended_at) values (${organisation}, ${host}, ${ended && at(ended)})
    on conflict (organisation, id) do update set ended_at = excluded.ended_at`.execute(tx)
}

/** What a word says of its feed, whatever it says of the world. */
export type Heard = {
  readonly sequence: number
  readonly digest: string
  readonly title: Bilingual
  readonly interval: string
  /** As the speaker's clock says. */
  readonly observedAt: Instant
  readonly heardAt: Instant
  readonly receivedAt: Instant
  readonly silentAt: Instant
}

const recentWords = 16
/** What a word is known by when it is sent again. */
export const wordOf = ({ sequence, digest, observedAt }: Heard): string =>
  `${sequence}:${observedAt}:${digest.slice(0, 32)}`

/**
 * A heartbeat: the next word of a feed that is neither silent nor ended, or its last one of a later time, that says
 * nothing new. One update of one row; false when it is not such a word.
 */
export async function beat(tx: Tx, organisation: string, name: string, heard: Heard): Promise<boolean> {
  const { numAffectedRows } = await sql`
    update feeds.feed set sequence = ${heard.sequence}, heard_at = ${at(heard.heardAt)},
      received_at = ${at(heard.receivedAt)}, silent_at = ${at(heard.silentAt)}, last_error_at = null,
      last_error = null, recent = (array[${wordOf(heard)}::text] || recent)[1:${sql.lit(recentWords)}]
    where organisation = ${organisation} and name = ${name}
      and (sequence = ${heard.sequence - 1} or sequence = ${heard.sequence} and heard_at < ${at(heard.heardAt)})
      and digest = ${heard.digest} and silent_at > ${at(heard.receivedAt)} and not silence_recorded
      and ended_at is null and interval = ${heard.interval} and title = ${JSON.stringify(heard.title)}::jsonb
    `.execute(tx)
  return numAffectedRows === 1n
}

/** Writes what a word changed of its feed's row. */
export async function hear(
  tx: Tx,
  organisation: string,
  name: string,
  heard: Heard,
  facts: number,
  silenceRecorded: boolean,
): Promise<void> {
  await sql`
    update feeds.feed set sequence = ${heard.sequence}, digest = ${heard.digest}, heard_at = ${at(heard.heardAt)},
      received_at = ${at(heard.receivedAt)}, silent_at = ${at(heard.silentAt)}, interval = ${heard.interval},
      title = ${JSON.stringify(heard.title)}::jsonb, facts = ${facts}, silence_recorded = ${silenceRecorded},
      first_heard_at = coalesce(first_heard_at, ${at(heard.receivedAt)}), last_error_at = null, last_error = null,
      ended_at = null, recent = (array[${wordOf(heard)}::text] || recent)[1:${sql.lit(recentWords)}]
    where organisation = ${organisation} and name = ${name}`.execute(tx)
}

export async function setError(
  tx: Tx,
  organisation: string,
  name: string,
  error: StoredError,
  now: Instant,
): Promise<void> {
  await sql`
    update feeds.feed set last_error = ${JSON.stringify(error)}::jsonb, last_error_at = ${at(now)}
    where organisation = ${organisation} and name = ${name}`.execute(tx)
}

export async function setFacts(tx: Tx, organisation: string, name: string, facts: number): Promise<void> {
  await sql`
    update feeds.feed set facts = ${facts}
    where organisation = ${organisation} and name = ${name}`.execute(tx)
}

export async function retitle(tx: Tx, organisation: string, name: string, title: Bilingual): Promise<void> {
  await sql`
    update feeds.feed set title = ${JSON.stringify(title)}::jsonb
    where organisation = ${organisation} and name = ${name}`.execute(tx)
}

/**
 * Ends the live feeds of a host and forgets their numbering; their names. One that was never heard has nothing to its
 * name but the refusal of a report, and is deleted.
 */
export async function endFeeds(tx: Tx, organisation: string, host: string, now: Instant): Promise<string[]> {
  await sql`
    delete from feeds.feed
    where organisation = ${organisation} and host = ${host} and first_heard_at is null`.execute(tx)
  const { rows } = await sql<{ name: string }>`
    update feeds.feed set ended_at = ${at(now)}, facts = 0, digest = ${emptyDigest}, recent = '{}',
      silence_recorded = false, last_error = null, last_error_at = null
    where organisation = ${organisation} and host = ${host} and ended_at is null
    returning name`.execute(tx)
  return rows.map((row) => row.name).sort()
}

/** Titles of these feeds, by name. */
export async function titlesOf(
  tx: Tx,
  organisation: string,
  names: readonly string[],
): Promise<ReadonlyMap<string, Bilingual>> {
  if (names.length === 0) return new Map()
  const { rows } = await sql<{ name: string; title: Bilingual }>`
    select name, title from feeds.feed
    where organisation = ${organisation} and name = any(${names}::text[])`.execute(tx)
  return new Map(rows.map(({ name, title }) => [name, title]))
}
