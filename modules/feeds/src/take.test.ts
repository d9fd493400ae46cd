import { accounts } from '@hevd/facts'
import { schemaFaults } from '@hevd/postgres'
import {
  addOrganisation,
  type TestClock,
  type ThrowawayDatabase,
  testClock,
  throwawayDatabase,
} from '@hevd/testing'
import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { feedsDefaults } from './config.ts'
import { reporting } from './contract.ts'
import { createFeeds, type Feeds, feedsMigrations, type Report } from './index.ts'
import { account, gap, keyOf, minute, Speaker, silent, whole } from './testdata/world.ts'

let target: ThrowawayDatabase
let organisation: string
let clock: TestClock
let feeds: Feeds
let told: number
const web = 'web-1'

beforeAll(async () => {
  target = await throwawayDatabase([{ name: 'feeds', directory: feedsMigrations }])
})
afterAll(() => target.drop())

beforeEach(async () => {
  organisation = await addOrganisation(target.db)
  clock = testClock('2026-06-01T12:00:00Z')
  told = 0
  feeds = createFeeds({ db: target.db, clock, logger: silent, record: async () => {} })
  feeds.onTouched(() => {
    told += 1
  })
})

const inside = <T>(run: (tx: Parameters<Parameters<typeof target.db.transaction>[1]>[0]) => Promise<T>) =>
  target.db.transaction(organisation, run)
const take = async (...reports: Report[]) =>
  (await feeds.take(organisation, web, reports)).map(({ state }) => state)
const seen = async (host = web) => {
  const [reading] = await inside((tx) => feeds.read(tx, organisation, [accounts.ofHost(host)]))
  return reading
}
const names = async (host = web) =>
  ((await seen(host))?.facts ?? [])
    .map(({ value }) => accounts.parse(value))
    .map((found) => (found as { name: string }).name)
const touched = () => inside((tx) => feeds.takeTouched(tx, organisation, 10_000))
const ada = account(web, 'ada', 1001)
const bo = account(web, 'bo', 1002)

test('the schema keeps organisations apart', async () => {
  expect(await schemaFaults(target.ownerUrl)).toEqual([])
})

describe('words of one feed', () => {
  test('a full report, then differences', async () => {
    const agent = new Speaker(web)
    expect(await take(agent.full([ada, bo], clock.now()))).toEqual(['taken'])
    expect(await names()).toEqual(['ada', 'bo'])
    expect(told).toBe(1)
    expect(await take(agent.difference([account(web, 'cy')], [ada], clock.now()))).toEqual(['taken'])
    expect(await names()).toEqual(['bo', 'cy'])
    expect((await seen())?.unseen).toEqual([])
  })

  test('what changed is touched under its old and its new look-ups, and only that', async () => {
    const agent = new Speaker(web)
    await take(agent.full([ada, bo], clock.now()))
    expect(new Set(await touched())).toContain(`coverage|account|${web}`)
    await take(agent.difference([account(web, 'ada', 2001)], [], clock.now()))
    expect([...new Set(await touched())].sort()).toEqual([
      'account|byKey|web-1/ada',
      'account|named|web-1/ada',
      'account|ofHost|web-1',
      'account|withUid|web-1/1001',
      'account|withUid|web-1/2001',
    ])
  })

  test('a gap wants all of it; the full report mends it', async () => {
    const agent = new Speaker(web)
    await take(agent.full([ada], clock.now()))
    agent.difference([bo], [], clock.now())
    expect(await take(agent.heartbeat(clock.now()))).toEqual(['wants-full'])
    expect(await names()).toEqual(['ada'])
    expect(await take(agent.full([ada, bo], clock.now()))).toEqual(['taken'])
    expect(await names()).toEqual(['ada', 'bo'])
  })

  test('a difference before any full report wants it', async () => {
    expect(await take(new Speaker(web).heartbeat(clock.now()))).toEqual(['wants-full'])
  })

  test('sent twice is taken as taken, also after later words', async () => {
    const agent = new Speaker(web)
    const words = [agent.full([ada], clock.now()), agent.difference([bo], [], clock.now() + 1)]
    expect(await take(...words, ...words)).toEqual(['taken', 'taken', 'taken', 'taken'])
    expect(await names()).toEqual(['ada', 'bo'])
    expect(await take(agent.heartbeat(clock.now() + 2))).toEqual(['taken'])
  })

  test('an agent that begins anew with the same facts is heard, not taken for an echo', async () => {
    const first = new Speaker(web)
    await take(first.full([ada], clock.now()), first.heartbeat(clock.now() + 1))
    clock.advance(minute)
    const again = new Speaker(web)
    expect(await take(again.full([ada], clock.now()), again.heartbeat(clock.now() + 1))).toEqual([
      'taken',
      'taken',
    ])
    expect((await feeds.list(organisation))[0]?.lastHeardAt).toBe(clock.now())
  })

  test('a digest that differs wants all of it, and nothing of the word stands', async () => {
    const agent = new Speaker(web)
    await take(agent.full([ada], clock.now()))
    const word = agent.difference([bo], [], clock.now())
    expect(await take({ ...word, digest: 'f'.repeat(64) })).toEqual(['wants-full'])
    expect(await names()).toEqual(['ada'])
    expect(await take({ ...agent.full([ada], clock.now()), digest: 'f'.repeat(64) })).toEqual(['wants-full'])
    expect((await feeds.list(organisation))[0]?.lastError?.words.nb).toContain('kontrollsum')
  })

  test('ten servers that are told the same word at once take it once', async () => {
    const agent = new Speaker(web)
    await take(agent.full([ada], clock.now()))
    const word = agent.difference([bo], [ada], clock.now())
    const answers = await Promise.all(Array.from({ length: 10 }, () => take(word)))
    expect(new Set(answers.flat())).toEqual(new Set(['taken']))
    expect(await names()).toEqual(['bo'])
    const past = await inside((tx) => sql<{ key: string }>`select key from feeds.past_fact`.execute(tx))
    expect(past.rows).toEqual([{ key: keyOf(ada) }])
  })

  test('many feeds at once', async () => {
    const agents = Array.from({ length: 20 }, (_, i) => new Speaker(web, `c${i}`))
    const answers = await Promise.all(agents.map((agent) => take(agent.full([ada], clock.now()))))
    expect(answers.flat().every((state) => state === 'taken')).toBe(true)
    expect(await names()).toHaveLength(20)
  })

  test('what the agent knows beyond our vocabulary does not break its digest', async () => {
    const agent = new Speaker(web)
    const more = { type: 'account', value: { ...(ada.value as object), fromANewerAgent: true } }
    expect(await take(agent.full([more], clock.now()), agent.difference([], [more], clock.now()))).toEqual([
      'taken',
      'taken',
    ])
  })
})

describe('a heartbeat', () => {
  test('writes one row and nothing else', async () => {
    const agent = new Speaker(web)
    await take(agent.full([ada, bo], clock.now()))
    const version = () =>
      inside(async (tx) => {
        const { rows } = await sql<{ feed: string; others: string }>`
          select (select string_agg(xmin::text, ',') from feeds.feed) as feed,
            (select string_agg(xmin::text, ',' order by xmin::text) from (
              select xmin from feeds.fact union all select xmin from feeds.fact_lookup
              union all select xmin from feeds.coverage union all select xmin from feeds.touched
              union all select xmin from feeds.past_fact union all select xmin from feeds.host) as row) as others`.execute(
          tx,
        )
        return rows[0]
      })
    const before = await version()
    told = 0
    clock.advance(minute)
    expect(await take(agent.heartbeat(clock.now()))).toEqual(['taken'])
    const after = await version()
    expect(after?.others).toBe(before?.others)
    expect(after?.feed).not.toBe(before?.feed)
    expect(told).toBe(0)
    expect((await feeds.list(organisation))[0]?.lastHeardAt).toBe(clock.now())
  })

  test('that the agent makes newer while its answer is lost is heard, before and after it would be silent', async () => {
    const agent = new Speaker(web)
    await take(agent.full([ada], clock.now()))
    const word = agent.heartbeat(clock.now())
    expect(await take(word)).toEqual(['taken'])
    for (const pause of [minute, 30 * minute]) {
      clock.advance(pause)
      expect(await take({ ...word, observedAt: clock.now() })).toEqual(['taken'])
      expect((await feeds.list(organisation))[0]?.lastHeardAt).toBe(clock.now())
    }
    // The host's clock was set back: nothing is heard earlier than it was.
    expect(await take({ ...word, observedAt: clock.now() - 5 * minute })).toEqual(['taken'])
    expect((await feeds.list(organisation))[0]?.lastHeardAt).toBe(clock.now())
    expect(await take({ ...word, observedAt: clock.now() + 1, digest: 'f'.repeat(64) })).toEqual([
      'wants-full',
    ])
    expect(await take(agent.difference([bo], [], clock.now()))).toEqual(['taken'])
    expect(await names()).toEqual(['ada', 'bo'])
  })

  test('that is said again after its feed has ended wants all of it', async () => {
    const agent = new Speaker(web)
    const word = agent.full([ada], clock.now())
    const beat = agent.heartbeat(clock.now() + 1)
    await take(word, beat)
    await inside((tx) => feeds.endHost(tx, organisation, web))
    await inside((tx) => feeds.reopenHost(tx, organisation, web))
    expect(await take({ ...beat, observedAt: clock.now() })).toEqual(['wants-full'])
    expect(await names()).toEqual([])
    expect(await take(agent.full([ada], clock.now() + 2))).toEqual(['taken'])
  })

  test('a full report of what is known already changes no fact', async () => {
    const agent = new Speaker(web)
    await take(agent.full([ada, bo], clock.now()))
    await touched()
    expect(await take(agent.full([ada, bo], clock.now()))).toEqual(['taken'])
    expect(await touched()).toEqual([])
  })
})

describe('what is no longer said', () => {
  test('ends as a recorded version, with the look-ups it was found by', async () => {
    const agent = new Speaker(web)
    await take(agent.full([ada, bo], clock.now()))
    const from = clock.now()
    clock.advance(minute)
    await take(agent.full([bo], clock.now()))
    const { rows } = await inside((tx) =>
      sql`select key, lookup_keys, recorded_at, until, gone from feeds.past_fact`.execute(tx),
    )
    expect(rows).toEqual([
      {
        key: 'web-1/ada',
        lookup_keys: [
          'account|byKey|web-1/ada',
          'account|named|web-1/ada',
          'account|ofHost|web-1',
          'account|withUid|web-1/1001',
        ],
        recorded_at: from,
        until: clock.now(),
        gone: true,
      },
    ])
  })

  test.each(['needs-right', 'failed', 'partial'] as const)('a %s look removes nothing', async (state) => {
    const agent = new Speaker(web)
    await take(agent.full([ada, bo], clock.now()))
    expect(await take(agent.full([], clock.now(), [gap(accounts.name, web, state)]))).toEqual(['taken'])
    expect(await names()).toEqual(['ada', 'bo'])
    expect((await seen())?.unseen).toMatchObject([{ code: state }])
    expect(await take(agent.difference([bo], [], clock.now()))).toEqual(['taken'])
    expect(await names()).toEqual(['ada', 'bo'])
    expect(await take(agent.difference([], [], clock.now(), [whole(accounts.name, web)]))).toEqual(['taken'])
    expect(await names()).toEqual(['bo'])
    expect(await take(agent.heartbeat(clock.now()))).toEqual(['taken'])
  })

  test('a difference that takes back what it could not look at removes nothing either', async () => {
    const agent = new Speaker(web)
    await take(agent.full([ada, bo], clock.now()))
    expect(await take(agent.difference([], [ada, bo], clock.now(), [gap(accounts.name, web)]))).toEqual([
      'taken',
    ])
    expect(await names()).toEqual(['ada', 'bo'])
    expect(await take(agent.difference([ada], [], clock.now(), [whole(accounts.name, web)]))).toEqual([
      'taken',
    ])
    expect(await names()).toEqual(['ada'])
    expect(await take(agent.difference([], [ada], clock.now()))).toEqual(['taken'])
    expect(await names()).toEqual([])
  })

  test('two feeds say the same; that one no longer does takes nothing from the other', async () => {
    const one = new Speaker(web, 'one')
    const two = new Speaker(web, 'two')
    await take(one.full([ada], clock.now()), two.full([ada], clock.now()))
    expect(await names()).toEqual(['ada', 'ada'])
    await take(one.difference([], [ada], clock.now()))
    expect((await seen())?.facts.map(({ feed }) => feed)).toEqual(['web-1/two'])
  })
})

test('the largest report that comes through the door, and then one fact', async () => {
  const agent = new Speaker(web)
  const longest = JSON.stringify(account(web, 'u99999', 99_999))
  const count = Math.floor((feedsDefaults.bodyLimit - 1000) / (longest.length + 1))
  const full = agent.full(
    Array.from({ length: count }, (_, i) => account(web, `u${i}`, i)),
    clock.now(),
  )
  const bytes = Buffer.byteLength(JSON.stringify(reporting.parse({ version: '1', reports: [full] })))
  expect([bytes < feedsDefaults.bodyLimit, bytes > 0.9 * feedsDefaults.bodyLimit]).toEqual([true, true])
  expect(await take(full)).toEqual(['taken'])
  expect((await feeds.list(organisation))[0]?.facts).toBe(count)
  const waiting = () =>
    inside(async (tx) => {
      const { rows } = await sql<{ n: number }>`
        select count(*) as n from feeds.touched where organisation = ${organisation}`.execute(tx)
      return rows[0]?.n ?? 0
    })
  const before = await waiting()
  expect(await take(agent.difference([], [account(web, 'u5', 5)], clock.now()))).toEqual(['taken'])
  expect((await waiting()) - before).toBe(4)
})

test('two who take from the queue at once get each key once, and one that fails gives its keys back', async () => {
  const agent = new Speaker(web)
  await take(
    agent.full(
      Array.from({ length: 50 }, (_, i) => account(web, `u${i}`, i)),
      clock.now(),
    ),
  )
  const all = (
    await inside(
      async (tx) =>
        (
          await sql<{ key: string }>`select lookup_key as key from feeds.touched`.execute(tx)
        ).rows,
    )
  ).map(({ key }) => key)
  const failing = inside(async (tx) => {
    await feeds.takeTouched(tx, organisation, 30)
    throw new Error('died')
  })
  await expect(failing).rejects.toThrow('died')
  const takers = Array.from({ length: 4 }, async () => {
    const got: string[] = []
    for (;;) {
      const some = await inside((tx) => feeds.takeTouched(tx, organisation, 7))
      if (some.length === 0) return got
      got.push(...some)
    }
  })
  expect((await Promise.all(takers)).flat().sort()).toEqual([...all].sort())
})
