import { type FactType, lookupKey } from '@hevd/core'
import { accounts, hosts, vocabulary } from '@hevd/facts'
import {
  addOrganisation,
  type TestClock,
  type ThrowawayDatabase,
  testClock,
  throwawayDatabase,
} from '@hevd/testing'
import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { createFeeds, type Feeds, feedsMigrations } from './index.ts'
import { account, declared, Speaker, silent, whole } from './testdata/world.ts'

let target: ThrowawayDatabase
let organisation: string
let clock: TestClock
const web = 'web-1'

beforeAll(async () => {
  target = await throwawayDatabase([{ name: 'feeds', directory: feedsMigrations }])
})
afterAll(() => target.drop())
beforeEach(async () => {
  organisation = await addOrganisation(target.db)
  clock = testClock('2026-06-01T12:00:00Z')
})

/** A server whose accounts are found by these rules instead of those of @hevd/facts. */
function serverWith(lookups: FactType['lookups']): Feeds {
  const types = new Map(vocabulary).set(accounts.name, { ...vocabularyOf(accounts.name), lookups })
  return createFeeds({ db: target.db, clock, logger: silent, record: async () => {}, vocabulary: types })
}
function vocabularyOf(name: string): FactType {
  const type = vocabulary.get(name)
  if (type === undefined) throw new Error(`There is no type ${name}`)
  return type
}
const { byKey, ofHost, withUid } = vocabularyOf(accounts.name).lookups
const withoutUid = { byKey, ofHost } as FactType['lookups']
const shipped = { byKey, ofHost, withUid } as FactType['lookups']
const older = () => serverWith(withoutUid)
const newer = () => serverWith(shipped)

const inside = <T>(run: (tx: Parameters<Parameters<typeof target.db.transaction>[1]>[0]) => Promise<T>) =>
  target.db.transaction(organisation, run)
const adopt = (feeds: Feeds) => inside((tx) => feeds.adoptRules(tx, organisation))
async function indexAll(feeds: Feeds): Promise<number> {
  let rounds = 0
  while (await feeds.indexSome(organisation)) rounds += 1
  return rounds
}
const many = Array.from({ length: 2500 }, (_, i) => account(web, `u${i}`, i))
const say = async (feeds: Feeds, agent: Speaker, facts = many) =>
  (await feeds.take(organisation, agent.host, [agent.full(facts, clock.now())])).map(({ state }) => state)
const foundBy = async (feeds: Feeds, uid: number) => {
  const [reading] = await inside((tx) => feeds.read(tx, organisation, [accounts.withUid(`${web}/${uid}`)]))
  return reading?.facts.length
}
/** Every look-up row of the organisation, and how many stand twice or lead to no fact. */
const index = () =>
  inside(async (tx) => {
    const { rows } = await sql<{ keys: number; orphans: number }>`
      select count(*) as keys, count(*) filter (where f.id is null) as orphans
      from feeds.fact_lookup l left join feeds.fact f on f.organisation = l.organisation and f.id = l.fact
      where l.organisation = ${organisation}`.execute(tx)
    return rows[0]
  })
const touched = async (feeds: Feeds) => {
  const all: string[] = []
  for (;;) {
    const some = await inside((tx) => feeds.takeTouched(tx, organisation, 1000))
    if (some.length === 0) return all
    all.push(...some)
  }
}

test('facts that were stored before a rule are found by it, and only what came is touched', async () => {
  await adopt(older())
  await say(older(), new Speaker(web))
  await touched(older())
  const feeds = newer()
  expect(await foundBy(feeds, 7)).toBe(0)
  await adopt(feeds)
  await indexAll(feeds)
  expect(await foundBy(feeds, 7)).toBe(1)
  expect(await foundBy(feeds, 2499)).toBe(1)
  expect(await index()).toEqual({ keys: 7500, orphans: 0 })
  expect((await touched(feeds)).sort()).toEqual(
    many.map((_, i) => lookupKey(accounts.withUid(`${web}/${i}`))).sort(),
  )
  await adopt(feeds)
  expect(await indexAll(feeds)).toBe(0)
})

test('a rule that is no more, and one that says something else, leave nothing of what they said', async () => {
  await adopt(newer())
  await say(newer(), new Speaker(web), many.slice(0, 3))
  const elsewhere = {
    ...withoutUid,
    withUid: { ...withUid, source: 'of another form', values: () => [`${web}/all`] },
  } as FactType['lookups']
  const changed = serverWith(elsewhere)
  await adopt(changed)
  await indexAll(changed)
  expect(await foundBy(changed, 1)).toBe(0)
  const [reading] = await inside((tx) => changed.read(tx, organisation, [accounts.withUid(`${web}/all`)]))
  expect(reading?.facts).toHaveLength(3)
  await adopt(older())
  await indexAll(older())
  expect(await index()).toEqual({ keys: 6, orphans: 0 })
})

test('one that is killed between two transactions is gone on with by the next, from where it was', async () => {
  await adopt(older())
  await say(older(), new Speaker(web))
  await adopt(newer())
  const progress = () =>
    inside(async (tx) => {
      const { rows } = await sql<{ after: string }>`
        select after from feeds.to_index where organisation = ${organisation} and type = ${accounts.name}`.execute(
        tx,
      )
      return rows[0]?.after
    })
  const first = newer()
  while ((await progress()) === '') await first.indexSome(organisation)
  const after = await progress()
  expect(await index()).toEqual({ keys: 5000 + 1000, orphans: 0 })
  const next = newer()
  await adopt(next)
  expect(await progress()).toBe(after)
  await indexAll(next)
  expect(await index()).toEqual({ keys: 7500, orphans: 0 })
})

test('several at once, while the world goes on changing, index every fact once', async () => {
  await adopt(older())
  const agents = [new Speaker(web, 'one'), new Speaker(web, 'two')]
  for (const agent of agents) await say(older(), agent, many.slice(0, 700))
  const servers = [newer(), newer(), newer()]
  await Promise.all(servers.map(adopt))
  const [one, two] = agents
  if (one === undefined || two === undefined) throw new Error('two agents speak')
  const speaking = async (server: Feeds, agent: Speaker) => {
    const words = many
      .slice(0, 24)
      .map((fact, i) =>
        i % 3 === 0
          ? agent.difference([], [fact], clock.now())
          : agent.difference([account(web, `u${i * 11}`, 9000 + i)], [], clock.now()),
      )
    return server.take(organisation, web, words)
  }
  const [answers] = await Promise.all([
    Promise.all([speaking(newer(), one), speaking(newer(), two)]),
    ...servers.map(indexAll),
  ])
  expect(new Set(answers.flat().map(({ state }) => state))).toEqual(new Set(['taken']))
  const standing = one.said.size + two.said.size
  expect(await index()).toEqual({ keys: 3 * standing, orphans: 0 })
  expect(await foundBy(newer(), 9001)).toBe(2)
})

test('a server of other rules than those in force writes no such facts, and all others', async () => {
  const old = older()
  await adopt(old)
  const agent = new Speaker(web)
  await say(old, agent, many.slice(0, 2))
  await adopt(newer())
  await expect(say(old, agent, many.slice(0, 3))).rejects.toMatchObject({
    code: 'other-version',
    status: 503,
  })
  await expect(indexAll(old)).rejects.toMatchObject({ code: 'other-version' })
  expect(await old.take(organisation, web, [agent.heartbeat(clock.now())])).toMatchObject([
    { state: 'wants-full' },
  ])
  await indexAll(newer())
  expect(await say(newer(), agent, many.slice(0, 3))).toEqual(['taken'])
  expect(await old.take(organisation, web, [agent.heartbeat(clock.now())])).toMatchObject([
    { state: 'taken' },
  ])
  const register = { name: 'hosts', title: { nb: 'Verter', en: 'Hosts' }, types: [hosts.name] }
  await inside((tx) => old.openRegister(tx, organisation, register))
  await inside((tx) => old.put(tx, organisation, 'hosts', [declared(web)]))
  const [reading] = await inside((tx) => newer().read(tx, organisation, [hosts.byKey(web)]))
  expect(reading?.facts).toHaveLength(1)
})

async function takeOver(feeds: Feeds): Promise<void> {
  await adopt(feeds)
  await indexAll(feeds)
}

test('new rules wait for a report that is being taken by the old ones, and index it', async () => {
  const old = older()
  await adopt(old)
  let adopted: Promise<void> | undefined
  const slow: Feeds = createFeeds({
    db: {
      ...target.db,
      transaction: (id, run, options) =>
        target.db.transaction(
          id,
          async (tx) => {
            const result = await run(tx)
            adopted ??= takeOver(newer())
            // It stands at the row that this transaction holds.
            await waiting(adopted)
            return result
          },
          options,
        ),
    },
    clock,
    logger: silent,
    record: async () => {},
    vocabulary: new Map(vocabulary).set(accounts.name, {
      ...vocabularyOf(accounts.name),
      lookups: withoutUid,
    }),
  })
  expect(await say(slow, new Speaker(web), many.slice(0, 5))).toEqual(['taken'])
  await adopted
  expect(await foundBy(newer(), 4)).toBe(1)
})

/** Until somebody in this database stands at a lock, or what should stand there is done. */
async function waiting(forIt: Promise<void>): Promise<void> {
  let done = false
  forIt.then(() => {
    done = true
  })
  while (!done) {
    const { rows } = await target.db.system((tx) =>
      sql`
        select from pg_stat_activity
        where wait_event_type = 'Lock' and datname = current_database()`.execute(tx),
    )
    if (rows.length > 0) return
  }
}

test('a stored fact that is no longer of its type keeps the look-ups it has', async () => {
  await adopt(older())
  await say(older(), new Speaker(web), many.slice(0, 2))
  const strict: FactType = {
    ...vocabularyOf(accounts.name),
    parse: (raw) => {
      const parsed = accounts.parse(raw)
      if ((parsed as { name: string }).name === 'u0') throw new Error('no longer of the type')
      return parsed
    },
  }
  const feeds = createFeeds({
    db: target.db,
    clock,
    logger: silent,
    record: async () => {},
    vocabulary: new Map(vocabulary).set(accounts.name, strict),
  })
  await adopt(feeds)
  await indexAll(feeds)
  expect([await foundBy(feeds, 0), await foundBy(feeds, 1)]).toEqual([0, 1])
  const [reading] = await inside((tx) => feeds.read(tx, organisation, [accounts.byKey(`${web}/u0`)]))
  expect(reading?.facts).toHaveLength(1)
})

test('every value that stands is touched, page by page, also where two feeds say one fact otherwise', async () => {
  const feeds = newer()
  for (const [index, name] of ['one', 'two', 'three'].entries())
    await say(
      feeds,
      new Speaker(web, name),
      ['ada', 'bo', 'cy'].map((person, i) => account(web, person, 100 * index + i)),
    )
  await touched(feeds)
  await inside((tx) => feeds.touchAll(tx, organisation, [{ type: accounts.name, by: 'withUid' }]))
  const died = inside(async (tx) => {
    expect(await feeds.takeTouched(tx, organisation, 2)).toHaveLength(3)
    expect(await inside((other) => feeds.takeTouched(other, organisation, 2))).toEqual([])
    throw new Error('died')
  })
  await expect(died).rejects.toThrow('died')
  const found: string[] = []
  for (;;) {
    const some = await inside((tx) => feeds.takeTouched(tx, organisation, 2))
    if (some.length === 0) break
    found.push(...some)
  }
  const uids = [0, 1, 2].flatMap((index) => [0, 1, 2].map((i) => 100 * index + i))
  expect(found.sort()).toEqual(uids.map((uid) => lookupKey(accounts.withUid(`${web}/${uid}`))).sort())
})

test('a host that ends takes with it feeds of which nothing but a refusal is known', async () => {
  const feeds = newer()
  const agent = new Speaker(web)
  await say(feeds, agent, many.slice(0, 1))
  const unheard = { ...new Speaker(web, 'unheard').full([], clock.now(), [whole('colour', web)]) }
  expect(await feeds.take(organisation, web, [unheard])).toMatchObject([{ state: 'refused' }])
  const rows = () =>
    inside(async (tx) => {
      const found = await sql<{ name: string }>`
        select name from feeds.feed where organisation = ${organisation} order by name`.execute(tx)
      return found.rows.map(({ name }) => name)
    })
  expect(await rows()).toEqual(['web-1/accounts', 'web-1/unheard'])
  await inside((tx) => feeds.endHost(tx, organisation, web))
  expect(await rows()).toEqual(['web-1/accounts'])
})
