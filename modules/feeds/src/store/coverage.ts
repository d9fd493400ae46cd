import type { Coverage, Instant } from '@hevd/core'
import { at, columns, type Tx } from '@hevd/postgres'
import { sql } from 'kysely'

export type CoverageRow = Coverage & { readonly feed: string; readonly since: Instant }

/** The host of a scope: what stands before its first `/`. */
const hostOf = (scope: string) => scope.split('/', 1)[0] ?? scope

/** What a feed has looked at. */
export async function coverageOf(tx: Tx, organisation: string, feed: string): Promise<CoverageRow[]> {
  const { rows } = await sql<CoverageRow>`
    select type, scope, feed, state, detail, since from feeds.coverage
    where organisation = ${organisation} and feed = ${feed} order by type, scope`.execute(tx)
  return rows
}

/** Everything that live feeds have not looked at whole. */
export async function gapsOf(tx: Tx, organisation: string): Promise<CoverageRow[]> {
  const { rows } = await sql<CoverageRow>`
    select type, scope, feed, state, detail, since from feeds.coverage
    where organisation = ${organisation} and state <> 'complete' order by feed, type, scope`.execute(tx)
  return rows
}

/** Writes new coverage, or another state of what is covered; `since` is when the state began. */
export async function putCoverage(
  tx: Tx,
  organisation: string,
  feed: string,
  coverage: readonly Coverage[],
  since: Instant,
): Promise<void> {
  if (coverage.length === 0) return
  const rows = coverage.map((row) => ({ ...row, host: hostOf(row.scope) }))
  const types = { type: 'text', scope: 'text', host: 'text', state: 'text', detail: 'text' } as const
  await sql`
    insert into feeds.coverage (organisation, feed, since, type, scope, host, state, detail)
    select ${organisation}::uuid, ${feed}, ${at(since)}, said.* from ${columns(rows, types)} as said
    on conflict (organisation, type, scope, feed) do update
      set state = excluded.state, detail = excluded.detail, since = excluded.since`.execute(tx)
}

export async function deleteCoverage(
  tx: Tx,
  organisation: string,
  feed: string,
  gone: readonly Pick<Coverage, 'type' | 'scope'>[],
): Promise<void> {
  if (gone.length === 0) return
  await sql`
    delete from feeds.coverage coverage
    using ${columns(gone, { type: 'text', scope: 'text' })} as gone (type, scope)
    where coverage.organisation = ${organisation} and coverage.feed = ${feed}
      and coverage.type = gone.type and coverage.scope = gone.scope`.execute(tx)
}

/** Deletes all that these feeds covered, and says what it was. */
export async function deleteCoverageOf(
  tx: Tx,
  organisation: string,
  feeds: readonly string[],
): Promise<readonly Pick<Coverage, 'type' | 'scope'>[]> {
  const { rows } = await sql<Pick<Coverage, 'type' | 'scope'>>`
    delete from feeds.coverage where organisation = ${organisation} and feed = any(${[...feeds]}::text[])
    returning type, scope`.execute(tx)
  return rows
}

/** The parts of a type that these feeds cover. */
export async function coveredBy(
  tx: Tx,
  organisation: string,
  type: string,
  feeds: readonly string[],
): Promise<readonly Pick<Coverage, 'type' | 'scope'>[]> {
  if (feeds.length === 0) return []
  const { rows } = await sql<Pick<Coverage, 'type' | 'scope'>>`
    select type, scope from feeds.coverage
    where organisation = ${organisation} and type = ${type} and feed = any(${[...feeds]}::text[])`.execute(tx)
  return rows
}

/** Types that the organisation's feeds cover otherwise than as a whole. */
export async function typesOfHosts(tx: Tx, organisation: string): Promise<string[]> {
  const { rows } = await sql<{ type: string }>`
    select distinct type from feeds.coverage
    where organisation = ${organisation} and scope <> '-'`.execute(tx)
  return rows.map((row) => row.type)
}
