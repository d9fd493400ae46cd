import { once } from 'node:events'
import { digestOfFacts, type Said, vocabulary } from '@hevd/facts'
import { createFeeds, type Feeds, feedsMigrations } from '@hevd/feeds'
import { reporting } from '@hevd/feeds/contract'
import { addOrganisation, throwawayDatabase } from '@hevd/testing'
import pg from 'pg'
import { from as copyFrom } from 'pg-copy-streams'
import { pino } from 'pino'
import type { Bench, BenchResult } from './bench.ts'

const hosts = 40
const differences = 5
const facts = 250
/** Agents that speak at once, and connections that copy at once. */
const atOnce = 4
const rounds = 3
const clock = { now: () => Math.floor(performance.timeOrigin + performance.now()) }

/** The tables that a difference of new facts writes, but for its feed's one row. */
const tables = ['fact', 'fact_lookup', 'touched'] as const
type Copied = { readonly [T in (typeof tables)[number]]: string }

/**
 * Facts a second from agents' differences, as JSON, until they are committed: parsed, checked against the vocabulary and
 * the digest of the whole, written with their look-ups and the keys they touch, one transaction a difference. The reference
 * copies the very same rows, made beforehand, into tables with the same keys and indexes, in transactions of the same size.
 */
export const ingest: Bench = {
  name: 'ingest',
  async run(report): Promise<BenchResult> {
    const target = await throwawayDatabase([{ name: 'feeds', directory: feedsMigrations }])
    const feeds = createFeeds({
      db: target.db,
      clock,
      logger: pino({ level: 'silent' }),
      record: async () => undefined,
    })
    const admin = new pg.Client({ connectionString: target.adminUrl })
    await admin.connect()
    try {
      const ours: number[] = []
      const copied: number[] = []
      const changed: number[] = []
      for (let round = 0; round < rounds; round += 1) {
        const organisation = await addOrganisation(target.db)
        await target.db.transaction(organisation, (tx) => feeds.adoptRules(tx, organisation))
        const bodies = Array.from({ length: hosts }, (_, n) => bodiesOf(`h${n}`, 0))
        await all(bodies, ([first]) => tell(feeds, organisation, first))
        await admin.query('checkpoint')
        ours.push(await speed(() => all(bodies, ([, ...rest]) => tellAll(feeds, organisation, rest))))
        const rows = await rowsOf(admin, organisation)
        await plainTables(admin)
        await admin.query('checkpoint')
        copied.push(await speed(() => copyAll(target.adminUrl, rows)))
        const anew = Array.from({ length: hosts }, (_, n) => bodiesOf(`h${n}`, 1).slice(1))
        await admin.query('checkpoint')
        changed.push(await speed(() => all(anew, (rest) => tellAll(feeds, organisation, rest))))
        report(
          `${round + 1} of ${rounds}: ${Math.round(ours.at(-1) ?? 0)} of ${Math.round(copied.at(-1) ?? 0)} facts/s`,
        )
      }
      const reference = Math.max(...copied)
      return {
        ours: Math.max(...ours),
        reference,
        unit: 'facts/s',
        what: 'COPY of the same rows into tables with the same keys and indexes, in transactions of the same size',
        others: [
          {
            what: 'facts that take another value: the version before goes to the past with its look-ups',
            value: Math.max(...changed),
            ratio: Math.max(...changed) / reference,
          },
        ],
      }
    } finally {
      await admin.end()
      await target.drop()
    }
  },
}

/** What a host's agent sends: an empty full report and then differences of new accounts, or of the same ones changed. */
function bodiesOf(host: string, uidFrom: number): { readonly host: string; readonly body: string }[] {
  const said = new Map<string, Said & { readonly key: string }>()
  const numbered = uidFrom === 0 ? 0 : differences
  if (uidFrom > 0) for (let n = 0; n < differences * facts; n += 1) say(said, account(host, n, 0))
  return Array.from({ length: differences + 1 }, (_, number) => {
    const put =
      number === 0
        ? []
        : Array.from({ length: facts }, (_, n) => account(host, (number - 1) * facts + n, uidFrom))
    for (const fact of put) say(said, fact)
    const one = {
      collector: 'accounts',
      title: { nb: 'Kontoer', en: 'Accounts' },
      interval: 'PT5M',
      kind: number === 0 ? 'full' : 'difference',
      sequence: number + 1 + numbered,
      put,
      gone: [],
      coverage: number === 0 ? [{ type: 'account', scope: host, state: 'complete', detail: '' }] : null,
      digest: digestOfFacts([...said.values()]),
      observedAt: clock.now(),
    }
    return { host, body: JSON.stringify({ version: 'bench', reports: [one] }) }
  })
}

function say(said: Map<string, Said & { readonly key: string }>, fact: Said): void {
  const key = vocabulary.get(fact.type)?.key(fact.value) ?? ''
  said.set(key, { ...fact, key })
}

function account(host: string, n: number, uidFrom: number): Said {
  const name = `user-${n}`
  return {
    type: 'account',
    value: {
      host,
      name,
      uid: 10_000 + n + uidFrom,
      gid: 10_000,
      home: `/home/${name}`,
      shell: '/bin/bash',
      shellOpens: true,
    },
  }
}

type Body = ReturnType<typeof bodiesOf>[number]

async function tell(feeds: Feeds, organisation: string, sent: Body | undefined): Promise<void> {
  if (sent === undefined) return
  const { reports } = reporting.parse(JSON.parse(sent.body))
  const [answer] = await feeds.take(organisation, sent.host, reports)
  if (answer?.state !== 'taken') throw new Error(`${answer?.state}: ${answer?.why}`)
}

async function tellAll(feeds: Feeds, organisation: string, sent: readonly Body[]): Promise<void> {
  for (const one of sent) await tell(feeds, organisation, one)
}

/** Works through `items`, so many at once. */
async function all<T>(items: readonly T[], work: (item: T) => Promise<unknown>): Promise<void> {
  const left = [...items]
  const worker = async () => {
    for (let item = left.shift(); item !== undefined; item = left.shift()) await work(item)
  }
  await Promise.all(Array.from({ length: atOnce }, worker))
}

async function speed(work: () => Promise<void>): Promise<number> {
  const start = performance.now()
  await work()
  return ((hosts * differences * facts) / (performance.now() - start)) * 1000
}

/** What was written, as text that COPY reads, in parts of one difference's size. */
async function rowsOf(admin: pg.Client, organisation: string): Promise<readonly Copied[]> {
  const parts: { [T in (typeof tables)[number]]: string }[] = Array.from(
    { length: hosts * differences },
    () => ({ fact: '', fact_lookup: '', touched: '' }),
  )
  for (const table of tables) {
    const { rows } = await admin.query<{ line: string }>(
      `select array_to_string(array(select coalesce(replace(v, '\\', '\\\\'), '\\N')
         from json_each_text(row_to_json(t)) e (k, v)), E'\\t') as line
       from feeds.${table} t where organisation = $1`,
      [organisation],
    )
    const size = Math.ceil(rows.length / parts.length)
    for (const [n, { line }] of rows.entries()) {
      const part = parts[Math.floor(n / size)]
      if (part !== undefined) part[table] += `${line}\n`
    }
  }
  return parts
}

async function plainTables(admin: pg.Client): Promise<void> {
  await admin.query('drop schema if exists plain cascade; create schema plain')
  for (const table of tables)
    await admin.query(`create table plain.${table} (like feeds.${table} including all)`)
}

async function copyAll(url: string, parts: readonly Copied[]): Promise<void> {
  const left = [...parts]
  await all([...Array(atOnce).keys()], async () => {
    const client = new pg.Client({ connectionString: url })
    await client.connect()
    for (let part = left.shift(); part !== undefined; part = left.shift()) {
      await client.query('begin')
      for (const table of tables) {
        const stream = client.query(copyFrom(`copy plain.${table} from stdin`))
        stream.end(part[table])
        await once(stream, 'finish')
      }
      await client.query('commit')
    }
    await client.end()
  })
}
