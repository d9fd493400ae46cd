import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { catalogueOf, owned, trained, updated } from './testdata/catalogue.ts'
import { day, feedsThat, type Ground, ground, hour, said, type World, world } from './testdata/world.ts'

let on: Ground
let here: World
const catalogue = catalogueOf([updated, owned, trained])

beforeAll(async () => {
  on = await ground()
})
afterAll(() => on.end())
beforeEach(async () => {
  here = await world(on, catalogue)
})

const account = 'h1/kari'
const verdict = async (subject = account) => (await here.finding('owned/by-a-person', subject))?.verdict
const drift = () =>
  here.inside(async (tx) => {
    const { rows } = await sql`
      select test, verdict, sum(count)::bigint as count from (
        select test, verdict, count from posture.tally where organisation = ${here.organisation}
        union all select test, verdict, -1 from posture.finding where organisation = ${here.organisation}) t
      group by 1, 2 having sum(count) <> 0`.execute(tx)
    return rows
  })

describe('a change in the middle of a judgement is not lost', () => {
  const moments = Array.from({ length: 10 }, (_, index) => ({
    reading: Math.floor(index / 2) + 1,
    when: index % 2 === 0 ? ('before' as const) : ('after' as const),
  }))

  test.each(moments)(
    '$when reading $reading, and nobody is told but the queue',
    async ({ reading, when }) => {
      await here.report('h1', ['account'], [said.account('h1', 'kari')])
      await here.put(said.person('p1'))
      let count = 0
      const feeds = feedsThat(here.feeds, async (at) => {
        if (at === 'before') count += 1
        if (at === when && count === reading) await here.put(said.owner(account, 'p1'))
      })
      await here.server({ feeds }).settle(here.organisation)
      if (count < reading) await here.put(said.owner(account, 'p1'))
      await here.settle()
      expect(await verdict()).toBe('holds')
      expect(await drift()).toEqual([])
    },
  )

  test.each(moments)(
    '$when reading $reading, handed on by another server at once',
    async ({ reading, when }) => {
      await here.report('h1', ['account'], [said.account('h1', 'kari')])
      await here.put(said.person('p1'), said.owner(account, 'p1'))
      let count = 0
      let other: Promise<number> | undefined
      const feeds = feedsThat(here.feeds, async (at) => {
        if (at === 'before') count += 1
        if (other !== undefined || at !== when || count !== reading) return
        await here.remove(said.owner(account, 'p1'))
        other = here.settle()
        // Long enough for the other to stand at the judgement that is under way; it must wait for this one.
        await new Promise((done) => setTimeout(done, 60))
      })
      await here.server({ feeds }).settle(here.organisation)
      await other
      if (other === undefined) await here.remove(said.owner(account, 'p1'))
      await here.settle()
      expect(await verdict()).toBe('fails')
      expect(await drift()).toEqual([])
    },
  )
})

test('two servers share the work, and every change ends in the truth', async () => {
  const names = Array.from({ length: 60 }, (_, index) => `a${index}`)
  await here.report(
    'h1',
    ['account'],
    names.map((name) => said.account('h1', name)),
  )
  await here.put(said.person('p1'))
  const servers = [here.server({ config: { batch: 7 } }), here.server({ config: { batch: 5 } })]
  const owners = names.map((name) => said.owner(`h1/${name}`, 'p1'))
  for (let round = 0; round < 4; round += 1)
    await Promise.all([
      ...servers.map((server) => server.settle(here.organisation)),
      round % 2 === 0 ? here.put(...owners.slice(round * 10)) : here.remove(...owners.slice(0, round * 10)),
    ])
  await here.settle()
  for (const [index, name] of names.entries())
    expect(await verdict(`h1/${name}`)).toBe(index >= 30 ? 'holds' : 'fails')
  expect(await drift()).toEqual([])
})

test('of two versions only the newer writes, and the older comes back only when the newer is dead', async () => {
  const newer = here.server({ catalogue: catalogueOf([updated, owned], 'b'.repeat(64)) })
  await here.report('h1', ['account'], [said.account('h1', 'kari')])
  await here.put(said.person('p1'))
  await here.settle()
  await newer.adopt(here.organisation)
  await here.put(said.owner(account, 'p1'))
  expect(await here.settle()).toBe(0)
  expect(await verdict()).toBe('fails')
  await here.posture.adopt(here.organisation)
  expect(await here.settle()).toBe(0)
  expect(await here.finding('trained', 'p1')).toBeUndefined()
  expect(await newer.settle(here.organisation)).toBeGreaterThan(0)
  expect(await verdict()).toBe('holds')
  expect(await here.entries('tests-activated')).toHaveLength(1)

  here.clock.advance(hour)
  await here.report('h1', ['account'], [said.account('h1', 'kari'), said.account('h1', 'ola')])
  expect(await here.settle()).toBeGreaterThan(0)
  expect(await verdict('h1/ola')).toBe('fails')
})

test('a batch that began before an activation is finished, and none comes after it', async () => {
  await here.report('h1', ['account'], [said.account('h1', 'kari')])
  const newer = here.server({ catalogue: catalogueOf([updated, owned], 'c'.repeat(64)) })
  let activation: Promise<boolean> | undefined
  const feeds = feedsThat(here.feeds, async (at) => {
    if (at === 'after') activation ??= newer.adopt(here.organisation)
  })
  await here.server({ feeds }).settle(here.organisation)
  await activation
  const before = await here.entries('judged')
  await here.put(said.owner(account, 'p1'))
  expect(await here.settle()).toBe(0)
  expect(await here.entries('judged')).toEqual(before)
  await newer.settle(here.organisation)
  expect((await here.finding('owned/by-a-person', account))?.why).toContain('owner-unknown')
})

test('a server that is killed in the middle leaves nothing half done, and the next one catches up', async () => {
  const names = Array.from({ length: 40 }, (_, index) => `a${index}`)
  for (let round = 0; round < 2; round += 1) {
    await here.report(
      'h1',
      ['account'],
      names.map((name) => said.account('h1', `${name}-${round}`)),
    )
    const child = spawn(
      process.execPath,
      [join(import.meta.dirname, 'testdata', 'killed.ts'), on.runtimeUrl, here.organisation, on.home],
      { stdio: ['ignore', 'pipe', 'inherit'] },
    )
    await once(child.stdout, 'data')
    child.kill('SIGKILL')
    await once(child, 'close')
    expect(await drift()).toEqual([])
  }
  await here.settle()
  expect(await verdict('h1/a0-1')).toBe('fails')
  expect(await verdict('h1/a0-0')).toBeUndefined()
  expect(await drift()).toEqual([])
})

test('a run that was missed past something due is recorded once', async () => {
  await here.put(said.person('p1'))
  await here.settle()
  const from = here.clock.now()
  here.clock.advance(20 * day)
  await here.settle()
  await here.settle()
  expect(await here.entries('judging-missed')).toMatchObject([{ from, until: here.clock.now() }])
})

test('the worker judges by itself what is touched and what falls due', async () => {
  const alone = await ground()
  here = await world(alone, catalogue)
  const worker = here.server({ config: { poll: 'PT0.05S' } })
  await worker.start()
  await here.put(said.person('p1'))
  await expect
    .poll(async () => (await here.finding('trained', 'p1'))?.verdict, { timeout: 20_000 })
    .toBe('holds')
  here.clock.advance(20 * day)
  await expect
    .poll(async () => (await here.finding('trained', 'p1'))?.verdict, { timeout: 20_000 })
    .toBe('fails')
  await worker.stop()
  await alone.end()
})

test('a jump of the clock stops judging and flips nothing; it goes on by itself', async () => {
  let jumped = 0
  const clocks = { database: async () => Date.now() + jumped, monotonic: () => performance.now() }
  const server = here.server({ clocks })
  await here.put(said.person('p1'))
  await server.settle(here.organisation)
  jumped = 40 * day
  await here.put(said.service('s1', 'p1'))
  expect(await server.settle(here.organisation)).toBe(0)
  expect(await server.settle(here.organisation)).toBe(0)
  expect(await here.finding('trained', 'p1')).toMatchObject({ verdict: 'holds' })
  expect(await here.entries('judging-halted')).toHaveLength(1)
  jumped = 0
  expect(await server.settle(here.organisation)).toBe(1)
  expect(await here.entries('judging-resumed')).toHaveLength(1)
})
