import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Catalogue, Coverage, Instant, Lookup } from '@hevd/core'
import { digestOfFacts, type Said, vocabulary } from '@hevd/facts'
import { createFeeds, type Feeds, feedsMigrations, type Report } from '@hevd/feeds'
import { createLedger, type Ledger, ledgerMigrations } from '@hevd/ledger'
import type { Tx } from '@hevd/postgres'
import {
  addOrganisation,
  type TestClock,
  type ThrowawayDatabase,
  testClock,
  throwawayDatabase,
} from '@hevd/testing'
import { sql } from 'kysely'
import { pino } from 'pino'
import { createPosture, type Posture, type PostureDeps, postureMigrations } from '../index.ts'

export const logger = pino({ level: 'silent' })
export const hour = 3_600_000
export const day = 24 * hour

/** A database of its own with the modules that judging stands on. */
export type Ground = ThrowawayDatabase & { readonly home: string; end(): Promise<void> }

export async function ground(): Promise<Ground> {
  const target = await throwawayDatabase([
    { name: 'ledger', directory: ledgerMigrations },
    { name: 'feeds', directory: feedsMigrations },
    { name: 'posture', directory: postureMigrations },
  ])
  const home = mkdtempSync(join(tmpdir(), 'hevd-posture-'))
  return {
    ...target,
    home,
    end: async () => {
      await target.drop()
      rmSync(home, { recursive: true })
    },
  }
}

/** One organisation with its clock, its facts and its judging. */
export type World = {
  readonly organisation: string
  readonly clock: TestClock
  readonly feeds: Feeds
  readonly ledger: Ledger
  readonly posture: Posture
  /** Another server on the same database. */
  server(over?: Partial<PostureDeps>): Posture
  put(...facts: Said[]): Promise<void>
  remove(...facts: Said[]): Promise<void>
  /** A collector on a host says all it sees, and that it looked at these types whole. */
  report(
    host: string,
    types: readonly string[],
    facts: readonly Said[],
    over?: readonly Coverage[],
  ): Promise<void>
  settle(): Promise<number>
  inside<T>(run: (tx: Tx) => Promise<T>): Promise<T>
  finding(test: string, subject: string): Promise<Row | undefined>
  /** Kinds of the entries of the internal log, in order. */
  entries(kind: string): Promise<Record<string, unknown>[]>
}
export type Row = {
  verdict: string
  why: string | null
  since: Instant
  failing_since: Instant | null
  seen_at: Instant
  until: Instant | null
}

export const whole = (type: string, scope: string): Coverage => ({
  type,
  scope,
  state: 'complete',
  detail: '',
})
export const registers = ['host', 'person', 'named-service', 'account-owner']

export async function world(
  on: Ground,
  catalogue: Catalogue,
  over: Partial<PostureDeps> = {},
): Promise<World> {
  const { db } = on
  const organisation = await addOrganisation(db)
  const clock = testClock('2026-06-01T12:00:00Z')
  const ledger = createLedger({ db, clock, home: on.home, logger })
  await ledger.open(organisation)
  const feeds = createFeeds({ db, clock, logger, record: ledger.record })
  const server = (more: Partial<PostureDeps> = {}) =>
    createPosture({ db, clock, logger, feeds, ledger, catalogue, ...over, ...more })
  const posture = server()
  const sequences = new Map<string, number>()
  const inside = <T>(run: (tx: Tx) => Promise<T>) => db.transaction(organisation, run)
  await inside((tx) =>
    feeds.openRegister(tx, organisation, {
      name: 'all',
      title: { nb: 'Alt', en: 'All' },
      types: registers,
    }),
  )
  await posture.adopt(organisation)
  return {
    organisation,
    clock,
    feeds,
    ledger,
    posture,
    server,
    inside,
    put: (...facts) => inside((tx) => feeds.put(tx, organisation, 'all', facts)),
    remove: (...facts) =>
      inside((tx) =>
        feeds.remove(
          tx,
          organisation,
          'all',
          facts.map((fact) => ({ type: fact.type, key: keyOf(fact) })),
        ),
      ),
    async report(host, types, facts, coverage) {
      const sequence = (sequences.get(host) ?? 0) + 1
      sequences.set(host, sequence)
      const report: Report = {
        collector: 'all',
        title: { nb: 'Alt', en: 'All' },
        interval: 'PT5M',
        kind: 'full',
        sequence,
        put: [...facts],
        gone: [],
        coverage: [...(coverage ?? types.map((type) => whole(type, host)))],
        digest: digestOfFacts(facts.map((fact) => ({ ...fact, key: keyOf(fact) }))),
        observedAt: clock.now(),
      }
      const [answer] = await feeds.take(organisation, host, [report])
      if (answer?.state !== 'taken') throw new Error(`The report was ${answer?.state}: ${answer?.why}`)
    },
    settle: () => posture.settle(organisation),
    finding: (test, subject) =>
      inside(async (tx) => {
        const { rows } = await sql<Row>`
          select verdict, why, since, failing_since, seen_at, until from posture.finding
          where organisation = ${organisation} and test = ${test} and subject = ${subject}`.execute(tx)
        return rows[0]
      }),
    entries: (kind) =>
      inside(async (tx) => {
        const { rows } = await sql<{ data: Buffer }>`
          select id, data from ledger.outbox where organisation = ${organisation} and log = 'internal'
          union all
          select id, data from ledger.entry where organisation = ${organisation} and log = 'internal'
          order by id`.execute(tx)
        return rows.map(({ data }) => JSON.parse(data.toString())).filter((entry) => entry.kind === kind)
      }),
  }
}

function keyOf({ type, value }: Said): string {
  return vocabulary.get(type)?.key(value) ?? ''
}

export const said = {
  host: (id: string, role: 'production' | 'other' = 'production'): Said => ({
    type: 'host',
    value: { id, name: id.toUpperCase(), role, declaredBy: 'test' },
  }),
  update: (host: string, name: string, firstSeenAt: Instant): Said => ({
    type: 'pending-update',
    value: { host, package: name, installed: '1', candidate: '2', security: true, firstSeenAt },
  }),
  account: (host: string, name: string): Said => ({
    type: 'account',
    value: { host, name, uid: 1000, gid: 1000, home: '/', shell: '/bin/sh', shellOpens: true },
  }),
  owner: (account: string, person: string): Said => ({
    type: 'account-owner',
    value: { account, owner: { kind: 'person', id: person }, saidBy: 'test' },
  }),
  person: (id: string, startsOn = '2026-05-30', endsOn: string | null = null): Said => ({
    type: 'person',
    value: {
      id,
      name: `Person ${id}`,
      kind: 'employee',
      sponsor: null,
      startsOn,
      endsOn,
      voluntary: endsOn && true,
    },
  }),
  service: (id: string, owner: string): Said => ({ type: 'named-service', value: { id, name: id, owner } }),
}

/** The feeds with something done at every reading, in the middle of a judgement. */
export function feedsThat(
  feeds: Feeds,
  meanwhile: (when: 'before' | 'after', lookups: readonly Lookup[]) => Promise<void>,
): Feeds {
  return {
    ...feeds,
    read: async (tx, organisation, lookups) => {
      await meanwhile('before', lookups)
      const readings = await feeds.read(tx, organisation, lookups)
      await meanwhile('after', lookups)
      return readings
    },
  }
}
