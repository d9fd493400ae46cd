import { type ChildProcess, fork } from 'node:child_process'
import { randomInt } from 'node:crypto'
import { once } from 'node:events'
import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { lookupKeysOf } from '@hevd/core'
import { accounts, type Said } from '@hevd/facts'
import { type Database, migrate, openDatabase, supervise } from '@hevd/postgres'
import { addOrganisation, throwawayDatabase } from '@hevd/testing'
import fc from 'fast-check'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { feedsMigrations, type Report } from './index.ts'
import { takeTouched } from './store/touched.ts'
import type { Order } from './testdata/server.ts'
import { account, Speaker } from './testdata/world.ts'

const web = 'web-1'
const noon = Date.UTC(2026, 5, 1, 12)
const migrations = [{ name: 'feeds', directory: feedsMigrations }]

/** Where reports are taken, and how it is struck down and comes back. */
type Place = {
  readonly db: Database
  readonly url: string
  readonly organisation: string
  /** Kills at once; resolves when all that died with it is gone, and reports can be taken again. */
  crash(server: Server): Promise<Server>
}

/** The process that plays the server; one word at a time. */
type Server = {
  readonly child: ChildProcess
  /** `begun` is when that statement begins, or earlier the answer; a server that is killed answers `died`. */
  take(
    report: Report,
    statement?: number,
  ): { readonly begun: Promise<unknown>; readonly answer: Promise<string> }
}

async function startServer({ url, organisation }: Pick<Place, 'url' | 'organisation'>): Promise<Server> {
  const child = fork(join(import.meta.dirname, 'testdata', 'server.ts'), [url, organisation, web])
  const heard = (ofNow: boolean) =>
    new Promise<string>((done) => {
      const listen = (message: unknown) => {
        if ((message === 'now') !== ofNow) return
        child.off('message', listen)
        done(String(message))
      }
      child.on('message', listen)
    })
  await heard(false)
  const died = once(child, 'exit').then(() => 'died')
  return {
    child,
    take(report, statement = 0) {
      const answer = Promise.race([heard(false), died])
      const begun = statement === 0 ? answer : Promise.race([heard(true), answer])
      child.send({ report, statement } satisfies Order)
      return { begun, answer }
    },
  }
}

async function killServer({ child }: Server): Promise<void> {
  const gone = once(child, 'exit')
  child.kill('SIGKILL')
  await gone
}

const tables = ['feed', 'host', 'fact', 'fact_lookup', 'past_fact', 'coverage', 'touched'] as const

/** A digest of each table's rows: two that are equal differ in nothing that is stored. */
function snapshot({ db, organisation }: Place): Promise<Record<string, string>> {
  return db.transaction(organisation, async (tx) => {
    const found: [string, string][] = []
    for (const table of tables) {
      const { rows } = await sql<{ digest: string }>`
        select md5(string_agg(t::text, E'\n' order by t::text)) as digest
        from ${sql.table(`feeds.${table}`)} t where organisation = ${organisation}`.execute(tx)
      found.push([table, rows[0]?.digest ?? ''])
    }
    return Object.fromEntries(found)
  })
}

/** What stands, read row by row: number of the last word, accounts by name, every look-up of a fact, and the queue. */
function standing({ db, organisation }: Place) {
  return db.transaction(organisation, async (tx) => {
    const feed = await sql<{ sequence: number; facts: number }>`
      select sequence, facts from feeds.feed where organisation = ${organisation}`.execute(tx)
    const facts = await sql<{ value: unknown; keys: string[] }>`
      select value, array(select lookup_key from feeds.fact_lookup l
        where l.organisation = f.organisation and l.fact = f.id order by 1) as keys
      from feeds.fact f where organisation = ${organisation} order by key`.execute(tx)
    const lookups = await sql<{ lookups: number }>`
      select count(*) as lookups from feeds.fact_lookup where organisation = ${organisation}`.execute(tx)
    const queue = await sql<{ lookup_key: string }>`
      select lookup_key from feeds.touched where organisation = ${organisation} order by 1`.execute(tx)
    return {
      ...feed.rows[0],
      ...lookups.rows[0],
      values: facts.rows,
      queue: queue.rows.map((row) => row.lookup_key),
    }
  })
}

/** What must stand when all of the agent's words have been taken, each once. */
function told(agent: Speaker, touched: readonly Said[]) {
  const values = [...agent.said.values()]
    .map(({ value }) => ({ value, keys: keysOf(value) }))
    .sort((a, b) => ((a.keys[0] ?? '') < (b.keys[0] ?? '') ? -1 : 1))
  return {
    sequence: agent.sequence,
    facts: values.length,
    lookups: values.flatMap(({ keys }) => keys).length,
    values,
    queue: [...new Set(touched.flatMap(({ value }) => keysOf(value)))].sort(),
  }
}
const keysOf = (value: unknown) => lookupKeysOf(accounts, accounts.parse(value)).sort()

async function emptyQueue({ db, organisation }: Place): Promise<void> {
  while ((await db.transaction(organisation, (tx) => takeTouched(tx, organisation, 10_000))).length > 0);
}

const size = 400
const round = fc.record({
  /** It is struck down at this statement of those that take a report, and so many milliseconds later. */
  statement: fc.integer({ min: 1, max: 20 }),
  delay: fc.nat(8),
  from: fc.nat(size - 1),
  changed: fc.integer({ min: 50, max: 200 }),
  gone: fc.integer({ min: 0, max: 100 }),
  full: fc.boolean(),
})

/** Strikes while a report is being taken, at random moments, and looks at what is left and at what comes after. */
async function strike(place: Place, rounds: number): Promise<string> {
  const seed = randomInt(2 ** 31)
  const agent = new Speaker(web)
  let server = await startServer(place)
  const everybody = Array.from({ length: size }, (_, i) => account(web, `u${i}`, i))
  expect(await server.take(agent.full(everybody, noon)).answer).toBe('taken')
  let whole = 0
  for (const [index, drawn] of fc.sample(round, { seed, numRuns: rounds }).entries()) {
    const at = `seed ${seed}, round ${index}`
    await emptyQueue(place)
    const earlier = await snapshot(place)
    const { report, touched } = wordOf(agent, drawn, index)
    const { begun, answer } = server.take(report, drawn.statement)
    await begun
    await sleep(drawn.delay)
    server = await place.crash(server)
    const left = await snapshot(place)
    const taken = (await standing(place)).sequence === report.sequence
    if ((await answer) === 'taken') expect(taken, at).toBe(true)
    if (taken) whole += 1
    else expect(left, at).toEqual(earlier)
    if (taken) expect(await standing(place), at).toEqual(told(agent, touched))
    expect(await server.take(report).answer, at).toBe('taken')
    if (taken) expect(await snapshot(place), at).toEqual(left)
    expect(await standing(place), at).toEqual(told(agent, touched))
  }
  await killServer(server)
  return `seed ${seed}: struck ${rounds} times, ${whole} reports had been taken whole, ${rounds - whole} not at all`
}

/** Some accounts get another number and some leave; a full report says so too. */
function wordOf(
  agent: Speaker,
  drawn: typeof round extends fc.Arbitrary<infer T> ? T : never,
  index: number,
) {
  const { from, changed, gone, full } = drawn
  const names = Array.from({ length: changed + gone }, (_, i) => `u${(from + i) % size}`)
  const put = names.slice(0, changed).map((name, i) => account(web, name, (index + 2) * size + i))
  const known = (name: string) => agent.said.get(`${accounts.name}|${web}/${name}`)
  const leaving = names.slice(changed).flatMap((name) => known(name) ?? [])
  const touched = [...put, ...names.flatMap((name) => known(name) ?? [])]
  if (!full) return { report: agent.difference(put, leaving, noon), touched }
  const all = new Map(agent.said)
  for (const fact of put) all.set(`${fact.type}|${accounts.key(accounts.parse(fact.value))}`, fact)
  for (const fact of leaving) all.delete(`${fact.type}|${accounts.key(accounts.parse(fact.value))}`)
  return { report: agent.full([...all.values()], noon), touched }
}

test('a server killed while it takes a report leaves all of it or nothing, and the report can be sent again', async () => {
  const target = await throwawayDatabase(migrations)
  const { db, runtimeUrl: url } = target
  const organisation = await addOrganisation(db)
  const crash = async (server: Server) => {
    await killServer(server)
    for (;;) {
      const { rows } = await db.system((tx) =>
        sql`
          select from pg_stat_activity
          where application_name = 'killed' and datname = current_database()`.execute(tx),
      )
      if (rows.length === 0) return startServer({ url, organisation })
    }
  }
  try {
    console.log(await strike({ db, url, organisation, crash }, 8))
  } finally {
    await target.drop()
  }
}, 300_000)

test('PostgreSQL killed while a report is taken leaves all of it or nothing, and the server goes on', async () => {
  const home = await mkdtemp(join(tmpdir(), 'hevd-feeds-'))
  await chmod(home, 0o711)
  const postgres = await supervise({ home, mode: undefined, path: '/usr/bin' })
  await migrate(postgres.ownerUrl, migrations, postgres.runtimeRole)
  const { runtimeUrl: url } = postgres
  const db = openDatabase({ url, poolSize: 2 })
  const organisation = await addOrganisation(db)
  const crash = async (server: Server) => {
    const killed = postgres.pid()
    process.kill(killed, 'SIGKILL')
    while (postgres.pid() === killed || !(await answers(db))) await sleep(20)
    return server
  }
  try {
    console.log(await strike({ db, url, organisation, crash }, 8))
  } finally {
    await db.close()
    await postgres.stop()
    await rm(home, { recursive: true })
  }
}, 300_000)

const answers = (db: Database) =>
  db.ping().then(
    () => true,
    () => false,
  )
