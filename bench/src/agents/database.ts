import { canonicalJson } from '@hevd/core'
import { type Database, openDatabase, supervisedElsewhere } from '@hevd/postgres'
import { sql } from 'kysely'
import { collectorNames, collectorsOf, type MadeHost, speaksTelnet, truthOf } from './made-host.ts'

/** The control that telnet breaks on a production host. */
export const flipped = 'encrypted-remote-access/no-clear-text'

/** What the bench reads of a running server: its database, as the server's own role. */
export type Stored = {
  /** Verdicts of `flipped` by host, as the page shows them; null while the database does not answer. */
  verdicts(): Promise<ReadonlyMap<string, string> | null>
  /** Every fact that the server and the hosts do not say alike, as `feed key`; null as above. */
  differing(hosts: readonly MadeHost[]): Promise<readonly string[] | null>
  close(): Promise<void>
}

export type StoredFact = {
  readonly feed: string
  readonly type: string
  readonly key: string
  readonly value: unknown
}

export async function openStored(home: string, organisation: string): Promise<Stored> {
  const db: Database = openDatabase({
    url: await supervisedElsewhere(home),
    poolSize: 1,
    applicationName: 'hevd bench',
  })
  const rows = <T>(query: ReturnType<typeof sql<T>>): Promise<readonly T[] | null> =>
    db.transaction(organisation, async (tx) => (await query.execute(tx)).rows).catch(() => null)
  return {
    async verdicts() {
      const found = await rows(
        sql<{
          subject: string
          verdict: string
        }>`select subject, verdict from posture.finding where test = ${flipped}`,
      )
      return found && new Map(found.map(({ subject, verdict }) => [subject, verdict]))
    },
    async differing(hosts) {
      const found = await rows(
        sql<StoredFact>`select feed, type, key, value from feeds.fact where feed not like 'register/%'`,
      )
      return found && differencesOf(hosts, found)
    },
    close: () => db.close(),
  }
}

/** What the page must say of a host. */
export const verdictOf = (host: MadeHost) => (speaksTelnet(host) ? 'fails' : 'holds')

/** Facts of these hosts that are missing, are another, or are there without being so: `feed type key`. */
export function differencesOf(hosts: readonly MadeHost[], facts: readonly StoredFact[]): readonly string[] {
  const byFeed = Map.groupBy(facts, ({ feed }) => feed)
  return hosts.flatMap((host) =>
    collectorNames.flatMap((collector) => {
      const feed = `${host.id}/${collector}`
      const named = (type: string, key: string) => `${feed} ${type} ${key}`
      const stored = new Map(
        (byFeed.get(feed) ?? []).map(({ type, key, value }) => [named(type, key), canonicalJson(value)]),
      )
      const truth = new Map(
        [...truthOf(host, collector)].map(([key, value]) => [
          named(collectorsOf[collector].name, key),
          canonicalJson(value),
        ]),
      )
      return [...new Set([...truth.keys(), ...stored.keys()])].filter(
        (name) => truth.get(name) !== stored.get(name),
      )
    }),
  )
}
