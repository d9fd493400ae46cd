import { hash } from 'node:crypto'
import { each, fails, obligation, told, within } from '@hevd/core'
import { digestOfFacts, namedServices, people, type Said } from '@hevd/facts'
import type { App, Principal } from '@hevd/http'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { administrator, appOf, reader } from '../testdata/app.ts'
import { catalogueOf, updated } from '../testdata/catalogue.ts'
import { type Ground, ground, said, type World, whole, world } from '../testdata/world.ts'
import type { PeriodDetail, RowView, SampleView } from './contract.ts'
import {
  expected,
  from,
  hosts,
  judgedAt,
  persons,
  reportsOf,
  type TrueHost,
  ticks,
  until,
} from './year.fixture.ts'

type Person = { readonly id: string; readonly startsOn: string }

/** A course within thirty days and then every half year; the name of a service stands for the day it was passed on. */
const learned = obligation('learned', {
  of: each(people, {
    title: { nb: 'Folk', en: 'People' },
    source: { nb: 'Registeret', en: 'The register' },
    reconciledWith: null,
    noneIsFine: true,
  }),
  due: ({ startsOn }) => within('P30D', startsOn).thenEvery('P6M', 'from-due'),
  dischargedBy: told(
    (person: Person) => namedServices.ownedBy(person.id),
    (service) => ({ at: service.name }),
  ),
  overdue: ({ on }) => fails('not-trained', { on }),
})

const ada = '00000000-0000-7000-8000-00000000000a'
const eve = '00000000-0000-7000-8000-00000000000e'

let on: Ground
let here: World
let app: App
let who: Principal = administrator(ada)
let period: string
let detail: PeriodDetail

beforeAll(async () => {
  on = await ground()
  here = await world(on, catalogueOf([updated, learned]), {
    administrators: async () => [ada, eve],
    config: { silentAfter: 'PT60H' },
  })
  app = await appOf(here, () => who)
  await live(here)
  here.clock.set(Date.parse('2029-01-02T12:00:00Z'))
  await here.settle()
  period = (
    await call('POST', '/api/periods', { title: '2028', firstDay: '2028-01-01', lastDay: '2028-12-31' })
  ).body.id
  detail = (await call('GET', `/api/periods/${period}`)).body
}, 300_000)
afterAll(() => on.end())

async function call(method: 'GET' | 'POST', url: string, payload?: object) {
  const answer = await app.inject({ method, url, ...(payload && { payload }) })
  return { status: answer.statusCode, body: answer.json() }
}
const table = async (name: string, test: string): Promise<RowView[]> => {
  const rows: RowView[] = []
  let cursor: string | null = null
  do {
    const query: URLSearchParams = new URLSearchParams({
      test,
      limit: '2',
      ...(cursor !== null && { cursor }),
    })
    const { body } = await call('GET', `/api/periods/${period}/tables/${name}?${query}`)
    rows.push(...body.items)
    cursor = body.next
  } while (cursor !== null)
  return rows
}

/** Lets the year happen: what is recorded when it is, agents that report, and judging that runs or does not. */
async function live(world: World): Promise<void> {
  const changes = [
    ...hosts.flatMap(({ id, role, declared, ended }) => [
      { at: declared, run: () => world.put(said.host(id, role)) },
      {
        at: ended,
        run: async () => {
          await world.remove(said.host(id, role))
          await world.inside((tx) => world.feeds.endHost(tx, world.organisation, id))
        },
      },
    ]),
    ...persons.flatMap(({ id, startsOn, joined, left, courses }) => [
      { at: joined, run: () => world.put(said.person(id, startsOn)) },
      { at: left, run: () => world.remove(said.person(id, startsOn)) },
      ...courses.map(({ passedOn, entered }, index) => ({
        at: entered,
        run: () =>
          world.put({ type: 'named-service', value: { id: `${id}-${index}`, name: passedOn, owner: id } }),
      })),
    ]),
    ...hosts.flatMap((host) => {
      const report = reporting(world, host)
      return reportsOf(host).map((at) => ({ at, run: () => report(at) }))
    }),
  ].filter(({ at }) => at < Date.parse('2029-01-02T00:00:00Z'))
  const moments = [...new Set([...ticks, ...changes.map(({ at }) => at)])].sort((a, b) => a - b)
  for (const at of moments.filter((moment) => moment < Date.parse('2029-01-02T00:00:00Z'))) {
    world.clock.set(at)
    for (const change of changes) if (change.at === at) await change.run()
    if (judgedAt(at)) await world.settle()
  }
}

function reporting({ feeds, organisation }: World, host: TrueHost): (at: number) => Promise<void> {
  let sequence = 0
  return async (at) => {
    sequence += 1
    const put: Said[] = host.updates
      .filter((update) => update.since <= at && at < update.until)
      .map(({ name, since }) => said.update(host.id, name, since))
    const digest = digestOfFacts(put.map((fact, index) => ({ ...fact, key: keyOf(host, index, at) })))
    const [answer] = await feeds.take(organisation, host.id, [
      {
        collector: 'all',
        title: { nb: 'Alt', en: 'All' },
        interval: 'PT24H',
        kind: 'full',
        sequence,
        put,
        gone: [],
        coverage: [whole('pending-update', host.id)],
        digest,
        observedAt: at,
      },
    ])
    expect(answer?.state).toBe('taken')
  }
}

function keyOf(host: TrueHost, index: number, at: number): string {
  const present = host.updates.filter((update) => update.since <= at && at < update.until)
  return `${host.id}/${present[index]?.name}`
}

describe('the report of a year, against a naive one', () => {
  test.each(['updated/in-time', 'learned'] as const)('%s: population and time', async (id) => {
    const truth = expected[id]
    const found = detail.report.controls.flatMap(({ tests }) => tests).find((one) => one.id === id)
    const sum = (of: (one: (typeof truth)[number]) => number) =>
      truth.reduce((total, one) => total + of(one), 0)
    expect(found?.population).toMatchObject({
      ever: truth.length,
      atStart: truth.filter(({ joined }) => joined === null).length,
      joined: truth.filter(({ joined }) => joined !== null).length,
      ended: truth.filter(({ ended }) => ended !== null).length,
      atEnd: truth.filter(({ ended }) => ended === null).length,
    })
    expect(found?.time).toEqual({
      holds: sum(({ holds }) => holds),
      fails: sum(({ fails }) => fails),
      unknown: sum(({ unknown }) => unknown),
    })
    const rows = await table('population', id)
    expect(
      rows.map(({ subject, joined, ended, holds, fails, unknown }) => ({
        subject,
        joined,
        ended,
        holds,
        fails,
        unknown,
      })),
    ).toEqual(truth.map(({ failing, ...row }) => row))
  })

  test.each(['updated/in-time', 'learned'] as const)('%s: deviations', async (id) => {
    const rows = await table('deviations', id)
    expect(rows.map(({ subject, from, until }) => [subject, from, until])).toEqual(
      expected[id].flatMap(({ subject, failing }) => failing.map((stretch) => [subject, ...stretch])),
    )
  })

  test('occurrences', async () => {
    const rows = await table('occurrences', 'learned')
    expect(rows.map(({ subject, due, state }) => [subject, due, (state as { code: string }).code])).toEqual(
      persons.flatMap(({ id, due }) => due.map(({ at, state }) => [id, at, state])),
    )
  })

  test('gaps in observation', async () => {
    const silences = await table('silences', 'updated/in-time')
    expect(silences.map(({ source }) => (source as { code: string }).code)).toEqual(['h2/all', 'h5/all'])
    expect(silences.map(({ until }) => until === null)).toEqual([false, true])
    const judging = await table('judging', 'updated/in-time')
    expect(judging).toMatchObject([{ until: Date.parse('2028-10-15T12:00:00Z') }])
    for (const { shares } of detail.report.controls) {
      const { holds, fails, unknown, excepted, unwatched } = shares
      expect(holds + fails + unknown + excepted + unwatched).toBe(until - from)
    }
  })
})

describe('a sample', () => {
  const draw = async (seed: string): Promise<SampleView> => {
    await call('POST', `/api/periods/${period}/samples`, { test: 'learned', seed, size: 3 })
    return (
      await call(
        'GET',
        `/api/periods/${period}/sample?${new URLSearchParams({ test: 'learned', seed, size: '3' })}`,
      )
    ).body
  }

  test('is drawn by the hash of seed and subject, from all there were', async () => {
    const rank = (subject: string) => hash('sha256', `frø 7|${subject}`)
    const order = persons.map(({ id }) => id).sort((a, b) => (rank(a) < rank(b) ? -1 : 1))
    const sample = await draw('frø 7')
    expect(sample.of).toBe(persons.length)
    expect(sample.subjects.map(({ id }) => id)).toEqual(order.slice(0, 3))
    expect((await draw('frø 8')).subjects).not.toEqual(sample.subjects)
  })

  test('comes with evidence that judges to the same again', async () => {
    const { subjects } = await draw('frø 7')
    const versions = subjects.flatMap(({ id, versions }) => versions.map(({ at }) => ({ id, at })))
    expect(versions.length).toBeGreaterThan(2)
    for (const { id, at } of versions) {
      const query = new URLSearchParams({ test: 'learned', subject: id, at: String(at) })
      expect((await call('GET', `/api/replay?${query}`)).body).toMatchObject({ same: true })
    }
  })
})

describe('answer and signing', () => {
  test('by two administrators; afterwards the report is frozen, and another one is told', async () => {
    const [deviation] = await table('deviations', 'learned')
    const { test: id, subject, from: since } = deviation ?? {}
    const body = {
      control: 'learned',
      deviation: { test: id, subject, from: since },
      text: 'Kurset var fullt i august.',
    }
    who = reader(eve)
    expect((await call('POST', `/api/periods/${period}/answers`, body)).status).toBe(403)
    who = administrator(ada)
    const wrong = { ...body, deviation: { ...body.deviation, subject: 'p4' } }
    expect((await call('POST', `/api/periods/${period}/answers`, wrong)).body.code).toBe('no-such-deviation')
    const before = (await call('GET', `/api/periods/${period}/computed`)).body
    expect((await call('POST', `/api/periods/${period}/answers`, body)).status).toBe(200)
    expect((await table('deviations', 'learned'))[0]?.answer).toBe(body.text)
    const { body: computed } = await call('GET', `/api/periods/${period}/computed`)
    expect(computed).toMatchObject({ same: null, differing: [] })
    expect(computed.digest).not.toBe(before.digest)

    expect((await call('POST', `/api/periods/${period}/sign`, computed)).body.code).toBe('own-answer')
    who = administrator(eve)
    expect((await call('POST', `/api/periods/${period}/sign`, before)).body.code).toBe('report-changed')
    expect((await call('POST', `/api/periods/${period}/sign`, computed)).status).toBe(200)
    expect(await here.entries('period-signed')).toMatchObject([
      { period, by: eve, single: false, digest: computed.digest },
    ])
    expect((await call('POST', `/api/periods/${period}/answers`, body)).body.code).toBe('period-signed')
    expect((await call('GET', `/api/periods/${period}`)).body.period).toMatchObject({ state: 'signed' })
    expect((await call('GET', `/api/periods/${period}/computed`)).body).toMatchObject({
      same: true,
      differing: [],
    })

    await here.inside((tx) =>
      sql`
        update posture.occurrence set state = 'met'
        where organisation = ${here.organisation} and test = 'learned' and subject = 'p2' and state = 'late'
      `.execute(tx),
    )
    const after = (await call('GET', `/api/periods/${period}/computed`)).body
    expect(after).toMatchObject({ same: false, differing: ['learned', 'occurrences'] })
    expect((await call('GET', `/api/periods/${period}`)).body.report).toEqual(detail.report)
  })
})
