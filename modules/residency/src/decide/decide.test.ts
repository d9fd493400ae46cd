import { Moment, run } from '@hevd/core'
import { factsInMemory, type Said, vocabulary } from '@hevd/facts'
import { areas, countryOf, isArea } from '@hevd/facts/regions'
import fc from 'fast-check'
import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { type Customer, type DataStore, decision, madeToken } from '../contract.ts'
import { customer, openWorld, region, store } from '../testdata/world.ts'

let world: Awaited<ReturnType<typeof openWorld>>
let token: string

beforeAll(async () => {
  world = await openWorld()
})
afterAll(() => world.close())
beforeEach(async () => {
  await world.fresh()
  token = await makeToken(true)
})

async function makeToken(reports: boolean, until = '2026-12-31'): Promise<string> {
  const made = await world.call('POST', 'tokens', { service: 'shop', reports, until })
  return madeToken.parse(made.json()).token
}
const put = (what: string, item: { readonly id: string }) =>
  world.call('PUT', `${what}/${encodeURIComponent(item.id)}`, item)
const ask = (of = 'acme', where = 'orders', by = token) =>
  world.call('GET', `decide?${new URLSearchParams({ customer: of, store: where })}`, undefined, by)
const answer = async (...asked: Parameters<typeof ask>) => decision.parse((await ask(...asked)).json())
const entries = async () => {
  const { rows } = await world.inside((tx) =>
    sql<{ kind: string; body: unknown }>`
      select kind, convert_from(data, 'utf8')::jsonb as body from ledger.outbox
      where organisation = ${world.organisation()} and log = 'internal' order by id`.execute(tx),
  )
  return rows
}

describe('an application asks before it places data', () => {
  test('allowed, and why, in both languages', async () => {
    await put('customers', customer())
    await put('stores', store())
    const asked = await ask()
    expect(asked.statusCode).toBe(200)
    expect(asked.json()).toMatchObject({ allowed: true, why: { code: 'within-choice' } })
    expect(asked.json().why.text.nb).toContain('Sverige')
  })

  test.each<[string, Partial<Customer>, Partial<DataStore>, string]>([
    ['outside the choice', { choice: 'us' }, {}, 'outside-choice'],
    ['another customer’s store', {}, { dedicatedTo: 'other' }, 'store-of-another'],
    ['a store that nobody has seen', {}, { host: null }, 'place-not-seen'],
    [
      'a store that is elsewhere than declared',
      { choice: 'named', named: ['NO'] },
      { place: 'NO' },
      'outside-choice',
    ],
  ])('%s: denied, with status 200', async (_name, ofCustomer, ofStore, code) => {
    await put('customers', customer({ id: 'other' }))
    await put('customers', customer(ofCustomer))
    expect((await put('stores', store(ofStore))).statusCode).toBe(200)
    const asked = await ask()
    expect(asked.statusCode).toBe(200)
    expect(asked.json()).toMatchObject({ allowed: false, why: { code } })
  })

  test('a customer or store that nobody entered: 404 with the same body, and kept by nobody', async () => {
    await put('customers', customer())
    for (const [of, where, code] of [
      ['nobody', 'orders', 'customer-not-known'],
      ['acme', 'nowhere', 'store-not-known'],
    ] as const) {
      const asked = await ask(of, where)
      expect([asked.statusCode, asked.headers['cache-control']]).toEqual([404, 'no-store'])
      const { allowed, why, cacheableUntil } = decision.parse(asked.json())
      expect([allowed, why.code, cacheableUntil]).toEqual([false, code, world.clock.now()])
    }
  })

  test('a changed choice, and a region that turns out otherwise, are heard at the next question', async () => {
    await put('customers', customer())
    await put('stores', store())
    expect(await answer()).toMatchObject({ allowed: true })
    await put('customers', customer({ choice: 'us' }))
    expect(await answer()).toMatchObject({ allowed: false })
    await put('customers', customer())
    await world.say('cloud', { name: 'host-region' }, [region({ region: 'us-east-1' })])
    expect(await answer()).toMatchObject({ allowed: false, why: { code: 'outside-choice' } })
  })

  test('an answer lives a minute, as HTTP says too, and less where time alone ends it', async () => {
    await put('customers', customer())
    await put('stores', store())
    const { headers } = await ask()
    expect(headers['cache-control']).toBe('private, max-age=60')
    expect(Date.parse(String(headers.expires))).toBe(world.clock.now() + 60_000)
    expect((await answer()).cacheableUntil).toBe(world.clock.now() + 60_000)
    // What somebody saw a year ago today ends at midnight in Oslo; half a minute before, so does the answer.
    await put('stores', store({ host: null, seenPlace: 'aws:eu-north-1', seenOn: '2025-06-15' }))
    const before = world.clock.now()
    world.clock.set(Date.parse('2026-06-15T21:59:30Z'))
    expect(await answer()).toMatchObject({ allowed: true, cacheableUntil: Date.UTC(2026, 5, 15, 22) })
    world.clock.set(Date.parse('2026-06-15T22:00:00Z'))
    expect(await answer()).toMatchObject({ allowed: false, why: { code: 'place-seen-long-ago' } })
    world.clock.set(before)
  })

  test('where the policy lets data of customers without a choice be decides for them', async () => {
    await put('customers', customer({ choice: null, since: null, contract: null }))
    await put('stores', store())
    expect(await answer()).toMatchObject({ allowed: true })
    world.parameters.withoutChoiceIn = ['us']
    expect(await answer()).toMatchObject({ allowed: false })
  })
})

describe('tokens', () => {
  test.each<[string, () => Promise<string | undefined>]>([
    ['none', async () => undefined],
    ['one of somebody else', async () => `hevdr_${'A'.repeat(43)}`],
    [
      'one that is over',
      async () => {
        const made = await makeToken(true, '2026-06-15')
        world.clock.set(Date.parse('2026-06-15T22:00:00Z'))
        return made
      },
    ],
    [
      'one that is revoked',
      async () => {
        const [made] = z.array(z.object({ id: z.string() })).parse((await world.call('GET', 'tokens')).json())
        expect((await world.call('DELETE', `tokens/${made?.id}`)).statusCode).toBe(200)
        return token
      },
    ],
    [
      'one of a service that is gone',
      async () => {
        await world.inside((tx) =>
          world.feeds.remove(tx, world.organisation(), 'people', [{ type: 'named-service', key: 'shop' }]),
        )
        return token
      },
    ],
  ])('%s is refused, before anything that was asked is looked at', async (_name, made) => {
    const shown = await made()
    const asked = await world.call('GET', 'decide', undefined, shown)
    expect([asked.statusCode, asked.json().code]).toEqual([401, 'token-refused'])
    world.clock.set(Date.parse('2026-06-15T12:00:00Z'))
  })

  test('an account of Hevd is no application: a session opens no such route', async () => {
    expect((await world.call('GET', 'decide?customer=acme&store=orders')).statusCode).toBe(401)
  })
  test('one that only asks may not report', async () => {
    const asks = await makeToken(false)
    const reported = await world.call('POST', 'placements', { placed: [] }, asks)
    expect([reported.statusCode, reported.json().code]).toEqual([403, 'token-only-asks'])
  })
  test.each(['2026-06-14', '2027-06-16', '2026-02-30'])('none is made until %s', async (until) => {
    expect((await world.call('POST', 'tokens', { service: 'shop', reports: false, until })).statusCode).toBe(
      400,
    )
  })
  test('the database has the hash alone', async () => {
    const { rows } = await world.inside((tx) => sql`select * from residency.token`.execute(tx))
    expect(JSON.stringify(rows)).not.toContain(token)
  })
})

describe('answers are counted', () => {
  test('one entry a batch: how many, and what was denied by name', async () => {
    await put('customers', customer())
    await put('stores', store())
    await put('stores', store({ id: 'abroad', place: 'US', host: 'h2' }))
    const numbers = [
      await answer(),
      await answer(),
      await answer('acme', 'abroad'),
      await answer('nobody', 'orders'),
    ].map(({ decision: number }) => number?.split('/'))
    expect(new Set(numbers.map((number) => number?.[0])).size).toBe(1)
    expect(numbers.map((number) => number?.[1])).toEqual(['1', '2', '3', '4'])
    await world.residency.runOnce()
    const counted = (await entries()).filter(({ kind }) => kind === 'residency-decided')
    expect(counted).toHaveLength(1)
    expect(counted[0]?.body).toMatchObject({
      allowed: 2,
      denied: 2,
      deniedBy: [
        {
          customer: expect.stringMatching(/^[0-9a-f-]{36}$/),
          store: 'abroad',
          code: 'outside-choice',
          times: 1,
        },
        { customer: null, store: null, code: 'customer-not-known', times: 1 },
      ],
    })
    expect(JSON.stringify(counted)).not.toContain('acme')
  })

  test('what a server that was killed had answered is written down as not counted', async () => {
    const killed = world.another()
    const { app } = world
    expect(app.hasRoute({ method: 'GET', url: '/api/residency/decide' })).toBe(true)
    await put('customers', customer())
    await answer()
    world.clock.advance(11 * 60_000)
    await killed.runOnce()
    const kinds = (await entries()).map(({ kind }) => kind)
    expect(kinds).toContain('residency-decisions-lost')
    // The one that was taken for dead finds its batch closed, and counts it no second time.
    await world.residency.runOnce()
    expect((await entries()).map(({ kind }) => kind)).not.toContain('residency-decided')
  })
})

describe('the answer is what the control says', () => {
  const places = [
    'NO',
    'SE',
    'GB',
    'US',
    'JP',
    'aws:eu-north-1',
    'aws:us-east-1',
    'gcp:europe-west2',
  ] as const
  const place = fc.constantFrom(...places)
  const choices = fc.oneof(
    fc
      .constantFrom(null, 'policy' as const, 'eu' as const, 'europe' as const, 'us' as const)
      .map((choice) => ({
        choice,
        named: [] as string[],
      })),
    fc
      .uniqueArray(fc.constantFrom(...places, 'eea', 'asia'), { minLength: 1, maxLength: 3 })
      .map((named) => ({ choice: 'named' as const, named })),
  )
  const stores = fc.record({
    place,
    host: fc.constantFrom(null, 'h1', 'h2'),
    seenPlace: fc.option(place),
    seenOn: fc.constantFrom('2026-06-01', '2024-01-01'),
    dedicatedTo: fc.constantFrom(null, 'c0', 'c1'),
  })

  /** The rule in its plainest form, written a second time. */
  function mayBe(of: Customer, where: DataStore, cloud: string): boolean {
    const fresh = where.seenOn === '2026-06-01' && where.seenPlace !== null
    const said = [
      where.place,
      ...(where.seenPlace === null ? [] : [where.seenPlace]),
      ...(where.host === 'h1' ? [cloud] : []),
    ]
    const wanted =
      of.choice === null || of.choice === 'policy'
        ? ['europe', 'us', 'asia']
        : of.choice === 'named'
          ? of.named
          : [of.choice]
    const isIn = (code: string) =>
      wanted.some((one) => {
        const country = countryOf(code) ?? ''
        return isArea(one) ? areas[one].has(country) : one === code || one === country
      })
    if (where.dedicatedTo !== null && where.dedicatedTo !== of.id) return false
    return said.every(isIn) && (fresh || where.host === 'h1')
  }

  test('for every placement of any world', { timeout: 120_000 }, async () => {
    const withinChoice = world.catalogue.tests.get('data-location/within-choice')
    if (withinChoice === undefined) throw new Error('no such test')
    const parameters = Object.fromEntries(
      (world.catalogue.controls.get('data-location')?.parameters ?? []).map(({ name, default: value }) => [
        name,
        value,
      ]),
    )
    let allowed = 0
    let denied = 0
    const property = fc.asyncProperty(
      fc.array(choices, { minLength: 2, maxLength: 2 }),
      fc.array(stores, { minLength: 3, maxLength: 3 }),
      fc.constantFrom('eu-north-1', 'us-east-1'),
      async (chosen, kept, cloud) => {
        await world.fresh()
        token = await makeToken(true)
        const customers = chosen.map((choice, index) => customer({ id: `c${index}`, ...choice }))
        const all = kept.map(({ seenOn, ...given }, index) =>
          store({ id: `s${index}`, ...given, seenOn: given.seenPlace === null ? null : seenOn }),
        )
        await world.say('cloud', { name: 'host-region' }, [region({ region: cloud })])
        for (const one of customers) expect((await put('customers', one)).statusCode).toBe(200)
        for (const one of all) expect((await put('stores', one)).statusCode).toBe(200)
        const facts: Said[] = [
          ...customers.map((value) => ({ type: 'customer', value })),
          ...all.map((value) => ({ type: 'data-store', value })),
          { type: 'host-region', value: region({ region: cloud }) },
        ]
        const covered = ['customer', 'data-store', 'host-facility'].map((type) => ({
          ...{ type, scope: '-', state: 'complete' as const, detail: '' },
        }))
        const ofHosts = ['h1', 'h2'].map((scope) => ({
          ...{ type: 'host-region', scope, state: 'complete' as const, detail: '' },
        }))
        const now = world.clock.now()
        const memory = factsInMemory(vocabulary, facts, [...covered, ...ofHosts], now)
        for (const of of customers)
          for (const where of all) {
            const subject = { customer: of.id, store: where.id, placedAt: now }
            const self = withinChoice.population.self(`${of.id}/${where.id}`, [subject])
            const { judged } = run(
              withinChoice,
              subject,
              self,
              memory.source,
              { values: parameters, before: null },
              new Moment(now, 'Europe/Oslo'),
            )
            const said = await answer(of.id, where.id)
            const expected = mayBe(of, where, `aws:${cloud}`)
            expect(said.allowed, JSON.stringify({ of, where, cloud })).toBe(judged.verdict === 'holds')
            expect(said.allowed, JSON.stringify({ of, where, cloud })).toBe(expected)
            if (expected) allowed += 1
            else denied += 1
          }
      },
    )
    await fc.assert(property, { numRuns: 8 })
    expect(Math.min(allowed, denied)).toBeGreaterThan(0)
  })
})
