import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { App, Principal } from '@hevd/http'
import { loadCatalogue } from '@hevd/policy'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { postureErrors } from './errors.ts'
import { administrator, appOf, reader } from './testdata/app.ts'
import { catalogueOf, owned, trained, updated } from './testdata/catalogue.ts'
import { day, type Ground, ground, hour, said, type World, world } from './testdata/world.ts'

let on: Ground
let here: World
let app: App
let who: Principal
let administrators: string[]

const ada = '00000000-0000-7000-8000-00000000000a'
const eve = '00000000-0000-7000-8000-00000000000e'
const rune = '00000000-0000-7000-8000-000000000001'

beforeAll(async () => {
  on = await ground()
})
afterAll(() => on.end())
beforeEach(async () => {
  here = await world(on, catalogueOf([updated, owned, trained]), {
    administrators: async () => administrators,
  })
  app = await appOf(here, () => who)
  administrators = [ada, eve]
  who = administrator(ada)
  await here.put(said.person('p1'), said.person('p2', '2026-01-01'), said.owner('h1/kari', 'p1'))
  await here.report('h1', ['account'], [said.account('h1', 'kari')])
  await here.settle()
})

const call = async (method: 'GET' | 'POST' | 'DELETE', url: string, payload?: object) => {
  const answer = await app.inject({ method, url, ...(payload && { payload }) })
  return { status: answer.statusCode, body: answer.json() }
}
const ask = (over: object = {}) =>
  call('POST', '/api/exceptions', {
    test: 'trained',
    subject: 'p2',
    reason: 'Kurset holdes først i september.',
    until: here.clock.now() + 30 * day,
    ...over,
  })
const approve = (id: string) => call('POST', `/api/exceptions/${id}/approve`)
const state = async () => (await call('GET', '/api/controls/trained')).body

describe('an exception', () => {
  test('is asked for by one and approved by another, and never hides the failure', async () => {
    who = reader(rune)
    const asked = await ask()
    expect(asked.body).toMatchObject({
      state: 'requested',
      covers: { code: 'not-trained' },
      approvedBy: null,
    })
    expect((await approve(asked.body.id)).status).toBe(403)
    expect(await state()).toMatchObject({ state: 'fails' })
    who = administrator(ada)
    expect((await approve(asked.body.id)).body).toMatchObject({ state: 'in-force', singleApprover: false })
    expect(await state()).toMatchObject({ state: 'excepted', counts: { fails: 1, excepted: 1, holds: 1 } })
    const { items } = (await call('GET', '/api/findings?control=trained')).body
    expect(items[0]).toMatchObject({ verdict: 'fails', state: 'excepted', exception: { id: asked.body.id } })
    expect((await here.entries('exception-approved')).length).toBe(1)
    expect(JSON.stringify(await here.entries('exception-requested'))).not.toContain('september')
  })

  test('is not approved by the one who asked, unless there is no other administrator, and then shown', async () => {
    const { body } = await ask()
    expect((await approve(body.id)).body.code).toBe('own-exception')
    administrators = [ada]
    expect((await approve(body.id)).body).toMatchObject({ singleApprover: true, state: 'in-force' })
    expect((await approve(body.id)).body.code).toBe('exception-closed')
  })

  test('ends by time, without a worker', async () => {
    const { body } = await ask({ until: here.clock.now() + 60_000 })
    who = administrator(eve)
    await approve(body.id)
    expect(await state()).toMatchObject({ state: 'excepted' })
    here.clock.advance(60_000)
    expect(await state()).toMatchObject({ state: 'fails' })
    expect((await call('GET', '/api/exceptions')).body[0]).toMatchObject({ state: 'ended' })
  })

  test('is withdrawn by the asker or an administrator, by no other', async () => {
    const { body } = await ask()
    who = reader(rune)
    expect((await call('DELETE', `/api/exceptions/${body.id}`)).body.code).toBe('not-yours')
    who = administrator(eve)
    expect((await call('DELETE', `/api/exceptions/${body.id}`)).status).toBe(200)
    expect((await approve(body.id)).body.code).toBe('exception-closed')
  })

  test('is for what fails, and for a time', async () => {
    expect((await ask({ subject: 'p1' })).body.code).toBe('nothing-to-except')
    expect((await ask({ subject: 'p9' })).body.code).toBe('no-such-finding')
    expect((await ask({ until: here.clock.now() })).body.code).toBe('exception-too-long')
    expect((await ask({ until: here.clock.now() + 400 * day })).body.code).toBe('exception-too-long')
  })

  test('does not cover another reason', async () => {
    await here.remove(said.owner('h1/kari', 'p1'))
    await here.settle()
    const { body } = await ask({ test: 'owned/by-a-person', subject: 'h1/kari' })
    who = administrator(eve)
    await approve(body.id)
    expect((await call('GET', '/api/controls/owned')).body).toMatchObject({ state: 'excepted' })
    await here.put(said.owner('h1/kari', 'p9'))
    await here.settle()
    expect((await call('GET', '/api/controls/owned')).body).toMatchObject({ state: 'fails' })
  })
})

describe('reading', () => {
  test('the whole policy, with what to do next and the words in both languages', async () => {
    const { body } = await call('GET', '/api/policy')
    expect(body.counts).toEqual({ holds: 1, fails: 1, unknown: 2, excepted: 0, 'not-applicable': 0 })
    const [, , , unproven] = body.sections[0].controls
    expect(unproven).toMatchObject({
      proven: false,
      why: { code: 'not-yet-proven', text: { en: expect.stringContaining('Not yet proven') } },
      next: { nb: 'Koble til noe for unproven.' },
    })
    expect(body.halted).toBeNull()
    here.clock.advance(hour)
    expect((await call('GET', '/api/policy')).body.halted.code).toBe('judging-stopped')
  })

  test('findings are paged worst first, filtered and searched', async () => {
    await here.put(...Array.from({ length: 25 }, (_, index) => said.person(`q${index}`, '2026-01-01')))
    await here.settle()
    const seen: string[] = []
    let cursor: string | null = null
    do {
      const page: string = cursor === null ? '' : `&cursor=${cursor}`
      const { body } = await call('GET', `/api/findings?limit=10${page}`)
      expect(body.total).toBe(28)
      seen.push(
        ...body.items.map(
          (item: { state: string; subject: { id: string } }) => `${item.state} ${item.subject.id}`,
        ),
      )
      cursor = body.next
    } while (cursor !== null)
    expect(new Set(seen).size).toBe(28)
    expect(seen.filter((one) => one.startsWith('fails'))).toHaveLength(26)
    expect(seen.slice(26)).toEqual(['holds h1/kari', 'holds p1'])
    const found = (await call('GET', '/api/findings?q=PERSON%20Q2')).body
    expect(found.total).toBe(6)
    expect(found.items).toHaveLength(6)
    expect((await call('GET', '/api/findings?state=holds&kind=person')).body.total).toBe(1)
    expect((await call('GET', '/api/findings?cursor=xyz')).body.code).toBe('cursor-not-valid')
  })

  test('one subject, and what its finding was judged from as it was stored', async () => {
    await here.put(said.service('s1', 'p2'))
    await here.settle()
    expect((await call('GET', '/api/subject?kind=person&id=p2')).body).toMatchObject({
      subject: { name: 'Person p2' },
      state: 'holds',
    })
    const { body } = await call('GET', '/api/evidence?test=trained&subject=p2')
    expect(body).toMatchObject({
      testsDigest: 'a'.repeat(64),
      inputsDigest: expect.stringMatching(/^[0-9a-f]{64}$/),
      lookups: [
        { type: 'person', value: 'p2' },
        { type: 'named-service', by: 'ownedBy', facts: [{ value: { id: 's1' } }] },
      ],
      history: [
        { verdict: 'holds', until: null },
        { verdict: 'fails', why: { code: 'not-trained' } },
      ],
    })
    expect((await call('GET', '/api/evidence?test=trained&subject=p9')).body.code).toBe('no-such-finding')
  })

  test('the last year of a control without gaps', async () => {
    here.clock.advance(day)
    await here.put(said.service('s1', 'p2'))
    await here.settle()
    const { history } = await state()
    expect(history.map((stretch: { state: string }) => stretch.state)).toEqual(['fails', 'holds'])
    expect(history[0].until).toBe(history[1].from)
    expect((await call('GET', '/api/controls/none')).body.code).toBe('no-such-control')
  })
})

test('the policy as shipped is adopted, judged and read whole', async () => {
  const catalogue = await loadCatalogue()
  here = await world(on, catalogue)
  app = await appOf(here, () => who)
  await here.put(said.host('h1'), said.person('p1'))
  await here.report('h1', ['account', 'listening-socket'], [said.account('h1', 'kari')])
  await here.settle()
  const { body } = await call('GET', '/api/policy')
  expect(body.sections.flatMap(({ controls }: { controls: object[] }) => controls)).toHaveLength(48)
  expect((await here.posture.controls(here.organisation)).map(({ control }) => control)).toEqual([
    ...catalogue.controls.keys(),
  ])
  expect((await call('GET', '/api/controls/policy-published')).body.tests[1]).toMatchObject({
    id: 'policy-published/reviewed',
    state: 'holds',
    counts: { holds: 48 },
  })
  await here.posture.adopt(here.organisation)
  expect(await here.settle()).toBe(0)
})

test('README.md lists the codes', () => {
  const readme = readFileSync(join(import.meta.dirname, '..', 'README.md'), 'utf8')
  const listed = [...readme.matchAll(/^\| `([a-z-]+)` \| \d{3} \|/gm)].map((match) => match[1])
  expect(listed.sort()).toEqual(Object.keys(postureErrors).sort())
})
