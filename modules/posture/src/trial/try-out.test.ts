import { check, duration, fails, holds, none, outside } from '@hevd/core'
import { hosts, pendingUpdates } from '@hevd/facts'
import type { App } from '@hevd/http'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { exceptionTrial, findingPage } from '../contract.ts'
import type { PolicyText, TryOut } from '../index.ts'
import { administrator, appOf } from '../testdata/app.ts'
import { catalogueOf, everybody, owned, production, updated } from '../testdata/catalogue.ts'
import { day, type Ground, ground, hour, said, type World, world } from '../testdata/world.ts'

let on: Ground
const ada = '00000000-0000-7000-8000-00000000000a'

beforeAll(async () => {
  on = await ground()
})
afterAll(() => on.end())

/** Speaks of hosts alone whose oldest update is older than the parameter says, so that the list follows it. */
const behind = check('updated/behind', {
  of: production,
  parameters: { within: duration },
  reads: (host) => ({ updates: pendingUpdates.ofHost(host.id) }),
  judge: (_host, { updates }, { within }, moment) =>
    updates.facts.some(({ value }) => moment.elapsed(value.firstSeenAt, within))
      ? none(
          updates,
          (update) => update.package === 'openssl',
          () => fails('late', { packages: ['openssl'] }),
        )
      : outside,
})
/** Of people, for how long they have been here. */
const begun = check('updated/begun', {
  of: everybody,
  parameters: { within: duration },
  reads: () => ({}),
  judge: ({ startsOn }, _readings, { within }, moment) =>
    moment.elapsed(Date.parse(startsOn), within) ? fails('late', { packages: [] }) : holds(),
})
/** Of the same hosts, by no parameter. */
const listed = check('listed/named', {
  of: production,
  reads: () => ({}),
  judge: (host) => (hosts.parse(host).name === '' ? fails('late', { packages: [] }) : holds()),
})

type Here = { readonly here: World; readonly app: App }
async function start(tests = [updated, behind, owned, listed], lacks = false): Promise<Here> {
  const part = { nb: 'noe', en: 'something' }
  const catalogue = catalogueOf(tests, 'a'.repeat(64), lacks ? part : undefined)
  const here = await world(on, catalogue, { administrators: async () => [ada] })
  return { here, app: await appOf(here, () => administrator(ada)) }
}

async function textsWith({ here }: Here, control: string, over: Partial<PolicyText>) {
  const text = (await here.inside((tx) => here.posture.texts(tx, here.organisation))).get(control)
  if (text === undefined) throw new Error(`${control} has no text`)
  const { title, statement, how, parameters, notApplicable } = text
  return new Map([[control, { title, statement, how, parameters, notApplicable, ...over }]])
}
const amend = ({ here }: Here, texts: ReadonlyMap<string, PolicyText>) =>
  here.inside((tx) => here.posture.amend(tx, here.organisation, { texts, by: ada, single: true, from: {} }))

/** How every finding of a control is read. */
async function read({ app }: Here, control: string): Promise<ReadonlyMap<string, string>> {
  const found = new Map<string, string>()
  for (let cursor = ''; ; ) {
    const url = `/api/findings?control=${control}&limit=200${cursor && `&cursor=${cursor}`}`
    const page = findingPage.parse((await app.inject({ url })).json())
    for (const { test: id, subject, state, why } of page.items)
      found.set(`${id} ${subject.id}`, `${state} ${why?.code ?? ''}`)
    if (page.next === null) return found
    cursor = page.next
  }
}
const stateOf = async ({ here }: Here, control: string) =>
  (await here.posture.controls(here.organisation)).find((one) => one.control === control)?.state
const shownAs = ({ state, why }: TryOut['flips'][number]['before']) => `${state} ${why?.code ?? ''}`
const stateIn = (said: string | undefined) => said?.split(' ')[0] ?? 'outside'

const host = fc.record({
  ages: fc.uniqueArray(
    fc.record({
      package: fc.constantFrom<'openssl' | 'bash' | 'curl'>('openssl', 'bash', 'curl'),
      days: fc.integer({ min: 0, max: 40 }),
    }),
    { selector: (update) => update.package, maxLength: 3 },
  ),
  reports: fc.boolean(),
  silent: fc.boolean(),
  excepted: fc.boolean(),
})

type Told = typeof host extends fc.Arbitrary<infer T> ? T : never
async function tell(on: Here, given: readonly Told[]) {
  const { here, app } = on
  const seen = here.clock.now()
  await here.put(...given.map((_, index) => said.host(`h${index}`)))
  const report = async (index: number, { ages }: (typeof given)[number]) =>
    here.report(
      `h${index}`,
      ['pending-update'],
      ages.map((update) => said.update(`h${index}`, update.package, seen - update.days * day)),
    )
  for (const [index, one] of given.entries()) if (one.reports) await report(index, one)
  await here.settle()
  for (const [index, { excepted }] of given.entries()) {
    if (!excepted) continue
    const asked = {
      test: 'updated/in-time',
      subject: `h${index}`,
      reason: 'Godtatt for en tid.',
      until: here.clock.now() + 90 * day,
    }
    const answer = await app.inject({ method: 'POST', url: '/api/exceptions', payload: asked })
    if (answer.statusCode === 200)
      await app.inject({ method: 'POST', url: `/api/exceptions/${answer.json().id}/approve` })
  }
  here.clock.advance(hour)
  for (const [index, one] of given.entries()) if (one.reports && !one.silent) await report(index, one)
  await here.settle()
}

test('what a dry run says is what stands when the texts are approved and all is judged', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(host, { minLength: 1, maxLength: 7 }),
      fc.constantFrom('P1D', 'P14D', 'P20D', 'P60D'),
      fc.option(fc.integer({ min: -1, max: 5 }), { nil: null }),
      fc.boolean(),
      async (given, within, outsideFor, lacks) => {
        const on = await start(undefined, lacks)
        await tell(on, given)
        const { here } = on
        const notApplicable =
          outsideFor === null
            ? null
            : { reason: 'Vi har ingen slike.', reviewBy: here.clock.now() + outsideFor * day }
        const texts = await textsWith(on, 'updated', { parameters: { within }, notApplicable })
        const before = { findings: await read(on, 'updated'), state: await stateOf(on, 'updated') }
        const tried = await here.posture.tryOut(here.organisation, texts, 60_000)
        expect(await read(on, 'updated')).toEqual(before.findings)
        await amend(on, texts)
        await here.settle()
        const after = { findings: await read(on, 'updated'), state: await stateOf(on, 'updated') }
        const subjects = new Set([...before.findings.keys(), ...after.findings.keys()])
        const flipped = [...subjects].filter(
          (key) => stateIn(before.findings.get(key)) !== stateIn(after.findings.get(key)),
        )
        const becoming = { holds: 0, fails: 0, unknown: 0, excepted: 0, outside: 0 }
        for (const key of flipped)
          becoming[
            z
              .enum(['holds', 'fails', 'unknown', 'excepted', 'outside'])
              .parse(stateIn(after.findings.get(key)))
          ] += 1
        const changed = within !== 'P14D'
        expect(tried).toMatchObject({
          at: here.clock.now(),
          left: 0,
          judged: changed ? 2 * given.length : 0,
          controls: [{ control: 'updated', before: before.state, after: after.state, becoming }],
        })
        expect(
          new Map(
            tried.flips.map((flip) => [
              `${flip.test} ${flip.subject.id}`,
              [shownAs(flip.before), shownAs(flip.after)],
            ]),
          ),
        ).toEqual(
          new Map(
            flipped.map((key) => [
              key,
              [before.findings.get(key) ?? 'outside ', after.findings.get(key) ?? 'outside '],
            ]),
          ),
        )
        const again = await here.posture.tryOut(here.organisation, texts, 60_000)
        expect(again).toMatchObject({ judged: 0, flips: [] })
      },
    ),
    { numRuns: 14 },
  )
})

test('two thousand subjects, four pages of them, are gone over, all counted and the worst shown', async () => {
  const on = await start([begun])
  const { here } = on
  await here.put(...Array.from({ length: 2_000 }, (_, index) => said.person(`p${index}`, '2026-05-25')))
  await here.settle()
  const before = await stateOf(on, 'updated')
  const texts = await textsWith(on, 'updated', { parameters: { within: 'P1D' } })
  const tried = await here.posture.tryOut(here.organisation, texts, 60_000)
  expect(tried).toMatchObject({ judged: 2_000, left: 0, controls: [{ before, after: 'fails' }] })
  expect(tried.controls[0]?.becoming.fails).toBe(2_000)
  expect(tried.flips).toHaveLength(200)
  const hurried = await here.posture.tryOut(here.organisation, texts, 0)
  expect(hurried).toMatchObject({ judged: 0, left: 2_000, flips: [] })
})

describe('an exception that is not asked for yet', () => {
  const tryIt = async ({ app }: Here, over: object = {}) => {
    const payload = { test: 'updated/in-time', subject: 'h0', until: 0, ...over }
    return app.inject({ method: 'POST', url: '/api/exceptions/trial', payload })
  }
  const late = {
    ages: [{ days: 30, package: 'bash' as const }],
    reports: true,
    silent: false,
    excepted: false,
  }

  test('says what it would cover and how the control would stand, which is how it then stands', async () => {
    const on = await start([updated])
    await tell(on, [late])
    const until = on.here.clock.now() + 30 * day
    const tried = exceptionTrial.parse((await tryIt(on, { until })).json())
    expect(tried).toMatchObject({
      control: 'updated',
      finding: { state: 'fails', why: { code: 'late' } },
      covers: true,
      because: null,
      before: 'fails',
      after: 'excepted',
      open: { before: 1, after: 0 },
      until,
    })
    expect(await stateOf(on, 'updated')).toBe('fails')
    const asked = { test: 'updated/in-time', subject: 'h0', reason: 'Godtatt for en tid.', until }
    const { id } = (await on.app.inject({ method: 'POST', url: '/api/exceptions', payload: asked })).json()
    await on.app.inject({ method: 'POST', url: `/api/exceptions/${id}/approve` })
    expect(await stateOf(on, 'updated')).toBe('excepted')
    const again = exceptionTrial.parse((await tryIt(on, { until })).json())
    expect(again).toMatchObject({ before: 'excepted', after: 'excepted', open: { before: 0, after: 0 } })
  })

  test.each([
    ['another failure stands', {}, { before: 'fails', after: 'fails', covers: true }],
    ['nothing fails', { subject: 'h2' }, { covers: false, before: 'fails', after: 'fails' }],
    ['there is no such subject', { subject: 'h9' }, { covers: false, finding: null }],
    ['it would end in the past', { until: 1 }, { covers: false }],
  ])('%s', async (_name, over, expected) => {
    const on = await start([updated])
    await tell(on, [late, late, { ...late, ages: [] }])
    const answer = await tryIt(on, { until: on.here.clock.now() + day, ...over })
    const tried = exceptionTrial.parse(answer.json())
    expect(tried).toMatchObject(expected)
    expect(tried.because === null).toBe(tried.covers)
  })

  test('of a test that there is not is refused', async () => {
    const on = await start([updated])
    const answer = await tryIt(on, { test: 'updated/no-such', until: on.here.clock.now() + day })
    expect(answer.json()).toMatchObject({ code: 'no-such-test' })
  })
})
