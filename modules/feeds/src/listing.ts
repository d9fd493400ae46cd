import type { Instant } from '@hevd/core'
import type { Tx } from '@hevd/postgres'
import type { Feed } from './contract.ts'
import { remedyOf } from './domain/remedies.ts'
import { type CoverageRow, gapsOf } from './store/coverage.ts'
import { declaredHosts } from './store/declared.ts'
import { allFeeds, type FeedRow } from './store/feed.ts'

/** Every live feed with its gaps, and a line for each declared host whose agent was never heard. */
export async function listFeeds(tx: Tx, organisation: string, now: Instant): Promise<readonly Feed[]> {
  const feeds = await allFeeds(tx, organisation)
  const gaps = Map.groupBy(await gapsOf(tx, organisation), ({ feed }) => feed)
  const declared = new Map((await declaredHosts(tx, organisation)).map(({ id, name }) => [id, name]))
  const reporting = new Set(feeds.map(({ host }) => host))
  return [
    ...feeds.map((feed) => feedOut(feed, gaps.get(feed.name) ?? [], declared, now)),
    ...[...declared].flatMap(([id, name]) => (reporting.has(id) ? [] : [neverConnected(id, name)])),
  ].sort((a, b) => (a.name < b.name ? -1 : 1))
}

function feedOut(
  row: FeedRow,
  gaps: readonly CoverageRow[],
  declared: ReadonlyMap<string, string>,
  now: Instant,
): Feed {
  const { name, title, kind, host, interval, facts, last_error: error } = row
  return {
    name,
    title,
    kind,
    host: host === null ? null : { id: host, name: declared.get(host) ?? host },
    state: stateOf(row, now),
    interval,
    firstHeardAt: row.first_heard_at,
    lastHeardAt: row.heard_at,
    silentAt: row.silent_at,
    facts,
    gaps: gaps.flatMap(({ type, scope, state, detail, since }) =>
      state === 'complete'
        ? []
        : [{ type, scope, state, detail, remedy: remedyOf({ state, detail }), since }],
    ),
    lastError:
      error === null || row.last_error_at === null
        ? null
        : { at: row.last_error_at, text: error.words.en, words: error.words, remedy: error.remedy },
  }
}

function stateOf({ kind, silent_at: silentAt }: FeedRow, now: Instant): Feed['state'] {
  if (kind === 'register') return 'fresh'
  if (silentAt === null) return 'never-connected'
  return silentAt <= now ? 'silent' : 'fresh'
}

/** A declared host that nobody has reported from: apart from one that was lost from sight. */
function neverConnected(id: string, name: string): Feed {
  return {
    name: `${id}/agent`,
    title: { nb: 'Agenten på verten', en: 'The host’s agent' },
    kind: 'agent',
    host: { id, name },
    state: 'never-connected',
    interval: null,
    firstHeardAt: null,
    lastHeardAt: null,
    silentAt: null,
    facts: 0,
    gaps: [],
    lastError: null,
  }
}
