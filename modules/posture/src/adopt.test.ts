import { check, type FactType, fails, holds, sharing } from '@hevd/core'
import { accounts, type ValueOf, vocabulary } from '@hevd/facts'
import { createFeeds } from '@hevd/feeds'
import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { catalogueOf, owned, updated } from './testdata/catalogue.ts'
import { type Ground, ground, hour, logger, said, type World, world } from './testdata/world.ts'

let on: Ground
let here: World
beforeAll(async () => {
  on = await ground()
})
afterAll(() => on.end())
beforeEach(async () => {
  here = await world(on, catalogueOf([updated]))
})

const about = {
  title: { nb: 'deles av kontoer', en: 'shared by accounts' },
  source: { nb: 'kontoene', en: 'the accounts' },
  reconciledWith: null,
  noneIsFine: false,
}

/** Judges what no test of the first catalogue speaks of: the user number that accounts of a host share. */
const shared = check('shared/user-number', {
  of: sharing('uid', accounts, 'withUid', about),
  reads: () => ({}),
  judge: ({ members }) => (members.length > 1 ? fails('nobody-owns') : holds()),
})
const newer = catalogueOf([updated, owned, shared], 'b'.repeat(64))

const names = Array.from({ length: 250 }, (_, index) => `a${index}`)
const facts = names.map((name) => said.account('h1', name))
const found = (test: string) =>
  here.inside(async (tx) => {
    const { rows } = await sql<{ subject: string }>`
      select subject from posture.finding where organisation = ${here.organisation} and test = ${test}
      order by subject`.execute(tx)
    return rows.map(({ subject }) => subject)
  })
const everyAccount = names.map((name) => `h1/${name}`).sort()

describe('a test over a population that nothing spoke of before', () => {
  beforeEach(async () => {
    await here.report('h1', ['account'], facts)
    await here.settle()
  })

  test('finds its subjects among facts that were said before it, without one of them changing', async () => {
    const server = here.server({ catalogue: newer, config: { touchedChunk: 40 } })
    await server.adopt(here.organisation)
    await server.settle(here.organisation)
    expect(await found('owned/by-a-person')).toEqual(everyAccount)
    expect(await found('shared/user-number')).toEqual(['h1/1000'])
    const states = await server.controls(here.organisation)
    expect(states.find(({ control }) => control === 'owned')).toMatchObject({ counts: { fails: 250 } })
  })

  test('finds them by two servers at once, each once', async () => {
    const catalogue = catalogueOf([updated, owned], 'b'.repeat(64))
    const servers = [1, 2].map((n) =>
      here.server({ catalogue, config: { touchedChunk: 30 + n, batch: 20 + n } }),
    )
    await Promise.all(servers.map((server) => server.adopt(here.organisation)))
    const judged = await Promise.all(servers.map((server) => server.settle(here.organisation)))
    await servers[0]?.settle(here.organisation)
    expect(await found('owned/by-a-person')).toEqual(everyAccount)
    expect(judged.reduce((sum, count) => sum + count)).toBe(names.length)
  })

  test('an adoption that is rolled back touches nothing, and one taken up half-way is gone on with', async () => {
    const failing = here.inside(async (tx) => {
      await here.feeds.touchAll(tx, here.organisation, [{ type: 'account', by: 'byKey' }])
      throw new Error('rolled back')
    })
    await expect(failing).rejects.toThrow('rolled back')
    const take = (limit: number) => here.inside((tx) => here.feeds.takeTouched(tx, here.organisation, limit))
    expect(await take(1000)).toEqual([])

    const server = here.server({ catalogue: newer, config: { touchedChunk: 100 } })
    await server.adopt(here.organisation)
    const died = here.inside(async (tx) => {
      expect(await here.feeds.takeTouched(tx, here.organisation, 100)).not.toEqual([])
      throw new Error('died')
    })
    await expect(died).rejects.toThrow('died')
    await server.settle(here.organisation)
    expect(await found('owned/by-a-person')).toEqual(everyAccount)
  })

  test('a test that speaks of other subjects than before finds those', async () => {
    const before = here.server({ catalogue: newer })
    await before.adopt(here.organisation)
    await before.settle(here.organisation)
    const renamed = { ...owned, id: shared.id }
    const after = here.server({ catalogue: catalogueOf([updated, renamed], 'c'.repeat(64)) })
    await after.adopt(here.organisation)
    await after.settle(here.organisation)
    expect(await found(shared.id)).toEqual(everyAccount)
  })
})

test('a rule of look-up that is new with the tests finds what was said before it', async () => {
  await here.report('h1', ['account'], facts)
  await here.settle()
  const byShell: FactType<ValueOf<typeof accounts>> = {
    ...accounts,
    lookups: {
      ...accounts.lookups,
      withShell: { narrow: false, scopeOf: () => null, values: ({ shell }) => [shell], source: 'shell' },
    },
  }
  const shells = check('shells/none', {
    of: sharing('shell', byShell, 'withShell', about),
    reads: () => ({}),
    judge: ({ members }) => (members.length === facts.length ? holds() : fails('nobody-owns')),
  })
  const feeds = createFeeds({
    db: on.db,
    clock: here.clock,
    logger,
    record: here.ledger.record,
    vocabulary: new Map(vocabulary).set(accounts.name, byShell),
  })
  const server = here.server({ feeds, catalogue: catalogueOf([updated, shells], 'd'.repeat(64)) })
  await server.adopt(here.organisation)
  expect(await server.settle(here.organisation)).toBe(1)
  expect(await here.finding('shells/none', '/bin/sh')).toMatchObject({ verdict: 'holds' })
})

test('adoption leaves the feed sets that something rests on or rested on, and no others', async () => {
  const sets = () =>
    here.inside(async (tx) => {
      const { rows } = await sql<{ sets: string; used: string; feeds: string; scopes: string }>`
        select (select count(*) from posture.feed_set where organisation = ${here.organisation}) as sets,
          (select count(*) from (
            select rests from posture.judgement where organisation = ${here.organisation}
            union select rests from posture.past_finding where organisation = ${here.organisation}) r) as used,
          (select count(distinct id) from posture.feed_set_feed m where organisation = ${here.organisation}
            and not exists (select from posture.feed_set s where s.organisation = m.organisation and s.id = m.id)) as feeds,
          (select count(distinct id) from posture.feed_set_scope m where organisation = ${here.organisation}
            and not exists (select from posture.feed_set s where s.organisation = m.organisation and s.id = m.id)) as scopes`.execute(
        tx,
      )
      return rows[0]
    })
  await here.put(said.host('h1'))
  await here.report('h1', ['pending-update'], [])
  await here.settle()
  await here.remove(said.host('h1'))
  await here.put(said.host('h2'))
  await here.report('h2', ['pending-update'], [])
  await here.settle()
  const before = await sets()
  expect(Number(before?.sets)).toBeGreaterThan(Number(before?.used))
  await here.posture.adopt(here.organisation)
  const after = await sets()
  expect(after).toMatchObject({ sets: before?.used, used: before?.used })
  expect([Number(after?.feeds), Number(after?.scopes)]).toEqual([0, 0])
  here.clock.advance(hour)
  expect(
    (await here.posture.controls(here.organisation)).find(({ control }) => control === 'updated'),
  ).toMatchObject({
    state: 'unknown',
    counts: { unknown: 1 },
  })
})
