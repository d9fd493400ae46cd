import fc from 'fast-check'
import { describe, expect, expectTypeOf, test } from 'vitest'
import { advance, replay } from './advance.ts'
import { type Case, type CaseEvent, openSteps } from './case.ts'
import { choice, duration, text } from './parameters.ts'
import { type Device, did, disposal, empty, hour, opened, whole, zone } from './procedure.fixture.ts'
import { procedure } from './procedure.ts'
import { procedureReasons } from './procedure-reasons.ts'
import { type EvidenceOf, either, otherThan, type Step, step } from './step.ts'
import { judge } from './test.ts'
import { Moment } from './time.ts'
import { toldBySubject } from './told.ts'

const after = (count: number): Case => ({ opened, events: whole.slice(0, count) })
const refusal = (current: Case, event: CaseEvent) => {
  const result = advance(disposal, current, event, zone)
  return result.outcome === 'refused' ? result.why.code : null
}

test('the whole way is accepted, step by step, and ends the case', () => {
  let current = empty
  for (const event of whole) {
    const result = advance(disposal, current, event, zone)
    expect(result.outcome).toBe('accepted')
    if (result.outcome === 'accepted') current = result.case
  }
  expect(replay(disposal, current, zone)).toMatchObject({ standing: { state: 'finished' }, refused: [] })
})

describe('what is refused, and why', () => {
  test.each<[string, Case, CaseEvent, string]>([
    ['a step out of turn', empty, did('erased', 1, { method: 'overwrite' }), 'step-waits'],
    ['a step that there is not', empty, did('burnt', 1), 'step-unknown'],
    ['a step twice', after(1), did('inventoried', 2, { serialNumber: 'A1', medium: 'disk' }), 'step-done'],
    ['no evidence', empty, did('inventoried', 1, { serialNumber: 'A1' }), 'evidence-missing'],
    [
      'blank evidence',
      empty,
      did('inventoried', 1, { serialNumber: ' ', medium: 'disk' }),
      'evidence-invalid',
    ],
    [
      'evidence of another kind',
      empty,
      did('inventoried', 1, { serialNumber: 'A1', medium: 'tape' }),
      'evidence-invalid',
    ],
    ['neither of two kinds', after(1), did('backed-up', 2), 'evidence-either'],
    [
      'a method that does not suit the medium',
      after(2),
      did('erased', 3, { method: 'overwrite' }),
      'method-unsuited',
    ],
    ['the same person', after(3), did('verified', 5, {}, 'kari'), 'same-person'],
    ['too early', after(3), did('verified', 3.5, {}, 'ola'), 'too-early'],
    ['earlier than the last', after(2), did('erased', 1, { method: 'crypto-erase' }), 'before-the-last'],
    ['after the end', after(4), did('destroyed', 6, { destroyedOn: '2026-01-01' }), 'case-ended'],
    ['instead of what is done', after(3), did('destroyed', 6, { destroyedOn: '2026-01-01' }), 'step-done'],
    [
      'what a case may never be',
      after(2),
      did('destroyed', 6, { destroyedOn: '2026-01-01' }),
      'destroyed-by-opener',
    ],
  ])('%s', (_name, current, event, code) => {
    expect(refusal(current, event)).toBe(code)
  })

  test('the other branch may be taken, and then the first may not', () => {
    const destroyed = advance(
      disposal,
      after(2),
      did('destroyed', 3, { destroyedOn: '2026-01-01' }, 'ola'),
      zone,
    )
    expect(destroyed.outcome).toBe('accepted')
    if (destroyed.outcome === 'accepted') {
      expect(refusal(destroyed.case, did('erased', 4, { method: 'crypto-erase' }))).toBe('step-done')
      expect(refusal(destroyed.case, did('verified', 4, {}, 'ola'))).toBe('same-person')
      expect(refusal(destroyed.case, did('verified', 4, {}, 'kari'))).toBeNull()
    }
  })

  test('cancelling: with a reason, until it is too late', () => {
    const cancelled = (at: number, reason: string): CaseEvent => ({
      kind: 'cancelled',
      by: 'ola',
      at: at * hour,
      reason,
    })
    expect(refusal(after(2), cancelled(3, 'kept after all'))).toBeNull()
    expect(refusal(after(2), cancelled(3, ' '))).toBe('cancel-reason-missing')
    expect(refusal(after(3), cancelled(4, 'kept after all'))).toBe('cancel-too-late')
    expect(
      refusal({ opened, events: [...after(2).events, cancelled(3, 'x')] }, whole[2] ?? cancelled(9, '')),
    ).toBe('case-ended')
    const { cancel: _, ...never } = disposal
    expect(advance(never, empty, cancelled(1, 'x'), zone)).toMatchObject({ why: { code: 'cancel-never' } })
  })

  test('every refusal of a procedure has words', () => {
    for (const { nb, en } of Object.values(procedureReasons))
      expect([typeof nb, typeof en]).toEqual(['function', 'function'])
  })
})

test('what is open says by whom not, from when and until when', () => {
  const at = (count: number) =>
    openSteps(disposal, replay(disposal, after(count), zone).standing, { eraseWithin: 'PT24H' }, zone)
  expect(at(2)).toMatchObject([
    { step: { id: 'erased' }, since: 2 * hour, dueAt: 26 * hour },
    { step: { id: 'destroyed' }, insteadOf: { id: 'erased' }, dueAt: 26 * hour },
  ])
  expect(at(3)).toMatchObject([
    { step: { id: 'verified' }, notBy: ['kari'], notBefore: 4 * hour, dueAt: null },
  ])
  expect(at(4)).toEqual([])
})

test('steps of one turn are open at once', () => {
  const rules = {
    steps: [
      step('asked'),
      step('a', { after: ['asked'] }),
      step('b', { after: ['asked'] }),
      step('end', { after: ['a', 'b'] }),
    ],
  }
  const open = (...events: CaseEvent[]) =>
    openSteps(rules, replay(rules, { opened, events }, zone).standing, {}, zone).map((one) => one.step.id)
  expect(open()).toEqual(['asked'])
  expect(open(did('asked', 1))).toEqual(['a', 'b'])
  expect(open(did('asked', 1), did('b', 2))).toEqual(['a'])
  expect(open(did('asked', 1), did('b', 2), did('a', 3))).toEqual(['end'])
})

test('random events never bring a case to where it may not be', () => {
  const people = fc.constantFrom('kari', 'ola', 'per')
  const evidence = fc.record(
    {
      serialNumber: fc.constantFrom('A1', ''),
      medium: fc.constantFrom('disk', 'flash', 'tape'),
      backupReference: fc.constantFrom('b1', ' '),
      reasonForNone: fc.constant('none'),
      method: fc.constantFrom('overwrite', 'crypto-erase', 'hammer'),
      destroyedOn: fc.constantFrom('2026-01-01', 'yesterday'),
    },
    { requiredKeys: ['method'] },
  )
  const event: fc.Arbitrary<CaseEvent> = fc.oneof(
    {
      weight: 9,
      arbitrary: fc.record({
        kind: fc.constant('step' as const),
        step: fc.constantFrom('inventoried', 'backed-up', 'erased', 'destroyed', 'verified', 'burnt'),
        by: people,
        at: fc.integer({ min: -1, max: 30 }).map((hours) => hours * hour),
        evidence,
      }),
    },
    {
      weight: 1,
      arbitrary: fc.record({
        kind: fc.constant('cancelled' as const),
        by: people,
        at: fc.integer({ min: 0, max: 30 }).map((hours) => hours * hour),
        reason: fc.constantFrom('', 'mistake'),
      }),
    },
  )
  let finished = 0
  fc.assert(
    fc.property(fc.array(event, { minLength: 40, maxLength: 60 }), (offered) => {
      const sorted = offered.toSorted((a, b) => a.at - b.at)
      let current = empty
      for (const one of sorted) {
        const result = advance(disposal, current, one, zone)
        if (result.outcome === 'accepted') current = result.case
      }
      const { events } = current
      expect(replay(disposal, current, zone).refused).toEqual([])
      const steps = events.filter((one) => one.kind === 'step')
      const order = steps.map((one) => (one.step === 'destroyed' ? 'erased' : one.step))
      expect(order).toEqual(['inventoried', 'backed-up', 'erased', 'verified'].slice(0, order.length))
      const [inventory, backup, wiped, verified] = steps
      if (inventory)
        expect(inventory.evidence).toMatchObject({
          serialNumber: 'A1',
          medium: expect.not.stringMatching('tape'),
        })
      if (backup)
        expect(backup.evidence.backupReference === 'b1' || backup.evidence.reasonForNone === 'none').toBe(
          true,
        )
      if (wiped?.step === 'erased' && inventory?.evidence.medium === 'flash')
        expect(wiped.evidence.method).toBe('crypto-erase')
      if (wiped?.step === 'destroyed')
        expect(wiped).toMatchObject({
          by: expect.not.stringMatching('kari'),
          evidence: { destroyedOn: '2026-01-01' },
        })
      if (wiped && verified) {
        finished += 1
        expect(verified.by).not.toBe(wiped.by)
        if (wiped.step === 'erased') expect(verified.at - wiped.at).toBeGreaterThanOrEqual(hour)
      }
      const cancelled = events.findIndex(({ kind }) => kind === 'cancelled')
      if (cancelled >= 0) {
        expect(cancelled).toBe(events.length - 1)
        expect(events[cancelled]).toMatchObject({ reason: 'mistake' })
        expect(steps.map((one) => one.step)).not.toContain('erased')
      }
      expect(events.every((one, index) => one.at >= (events[index - 1]?.at ?? 0))).toBe(true)
    }),
    { numRuns: 300 },
  )
  expect(finished).toBeGreaterThan(10)
})

describe('what a case proves', () => {
  const device = (gone = false): Device => ({ id: 'd1', opened, gone })
  const say = (
    which: 'test' | string,
    events: readonly CaseEvent[],
    at: number,
    gone = false,
    unseen = false,
  ) => {
    const declared = which === 'test' ? disposal.test : disposal.proves(which)
    const moment = new Moment(at * hour, zone)
    const reading = {
      facts: events.map((value) => ({ value, feed: 'f', observedAt: 0, recordedAt: value.at })),
      unseen: unseen ? [{ code: 'silent' as const, feed: 'f', since: 0 }] : [],
    }
    const parameters = { values: { eraseWithin: 'PT24H' }, before: null }
    return {
      ...judge(declared, device(gone), { events: reading }, parameters, moment),
      horizon: moment.horizon,
    }
  }

  test('a case under way holds until a deadline passes', () => {
    expect(say('test', whole.slice(0, 2), 3)).toMatchObject({
      verdict: 'holds',
      horizon: 26 * hour,
      occurrences: [{ state: 'open' }],
    })
    expect(say('test', whole.slice(0, 2), 26)).toMatchObject({
      verdict: 'fails',
      why: { code: 'step-overdue', params: { steps: ['erased'] } },
      occurrences: [{ dueAt: 26 * hour, state: 'overdue' }],
    })
    expect(say('test', whole, 90)).toMatchObject({
      verdict: 'holds',
      occurrences: [{ state: 'met', dischargedAt: 3 * hour }],
    })
  })

  test('a step done after its deadline mends the case and stays late', () => {
    const tardy = [...whole.slice(0, 2), did('erased', 40, { method: 'crypto-erase' })]
    expect(say('erased', tardy, 41)).toMatchObject({
      verdict: 'holds',
      occurrences: [{ dueAt: 26 * hour, state: 'late', dischargedAt: 40 * hour }],
    })
  })

  test('what the procedure would have refused fails, wherever it was recorded', () => {
    const alone = [...whole.slice(0, 3), did('verified', 5, {}, 'kari')]
    expect(say('test', alone, 9)).toMatchObject({ verdict: 'fails', why: { code: 'same-person' } })
    expect(say('verified', alone, 9)).toMatchObject({ verdict: 'fails', why: { code: 'same-person' } })
    expect(say('erased', alone, 9)).toMatchObject({ verdict: 'holds' })
    expect(say('test', whole.slice(1), 9)).toMatchObject({ verdict: 'fails', why: { code: 'step-waits' } })
  })

  test('over without its steps: a device that is gone', () => {
    expect(say('test', whole.slice(0, 2), 3, true)).toMatchObject({
      verdict: 'fails',
      why: { code: 'over-without-steps', params: { steps: ['erased', 'verified'] } },
    })
    expect(say('verified', whole.slice(0, 2), 3, true)).toMatchObject({ verdict: 'fails' })
    expect(say('test', whole, 9, true)).toMatchObject({ verdict: 'holds' })
  })

  test('each step proves its own control, and what is not its turn is not spoken of', () => {
    expect(say('inventoried', [], 1)).toMatchObject({ verdict: 'holds' })
    expect(say('erased', whole.slice(0, 1), 2).verdict).toBe('outside')
    expect(say('erased', whole.slice(0, 2), 30)).toMatchObject({ verdict: 'fails' })
    expect(say('destroyed', whole, 30).verdict).toBe('outside')
    const other = [...whole.slice(0, 2), did('destroyed', 3, { destroyedOn: '2026-01-01' }, 'ola')]
    expect(say('destroyed', other, 30)).toMatchObject({ verdict: 'holds' })
    expect(say('erased', other, 30).verdict).toBe('outside')
    expect(() => disposal.proves('burnt')).toThrow(RangeError)
  })

  test('where not all events were seen, only what shows by itself fails', () => {
    expect(say('test', whole.slice(1), 9, false, true).verdict).toBe('unknown')
    expect(say('test', whole.slice(0, 2), 90, false, true)).toMatchObject({
      verdict: 'unknown',
      occurrences: [{ state: 'not-observed' }],
    })
    expect(say('test', whole, 9, false, true).verdict).toBe('holds')
    const alone = [...whole.slice(0, 3), did('verified', 5, {}, 'kari')]
    expect(say('test', alone, 9, false, true).verdict).toBe('fails')
  })

  test('events that lie in the future are not counted yet', () => {
    expect(say('erased', whole, 2.5)).toMatchObject({
      verdict: 'holds',
      horizon: 3 * hour,
      occurrences: [{ state: 'open' }],
    })
  })
})

test('a declaration that could not work is refused when it is loaded', () => {
  const declare = (steps: readonly Step[], cancel?: { until: string }) => () =>
    procedure('p', {
      of: disposal.test.population,
      opened: () => opened,
      events: toldBySubject(() => []),
      steps,
      ...(cancel && { cancel }),
    })
  expect(declare([step('a'), step('a')])).toThrow(/two steps/)
  expect(declare([step('a', { guards: [otherThan('b')] })])).toThrow(/no step b/)
  expect(declare([step('a')], { until: 'b' })).toThrow(/no step b/)
  expect(declare([step('a', { within: 'soon' })])).toThrow(/no duration soon/)
})

test('evidence has the types that the step asks for', () => {
  const one = step('a', {
    needs: { name: text, size: choice('s', 'l') },
    fits: (evidence) => {
      expectTypeOf(evidence).toEqualTypeOf<{ readonly name: string; readonly size: 's' | 'l' }>()
      return null
    },
  })
  expectTypeOf<EvidenceOf<{ readonly within: typeof duration }>>().toEqualTypeOf<{
    readonly within: string
  }>()
  const two = either({ a: text }, { b: duration })
  expectTypeOf<EvidenceOf<typeof two>>().toEqualTypeOf<{ readonly a: string } | { readonly b: string }>()
  expect(one.id).toBe('a')
})
