import { check, fails, none } from '@hevd/core'
import { accounts, pendingUpdates } from '@hevd/facts'
import type { App } from '@hevd/http'
import fc from 'fast-check'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { evidence as evidenceForm, replayView } from '../contract.ts'
import { appOf, reader } from '../testdata/app.ts'
import { catalogueOf, owned, production, trained, updated } from '../testdata/catalogue.ts'
import { day, type Ground, ground, hour, said, type World, whole, world } from '../testdata/world.ts'

const updates = 'pending-update'
const who = () => reader('00000000-0000-7000-8000-00000000000e')
let on: Ground

beforeAll(async () => {
  on = await ground()
})
afterAll(() => on.end())

const get = async (app: App, url: string) => (await app.inject({ url })).json()
const replayed = async (app: App, of: string, subject: string, at: number) =>
  get(app, `/api/replay?test=${of}&subject=${subject}&at=${at}`)
const historyOf = async (app: App, of: string, subject: string) =>
  evidenceForm.parse(await get(app, `/api/evidence?test=${of}&subject=${subject}`)).history

test('every version there has been says again what it said, whatever happened', { timeout: 120_000 }, () => {
  const move = fc.oneof(
    fc.record({
      move: fc.constant('updates' as const),
      age: fc.integer({ min: 0, max: 20 }),
      any: fc.boolean(),
    }),
    fc.record({ move: fc.constant('blind' as const) }),
    fc.record({ move: fc.constant('wait' as const), days: fc.integer({ min: 0, max: 8 }) }),
    fc.record({ move: fc.constant('course' as const), owner: fc.boolean() }),
  )
  return fc.assert(
    fc.asyncProperty(fc.array(move, { minLength: 2, maxLength: 8 }), async (moves) => {
      const here = await world(on, catalogueOf([updated, trained]))
      const app = await appOf(here, who)
      await here.put(said.host('h1'), said.person('p1', '2026-05-25'))
      for (const step of moves) {
        here.clock.advance(hour)
        if (step.move === 'wait') here.clock.advance(step.days * day)
        else if (step.move === 'course')
          await (step.owner ? here.put(said.service('s1', 'p1')) : here.remove(said.service('s1', 'p1')))
        else if (step.move === 'blind')
          await here.report(
            'h1',
            [updates],
            [],
            [{ ...whole(updates, 'h1'), state: 'failed', detail: 'apt' }],
          )
        else
          await here.report(
            'h1',
            [updates],
            step.any ? [said.update('h1', 'openssl', here.clock.now() - step.age * day)] : [],
          )
        await here.settle()
      }
      for (const [of, subject] of [
        ['updated/in-time', 'h1'],
        ['trained', 'p1'],
      ] as const)
        for (const { verdict, from, until } of await historyOf(app, of, subject)) {
          const answer = replayView.parse(await replayed(app, of, subject, from))
          expect(answer).toMatchObject({ same: true, otherTests: false })
          if (until !== null) expect(answer).toMatchObject({ said: { verdict }, from, until })
        }
    }),
    { numRuns: 12 },
  )
})

async function failing(tests = [updated]): Promise<{ here: World; app: App; at: number }> {
  const here = await world(on, catalogueOf(tests))
  await here.put(said.host('h1'))
  await here.report('h1', [updates], [said.update('h1', 'openssl', here.clock.now() - 20 * day)])
  await here.settle()
  return { here, app: await appOf(here, who), at: here.clock.now() }
}

test('an ended subject’s versions are replayed too, and a time before it existed has none', async () => {
  const { here, app, at } = await failing()
  here.clock.advance(hour)
  await here.remove(said.host('h1'))
  await here.settle()
  expect(await replayed(app, 'updated/in-time', 'h1', at)).toMatchObject({
    same: true,
    until: here.clock.now(),
  })
  expect((await replayed(app, 'updated/in-time', 'h1', at - 1)).code).toBe('no-such-version')
  expect((await replayed(app, 'updated/in-time', 'h1', here.clock.now())).code).toBe('no-such-version')
})

test.each(['', 'soon', '-1', '1e300', '8640000000000001', '0.5'])(
  'a time that is none is refused: %s',
  async (at) => {
    const { app } = await failing()
    const answer = await app.inject({ url: `/api/replay?test=updated/in-time&subject=h1&at=${at}` })
    expect(answer.statusCode).toBe(at === '' ? 404 : 400)
  },
)

test('what was judged from, altered afterwards, is named', async () => {
  const { here, app, at } = await failing()
  await here.inside((tx) =>
    sql`update posture.input set content = replace(content::text, 'openssl', 'bash')::jsonb
      where organisation = ${here.organisation}`.execute(tx),
  )
  expect((await replayed(app, 'updated/in-time', 'h1', at)).code).toBe('inputs-altered')
})

const milder = check('updated/in-time', {
  of: production,
  reads: (host) => ({ updates: pendingUpdates.ofHost(host.id) }),
  judge: (_host, { updates: all }) =>
    none(
      all,
      () => false,
      () => fails('late'),
    ),
})
const asksMore = check('updated/in-time', {
  of: production,
  reads: (host) => ({ all: accounts.ofHost(host.id) }),
  judge: (_host, { all }) =>
    none(
      all,
      () => true,
      () => fails('late'),
    ),
})

test('other tests say what they say now, and that they are others', async () => {
  const { here, at } = await failing()
  const of = (one: typeof updated) =>
    appOf({ ...here, posture: here.server({ catalogue: catalogueOf([one], 'b'.repeat(64)) }) }, who)
  expect(await replayed(await of(milder), 'updated/in-time', 'h1', at)).toMatchObject({
    said: { verdict: 'fails' },
    again: { verdict: 'holds' },
    same: false,
    otherTests: true,
  })
  expect(await replayed(await of(asksMore), 'updated/in-time', 'h1', at)).toMatchObject({
    again: null,
    same: false,
    otherTests: true,
  })
  expect(await replayed(await of(owned), 'updated/in-time', 'h1', at)).toMatchObject({ again: null })
})
