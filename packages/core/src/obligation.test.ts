import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { day, type Given, noonOf, on, start, zone } from './obligation.fixture.ts'
import { type NaiveCase, naive } from './obligation-naive.fixture.ts'
import { due, within } from './schedule.ts'
import { endOf } from './when.ts'

const hour = 3_600_000
const yearly: Given = {
  due: ({ startsOn }) => within('P30D', startsOn).thenEvery('P1Y', 'from-due'),
}
const states = (result: ReturnType<typeof on>) =>
  result.verdict === 'outside' ? [] : (result.occurrences ?? []).map(({ state }) => state)

const days = (from: number, to: number) => fc.integer({ min: from, max: to })
const cases: fc.Arbitrary<NaiveCase> = fc.record({
  mode: fc.constantFrom('once', 'from-due', 'from-completion'),
  within: days(0, 6),
  every: days(3, 9),
  grace: days(0, 2),
  validity: fc.option(days(1, 12)),
  records: fc.uniqueArray(days(-12, 40), { maxLength: 8 }),
  pauses: fc.array(
    fc
      .record({ from: days(-5, 35), length: days(0, 6) })
      .map(({ from, length }) => ({ from, until: from + length })),
    { maxLength: 3 },
  ),
})

function given({ mode, within: first, every, grace, validity, records, pauses }: NaiveCase): Given {
  const once = ({ startsOn }: { startsOn: string | number }) => within(`P${first}D`, startsOn)
  return {
    due: (person) => (mode === 'once' ? once(person) : once(person).thenEvery(`P${every}D`, mode)),
    grace: `P${grace}D`,
    ...(validity === null || mode === 'from-due' ? {} : { validity: `P${validity}D` }),
    records: records.map((at) => ({ at: day(at) })),
    pauses: pauses.map(({ from, until }) => ({ from: day(from), until: day(until) })),
  }
}

test('agrees with somebody who walks through the days with a wall calendar', () => {
  fc.assert(
    fc.property(cases, days(0, 45), (drawn, today) => {
      const expected = naive(drawn, today)
      const result = on(today, given(drawn))
      expect(result.verdict).toBe(expected.fails ? 'fails' : 'holds')
      if (result.verdict === 'outside') return
      const found = (result.occurrences ?? []).map(({ dueAt, state }) => [dueAt, state])
      expect(found).toEqual(expected.occurrences.map(([at, state]) => [endOf(day(at), zone), state]))
    }),
    { numRuns: 1500 },
  )
})

test('time alone changes nothing before the horizon, and something is asked at it', () => {
  fc.assert(
    fc.property(cases, days(0, 40), (drawn, today) => {
      const { horizon, ...now } = on(today, given(drawn))
      for (let later = today + 1; later < 45 && (horizon === null || noonOf(later) < horizon); later++) {
        const { horizon: _, ...then } = on(later, given(drawn))
        expect(then).toEqual(now)
      }
    }),
    { numRuns: 300 },
  )
})

test('what could not be seen never makes a failure, nor turns one into holding', () => {
  fc.assert(
    fc.property(cases, days(0, 45), fc.nat(8), (drawn, today, hidden) => {
      const whole = on(today, given(drawn))
      const known = drawn.records.filter((_, index) => index !== hidden)
      const partly = on(today, { ...given({ ...drawn, records: known }), unseen: ['dischargedBy'] })
      expect(partly.verdict).not.toBe('fails')
      if (whole.verdict === 'fails') {
        const blind = on(today, { ...given(drawn), unseen: ['dischargedBy'] })
        expect(blind.verdict).toBe('unknown')
        expect(states(blind)).not.toContain('overdue')
      }
    }),
    { numRuns: 500 },
  )
})

describe('a date and a moment', () => {
  test('what is due on a date is due until that date ends in the organisation’s zone', () => {
    const contract: Given = { due: ({ startsOn }) => due(startsOn) }
    const midnight = endOf(start, zone)
    expect(new Date(midnight).toISOString()).toBe('2026-03-20T23:00:00.000Z')
    expect(on(0, contract)).toMatchObject({ verdict: 'holds', horizon: midnight })
    expect(on(1, contract)).toMatchObject({
      verdict: 'fails',
      why: { code: 'overdue', params: { on: start } },
    })
  })

  test('hours count from a moment, and from the end of a date', () => {
    const quick = (startsOn: string | number): Given => ({
      due: (person) => within('PT2H', person.startsOn),
      person: { id: 'p1', startsOn },
    })
    expect(on(0, quick(noonOf(0))).horizon).toBe(noonOf(0) + 2 * hour)
    expect(on(0, quick(start)).horizon).toBe(endOf(start, zone) + 2 * hour)
  })

  test('a record on the due date is in time, a record with the moment after it is late', () => {
    const made = (at: string | number) =>
      states(on(3, { due: ({ startsOn }) => due(startsOn), records: [{ at }] }))
    expect(made(start)).toEqual(['met'])
    expect(made(endOf(start, zone) - 1)).toEqual(['met'])
    expect(made(endOf(start, zone))).toEqual(['late'])
  })

  test('a record that lies in the future is not counted, and is looked at again when it comes', () => {
    const ahead: Given = { due: ({ startsOn }) => due(startsOn), records: [{ at: day(9) }] }
    expect(on(3, ahead)).toMatchObject({ verdict: 'fails', horizon: endOf(day(8), zone) })
    expect(on(9, ahead)).toMatchObject({ verdict: 'holds', occurrences: [{ state: 'late' }] })
  })
})

describe('again and again', () => {
  test('from the due moment a month’s end does not wander', () => {
    const monthly: Given = {
      due: () => due('2026-01-31').thenEvery('P1M', 'from-due'),
      records: ['2026-01-31', '2026-02-28', '2026-03-31', '2026-04-30'].map((at) => ({ at })),
    }
    expect(on(60, monthly)).toMatchObject({
      occurrences: ['2026-01-31', '2026-02-28', '2026-03-31', '2026-04-30', '2026-05-31'].map((date) => ({
        dueAt: endOf(date, zone),
      })),
    })
  })

  test('one late in its period needs the next in its own', () => {
    const late: Given = { ...yearly, records: [{ at: day(300) }] }
    expect(states(on(301, late))).toEqual(['late', 'open'])
    expect(on(30 + 366, late)).toMatchObject({ verdict: 'fails', why: { params: { on: day(30 + 365) } } })
    expect(states(on(30 + 365 + 366 + 1, late))).toEqual(['late', 'missed', 'overdue'])
  })

  test('old training does not count for somebody who starts, training of this year does', () => {
    expect(on(31, { ...yearly, records: [{ at: day(-400) }] }).verdict).toBe('fails')
    expect(on(31, { ...yearly, records: [{ at: day(-100) }] }).verdict).toBe('holds')
  })

  test('a repetition that takes no time is refused', () => {
    expect(() => within('P1D', start).thenEvery('PT0S', 'from-due')).toThrow(RangeError)
  })
})

describe('validity', () => {
  test('an expired record discharges no longer, and renewing in time meets its end', () => {
    const agreed: Given = {
      due: ({ startsOn }) => due(startsOn),
      records: [{ at: start, validUntil: day(10) }],
    }
    expect(on(10, agreed)).toMatchObject({ verdict: 'holds', horizon: endOf(day(10), zone) })
    expect(on(11, agreed)).toMatchObject({
      verdict: 'fails',
      why: { code: 'expired', params: { on: day(10) } },
    })
    const renewed = { ...agreed, records: [...(agreed.records ?? []), { at: day(9) }] }
    expect(on(11, renewed)).toMatchObject({ verdict: 'holds' })
    expect(states(on(11, renewed))).toEqual(['met', 'met'])
  })

  test('a renewal within a period counts for the period too', () => {
    const certified: Given = {
      due: ({ startsOn }) => due(startsOn).thenEvery('P1Y', 'from-due'),
      records: [{ at: start, validUntil: day(100) }, { at: day(90) }],
    }
    expect(states(on(366, certified))).toEqual(['met', 'met', 'met', 'open'])
  })

  test('a record that was never valid is none', () => {
    const void_: Given = {
      due: ({ startsOn }) => due(startsOn),
      records: [{ at: start, validUntil: day(-1) }],
    }
    expect(on(1, void_).verdict).toBe('fails')
  })
})

describe('leave and exemption', () => {
  test('the clock stops while somebody is away, and stands still while the end is not known', () => {
    const away = (until: string | null): Given => ({ ...yearly, pauses: [{ from: day(10), until }] })
    expect(on(31, away(day(19))).verdict).toBe('holds')
    expect(on(40, away(day(19))).verdict).toBe('holds')
    expect(on(41, away(day(19)))).toMatchObject({ verdict: 'fails', why: { params: { on: day(40) } } })
    expect(on(400, away(null))).toMatchObject({ verdict: 'holds', occurrences: [] })
  })

  test('two leaves at once stop the clock once', () => {
    const twice = { ...yearly, pauses: [0, 1].map(() => ({ from: day(10), until: day(19) })) }
    expect(on(41, twice).verdict).toBe('fails')
  })

  test('who is exempt holds and says why; afterwards it is due', () => {
    const exempt: Given = {
      due: ({ startsOn }) => due(startsOn),
      exemptions: [{ from: day(-5), until: day(5), why: 'abroad' }],
    }
    expect(on(3, exempt)).toMatchObject({
      verdict: 'holds',
      why: { code: 'abroad' },
      occurrences: [{ state: 'open' }],
    })
    expect(on(6, exempt).verdict).toBe('fails')
    const everlasting = { ...yearly, exemptions: [{ from: day(0), until: null, why: 'abroad' }] }
    expect(on(900, everlasting)).toMatchObject({ verdict: 'holds', occurrences: [] })
  })

  test('an exemption that could not be looked up leaves what would fail unknown', () => {
    expect(on(31, { ...yearly, unseen: ['exemptWhen'] })).toMatchObject({
      verdict: 'unknown',
      occurrences: [{ state: 'not-observed' }],
    })
  })
})

describe('a deadline that the policy changes', () => {
  const changed = (old: string, now: string, on: number, retroactive: boolean): Given => ({
    due: ({ startsOn }, parameters) => within(parameters.trainWithin ?? '', startsOn),
    parameters: { trainWithin: now },
    before: { values: { trainWithin: old }, until: noonOf(on) },
    retroactive,
  })
  const dueOn = (given: Given) => {
    const result = on(1, given)
    return result.verdict === 'outside' ? null : result.occurrences?.[0]?.dueAt
  }
  test.each<[string, Given, number]>([
    ['shortened: what was set stays', changed('P30D', 'P10D', 5, false), endOf(day(30), zone)],
    ['shortened, retroactively', changed('P30D', 'P10D', 5, true), endOf(day(10), zone)],
    ['never from before the change', changed('P30D', 'P10D', 20, true), noonOf(20)],
    ['lengthened: counts at once', changed('P10D', 'P30D', 5, false), endOf(day(30), zone)],
    ['lengthened after it had passed: too late', changed('P10D', 'P30D', 20, false), endOf(day(10), zone)],
    ['set after the change', changed('P30D', 'P10D', -5, false), endOf(day(10), zone)],
  ])('%s', (_name, given, expected) => {
    expect(dueOn(given)).toBe(expected)
  })
})

test('who owes nothing is not spoken of', () => {
  expect(on(0, { due: () => null }).verdict).toBe('outside')
})
