import type { App, Principal } from '@hevd/http'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { administrator, appOf } from '../testdata/app.ts'
import { catalogueOf, owned, trained } from '../testdata/catalogue.ts'
import { day, type Ground, ground, said, type World, world } from '../testdata/world.ts'

const ada = '00000000-0000-7000-8000-00000000000a'
const eve = '00000000-0000-7000-8000-00000000000e'

let on: Ground
let here: World
let app: App
let administrators: string[]
let who: Principal

beforeAll(async () => {
  on = await ground()
})
afterAll(() => on.end())
beforeEach(async () => {
  who = administrator(ada)
  administrators = [ada, eve]
  here = await world(on, catalogueOf([owned, trained]), {
    administrators: async () => administrators,
    config: { silentAfter: 'PT400H' },
  })
  app = await appOf(here, () => who)
  await here.put(said.person('p1', '2026-01-01'), said.person('p2'))
  await here.settle()
})

async function call(method: 'GET' | 'POST', url: string, payload?: object) {
  const answer = await app.inject({ method, url, ...(payload && { payload }) })
  return { status: answer.statusCode, body: answer.json() }
}
const june = { title: 'Juni', firstDay: '2026-06-01', lastDay: '2026-06-30' }
const make = async (over: object = {}) => call('POST', '/api/periods', { ...june, ...over })

describe('a period', () => {
  test.each([
    { firstDay: '2026-07-01', lastDay: '2026-06-30' },
    { firstDay: '2026-06-02', lastDay: '2026-06-30' },
    { firstDay: '2020-01-01', lastDay: '2026-06-30' },
  ])('is refused that is none, has not begun or is too long: %j', async (days) => {
    expect((await make(days)).body.code).toBe('period-not-valid')
  })

  test('that is running tells what there is by now, and is not signed', async () => {
    const { id } = (await make()).body
    here.clock.advance(2 * day)
    await here.settle()
    const { body } = await call('GET', `/api/periods/${id}`)
    expect(body).toMatchObject({ period: { state: 'running' }, report: { through: here.clock.now() } })
    const { digest } = (await call('GET', `/api/periods/${id}/computed`)).body
    expect((await call('POST', `/api/periods/${id}/sign`, { digest })).body.code).toBe('period-not-over')
  })

  test('is signed by the one who answered only where there is no other administrator, which is shown', async () => {
    const { id } = (await make()).body
    here.clock.set(Date.parse('2026-07-02T12:00:00Z'))
    const answer = { control: 'trained', deviation: null, text: 'Kurset er flyttet til høsten.' }
    expect((await call('POST', `/api/periods/${id}/answers`, answer)).status).toBe(200)
    const { digest } = (await call('GET', `/api/periods/${id}/computed`)).body
    expect((await call('POST', `/api/periods/${id}/sign`, { digest })).body.code).toBe('own-answer')
    administrators = [ada]
    expect((await call('POST', `/api/periods/${id}/sign`, { digest })).status).toBe(200)
    expect((await call('GET', `/api/periods/${id}`)).body.period.signing).toMatchObject({
      by: ada,
      single: true,
      digest,
    })
    expect((await call('POST', `/api/periods/${id}/sign`, { digest })).body.code).toBe('period-signed')
  })

  test('tells of an exception that covered a deviation, and for how long', async () => {
    const until = here.clock.now() + 5 * day
    const asked = { test: 'trained', subject: 'p1', reason: 'Kurset holdes i neste uke.', until }
    const { id: exception } = (await call('POST', '/api/exceptions', asked)).body
    administrators = [ada]
    expect((await call('POST', `/api/exceptions/${exception}/approve`)).status).toBe(200)
    const { id } = (await make()).body
    here.clock.advance(10 * day)
    const { items } = (await call('GET', `/api/periods/${id}/tables/deviations?test=trained`)).body
    const [deviation] = items.filter(({ subject }: { subject: string }) => subject === 'p1')
    expect(deviation).toMatchObject({ exception, excepted: 5 * day, until: null, lasted: 10 * day })
    const { items: exceptions } = (await call('GET', `/api/periods/${id}/tables/exceptions`)).body
    expect(exceptions).toMatchObject([{ subject: 'p1', single: true, until }])
  })

  test('tells the editions that were in force, and where the logs stood', async () => {
    await here.ledger.settle(here.organisation)
    const { id } = (await make({ firstDay: '2026-05-01' })).body
    here.clock.advance(1)
    const { items } = (await call('GET', `/api/periods/${id}/tables/editions?control=trained`)).body
    expect(items).toMatchObject([{ control: 'trained', number: 1, until: null, approved_by: 'catalogue' }])
    const { start, end } = (await call('GET', `/api/periods/${id}`)).body.report.ledger
    expect(start.internal).toBeNull()
    const { size } = await here.ledger.state(here.organisation, 'internal')
    expect(end.internal.size).toBe(size)
  })
})

describe('a file', () => {
  test('is RFC 4180 with a byte order mark, in the language asked for, and holds no formula', async () => {
    const { id } = (await make()).body
    here.clock.advance(day)
    const text = '=HYPERLINK("http://x.example";"trykk")'
    await call('POST', `/api/periods/${id}/answers`, { control: 'trained', deviation: null, text })
    const file = await app.inject({ method: 'GET', url: `/api/periods/${id}/tables/answers/csv?lang=en` })
    expect(file.headers['content-type']).toBe('text/csv; charset=utf-8')
    expect(file.headers['content-disposition']).toBe(
      'attachment; filename="hevd-answers-2026-06-01-2026-06-30.csv"',
    )
    expect([...file.rawPayload.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf])
    const [head, row, ...rest] = file.body.slice(1).split('\r\n')
    expect(head).toBe(
      '"Control","Test","Subject","Subject (id)","Deviation from","Answer","Answered by","At"',
    )
    expect(row).toContain(`"'=HYPERLINK(""http://x.example"";""trykk"")"`)
    expect(rest).toEqual([''])
  })

  test('has every row of a table', async () => {
    const { id } = (await make()).body
    here.clock.advance(day)
    const people = Array.from({ length: 20 }, (_, index) => said.person(`q${index}`))
    await here.put(...people)
    await here.settle()
    here.clock.advance(1)
    const file = await app.inject({
      method: 'GET',
      url: `/api/periods/${id}/tables/population/csv?test=trained`,
    })
    expect(file.body.split('\r\n').length).toBe(1 + 22 + 1)
  })

  test('of a sample says how it was drawn', async () => {
    const { id } = (await make()).body
    here.clock.advance(day)
    const query = new URLSearchParams({ test: 'trained', seed: '-1+1', size: '5', lang: 'nb' })
    await call('POST', `/api/periods/${id}/samples`, { test: 'trained', seed: '-1+1', size: 5 })
    const file = await app.inject({ method: 'GET', url: `/api/periods/${id}/sample/csv?${query}` })
    expect(file.body.split('\r\n')[1]).toMatch(/^"trained","'-1\+1","2","1","Person p/)
  })
})

describe('an auditor', () => {
  const auditor = (period: string): Principal => ({ kind: 'account', id: eve, role: 'auditor', period })
  const sample = { test: 'trained', seed: 'høst', size: 2 }

  test('draws a sample of the period, which is logged once, and sees its evidence', async () => {
    const { id } = (await make()).body
    here.clock.advance(day)
    who = auditor(id)
    const asked = new URLSearchParams({ ...sample, size: '2' })
    expect((await call('GET', `/api/periods/${id}/sample?${asked}`)).body.code).toBe('no-such-sample')
    for (const _ of [1, 2])
      expect((await call('POST', `/api/periods/${id}/samples`, sample)).status).toBe(200)
    const { subjects } = (await call('GET', `/api/periods/${id}/sample?${asked}`)).body
    expect(subjects).toHaveLength(2)
    expect(await here.entries('sample-drawn')).toMatchObject([{ period: id, by: eve, ...sample }])
    expect((await call('GET', `/api/periods/${id}/samples`)).body).toMatchObject([{ ...sample, by: eve }])
    for (const { id: subject, versions } of subjects)
      for (const { at } of versions) {
        const version = new URLSearchParams({ test: 'trained', subject, at: String(at) })
        const { body } = await call('GET', `/api/periods/${id}/replay?${version}`)
        expect(body).toMatchObject({ same: true })
      }
  })

  test('sees nothing that is live, of another period, or outside the period’s days', async () => {
    const { id } = (await make()).body
    const other = (await make({ title: 'Mai', firstDay: '2026-05-01', lastDay: '2026-05-31' })).body.id
    here.clock.set(Date.parse('2026-07-02T12:00:00Z'))
    await here.settle()
    who = auditor(id)
    const replayed = (at: string) =>
      `/api/periods/${id}/replay?${new URLSearchParams({ test: 'trained', subject: 'p1', at: String(Date.parse(at)) })}`
    const codes = async (...urls: string[]) =>
      Promise.all(urls.map(async (url) => (await call('GET', url)).body.code ?? 200))
    expect(
      await codes('/api/periods', '/api/policy', '/api/findings', '/api/exceptions', `/api/periods/${other}`),
    ).toEqual(Array(5).fill('not-allowed'))
    expect(await codes(replayed('2026-06-20'), replayed('2026-07-01T12:00:00Z'))).toEqual([
      200,
      'not-in-period',
    ])
    expect((await call('POST', `/api/periods/${id}/sign`, { digest: '' })).body.code).toBe('not-allowed')
  })

  test('is given the proofs of what was entered within the period, or is about it', async () => {
    const { id } = (await make()).body
    here.clock.set(Date.parse('2026-07-02T12:00:00Z'))
    const other = (await make({ title: 'Juli', firstDay: '2026-07-01', lastDay: '2026-07-02' })).body.id
    const about = { control: 'trained', deviation: null, text: 'Kurset er flyttet til høsten.' }
    await call('POST', `/api/periods/${id}/answers`, about)
    await here.ledger.settle(here.organisation)
    const size = (await here.ledger.state(here.organisation, 'internal')).size
    who = auditor(id)
    const proven: string[] = []
    for (let index = 0; index < size; index += 1) {
      const { body } = await call('GET', `/api/periods/${id}/log/entries/${index}/proof`)
      if (body.leaf === undefined) expect(body.code).toBe('not-in-period')
      else proven.push(JSON.parse(Buffer.from(body.leaf, 'base64').toString()).kind)
    }
    expect(proven).toContain('judged')
    expect(proven.filter((kind) => kind === 'period-made')).toHaveLength(1)
    expect(proven).toContain('period-answered')
    expect(proven.length).toBeLessThan(size)
    expect(other).not.toBe(id)
    const note = await app.inject(`/api/periods/${id}/log/checkpoint`)
    expect(note.body).toContain('/internal\n')
  })
})
