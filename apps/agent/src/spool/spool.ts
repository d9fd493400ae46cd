import type { DatabaseSync, SQLOutputValue } from 'node:sqlite'
import type { Bilingual, Coverage, Duration, Instant } from '@hevd/core'
import { canonicalJson } from '@hevd/core'
import { digestText, type Said } from '@hevd/facts'
import type { FirstSeen } from '../first-seen.ts'
import type { Report } from '../report.ts'
import { differenceOf, type Kept, nameOf } from './difference.ts'
import { openSpoolFile } from './open.ts'

/** What a collector saw in one run. */
export type Run = {
  readonly host: string
  readonly collector: string
  readonly title: Bilingual
  readonly interval: Duration
  readonly facts: readonly Said[]
  readonly coverage: readonly Coverage[]
  readonly observedAt: Instant
}

/** How much may wait for the server, of one collector; past it all of it becomes one full report. */
export type SpoolLimits = { readonly reports: number; readonly bytes: number }
export const spoolLimits: SpoolLimits = { reports: 500, bytes: 4 * 1024 * 1024 }

export type Backlog = {
  readonly reports: number
  readonly bytes: number
  readonly oldest: Instant | null
}

/** What collectors last said, and what the server has not yet taken. Everything is durable when a call returns. */
export type Spool = FirstSeen & {
  /** Whether a damaged file was put aside when this one was made. */
  readonly damaged: boolean
  /** Keeps what a run saw: as a difference that waits, or for the full report that is wanted anyway. */
  record(run: Run): {
    readonly put: number
    readonly gone: number
    /** Whether so much waited that all of the collector is now one full report that waits instead. */
    readonly overfull: boolean
  }
  /** What a collector last said that it covers; empty before its first run. */
  coverageOf(collector: string): readonly Coverage[]
  /** What waits, oldest first, without `paused` collectors: at least one report if any, then no more than `bytes`. */
  next(
    most: { readonly reports: number; readonly bytes: number },
    paused: ReadonlySet<string>,
  ): readonly Report[]
  /** The server has taken a collector's reports up to this one. */
  taken(collector: string, sequence: number): void
  /** All that waits of a collector is dropped, and one full report takes its place. */
  sayAnew(collector: string): void
  /** How many reports wait; a collector that is to say everything anew counts as one. */
  waiting(): number
  /** What waits: how many reports, their bytes, and when the oldest was seen. A full one is counted when it is made. */
  backlog(): Backlog
  close(): void
}

type Row = Record<string, SQLOutputValue>
const text = (row: Row | undefined, name: string) => String(row?.[name] ?? '')
const number = (row: Row | undefined, name: string) => Number(row?.[name] ?? 0)

export function openSpool(path: string, limits: SpoolLimits = spoolLimits): Spool {
  const { database, damaged } = openSpoolFile(path)
  const feedOf = (collector: string): Row | undefined =>
    database.prepare('select * from feed where collector = ?').get(collector)
  const anew = (collector: string) => {
    database.prepare('delete from pending where collector = ?').run(collector)
    database.prepare('update feed set wants_full = 1 where collector = ?').run(collector)
  }
  const enqueue = (report: Report, heartbeat: boolean) => {
    const body = JSON.stringify(report)
    database
      .prepare('insert into pending (collector, sequence, heartbeat, bytes, report) values (?, ?, ?, ?, ?)')
      .run(report.collector, report.sequence, Number(heartbeat), Buffer.byteLength(body), body)
    database
      .prepare('update feed set sequence = ?, wants_full = 0 where collector = ?')
      .run(report.sequence, report.collector)
  }
  return {
    damaged,
    record: (run) => atomically(database, () => record(run)),
    coverageOf: (collector) => coverageIn(feedOf(collector)),
    next: (most, paused) =>
      atomically(database, () => {
        const wanting = database.prepare('select * from feed where wants_full = 1 order by collector').all()
        for (const feed of wanting)
          if (!paused.has(text(feed, 'collector'))) enqueue(fullReport(database, feed), false)
        return batch(database, most, paused)
      }),
    taken: (collector, sequence) => {
      database.prepare('delete from pending where collector = ? and sequence <= ?').run(collector, sequence)
    },
    sayAnew: (collector) => atomically(database, () => anew(collector)),
    waiting: () =>
      number(
        database
          .prepare(
            'select (select count(*) from pending) + (select count(*) from feed where wants_full = 1) as n',
          )
          .get(),
        'n',
      ),
    backlog: () => {
      const first = database.prepare('select report from pending order by id limit 1').get()
      const all = database
        .prepare('select count(*) as n, coalesce(sum(bytes), 0) as bytes from pending')
        .get()
      const oldest = first === undefined ? null : Number(JSON.parse(text(first, 'report')).observedAt)
      return { reports: number(all, 'n'), bytes: number(all, 'bytes'), oldest }
    },
    remember: (topic, keys, now) => atomically(database, () => remember(database, topic, keys, now)),
    known: (topic) =>
      database
        .prepare('select key from first_seen where topic = ? order by key')
        .all(topic)
        .map((row) => text(row, 'key')),
    close: () => database.close(),
  }

  function record({ host, collector, title, interval, facts, coverage, observedAt }: Run) {
    const feed = feedOf(collector)
    const before = coverageIn(feed)
    const known = new Map(factsOf(database, collector).map((fact) => [nameOf(fact), fact]))
    const digest = BigInt(`0x${text(feed, 'digest') || '0'}`)
    const change = differenceOf({ facts: known, coverage: before, digest }, facts, coverage, host)
    const covered = canonicalJson(change.coverage) === canonicalJson(before) ? null : change.coverage
    keepFacts(database, collector, change.put, change.gone)
    database
      .prepare(
        `insert into feed (collector, title, interval, sequence, digest, coverage, observed_at, wants_full)
         values (?, ?, ?, 0, ?, ?, ?, 1)
         on conflict (collector) do update set title = excluded.title, interval = excluded.interval,
           digest = excluded.digest, coverage = excluded.coverage, observed_at = excluded.observed_at`,
      )
      .run(
        collector,
        JSON.stringify(title),
        interval,
        digestText(change.digest),
        JSON.stringify(change.coverage),
        observedAt,
      )
    const counts = { put: change.put.length, gone: change.gone.length, overfull: false }
    if (feed === undefined || number(feed, 'wants_full') === 1) return counts
    const heartbeat = counts.put + counts.gone === 0 && covered === null
    if (heartbeat && renewedHeartbeat(database, collector, observedAt)) return counts
    enqueue(
      {
        collector,
        title,
        interval,
        kind: 'difference',
        sequence: number(feed, 'sequence') + 1,
        put: change.put.map(said),
        gone: change.gone.map(({ type, key }) => ({ type, key })),
        coverage: covered,
        digest: digestText(change.digest),
        observedAt,
      },
      heartbeat,
    )
    const size = database
      .prepare('select count(*) as n, sum(bytes) as bytes from pending where collector = ?')
      .get(collector)
    if (number(size, 'n') <= limits.reports && number(size, 'bytes') <= limits.bytes) return counts
    anew(collector)
    return { ...counts, overfull: true }
  }
}

function atomically<T>(database: DatabaseSync, work: () => T): T {
  database.exec('begin immediate')
  try {
    const result = work()
    database.exec('commit')
    return result
  } catch (error) {
    if (database.isTransaction) database.exec('rollback')
    throw error
  }
}

function coverageIn(feed: Row | undefined): readonly Coverage[] {
  return feed === undefined ? [] : JSON.parse(text(feed, 'coverage'))
}

function factsOf(database: DatabaseSync, collector: string): Kept[] {
  return database
    .prepare('select type, key, scope, value from fact where collector = ? order by type, key')
    .all(collector)
    .map((row) => ({
      type: text(row, 'type'),
      key: text(row, 'key'),
      scope: text(row, 'scope'),
      value: text(row, 'value'),
    }))
}

function said({ type, value }: Kept): Said {
  return { type, value: JSON.parse(value) }
}

function keepFacts(
  database: DatabaseSync,
  collector: string,
  put: readonly Kept[],
  gone: readonly Kept[],
): void {
  const remove = database.prepare('delete from fact where collector = ? and type = ? and key = ?')
  for (const { type, key } of gone) remove.run(collector, type, key)
  const keep = database.prepare(
    'insert or replace into fact (collector, type, key, scope, value) values (?, ?, ?, ?, ?)',
  )
  for (const { type, key, scope, value } of put) keep.run(collector, type, key, scope, value)
}

/** One heartbeat is enough for any time without the server: the last one that waits is made newer. */
function renewedHeartbeat(database: DatabaseSync, collector: string, observedAt: Instant): boolean {
  const last = database
    .prepare('select id, heartbeat, report from pending where collector = ? order by sequence desc limit 1')
    .get(collector)
  if (number(last, 'heartbeat') !== 1) return false
  const report = JSON.stringify({ ...JSON.parse(text(last, 'report')), observedAt })
  database.prepare('update pending set report = ? where id = ?').run(report, number(last, 'id'))
  return true
}

function fullReport(database: DatabaseSync, feed: Row): Report {
  const collector = text(feed, 'collector')
  return {
    collector,
    title: JSON.parse(text(feed, 'title')),
    interval: text(feed, 'interval'),
    kind: 'full',
    sequence: number(feed, 'sequence') + 1,
    put: factsOf(database, collector).map(said),
    gone: [],
    coverage: coverageIn(feed),
    digest: text(feed, 'digest'),
    observedAt: number(feed, 'observed_at'),
  }
}

function batch(
  database: DatabaseSync,
  most: { readonly reports: number; readonly bytes: number },
  paused: ReadonlySet<string>,
): readonly Report[] {
  const reports: Report[] = []
  let bytes = 0
  for (const row of database.prepare('select collector, bytes, report from pending order by id').iterate()) {
    if (paused.has(text(row, 'collector'))) continue
    bytes += number(row, 'bytes')
    if (reports.length > 0 && (reports.length >= most.reports || bytes > most.bytes)) break
    reports.push(JSON.parse(text(row, 'report')))
  }
  return reports
}

function remember(
  database: DatabaseSync,
  topic: string,
  keys: readonly string[],
  now: Instant,
): ReadonlyMap<string, Instant> {
  const known = new Map(
    database
      .prepare('select key, at from first_seen where topic = ?')
      .all(topic)
      .map((row) => [text(row, 'key'), number(row, 'at')]),
  )
  const next = new Map(keys.map((key) => [key, known.get(key) ?? now]))
  const forget = database.prepare('delete from first_seen where topic = ? and key = ?')
  for (const key of known.keys()) if (!next.has(key)) forget.run(topic, key)
  const add = database.prepare('insert into first_seen (topic, key, at) values (?, ?, ?)')
  for (const [key, at] of next) if (!known.has(key)) add.run(topic, key, at)
  return next
}
