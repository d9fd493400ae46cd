import type { App } from '@hevd/http'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { findingPage as findings, evidence as form } from './contract.ts'
import { appOf, reader } from './testdata/app.ts'
import { catalogueOf, updated } from './testdata/catalogue.ts'
import { day, type Ground, ground, hour, said, type World, whole, world } from './testdata/world.ts'

const minute = 60_000
const updates = 'pending-update'
const of = 'updated/in-time'
let on: Ground
let here: World
let app: App

beforeAll(async () => {
  on = await ground()
})
afterAll(() => on.end())
beforeEach(async () => {
  here = await world(on, catalogueOf([updated]))
  app = await appOf(here, () => reader('00000000-0000-7000-8000-00000000000e'))
  await here.put(said.host('h1'))
})

const fails = () => seen([said.update('h1', 'openssl', here.clock.now() - 20 * day)])
const holds = () => seen([])

async function seen(facts: Parameters<World['report']>[2]): Promise<void> {
  here.clock.advance(minute)
  await here.report('h1', [updates], facts)
  await here.settle()
}

async function flicker(times: number): Promise<void> {
  for (let time = 0; time < times; time += 1) {
    await holds()
    await fails()
  }
}

async function shown() {
  const answer = await app.inject({ url: '/api/findings' })
  const [finding] = findings.parse(answer.json()).items
  if (finding === undefined) throw new Error('there is no finding')
  return finding
}

async function evidence() {
  return form.parse((await app.inject({ url: `/api/evidence?test=${of}&subject=h1` })).json())
}

const history = async () => (await evidence()).history.map(({ verdict }) => verdict)

describe('what flaps', () => {
  test('goes on failing when it holds again, says so, and holds by itself after an hour', async () => {
    await flicker(3)
    const failing = await shown()
    expect(failing.flapping).toMatchObject({ times: 3, heldSince: null, believedAt: null })
    await holds()
    const heldSince = here.clock.now()
    expect(await shown()).toMatchObject({
      verdict: 'fails',
      since: failing.since,
      failingSince: failing.since,
      until: heldSince + hour,
      flapping: { times: 3, heldSince, believedAt: heldSince + hour },
    })
    for (let passed = 0; passed < 59; passed += 1) await holds()
    expect((await shown()).verdict).toBe('fails')
    await holds()
    expect(await shown()).toMatchObject({ verdict: 'holds', since: heldSince + hour, failingSince: null })
  })

  test('gives one version in the history and not one for each time', async () => {
    await flicker(3)
    const before = await history()
    await flicker(5)
    expect(await history()).toEqual(before)
    expect((await shown()).flapping).toMatchObject({ times: 8 })
    expect(before).toEqual(['fails', 'holds', 'fails', 'holds', 'fails', 'holds'])
  })

  test('is proven by what was seen when it failed, also while it is seen to hold', async () => {
    await flicker(3)
    const { inputsDigest } = await evidence()
    await holds()
    const held = await evidence()
    expect(held.inputsDigest).toBe(inputsDigest)
    expect(JSON.stringify(held.lookups)).toContain('openssl')
  })

  test('a server that starts anew in the middle forgets nothing', async () => {
    await flicker(3)
    await holds()
    here = { ...here, posture: here.server() }
    here.clock.advance(hour)
    await here.report('h1', [updates], [])
    await here.posture.settle(here.organisation)
    expect((await shown()).verdict).toBe('holds')
  })

  test('a failure that is unseen keeps its evidence', async () => {
    await fails()
    here.clock.advance(minute)
    await here.report('h1', [updates], [], [{ ...whole(updates, 'h1'), state: 'failed', detail: 'apt' }])
    await here.settle()
    const { finding, lookups } = await evidence()
    expect(finding.verdict).toBe('fails')
    expect(JSON.stringify(lookups)).toContain('openssl')
  })
})
