import type { Instant, Json } from '@hevd/core'
import { accounts, agents } from '@hevd/facts'
import type { Tx } from '@hevd/postgres'
import {
  addOrganisation,
  type TestClock,
  type ThrowawayDatabase,
  testClock,
  throwawayDatabase,
} from '@hevd/testing'
import { sql } from 'kysely'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { coverageKeyOf, createFeeds, type Feeds, feedsMigrations, type Record } from './index.ts'
import { recordSilences } from './silence.ts'
import { account, minute, Speaker, silent, whole } from './testdata/world.ts'

let target: ThrowawayDatabase
let organisation: string
let clock: TestClock
let feeds: Feeds
let recorded: { kind: string; body: { readonly [name: string]: Json } }[]
const record: Record = async (_tx, _organisation, kind, body) => {
  recorded.push({ kind, body })
}
const web = 'web-1'

beforeAll(async () => {
  target = await throwawayDatabase([{ name: 'feeds', directory: feedsMigrations }])
})
afterAll(() => target.drop())
beforeEach(async () => {
  organisation = await addOrganisation(target.db)
  clock = testClock('2026-06-01T12:00:00Z')
  recorded = []
  feeds = createFeeds({
    db: target.db,
    clock,
    logger: silent,
    record,
    config: { graceAfterStart: 'PT0.05S' },
  })
})
afterEach(() => feeds.stop())

const inside = <T>(run: (tx: Tx) => Promise<T>) => target.db.transaction(organisation, run)
const take = async (...reports: Parameters<Feeds['take']>[2][number][]) =>
  (await feeds.take(organisation, web, reports)).map(({ state }) => state)
const look = () => inside((tx) => recordSilences(tx, record, organisation, clock.now()))
const silences = async () => {
  const { silentSince, nextChange } = await inside((tx) => feeds.silences(tx, organisation))
  return { silentSince: Object.fromEntries(silentSince), nextChange }
}
const stored = () =>
  inside(async (tx) => {
    const { rows } = await sql<{ silent_at: Instant; heard_at: Instant; until: Instant | null }>`
      select silent_at, heard_at, until from feeds.silence where organisation = ${organisation}`.execute(tx)
    return rows
  })
const touched = () => inside((tx) => feeds.takeTouched(tx, organisation, 1000))
const kinds = () => recorded.map(({ kind }) => kind)

describe('silence', () => {
  test('comes after three intervals, is read at once and recorded once', async () => {
    const from = clock.now()
    await take(new Speaker(web).full([account(web, 'ada')], from))
    expect(await silences()).toEqual({
      silentSince: { 'web-1/accounts': null },
      nextChange: from + 15 * minute,
    })
    clock.advance(15 * minute - 1)
    expect((await silences()).silentSince).toEqual({ 'web-1/accounts': null })
    clock.advance(1)
    expect(await silences()).toEqual({ silentSince: { 'web-1/accounts': from }, nextChange: null })
    clock.advance(minute)
    const found = await Promise.all([look(), look(), look()])
    expect(found.reduce((sum, n) => sum + n)).toBe(1)
    expect(await stored()).toEqual([{ silent_at: from + 15 * minute, heard_at: from, until: null }])
    expect(recorded).toEqual([
      {
        kind: 'feed-silent',
        body: { feed: 'web-1/accounts', lastHeardAt: from, silentAt: from + 15 * minute },
      },
    ])
    expect((await feeds.list(organisation))[0]).toMatchObject({ state: 'silent', lastHeardAt: from })
  })

  test('of the agent itself wakes who judges whether its host is heard; of any other source nobody', async () => {
    const itself = new Speaker(web, 'agent')
    const covered = [whole(agents.name, web)]
    const said = { type: agents.name, value: { host: web, version: '1', root: true } }
    await take(itself.full([said], clock.now(), covered))
    await take(new Speaker(web).full([account(web, 'ada')], clock.now()))
    await touched()
    clock.advance(20 * minute)
    expect(await look()).toBe(2)
    expect(await touched()).toEqual([coverageKeyOf(agents.ofHost(web))])
    expect(await look()).toBe(0)
    expect(await touched()).toEqual([])
    await take(itself.heartbeat(clock.now()))
    expect(await touched()).toContain(coverageKeyOf(agents.ofHost(web)))
  })

  test('ends with the next word, which wakes whoever judged meanwhile', async () => {
    const agent = new Speaker(web)
    await take(agent.full([account(web, 'ada')], clock.now()))
    clock.advance(20 * minute)
    await look()
    await touched()
    expect(await take(agent.heartbeat(clock.now()))).toEqual(['taken'])
    expect([...(await touched())].sort()).toEqual(['coverage|account|*', `coverage|account|${web}`])
    expect((await stored())[0]?.until).toBe(clock.now())
    expect(kinds()).toEqual(['feed-silent', 'feed-returned'])
    expect((await silences()).silentSince).toEqual({ 'web-1/accounts': null })
  })

  test('that came and went between two looks is recorded with its true time', async () => {
    const agent = new Speaker(web)
    const from = clock.now()
    await take(agent.full([], from))
    clock.advance(60 * minute)
    await take(agent.heartbeat(clock.now()))
    expect(await stored()).toEqual([{ silent_at: from + 15 * minute, heard_at: from, until: clock.now() }])
    expect(kinds()).toEqual(['feed-silent', 'feed-returned'])
  })

  test('of the server is not the feed’s: a spool that was kept records none, and wakes judges', async () => {
    const agent = new Speaker(web)
    const from = clock.now()
    const words = [agent.full([], from)]
    for (let at = from + 5 * minute; at <= from + 60 * minute; at += 5 * minute)
      words.push(agent.heartbeat(at))
    const [first, ...spooled] = words
    if (first === undefined) throw new Error('no word')
    await take(first)
    await touched()
    clock.advance(61 * minute)
    expect(new Set(await take(...spooled))).toEqual(new Set(['taken']))
    expect(await look()).toBe(0)
    expect(await stored()).toEqual([])
    expect(kinds()).toEqual([])
    expect(await touched()).toContain(`coverage|account|${web}`)
  })

  test('a word that is old already when it comes does not end it', async () => {
    const agent = new Speaker(web)
    const from = clock.now()
    await take(agent.full([], from))
    clock.advance(60 * minute)
    await look()
    await take(agent.heartbeat(from + 5 * minute))
    expect((await silences()).silentSince).toEqual({ 'web-1/accounts': from + 5 * minute })
    expect((await stored())[0]?.until).toBeNull()
    await take(agent.heartbeat(clock.now()))
    expect((await stored())[0]?.until).toBe(clock.now())
    expect(kinds()).toEqual(['feed-silent', 'feed-returned'])
  })

  test('a host that ends is not silent, whatever its feeds were', async () => {
    await take(new Speaker(web).full([account(web, 'ada')], clock.now()))
    clock.advance(20 * minute)
    await look()
    await inside((tx) => feeds.endHost(tx, organisation, web))
    expect(await silences()).toEqual({ silentSince: {}, nextChange: null })
    expect((await stored())[0]?.until).toBe(clock.now())
    expect(await take(new Speaker(web).full([], clock.now()))).toEqual(['refused'])
    expect(await take(new Speaker(web, 'new').full([], clock.now()))).toEqual(['refused'])
  })
})

describe('clocks', () => {
  test('an observation from the future is as fresh as its receipt, no more', async () => {
    await take(new Speaker(web).full([account(web, 'ada')], clock.now() + 24 * 60 * minute))
    expect((await silences()).nextChange).toBe(clock.now() + 15 * minute)
    const [reading] = await inside((tx) => feeds.read(tx, organisation, [accounts.ofHost(web)]))
    expect(reading?.facts[0]?.observedAt).toBe(clock.now())
  })

  test('an observation from the past is as old as it is', async () => {
    const long = clock.now() - 60 * minute
    await take(new Speaker(web).full([], long))
    expect((await silences()).silentSince).toEqual({ 'web-1/accounts': long })
  })

  test('after the server’s clock was set back a feed can still fall silent in time', async () => {
    const right = clock.now()
    clock.advance(24 * 60 * minute)
    await take(new Speaker(web).full([], clock.now()))
    clock.set(right)
    await look()
    expect((await silences()).nextChange).toBe(right + 15 * minute)
    expect(kinds()).toEqual([])
  })
})

test('the worker records what fell silent while no server ran, after its grace', async () => {
  const from = clock.now()
  await take(new Speaker(web).full([], from))
  clock.advance(60 * minute)
  await feeds.start()
  await vi.waitFor(async () => expect(await stored()).toHaveLength(1), { timeout: 60_000 })
  await feeds.stop()
  expect(await stored()).toEqual([{ silent_at: from + 15 * minute, heard_at: from, until: null }])
})
