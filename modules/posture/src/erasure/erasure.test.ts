import type { App, Principal } from '@hevd/http'
import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { administrator, appOf } from '../testdata/app.ts'
import { catalogueOf, owned, trained } from '../testdata/catalogue.ts'
import { day, type Ground, ground, said, type World, world } from '../testdata/world.ts'

const ada = '00000000-0000-7000-8000-00000000000a'
const erasure = '00000000-0000-7000-8000-0000000000e1'
const erased = { person: 'p1', names: ['Person p1'], accounts: [] }

let on: Ground
let here: World
let app: App
const who: Principal = administrator(ada)

beforeAll(async () => {
  on = await ground()
})
afterAll(() => on.end())
beforeEach(async () => {
  here = await world(on, catalogueOf([owned, trained]), {
    administrators: async () => [ada],
    config: { silentAfter: 'PT4000H' },
  })
  app = await appOf(here, () => who)
  await here.put(said.person('p1', '2026-05-28'), said.person('p2', '2026-05-28'))
  await here.settle()
})

const call = async (method: 'GET' | 'POST', url: string, payload?: object) =>
  (await app.inject({ method, url, ...(payload && { payload }) })).json()
const erase = () =>
  here.inside((tx) =>
    here.posture.erase(tx, here.organisation, { id: erasure, since: here.clock.now() }, erased),
  )
const rowsOf = (table: string) =>
  here.inside(async (tx) => {
    const { rows } = await sql<{ subject: string; state: string; due_at: number }>`
      select * from ${sql.table(`posture.${table}`)} order by 1, 2, 3, 4`.execute(tx)
    return rows
  })
const subjects = async (table: string) => (await rowsOf(table)).map(({ subject }) => subject)
const june = { title: 'Juni', firstDay: '2026-06-01', lastDay: '2026-06-30' }
const totals = async (id: string) => {
  const { report } = await call('GET', `/api/periods/${id}`)
  return report.controls.flatMap(({ tests }: { tests: object[] }) => tests)
}

test('what the registers no longer say is judged before the history is gone over', async () => {
  await here.remove(said.person('p1'))
  expect(await erase()).toBe('again')
  expect(await erase()).toBe('again')
  await here.settle()
  expect(await erase()).toBe('done')
  expect(await subjects('past_finding')).not.toContain('p1')
  expect(await subjects('occurrence')).not.toContain('p1')
  expect(await subjects('occurrence')).toContain('p2')
  expect((await call('GET', '/api/findings?q=p1')).total).toBe(0)
})

test('in an open period a person keeps one random name and the period adds up; signed, nothing joins the rows', async () => {
  const { id } = await call('POST', '/api/periods', june)
  here.clock.advance(20 * day)
  await here.settle()
  await here.remove(said.person('p1'))
  await here.settle()
  const before = await totals(id)
  const occurrences = (await rowsOf('occurrence')).map(({ state, due_at }) => [state, due_at])
  expect(occurrences.length).toBeGreaterThan(1)
  expect(await erase()).toBe('done')
  expect(await totals(id)).toEqual(before)
  const named = new Set([...(await subjects('past_finding')), ...(await subjects('occurrence'))])
  named.delete('p2')
  expect([...named]).toEqual([expect.stringMatching(/^erased\/[0-9a-f-]{36}$/)])
  const [pseudonym = ''] = named

  here.clock.set(Date.parse('2026-07-02T12:00:00Z'))
  await here.settle()
  const { digest } = await call('GET', `/api/periods/${id}/computed`)
  await call('POST', `/api/periods/${id}/sign`, { digest })
  await here.inside((tx) => here.posture.forgetPseudonyms(tx, here.organisation))
  const after = [...(await subjects('past_finding')), ...(await subjects('occurrence'))]
  expect(after).not.toContain(pseudonym)
  const alone = after.filter((subject) => subject.startsWith('erased/'))
  const past = (await subjects('past_finding')).filter((subject) => subject.startsWith('erased/'))
  expect(new Set(alone).size).toBe(new Set(past).size + (alone.length - past.length))
  expect((await rowsOf('occurrence')).map(({ state, due_at }) => [state, due_at])).toEqual(
    expect.arrayContaining(occurrences),
  )
  expect((await call('GET', `/api/periods/${id}/computed`)).same).toBe(false)
  expect((await call('GET', `/api/periods/${id}`)).period.signing.digest).toBe(digest)
})

test('another person’s finding loses what it read of the erased one, and a replay says why', async () => {
  await here.put(said.owner('h1/x', 'p1'))
  await here.report('h1', ['account'], [said.account('h1', 'x')])
  await here.settle()
  const at = here.clock.now()
  const path = `/api/replay?test=owned/by-a-person&subject=h1/x&at=${at}`
  expect(await call('GET', path)).toMatchObject({ same: true })
  here.clock.advance(1000)
  await here.remove(said.person('p1'), said.owner('h1/x', 'p1'))
  await here.settle()
  expect(await erase()).toBe('done')
  expect(await call('GET', path)).toMatchObject({ code: 'inputs-erased' })
})
