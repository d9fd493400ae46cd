import { type Coverage, canonicalJson, type Lookup, lookupKey, type Reading } from '@hevd/core'
import {
  accounts,
  factsInMemory,
  hosts,
  passwordStates,
  people,
  postgresRoles,
  type Said,
  vocabulary,
} from '@hevd/facts'
import { addOrganisation, type ThrowawayDatabase, testClock, throwawayDatabase } from '@hevd/testing'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { coverageKeyOf, createFeeds, feedsMigrations } from './index.ts'
import { account, declared, gap, minute, Speaker, silent, whole } from './testdata/world.ts'

let target: ThrowawayDatabase
beforeAll(async () => {
  target = await throwawayDatabase([{ name: 'feeds', directory: feedsMigrations }])
})
afterAll(() => target.drop())

const hostNames = ['a', 'b', 'c']
const register = { name: 'hosts', title: { nb: 'Verter', en: 'Hosts' }, types: [hosts.name] }

async function world() {
  const organisation = await addOrganisation(target.db)
  const clock = testClock('2026-06-01T12:00:00Z')
  const feeds = createFeeds({ db: target.db, clock, logger: silent, record: async () => {} })
  const read = (lookups: readonly Lookup[]) =>
    target.db.transaction(organisation, (tx) => feeds.read(tx, organisation, lookups))
  const restsOn = (lookups: readonly Lookup[]) =>
    target.db.transaction(organisation, (tx) => feeds.restsOn(tx, organisation, lookups))
  const touched = () => target.db.transaction(organisation, (tx) => feeds.takeTouched(tx, organisation, 1000))
  const declare = (facts: readonly Said[]) =>
    target.db.transaction(organisation, async (tx) => {
      await feeds.openRegister(tx, organisation, register)
      await feeds.put(tx, organisation, 'hosts', facts)
    })
  return { organisation, clock, feeds, read, restsOn, touched, declare }
}

/** What one collector of a host says of accounts and roles: facts, and how far it looked. */
const said = fc.record({
  host: fc.constantFrom(...hostNames),
  names: fc.uniqueArray(fc.constantFrom('ada', 'bo', 'cy'), { maxLength: 3 }),
  covers: fc.uniqueArray(
    fc.record({
      type: fc.constantFrom(accounts.name, passwordStates.name, postgresRoles.name),
      server: fc.boolean(),
      state: fc.constantFrom('complete', 'complete', 'needs-right', 'failed', 'partial'),
    }),
    { selector: ({ type, server }) => `${type}${server}`, maxLength: 4 },
  ),
})
const plainly = (readings: readonly Reading[]) =>
  readings.map(({ facts, unseen }) => ({
    facts: facts.map(({ value }) => canonicalJson(value)).sort(),
    unseen: unseen.map((why) => JSON.stringify({ ...why, feed: '' })).sort(),
  }))

test('answers as facts in memory do, whatever is declared, said and covered', async () => {
  const lookups: readonly Lookup[] = [
    ...hostNames.map((host) => accounts.ofHost(host)),
    ...hostNames.map((host) => accounts.byKey(`${host}/ada`)),
    ...hostNames.map((host) => postgresRoles.ofServer(`${host}/5432`)),
    passwordStates.ofAccount('a/ada'),
    postgresRoles.byKey('a/5432/app'),
    hosts.byKey('a'),
    people.byKey('1'),
  ]
  await fc.assert(
    fc.asyncProperty(
      fc.uniqueArray(fc.constantFrom(...hostNames)),
      fc.array(said, { maxLength: 4 }),
      async (declaredHosts, all) => {
        const { organisation, clock, feeds, read, declare } = await world()
        await declare(declaredHosts.map(declared))
        const facts: Said[] = declaredHosts.map(declared)
        const covered: Coverage[] = [whole(hosts.name, '-')]
        for (const [i, { host, names, covers }] of all.entries()) {
          const seen = names.map((name) => account(host, name))
          const coverage = covers.map(({ type, server, state }) =>
            gap(type, server ? `${host}/5432` : host, state as Coverage['state']),
          )
          const report = new Speaker(host, `c${i}`).full(seen, clock.now(), coverage)
          expect(await feeds.take(organisation, host, [report])).toMatchObject([{ state: 'taken' }])
          facts.push(...seen)
          covered.push(...coverage)
        }
        const memory = factsInMemory(vocabulary, facts, covered, clock.now())
        expect(plainly(await read(lookups))).toEqual(plainly(memory.source(lookups)))
      },
    ),
    { numRuns: 30 },
  )
})

test('one fresh and whole look is enough for a narrow look-up; a silent one leaves it unseen', async () => {
  const { organisation, clock, feeds, read } = await world()
  const one = new Speaker('a', 'one')
  const two = new Speaker('a', 'two')
  await feeds.take(organisation, 'a', [one.full([account('a', 'ada')], clock.now())])
  const from = clock.now()
  clock.advance(10 * minute)
  await feeds.take(organisation, 'a', [two.full([], clock.now())])
  clock.advance(5 * minute)
  expect((await read([accounts.ofHost('a')]))[0]?.unseen).toEqual([])
  clock.advance(10 * minute)
  const [reading] = await read([accounts.ofHost('a')])
  expect(reading?.unseen).toMatchObject([
    { code: 'silent', feed: 'a/one', since: from },
    { code: 'silent', feed: 'a/two' },
  ])
  expect(reading?.facts).toHaveLength(1)
})

test('a declared host that never reported leaves a wide look-up unseen, and a narrow one of another as it was', async () => {
  const { organisation, clock, feeds, read, declare, touched } = await world()
  await feeds.take(organisation, 'a', [new Speaker('a').full([account('a', 'ada')], clock.now())])
  await declare([declared('a')])
  const wide = accounts.byKey('a/ada')
  expect((await read([wide]))[0]?.unseen).toEqual([])
  await touched()
  await declare([declared('b')])
  expect(await touched()).toContain(coverageKeyOf(wide))
  expect((await read([wide, accounts.ofHost('a')])).map(({ unseen }) => unseen)).toEqual([
    [{ code: 'never-connected', type: 'account' }],
    [],
  ])
  await feeds.take(organisation, 'b', [new Speaker('b').full([], clock.now())])
  expect((await read([wide]))[0]?.unseen).toEqual([])
})

test('what a look-up rests on: who covers it and who said it, registers left out', async () => {
  const { organisation, clock, feeds, restsOn, declare } = await world()
  await declare([declared('a')])
  await feeds.take(organisation, 'a', [
    new Speaker('a', 'one').full([], clock.now()),
    new Speaker('a', 'two').full([account('a', 'ada')], clock.now(), []),
  ])
  await feeds.take(organisation, 'b', [new Speaker('b').full([], clock.now())])
  const lookups = [accounts.ofHost('a'), accounts.ofHost('b'), accounts.byKey('a/ada'), hosts.byKey('a')]
  expect(await restsOn(lookups)).toEqual([
    ['a/one', 'a/two'],
    ['b/accounts'],
    ['a/one', 'a/two', 'b/accounts'],
    [],
  ])
  expect(lookups.map(lookupKey)).toHaveLength(4)
})

test('another organisation sees nothing of it', async () => {
  const first = await world()
  const second = await world()
  await first.feeds.take(first.organisation, 'a', [
    new Speaker('a').full([account('a', 'ada')], first.clock.now()),
  ])
  expect(await second.read([accounts.ofHost('a')])).toEqual([
    { facts: [], unseen: [{ code: 'never-connected', type: 'account' }] },
  ])
})
