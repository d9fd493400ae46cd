import { schemaFaults } from '@hevd/postgres'
import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { catalogueOf, owned, puzzled, trained, updated } from './testdata/catalogue.ts'
import { day, type Ground, ground, hour, said, type World, whole, world } from './testdata/world.ts'

let on: Ground
let here: World
const updates = 'pending-update'

beforeAll(async () => {
  on = await ground()
})
afterAll(() => on.end())
beforeEach(async () => {
  here = await world(on, catalogueOf([updated, owned, trained]))
})

const control = async (id: string) =>
  (await here.posture.controls(here.organisation)).find((one) => one.control === id)
const verdict = async (of: string, subject: string) => (await here.finding(of, subject))?.verdict
const past = (subject: string) =>
  here.inside(async (tx) => {
    const { rows } = await sql<{ verdict: string; ended: string | null }>`
      select verdict, ended from posture.past_finding
      where organisation = ${here.organisation} and subject = ${subject} order by until_at, from_at`.execute(
      tx,
    )
    return rows.map((row) => row.ended ?? row.verdict)
  })

test('the schema keeps organisations apart', async () => {
  expect(await schemaFaults(on.ownerUrl)).toEqual([])
})

describe('a changed fact', () => {
  test('is judged, and only what read it', async () => {
    await here.put(said.host('h1'), said.host('h2'))
    await here.report('h1', [updates], [])
    await here.report('h2', [updates], [])
    await here.settle()
    expect(await verdict('updated/in-time', 'h1')).toBe('holds')
    await here.report('h1', [updates], [said.update('h1', 'openssl', here.clock.now() - 20 * day)])
    expect(await here.settle()).toBe(1)
    expect(await here.finding('updated/in-time', 'h1')).toMatchObject({
      verdict: 'fails',
      why: '{"code":"late","params":{"packages":["openssl"]}}',
    })
    expect(await verdict('updated/in-time', 'h2')).toBe('holds')
    expect(await past('h1')).toEqual(['holds'])
  })

  test('a look-up that gave nothing wakes its judgement when there is something', async () => {
    await here.report('h1', ['account'], [said.account('h1', 'kari')])
    await here.settle()
    expect(await verdict('owned/by-a-person', 'h1/kari')).toBe('fails')
    await here.put(said.owner('h1/kari', 'p1'))
    await here.settle()
    expect((await here.finding('owned/by-a-person', 'h1/kari'))?.why).toContain('owner-unknown')
    await here.put(said.person('p1'))
    await here.settle()
    expect(await verdict('owned/by-a-person', 'h1/kari')).toBe('holds')
  })

  test('a heartbeat judges nothing', async () => {
    await here.put(said.host('h1'))
    await here.report('h1', [updates], [])
    await here.settle()
    await here.report('h1', [updates], [])
    expect(await here.settle()).toBe(0)
  })

  test('what is outside is woken too, and ends and begins its finding', async () => {
    await here.put(said.host('h1', 'other'))
    await here.report('h1', [updates], [])
    await here.settle()
    expect(await verdict('updated/in-time', 'h1')).toBeUndefined()
    await here.put(said.host('h1'))
    await here.settle()
    expect(await verdict('updated/in-time', 'h1')).toBe('holds')
    await here.put(said.host('h1', 'other'))
    await here.settle()
    expect(await verdict('updated/in-time', 'h1')).toBeUndefined()
    expect(await past('h1')).toEqual(['outside'])
  })

  test('a subject that is gone ends by a record', async () => {
    await here.put(said.host('h1'))
    await here.report('h1', [updates], [])
    await here.settle()
    await here.remove(said.host('h1'))
    await here.settle()
    expect(await verdict('updated/in-time', 'h1')).toBeUndefined()
    expect(await past('h1')).toEqual(['gone'])
    expect((await control('updated'))?.counts).toEqual({ holds: 0, fails: 0, unknown: 0, excepted: 0 })
  })

  test('a judge that breaks is unknown, never green', async () => {
    await here.report('h1', ['account'], [said.account('h1', 'boom'), said.account('h1', 'nobody')])
    await here.settle()
    expect((await here.finding('owned/by-a-person', 'h1/boom'))?.why).toContain('judge-broke')
    expect(await verdict('owned/by-a-person', 'h1/nobody')).toBeUndefined()
    expect(await control('owned')).toMatchObject({ state: 'unknown', why: { code: 'judge-broke' } })
  })
})

describe('time', () => {
  test('what falls due flips at its moment, with and without a worker, and only then', async () => {
    await here.put(said.host('h1'))
    const seen = here.clock.now()
    await here.report('h1', [updates], [said.update('h1', 'openssl', seen)])
    await here.settle()
    const due = (await here.finding('updated/in-time', 'h1'))?.until ?? 0
    expect(due - seen).toBe(14 * day)
    here.clock.set(due - 1)
    await here.report('h1', [updates], [said.update('h1', 'openssl', seen)])
    await here.settle()
    expect(await control('updated')).toMatchObject({ state: 'holds' })
    here.clock.set(due)
    expect(await control('updated')).toMatchObject({
      state: 'fails',
      since: due,
      counts: { fails: 1, holds: 0 },
    })
    expect(await verdict('updated/in-time', 'h1')).toBe('holds')
    await here.settle()
    expect(await here.finding('updated/in-time', 'h1')).toMatchObject({
      verdict: 'fails',
      since: due,
      until: null,
    })
    expect(await past('h1')).toEqual(['holds'])
    expect(await control('updated')).toMatchObject({ state: 'fails', since: due })
  })

  test('an occurrence stays late although its record came, and a flip asks for it again', async () => {
    await here.put(said.person('p1'))
    await here.settle()
    const occurrences = () =>
      here.inside(async (tx) => {
        const { rows } = await sql<{ state: string }>`
          select state from posture.occurrence where organisation = ${here.organisation}`.execute(tx)
        return rows.map(({ state }) => state)
      })
    expect(await occurrences()).toEqual(['open'])
    here.clock.advance(20 * day)
    await here.settle()
    expect(await verdict('trained', 'p1')).toBe('fails')
    expect(await occurrences()).toEqual(['overdue'])
    await here.put(said.service('s1', 'p1'))
    await here.settle()
    expect(await verdict('trained', 'p1')).toBe('holds')
    expect(await occurrences()).toEqual(['late'])
  })

  test('an open occurrence whose moment moved is withdrawn, and one that is no longer open never is', async () => {
    await here.put(said.person('p1', '2026-05-30'))
    await here.settle()
    const due = () =>
      here.inside(async (tx) => {
        const { rows } = await sql<{ due_at: number }>`
          select due_at from posture.occurrence where organisation = ${here.organisation} order by due_at`.execute(
          tx,
        )
        return rows.map(({ due_at }) => due_at)
      })
    const [first = 0, ...others] = await due()
    expect(others).toEqual([])
    await here.put(said.person('p1', '2026-05-31'))
    await here.settle()
    expect(await due()).toEqual([first + day])
    here.clock.advance(20 * day)
    await here.settle()
    await here.put(said.person('p1', '2026-06-19'))
    await here.settle()
    expect(await due()).toHaveLength(2)
  })

  test('one who leaves is outside from that day on', async () => {
    await here.put(said.person('p1', '2026-05-30', '2026-06-05'))
    await here.settle()
    expect(await verdict('trained', 'p1')).toBe('holds')
    here.clock.advance(7 * day)
    await here.settle()
    expect(await verdict('trained', 'p1')).toBeUndefined()
    expect(await past('p1')).toEqual(['outside'])
  })
})

describe('silence', () => {
  beforeEach(async () => {
    await here.put(said.host('h1'), said.host('h2'))
    await here.report('h1', [updates], [])
    await here.report('h2', [updates], [said.update('h2', 'openssl', here.clock.now() - 20 * day)])
    await here.settle()
  })

  test('turns what holds into unknown without a write, and leaves a failure with its last sight', async () => {
    const heard = here.clock.now()
    here.clock.advance(hour)
    await here.settle()
    expect(await verdict('updated/in-time', 'h1')).toBe('holds')
    expect(await control('updated')).toMatchObject({
      state: 'fails',
      counts: { fails: 1, unknown: 1, holds: 0 },
    })
    await here.report('h2', [updates], [said.update('h2', 'openssl', heard - 20 * day)])
    await here.settle()
    expect(await control('updated')).toMatchObject({ state: 'fails', counts: { fails: 1, unknown: 1 } })
  })

  test('does not reset since when it fails, and only a seen holds does', async () => {
    const failing = (await here.finding('updated/in-time', 'h2'))?.failing_since
    here.clock.advance(hour)
    await here.put(said.host('h2'))
    await here.settle()
    expect(await here.finding('updated/in-time', 'h2')).toMatchObject({
      verdict: 'fails',
      failing_since: failing,
    })
    await here.report('h2', [updates], [], [{ ...whole(updates, 'h2'), state: 'failed', detail: 'x' }])
    await here.settle()
    expect(await here.finding('updated/in-time', 'h2')).toMatchObject({
      verdict: 'fails',
      failing_since: failing,
    })
    await here.report('h2', [updates], [])
    await here.settle()
    expect(await here.finding('updated/in-time', 'h2')).toMatchObject({
      verdict: 'holds',
      failing_since: null,
    })
  })

  test('a judgement made in silence is made again on return', async () => {
    here.clock.advance(hour)
    await here.put(said.host('h3'))
    await here.report('h3', [updates], [])
    await here.put({ ...said.host('h1'), value: { ...Object(said.host('h1').value), name: 'other' } })
    await here.settle()
    expect((await here.finding('updated/in-time', 'h1'))?.why).toContain('unseen-silent')
    await here.report('h1', [updates], [])
    await here.settle()
    expect(await verdict('updated/in-time', 'h1')).toBe('holds')
  })

  test('of one feed does not hide a failure that another saw', async () => {
    await here.report(
      'h1',
      ['account'],
      [said.account('h1', 'kari')],
      [whole(updates, 'h1'), whole('account', 'h1')],
    )
    await here.report('h2', ['account'], [said.account('h2', 'ola')], [whole('account', 'h2')])
    await here.settle()
    expect(await control('owned')).toMatchObject({ state: 'fails', counts: { fails: 2 } })
    here.clock.advance(hour)
    await here.settle()
    expect(await control('owned')).toMatchObject({ state: 'fails', counts: { fails: 2, unknown: 0 } })
  })

  test('a dead worker leaves no green standing, and says so', async () => {
    await here.put(said.person('p1', '2026-05-30'))
    await here.settle()
    expect(await control('trained')).toMatchObject({ state: 'holds' })
    here.clock.advance(hour)
    expect(await control('trained')).toMatchObject({ state: 'unknown', counts: { holds: 0, unknown: 1 } })
    await here.settle()
    expect(await control('trained')).toMatchObject({ state: 'holds' })
  })
})

describe('roll-up', () => {
  test('an empty population is unknown, and fine only where the policy says so', async () => {
    await here.settle()
    expect(await control('updated')).toMatchObject({ state: 'unknown', why: { code: 'population-empty' } })
    expect(await control('trained')).toMatchObject({ state: 'holds' })
    expect(await control('unproven')).toMatchObject({ state: 'unknown', why: { code: 'not-yet-proven' } })
  })

  test('a list that nobody has looked at is not empty', async () => {
    await here.settle()
    expect(await control('owned')).toMatchObject({
      state: 'unknown',
      why: { code: 'unseen-never-connected' },
    })
  })

  test('one list that was not seen whole: what was seen to fail fails, the rest does not hold', async () => {
    await here.put(said.person('p1'), said.owner('h1/kari', 'p1'))
    await here.report('h1', ['account'], [said.account('h1', 'kari')])
    await here.settle()
    expect(await control('owned')).toMatchObject({ state: 'holds' })
    const gap = [{ ...whole('account', 'h2'), state: 'needs-right' as const, detail: 'root' }]
    await here.report('h2', ['account'], [], gap)
    await here.settle()
    expect(await control('owned')).toMatchObject({ state: 'unknown', why: { code: 'unseen-needs-right' } })
  })

  test('a promise that is tested in part is unknown when all its tests hold, and fails when one does', async () => {
    const lacks = { nb: 'Ingen ser på resten.', en: 'Nobody looks at the rest.' }
    here = await world(on, catalogueOf([updated], 'a'.repeat(64), lacks))
    await here.put(said.host('h1'))
    await here.report('h1', [updates], [])
    await here.settle()
    expect(await control('updated')).toMatchObject({ state: 'unknown' })
    await here.report('h1', [updates], [said.update('h1', 'openssl', here.clock.now() - 20 * day)])
    await here.settle()
    expect(await control('updated')).toMatchObject({ state: 'fails' })
  })

  test('the counts that are kept are those of the findings', async () => {
    await here.put(said.host('h1'), said.host('h2'), said.person('p1'), said.person('p2'))
    await here.report('h1', [updates, 'account'], [said.account('h1', 'kari'), said.account('h1', 'ola')])
    await here.settle()
    here.clock.advance(15 * day)
    await here.put(said.service('s1', 'p2'))
    await here.settle()
    const rows = await here.inside(
      async (tx) =>
        (
          await sql`
            select test, verdict, sum(count)::bigint as count from (
              select test, verdict, count from posture.tally where organisation = ${here.organisation}
              union all select test, verdict, -1 from posture.finding where organisation = ${here.organisation}) t
            group by 1, 2 having sum(count) <> 0`.execute(tx)
        ).rows,
    )
    expect(rows).toEqual([])
  })
})

test('one leaf per batch is in the internal log, over what changed alone', async () => {
  here = await world(on, catalogueOf([puzzled]))
  await here.put(said.host('h1'), said.host('h2'))
  await here.settle()
  await here.put(said.host('h1'))
  await here.settle()
  expect(await here.entries('judged')).toMatchObject([
    { changed: 2, root: expect.stringMatching(/^[0-9a-f]{64}$/) },
  ])
})
