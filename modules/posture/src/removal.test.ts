import { duration, each, fails, holds, removal, unseen, within } from '@hevd/core'
import { accountOwners, accounts, people } from '@hevd/facts'
import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { catalogueOf } from './testdata/catalogue.ts'
import { day, type Ground, ground, hour, said, type World, world } from './testdata/world.ts'

/** Accounts of those who leave are gone within the time, by the host's own list of accounts. */
const closed = removal('updated/closed', {
  of: each(people, {
    title: { nb: 'De som slutter', en: 'Leavers' },
    source: { nb: 'Prøven', en: 'The test' },
    reconciledWith: null,
    noneIsFine: true,
    where: ({ endsOn }) => endsOn !== null,
  }),
  parameters: { within: duration },
  reads: ({ id }) => ({ owned: accountOwners.ofOwner(`person/${id}`) }),
  things: (_person, { owned }) => owned.facts.map(({ value }) => value.account),
  readsOf: (key) => ({ account: accounts.named(key) }),
  remains: (_key, { account }) => {
    const [missing] = account.unseen
    return account.facts.length > 0 ? true : missing === undefined ? false : unseen(missing)
  },
  due: ({ endsOn }, { within: time }) => (endsOn === null ? null : within(time, endsOn)),
  awaited: () => holds(),
  overdue: ({ things }) => fails('late', { packages: things }),
})

let on: Ground
let here: World
/** The world begins on 1 June at 12:00 UTC; the last day is 2 June, in Oslo. */
const leaver = said.person('p1', '2026-05-30', '2026-06-02')
const account = said.account('h1', 'kari')

beforeAll(async () => {
  on = await ground()
})
afterAll(() => on.end())
beforeEach(async () => {
  here = await world(on, catalogueOf([closed]))
  await here.put(said.host('h1'), said.owner('h1/kari', 'p1'))
})

const occurrences = () =>
  here.inside(async (tx) => {
    const { rows } = await sql<{ due_at: number; state: string; discharged_at: number | null }>`
      select due_at, state, discharged_at from posture.occurrence
      where organisation = ${here.organisation} order by due_at`.execute(tx)
    return rows
  })
const verdict = async () => (await here.finding('updated/closed', 'p1'))?.verdict
const report = async (open: boolean) => {
  await here.report('h1', ['account'], open ? [account] : [])
  await here.settle()
}
/** Lets the host be heard hour by hour, its account open or not, until after the deadline. */
const hours = async (count: number, open: boolean) => {
  for (let passed = 0; passed < count; passed += 1) {
    here.clock.advance(hour)
    await here.report('h1', ['account'], open ? [account] : [])
  }
  await here.settle()
}
const due = async () => (await occurrences())[0]?.due_at ?? 0
const toJust = async (before: number) => here.clock.set((await due()) - before)

test('what is closed between the last day and the deadline is met, from when that was first seen', async () => {
  await here.put(leaver)
  await report(true)
  expect(await occurrences()).toMatchObject([{ state: 'open', discharged_at: null }])
  await toJust(5 * hour)
  await report(false)
  const seen = (await due()) - 5 * hour
  expect(await occurrences()).toMatchObject([{ state: 'met', discharged_at: seen }])
  await hours(8, false)
  expect(await occurrences()).toMatchObject([{ state: 'met', discharged_at: seen }])
  expect(await verdict()).toBe('holds')
})

test('what is open at the deadline is overdue by time alone, and late once it is closed', async () => {
  await here.put(leaver)
  await report(true)
  await toJust(60_000)
  await report(true)
  here.clock.advance(60_000)
  await here.settle()
  expect(await verdict()).toBe('fails')
  expect(await occurrences()).toMatchObject([{ state: 'overdue' }])
  here.clock.advance(hour)
  await report(false)
  const late = [{ state: 'late', discharged_at: here.clock.now() }]
  expect(await verdict()).toBe('holds')
  expect(await occurrences()).toMatchObject(late)
  await hours(3, false)
  expect(await occurrences()).toMatchObject(late)
})

test.each([true, false])(
  'a host that is silent over the deadline is not observed for ever, whether it was open (%s) before',
  async (open) => {
    await here.put(leaver)
    await report(open)
    here.clock.set((await due()) - day)
    await here.settle()
    here.clock.advance(2 * day)
    await here.settle()
    expect(await verdict()).toBe('unknown')
    expect(await occurrences()).toMatchObject([{ state: 'not-observed' }])
    await report(false)
    expect(await verdict()).toBe('holds')
    expect(await occurrences()).toMatchObject([{ state: 'not-observed' }])
  },
)

test('an end that is entered after its deadline, when nothing is open, is not observed: nobody saw when it was closed', async () => {
  await report(true)
  here.clock.advance(40 * day)
  await report(false)
  await here.put(leaver)
  await here.settle()
  expect(await verdict()).toBe('holds')
  expect(await occurrences()).toMatchObject([{ state: 'not-observed' }])
})

test('an end that is entered after its deadline, while an account is open, is overdue and then late', async () => {
  await report(true)
  here.clock.advance(40 * day)
  await report(true)
  await here.put(leaver)
  await here.settle()
  expect(await verdict()).toBe('fails')
  expect(await occurrences()).toMatchObject([{ state: 'overdue' }])
  await report(false)
  expect(await occurrences()).toMatchObject([{ state: 'late' }])
})

test('who stays after all owes nothing; who left and is hired again keeps what happened', async () => {
  await here.put(leaver)
  await report(true)
  await here.put(said.person('p1'))
  await here.settle()
  expect(await verdict()).toBeUndefined()
  await here.put(leaver)
  await here.settle()
  await toJust(hour)
  await report(false)
  await here.put(said.person('p1', '2026-07-01'))
  await here.settle()
  await here.put(said.person('p1', '2026-07-01', '2026-12-31'))
  await here.settle()
  expect(await occurrences()).toMatchObject([{ state: 'met' }, { state: 'open' }])
})
