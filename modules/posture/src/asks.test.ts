import type { Ask } from '@hevd/http'
import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { appOf, reader } from './testdata/app.ts'
import { catalogueOf, trained, updated } from './testdata/catalogue.ts'
import { day, type Ground, ground, said, type World, world } from './testdata/world.ts'

let on: Ground
let w: World
const [ada, eve] = ['3f2a1c34-0000-4000-8000-000000000001', '3f2a1c34-0000-4000-8000-000000000002']
let administrators: readonly string[]
beforeAll(async () => {
  on = await ground()
})
afterAll(() => on.end())
beforeEach(async () => {
  administrators = [ada, eve]
  w = await world(on, catalogueOf([updated, trained]), { administrators: async () => administrators })
})

const asks = () => w.inside((tx) => w.posture.asks(tx, w.organisation))
const admin = (id: string) => ({ kind: 'account', id, role: 'administrator' }) as const
const idsFor = (all: readonly Ask[], id: string) =>
  all.filter((ask) => ask.of(admin(id))).map((ask) => ask.id)

test('what holds asks nothing; what is not upheld is one thing, however much of it there is', async () => {
  await w.put(said.host('web-1'), said.host('web-2'))
  await w.report('web-1', ['pending-update'], [])
  await w.report('web-2', ['pending-update'], [])
  await w.settle()
  expect(await asks()).toEqual([])
  const old = w.clock.now() - 30 * day
  for (const host of ['web-1', 'web-2'])
    await w.report(host, ['pending-update'], [said.update(host, 'openssl', old)])
  await w.settle()
  expect(await asks()).toMatchObject([
    {
      id: 'control/updated',
      kind: 'control-fails',
      title: { nb: '«updated» er ikke overholdt', en: '“updated” is not upheld' },
      what: { nb: 'For sent: openssl' },
      deadline: null,
      to: '/controls/updated',
      urgent: true,
    },
  ])
})

describe('what falls due', () => {
  // Due ten days after the start, at midnight UTC.
  const start = async (...startsOn: string[]) => {
    await w.put(...startsOn.map((date, index) => said.person(`p${index}`, date)))
    await w.settle()
  }

  test('within a month, by day; what is due later is not asked yet', async () => {
    await start('2026-05-30', '2026-05-30', '2026-06-10', '2026-08-01')
    const due = (await asks()).filter(({ kind }) => kind === 'due')
    expect(due).toMatchObject([
      {
        id: 'due/trained/2026-06-09',
        title: { nb: '2 frister: trained' },
        deadline: Date.parse('2026-06-09'),
      },
      { id: 'due/trained/2026-06-20', title: { nb: 'Frist: trained' } },
    ])
  })

  test('once overdue it stands with the promise that it breaks, with the first deadline', async () => {
    await start('2026-05-30', '2026-05-31')
    w.clock.advance(14 * day)
    await w.settle()
    expect(await asks()).toMatchObject([{ id: 'control/trained', deadline: Date.parse('2026-06-09') }])
  })

  test('what is due at midnight is of the day before, by the clocks of the organisation', async () => {
    await start('2026-05-30')
    await w.inside((tx) =>
      sql`
        update posture.occurrence set due_at = '2026-06-09T22:00:00Z' where organisation = ${w.organisation}`.execute(
        tx,
      ),
    )
    expect((await asks()).map(({ id }) => id)).toEqual(['due/trained/2026-06-09'])
  })
})

describe('exceptions', () => {
  const ask = async (by: string, days: number) => {
    await w.put(said.host('web-1'))
    await w.report('web-1', ['pending-update'], [said.update('web-1', 'openssl', w.clock.now() - 30 * day)])
    await w.settle()
    const app = await appOf(w, () => admin(by))
    const until = w.clock.now() + days * day
    const body = { test: 'updated/in-time', subject: 'web-1', reason: 'Nytt system på vei.', until }
    const answer = await app.inject({ method: 'POST', url: '/api/exceptions', payload: body })
    const { id } = answer.json()
    const approve = (who: string) =>
      appOf(w, () => admin(who)).then((other) =>
        other.inject({ method: 'POST', url: `/api/exceptions/${id}/approve` }),
      )
    return { waits: `exception/${id}/waits`, ends: `exception/${id}/ends`, approve }
  }

  test('wait for another administrator; a single one for themselves', async () => {
    const { waits } = await ask(ada, 60)
    const all = await asks()
    expect(idsFor(all, ada)).not.toContain(waits)
    expect(idsFor(all, eve)).toContain(waits)
    const waiting = all.find(({ id }) => id === waits)
    expect(waiting?.of({ kind: 'account', id: eve, role: 'reader' })).toBe(false)
    expect(waiting?.title.nb).not.toContain('WEB-1')
    expect(waiting?.what.nb).toBe('WEB-1: Nytt system på vei.')
    administrators = [ada]
    expect(idsFor(await asks(), ada)).toContain(waits)
  })

  test('in force they ask nothing until their end is near', async () => {
    const { waits, ends, approve } = await ask(ada, 60)
    expect((await approve(eve)).statusCode).toBe(200)
    expect(idsFor(await asks(), eve)).not.toContain(waits)
    expect(idsFor(await asks(), eve)).not.toContain(ends)
    w.clock.advance(31 * day)
    const near = (await asks()).find(({ id }) => id === ends)
    expect(near?.of(admin(eve))).toBe(true)
    expect(near?.of({ kind: 'account', id: ada, role: 'reader' })).toBe(true)
    expect(near?.of(reader(eve) as Parameters<Ask['of']>[0])).toBe(false)
  })
})

test('what was said not to apply asks administrators to look again, a month before it counts again', async () => {
  const text = (await w.inside((tx) => w.posture.texts(tx, w.organisation))).get('updated')
  if (text === undefined) throw new Error('updated has no text')
  const reviewBy = w.clock.now() + 60 * day
  const { title, statement, how, parameters } = text
  await w.inside((tx) =>
    w.posture.amend(tx, w.organisation, {
      texts: new Map([
        [
          'updated',
          { title, statement, how, parameters, notApplicable: { reason: 'Ingen egne maskiner.', reviewBy } },
        ],
      ]),
      by: ada,
      single: false,
      from: { draft: 'd1' },
    }),
  )
  const id = 'applicability/updated'
  expect(idsFor(await asks(), ada)).not.toContain(id)
  w.clock.advance(31 * day)
  await w.settle()
  const near = (await asks()).find((ask) => ask.id === id)
  expect(near).toMatchObject({ deadline: reviewBy, what: { nb: 'Ingen egne maskiner.' }, urgent: false })
  expect(near?.of(admin(eve))).toBe(true)
  expect(near?.of({ kind: 'account', id: eve, role: 'reader' })).toBe(false)
})
