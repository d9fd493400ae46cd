import { expect, test } from 'vitest'
import type { Lookup, Unseen } from './fact.ts'
import { duration } from './parameters.ts'
import { each } from './population.ts'
import { removal } from './removal.ts'
import { within } from './schedule.ts'
import { type FactSource, run } from './test.ts'
import { Moment } from './time.ts'
import { fails, holds, unseen } from './verdict.ts'
import { endOf } from './when.ts'

type Leaver = { readonly id: string; readonly endsOn: string | null }
const zone = 'Europe/Oslo'
const hour = 3_600_000
const ends = endOf('2026-06-15', zone)
const look = (by: string, value: string): Lookup<string> => ({ type: 'thing', by, value, scope: '-' })
const population = each<Leaver>(
  {
    name: 'leaver',
    parse: () => {
      throw new Error('not stored')
    },
    key: ({ id }) => id,
    scope: () => '-',
    label: ({ id }) => id,
    lookups: {},
    everywhere: '-',
  },
  {
    title: { nb: 'De som slutter', en: 'Leavers' },
    source: { nb: 'Prøven', en: 'The test' },
    reconciledWith: null,
    noneIsFine: true,
  },
)

const returned = removal('returned/things', {
  of: population,
  parameters: { within: duration },
  reads: ({ id }) => ({ lent: look('lentTo', id) }),
  things: (_leaver, { lent }) => lent.facts.map(({ value }) => value),
  readsOf: (thing) => ({ outside: look('outside', thing) }),
  remains: (_thing, { outside }) => {
    const [missing] = outside.unseen
    return outside.facts.length > 0 ? true : missing === undefined ? false : unseen(missing)
  },
  due: ({ endsOn }, { within: time }) => (endsOn === null ? null : within(time, endsOn)),
  awaited: (dueAt, count) => holds('awaited', { by: dueAt, count }),
  overdue: ({ things, dueAt }) => fails('remains', { by: dueAt, things }),
})

type Given = {
  readonly lent: readonly string[]
  readonly outside?: readonly string[]
  readonly unseen?: { readonly [value: string]: Unseen }
  readonly before?: { readonly within: string; readonly until: number }
  readonly within?: string
}
const leaver: Leaver = { id: 'p1', endsOn: '2026-06-15' }

function judged(given: Given, at: number, subject = leaver) {
  const { lent, outside = [], unseen: hidden = {}, before } = given
  const source: FactSource = (lookups) =>
    lookups.map(({ by, value }) => {
      const values = by === 'lentTo' ? lent : outside.filter((one) => one === value)
      const missing = hidden[value]
      return {
        facts: values.map((one) => ({ value: one, feed: 'f', observedAt: 0, recordedAt: 0 })),
        unseen: missing === undefined ? [] : [missing],
      }
    })
  const moment = new Moment(at, zone)
  const inForce = {
    values: { within: given.within ?? 'PT24H' },
    before: before === undefined ? null : { values: { within: before.within }, until: before.until },
  }
  const { judged: said } = run(returned, subject, look('byKey', subject.id), source, inForce, moment)
  return { ...said, horizon: moment.horizon }
}

test('it is asked at the end of the last day and at the deadline, and at nothing else', () => {
  const given = { lent: ['key'], outside: ['key'] }
  expect(judged(given, ends - 1)).toMatchObject({ verdict: 'holds', horizon: ends })
  expect(judged(given, ends)).toMatchObject({ verdict: 'holds', horizon: ends + 24 * hour })
  expect(judged(given, ends + 24 * hour)).toMatchObject({
    verdict: 'fails',
    why: { params: { things: ['key'], by: ends + 24 * hour } },
    horizon: null,
  })
})

test('one that is back leaves the others', () => {
  const late = judged({ lent: ['key', 'phone', 'key'], outside: ['phone'] }, ends + 24 * hour)
  expect(late).toMatchObject({ verdict: 'fails', why: { params: { things: ['phone'] } } })
})

test('what is said of one that its source was lost for counts neither way, and a right that lacks does', () => {
  const silent: Unseen = { code: 'silent', feed: 'f', since: 0 }
  const unread: Unseen = { code: 'needs-right', feed: 'f', right: 'root' }
  const of = (missing: Unseen) => ({ lent: ['key'], outside: ['key'], unseen: { key: missing } })
  expect(judged(of(silent), ends + 24 * hour)).toMatchObject({
    verdict: 'unknown',
    occurrences: [{ state: 'not-observed' }],
  })
  expect(judged(of(unread), ends + 24 * hour)).toMatchObject({ verdict: 'fails' })
  const other = { lent: ['key', 'phone'], outside: ['phone'], unseen: { key: silent } }
  expect(judged(other, ends + 24 * hour)).toMatchObject({ verdict: 'fails' })
})

test('a list of what belongs to somebody that was not seen whole is no proof that nothing remains', () => {
  const never: Unseen = { code: 'never-connected', type: 'thing' }
  expect(judged({ lent: [], unseen: { p1: never } }, ends + 24 * hour)).toMatchObject({ verdict: 'unknown' })
  expect(judged({ lent: [] }, ends + 24 * hour)).toMatchObject({ verdict: 'holds' })
})

test.each<[string, string, string, number, number]>([
  ['shortened after it had begun: what was set stays', 'PT24H', 'PT1H', ends, 24],
  ['shortened before the last day: the policy as it is', 'PT24H', 'PT1H', ends - 48 * hour, 1],
  ['lengthened: counts at once', 'PT24H', 'PT72H', ends, 72],
  ['lengthened after it had passed: too late', 'PT24H', 'PT72H', ends + 25 * hour, 24],
])('a deadline that the policy changes: %s', (_name, old, now, changed, expected) => {
  const given = { lent: ['key'], outside: ['key'], within: now, before: { within: old, until: changed } }
  expect(judged(given, ends)).toMatchObject({ occurrences: [{ dueAt: ends + expected * hour }] })
})

test('who owes nothing is not spoken of', () => {
  expect(judged({ lent: ['key'] }, ends, { ...leaver, endsOn: null })).toMatchObject({ verdict: 'outside' })
})
