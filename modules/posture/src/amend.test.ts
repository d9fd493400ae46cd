import { duration, fails, obligation, type Test, toldBySubject, within } from '@hevd/core'
import { people, type ValueOf } from '@hevd/facts'
import type { App } from '@hevd/http'
import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { PolicyText } from './index.ts'
import { administrator, appOf } from './testdata/app.ts'
import { catalogueOf, everybody, owned, updated } from './testdata/catalogue.ts'
import { day, feedsThat, type Ground, ground, hour, said, type World, world } from './testdata/world.ts'

let on: Ground
let here: World
let app: App
const ada = '00000000-0000-7000-8000-00000000000a'

beforeAll(async () => {
  on = await ground()
})
afterAll(() => on.end())
beforeEach(async () => {
  here = await world(on, catalogueOf([updated, owned]))
  app = await appOf(here, () => administrator(ada))
})

const get = async (url: string) => (await app.inject({ url })).json()
const textOf = async (control: string): Promise<PolicyText> => {
  const found = (await here.inside((tx) => here.posture.texts(tx, here.organisation))).get(control)
  if (found === undefined) throw new Error(`${control} has no text`)
  const { title, statement, how, parameters, notApplicable } = found
  return { title, statement, how, parameters, notApplicable }
}
const amend = async (control: string, over: Partial<PolicyText>, single = false, posture = here.posture) => {
  const text = { ...(await textOf(control)), ...over }
  return here.inside((tx) =>
    posture.amend(tx, here.organisation, {
      texts: new Map([[control, text]]),
      by: ada,
      single,
      from: { draft: 'd1' },
    }),
  )
}
const waiting = () =>
  here.inside(async (tx) => {
    const { rows } = await sql<{ test: string; subject: string }>`
      select test, subject from posture.wake where organisation = ${here.organisation} order by 1, 2`.execute(
      tx,
    )
    return rows.map(({ test, subject }) => `${test} ${subject}`)
  })

describe('words', () => {
  const statement = { nb: 'Vi oppdaterer raskt.', en: 'We update quickly.' }

  test('in force are the ones everybody is shown, and the approved text is a fact', async () => {
    await here.put(said.host('h1'))
    await here.report('h1', ['pending-update'], [])
    await here.settle()
    const before = await get('/api/controls/updated')
    expect(await amend('updated', { title: { nb: 'Nytt', en: 'New' }, statement }, true)).toEqual(['updated'])
    const after = await get('/api/controls/updated')
    expect(after).toMatchObject({
      title: { nb: 'Nytt', en: 'New' },
      statement,
      approvedBy: ada,
      approvedAt: here.clock.now(),
      singleApprover: true,
    })
    expect(after.policyDigest).not.toBe(before.policyDigest)
    const { sections } = await get('/api/policy')
    expect(sections[0].controls[0]).toMatchObject({ title: { en: 'New' }, statement })
    expect((await get('/api/findings')).items[0]).toMatchObject({ controlTitle: { nb: 'Nytt' } })
    const [reading] = await here.inside((tx) =>
      here.feeds.read(tx, here.organisation, [
        { type: 'approved-text', by: 'ofControl', value: 'updated', scope: '-' },
      ]),
    )
    expect(reading?.facts[0]?.value).toMatchObject({
      digest: after.policyDigest,
      approvedAt: here.clock.now(),
      locales: ['nb', 'en'],
    })
    const [entry] = await here.entries('policy-amended')
    expect(entry).toMatchObject({
      by: ada,
      single: true,
      draft: 'd1',
      controls: { updated: { text: after.policyDigest, notApplicable: null } },
    })
    expect(JSON.stringify(entry)).not.toContain('raskt')
  })

  test('alone wake nothing, since nobody judges by them', async () => {
    await here.put(said.host('h1'))
    await here.settle()
    await amend('updated', { statement })
    expect(await waiting()).toEqual([])
  })

  test('what changes nothing makes no edition and no entry', async () => {
    expect(await amend('updated', {})).toEqual([])
    expect(await here.entries('policy-amended')).toEqual([])
  })

  test('a catalogue that is shipped anew leaves them, and fills in only what its tests cannot do without', async () => {
    await amend('updated', { statement, parameters: { within: 'P3D' } })
    const shipped = catalogueOf([updated, owned], 'e'.repeat(64))
    const control = shipped.controls.get('updated')
    if (control === undefined) throw new Error('no such control')
    const [within] = control.parameters
    if (within === undefined) throw new Error('no such parameter')
    const newer = {
      ...control,
      statement: { nb: 'Annet', en: 'Other' },
      policyDigest: 'f'.repeat(64),
      parameters: [within, { ...within, name: 'atMost', type: 'integer', default: 7 }],
    }
    const catalogue = { ...shipped, controls: new Map(shipped.controls).set('updated', newer) }
    expect(await here.server({ catalogue }).adopt(here.organisation)).toBe(true)
    expect(await textOf('updated')).toMatchObject({ statement, parameters: { within: 'P3D', atMost: 7 } })
    expect(await here.entries('policy-adopted')).toHaveLength(2)
  })

  test('of an edition from before they were kept are the catalogue’s where its digest says so', async () => {
    await here.inside((tx) =>
      sql`update posture.edition set words = null where organisation = ${here.organisation}`.execute(tx),
    )
    await here.posture.adopt(here.organisation)
    const { rows } = await here.inside((tx) =>
      sql<{ number: number; words: object }>`
        select number, words from posture.edition where organisation = ${here.organisation} and control = 'updated'
        `.execute(tx),
    )
    expect(rows).toEqual([
      { number: 1, words: expect.objectContaining({ title: { nb: 'updated', en: 'updated' } }) },
    ])
  })
})

describe('parameters', () => {
  beforeEach(async () => {
    await here.put(said.host('h1'), said.host('h2'))
    for (const host of ['h1', 'h2'])
      await here.report(
        host,
        ['pending-update', 'account'],
        [said.update(host, 'openssl', here.clock.now() - 10 * day), said.account(host, 'kari')],
      )
    await here.settle()
  })

  test('wake exactly the tests of their control, and are what is judged by', async () => {
    expect(await here.finding('updated/in-time', 'h1')).toMatchObject({ verdict: 'holds' })
    await amend('updated', { parameters: { within: 'P7D' } })
    expect(await waiting()).toEqual(['updated/in-time h1', 'updated/in-time h2'])
    expect(await here.settle()).toBe(2)
    expect(await here.finding('updated/in-time', 'h1')).toMatchObject({ verdict: 'fails' })
    expect((await get('/api/controls/updated')).parameters[0]).toMatchObject({ value: 'P7D' })
  })

  test('that come while a batch judges by the old ones count for everything in the end', async () => {
    let amending: Promise<unknown> | undefined
    const feeds = feedsThat(here.feeds, async (at) => {
      if (at === 'after') amending ??= amend('updated', { parameters: { within: 'P7D' } })
      await new Promise((done) => setTimeout(done, 20))
    })
    await here.put(said.host('h3'))
    await here.report('h3', ['pending-update'], [said.update('h3', 'bash', here.clock.now() - 10 * day)])
    await here.server({ feeds, config: { batch: 1 } }).settle(here.organisation)
    await amending
    await here.settle()
    for (const host of ['h1', 'h2', 'h3'])
      expect(await here.finding('updated/in-time', host), host).toMatchObject({ verdict: 'fails' })
    const { rows } = await here.inside((tx) =>
      sql`select distinct edition from posture.finding
        where organisation = ${here.organisation} and test = 'updated/in-time'`.execute(tx),
    )
    expect(rows).toEqual([{ edition: 2 }])
  })

  test('and words come into force when a batch under way is over, not in the middle of it', async () => {
    const before = await textOf('updated')
    let amending: Promise<unknown> | undefined
    let meanwhile: PolicyText | undefined
    const feeds = feedsThat(here.feeds, async (at) => {
      if (at === 'before' || amending !== undefined) return
      amending = amend('updated', { title: { nb: 'Nytt', en: 'New' } })
      await Promise.race([amending, new Promise((done) => setTimeout(done, 500))])
      meanwhile = await textOf('updated')
    })
    await here.put(said.host('h3'))
    await here.server({ feeds }).settle(here.organisation)
    await amending
    expect(meanwhile).toEqual(before)
    expect(await textOf('updated')).toMatchObject({ title: { nb: 'Nytt' } })
  })

  test('an amendment that is rolled back leaves nothing', async () => {
    const text = await textOf('updated')
    const died = here.inside(async (tx) => {
      await here.posture.amend(tx, here.organisation, {
        texts: new Map([['updated', { ...text, parameters: { within: 'P7D' } }]]),
        by: ada,
        single: false,
        from: {},
      })
      throw new Error('died')
    })
    await expect(died).rejects.toThrow('died')
    expect(await textOf('updated')).toEqual(text)
    expect(await waiting()).toEqual([])
    expect(await here.entries('policy-amended')).toEqual([])
  })
})

/** A course within some days of starting, done on the day that a person ends. */
const course: Test = obligation('course', {
  of: everybody,
  parameters: { within: duration },
  due: ({ startsOn }: ValueOf<typeof people>, { within: days }) => within(days, startsOn),
  dischargedBy: toldBySubject(() => []),
  overdue: ({ on }) => fails('not-trained', { on }),
})

test('a deadline set before it was shortened stays, by the parameters before the change, also after a change of words', async () => {
  const base = catalogueOf([course])
  const control = base.controls.get('course')
  if (control === undefined) throw new Error('no such control')
  const parameter = {
    type: 'duration',
    options: null,
    title: { nb: 'Frist', en: 'Deadline' },
    help: { nb: '', en: '' },
  }
  const catalogue = {
    ...base,
    controls: new Map(base.controls).set('course', {
      ...control,
      parameters: [{ ...parameter, name: 'within', default: 'P30D' }],
    }),
  }
  here = await world(on, catalogue)
  await here.put({ type: people.name, value: said.person('p1', '2026-05-20').value })
  await here.settle()
  await amend('course', { parameters: { within: 'P5D' } })
  await amend('course', { title: { nb: 'Kurset', en: 'The course' } })
  await here.settle()
  expect(await here.finding('course', 'p1')).toMatchObject({ verdict: 'holds' })
  here.clock.advance(20 * day)
  await here.settle()
  expect(await here.finding('course', 'p1')).toMatchObject({ verdict: 'fails' })
})

describe('a control that does not apply', () => {
  const reason = 'Vi har ingen egne maskiner.'
  const stands = async () => {
    const found = (await here.posture.controls(here.organisation)).find(
      ({ control }) => control === 'updated',
    )
    return found
  }
  beforeEach(async () => {
    await here.put(said.host('h1'))
    await here.report('h1', ['pending-update'], [said.update('h1', 'openssl', here.clock.now() - 20 * day)])
    await here.settle()
    expect(await stands()).toMatchObject({ state: 'fails' })
    here.clock.advance(hour)
    await amend('updated', { notApplicable: { reason, reviewBy: here.clock.now() + 10 * day } })
  })

  test('is neither held nor unknown, and says why; what is found of it is no failure of the policy', async () => {
    expect(await waiting()).toEqual([])
    const reviewBy = here.clock.now() + 10 * day
    expect(await stands()).toMatchObject({
      state: 'not-applicable',
      since: here.clock.now(),
      until: reviewBy,
      notApplicable: { reason, reviewBy },
    })
    const policy = await get('/api/policy')
    expect(policy.counts).toEqual({ holds: 0, fails: 0, unknown: 2, excepted: 0, 'not-applicable': 1 })
    expect(policy.sections[0].state).toBe('unknown')
    const detail = await get('/api/controls/updated')
    expect(detail).toMatchObject({
      state: 'not-applicable',
      notApplicable: { reason, reviewBy, overdue: false },
      next: null,
    })
    expect(detail.why.text.nb).toContain(reason)
    expect(detail.history.map(({ state }: { state: string }) => state)).toEqual(['fails', 'not-applicable'])
    expect((await get('/api/findings')).total).toBe(0)
    expect((await get('/api/findings?control=updated')).items[0]).toMatchObject({ state: 'fails' })
    expect((await app.inject({ url: '/api/subject?kind=host&id=h1' })).statusCode).toBe(404)
  })

  test('goes on being judged, and counts again when it was to be looked at, never as if it held', async () => {
    here.clock.advance(10 * day)
    await here.settle()
    expect(await stands()).toMatchObject({ state: 'fails', since: here.clock.now(), notApplicable: null })
    const detail = await get('/api/controls/updated')
    expect(detail).toMatchObject({ state: 'fails', notApplicable: { overdue: true } })
    expect(detail.next.nb).toContain('Fristen for å vurdere om kontrollen gjelder')
    expect(detail.history.map(({ state }: { state: string }) => state)).toEqual([
      'fails',
      'not-applicable',
      'fails',
    ])
    expect((await get('/api/findings')).total).toBe(1)
  })

  test('applies again when that is said, from then on', async () => {
    here.clock.advance(day)
    await amend('updated', { notApplicable: null })
    expect(await stands()).toMatchObject({ state: 'fails', since: here.clock.now() })
    const { history } = await get('/api/controls/updated')
    expect(history.map(({ state }: { state: string }) => state)).toEqual(['fails', 'not-applicable', 'fails'])
  })

  test('that somebody looked at again has not applied since the first time', async () => {
    const since = here.clock.now()
    here.clock.advance(day)
    await amend('updated', { notApplicable: { reason, reviewBy: here.clock.now() + 300 * day } })
    expect(await stands()).toMatchObject({ state: 'not-applicable', since })
  })
})
