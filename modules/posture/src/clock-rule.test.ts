import type { App } from '@hevd/http'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Posture } from './index.ts'
import { administrator, appOf, reader } from './testdata/app.ts'
import { catalogueOf, trained } from './testdata/catalogue.ts'
import { day, type Ground, ground, hour, said, type World, world } from './testdata/world.ts'

let on: Ground
let here: World
/** How far the database's clock is from the true time, by which monotonic clocks go. */
let jumped: number
let who = administrator('ada')

beforeAll(async () => {
  on = await ground()
})
afterAll(() => on.end())

type Server = { readonly posture: Posture; readonly app: App; readonly now: () => number }

/** A server that begins now and goes by the database's clock, carried by monotonic time, as the product's does. */
async function begin(): Promise<Server> {
  const database = () => here.clock.now() + jumped
  let known = { at: database(), on: here.clock.now() }
  const now = () => known.at + here.clock.now() - known.on
  const clocks = {
    database: async () => database(),
    monotonic: () => here.clock.now(),
    follow: async (ahead: number) => {
      known = { at: database() - ahead, on: here.clock.now() }
    },
  }
  const posture = here.server({ clock: { now }, clocks })
  return { posture, app: await appOf({ ...here, posture }, () => who), now }
}

const settle = ({ posture }: Server) => posture.settle(here.organisation)
const halted = async ({ app }: Server) => (await app.inject('/api/policy')).json().halted
const accept = ({ app }: Server, seconds: number) =>
  app.inject({ method: 'POST', url: '/api/judging/clock', payload: { seconds } })
const verdict = async () => (await here.finding('trained', 'p1'))?.verdict
const kinds = async () =>
  (await Promise.all(['judging-halted', 'judging-resumed', 'clock-accepted'].map(here.entries))).map(
    (entries) => entries.length,
  )
const isBehind = expect.objectContaining({ code: 'clock-disagrees', params: { seconds: -86_400 } })
const isAhead = expect.objectContaining({ code: 'clock-disagrees', params: { seconds: 86_400 } })

beforeEach(async () => {
  here = await world(on, catalogueOf([trained]))
  jumped = 0
  who = administrator('ada')
  await here.put(said.person('p1', '2026-05-23'))
})

describe.each([
  ['ahead', day, isAhead],
  ['behind', -day, isBehind],
])('a clock that stays a day %s', (_where, by, shown) => {
  test('is taken over by every server that saw it, when an administrator says that it is right', async () => {
    const [one, other] = [await begin(), await begin()]
    await settle(one)
    await settle(other)
    const before = await verdict()
    jumped = by
    for (let waited = 0; waited < 20; waited += 1) {
      here.clock.advance(15_000)
      expect(await settle(one)).toBe(0)
      expect(await settle(other)).toBe(0)
    }
    expect(await verdict()).toBe(before)
    expect(await halted(other)).toEqual(shown)
    expect(await kinds()).toEqual([1, 0, 0])

    expect((await accept(one, by / 1000)).statusCode).toBe(200)
    expect(await here.entries('clock-accepted')).toMatchObject([{ by: 'ada', clockOffBy: by }])
    await here.put(said.person('p2', '2026-05-23'))
    expect((await settle(one)) + (await settle(other))).toBeGreaterThan(0)
    expect([one.now(), other.now()]).toEqual(Array(2).fill(here.clock.now() + by))
    expect(await halted(one)).toBeNull()
    expect(await kinds()).toEqual([1, 0, 1])
  })

  test('is not taken over by starting the server anew, and one that came back is', async () => {
    const first = await begin()
    await settle(first)
    jumped = by
    await settle(first)
    here.clock.advance(60_000)
    const second = await begin()
    expect(await settle(second)).toBe(0)
    expect(second.now()).toBe(here.clock.now())
    expect(await halted(second)).toEqual(shown)
    jumped = 0
    await here.put(said.person('p2', '2026-05-23'))
    const third = await begin()
    expect(await settle(third)).toBeGreaterThan(0)
    expect(await halted(third)).toBeNull()
    expect(await settle(second)).toBe(0)
    expect(second.now()).toBe(here.clock.now())
    expect(await kinds()).toEqual([1, 1, 0])
  })
})

test('a clock that was set back while no server ran is seen by what was recorded', async () => {
  await settle(await begin())
  jumped = -day
  const server = await begin()
  expect(await settle(server)).toBe(0)
  expect(await halted(server)).toEqual(isBehind)
})

test('another jump than the one that is accepted is not taken over', async () => {
  const server = await begin()
  await settle(server)
  jumped = hour
  await settle(server)
  expect((await accept(server, 3599)).json()).toMatchObject({ status: 409, code: 'clock-not-as-seen' })
  who = reader('rune')
  expect((await accept(server, 3600)).statusCode).toBe(403)
  who = administrator('ada')
  jumped = day
  expect((await accept(server, 3600)).statusCode).toBe(200)
  expect(await settle(server)).toBe(0)
  expect(await halted(server)).toEqual(isAhead)
  expect(await kinds()).toEqual([2, 0, 1])
})

test('the mark of a server that died is passed over by readers and taken away by another server', async () => {
  const [one, other] = [await begin(), await begin()]
  await settle(one)
  await settle(other)
  jumped = day
  await settle(one)
  jumped = 0
  await settle(other)
  expect(await halted(other)).toEqual(isAhead)
  here.clock.advance(6 * 60_000)
  expect(await halted(other)).toMatchObject({ code: 'judging-stopped' })
  await settle(other)
  expect(await halted(other)).toBeNull()
  expect(await kinds()).toEqual([1, 1, 0])
})

test('what NTP slews is no jump, however long it goes on', async () => {
  const server = await begin()
  await settle(server)
  for (let week = 0; week < 8; week += 1) {
    here.clock.advance(7 * day)
    jumped += 7 * day * 100e-6
    await settle(server)
  }
  expect(await kinds()).toEqual([0, 0, 0])
})
