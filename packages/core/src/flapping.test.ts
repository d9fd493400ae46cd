import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Finding, fallDue, type Outlook, settle } from './finding.ts'
import { type Damping, damp, type Flaps, flappingAt } from './flapping.ts'
import { fails, holds, type Judgement, unknown } from './verdict.ts'

const damping: Damping = { times: 3, within: 1000, steady: 100 }
const still = (now: Judgement): Outlook => ({ now, until: null, next: null })
type State = { readonly finding: Finding; readonly flaps: Flaps | null }

function lived(...seen: readonly (readonly [at: number, outlook: Judgement | Outlook])[]): State {
  let state: State | null = null
  for (const [at, said] of seen) {
    const outlook: Outlook = 'verdict' in said ? still(said) : said
    const before: Finding | null = state && fallDue(state.finding, at)
    state = damp(before, state?.flaps ?? null, outlook, at, damping)
  }
  if (state === null) throw new Error('nothing was seen')
  return state
}

const flickering = [
  [10, fails('f')],
  [20, holds()],
  [30, fails('f')],
  [40, holds()],
  [50, fails('f')],
] as const

describe('what flaps', () => {
  test('stands as one failure until it was seen to hold for long enough, and then holds by itself', () => {
    const { finding, flaps } = lived(...flickering, [60, holds()])
    expect(finding).toMatchObject({ verdict: 'fails', since: 50, failingSince: 50, seenAt: 60, until: 160 })
    expect(flappingAt(flaps, 60, damping)).toEqual({ times: 3, since: 10, heldSince: 60 })
    expect(fallDue(finding, 159).verdict).toBe('fails')
    expect(fallDue(finding, 160)).toMatchObject({ verdict: 'holds', since: 160, failingSince: null })
  })

  test('twice is not flapping', () => {
    const { finding, flaps } = lived(...flickering.slice(0, 4))
    expect(finding).toMatchObject({ verdict: 'holds', since: 40, failingSince: null })
    expect(flappingAt(flaps, 40, damping)).toBeNull()
  })

  test('a failure that is seen again begins the waiting anew, and is counted', () => {
    const again = lived(...flickering, [60, holds()], [100, fails('g')], [110, holds()])
    expect(again.finding).toMatchObject({ verdict: 'fails', failingSince: 50, until: 210 })
    expect(flappingAt(again.flaps, 110, damping)).toMatchObject({ times: 4, heldSince: 110 })
  })

  test('silence is not holding: after it the waiting begins anew', () => {
    const { finding } = lived(...flickering, [60, holds()], [100, unknown('u')], [150, holds()])
    expect(finding).toMatchObject({ verdict: 'fails', until: 250 })
  })

  test('is forgotten when it has not begun to fail for as long as the window', () => {
    const { finding, flaps } = lived(...flickering, [60, holds()], [200, holds()], [1060, holds()])
    expect(finding.verdict).toBe('holds')
    expect(flaps).toBeNull()
  })

  test('a deadline that passes within the waiting is a failure at its own moment', () => {
    const due: Outlook = { now: holds(), until: 90, next: fails('overdue') }
    const { finding } = lived(...flickering, [60, due])
    expect(fallDue(finding, 90)).toMatchObject({
      verdict: 'fails',
      why: { code: 'overdue' },
      failingSince: 50,
    })
  })

  test('a deadline that passes at the very moment it would be believed is a failure', () => {
    const { finding } = lived(...flickering, [60, { now: holds(), until: 160, next: fails('overdue') }])
    expect(fallDue(finding, 160)).toMatchObject({ verdict: 'fails', why: { code: 'overdue' } })
  })

  test('a horizon within the waiting at which it still holds does not end the waiting', () => {
    const { finding } = lived(...flickering, [60, { now: holds(), until: 90, next: holds('other') }])
    expect(fallDue(finding, 90)).toMatchObject({ verdict: 'fails', failingSince: 50 })
  })

  test('a deadline that passes month after month is no flapping', () => {
    const due = (until: number): Outlook => ({ now: holds(), until, next: fails('overdue') })
    const { finding, flaps } = lived([0, due(10)], [20, due(30)], [40, due(50)], [60, due(70)], [80, holds()])
    expect(finding.verdict).toBe('holds')
    expect(flaps).toBeNull()
  })
})

describe('damping', () => {
  const judgement = fc.constantFrom<Judgement>(holds(), fails('f'), fails('g'), unknown('u'))
  const step = fc.record({
    after: fc.integer({ min: 1, max: 150 }),
    now: judgement,
    horizon: fc.option(fc.record({ in: fc.integer({ min: 1, max: 150 }), next: judgement })),
  })
  const badness = { holds: 0, unknown: 1, fails: 2 }

  test('never shows better than without it, and never delays a failure', () => {
    fc.assert(
      fc.property(fc.array(step, { minLength: 1, maxLength: 30 }), (steps) => {
        let at = 0
        let plain: Finding | null = null
        let state: State | null = null
        for (const { after, now, horizon } of steps) {
          at += after
          const outlook: Outlook = horizon
            ? { now, until: at + horizon.in, next: horizon.next }
            : { now, until: null, next: null }
          plain = settle(plain && fallDue(plain, at), outlook, at)
          state = damp(state && fallDue(state.finding, at), state?.flaps ?? null, outlook, at, damping)
          expect(badness[state.finding.verdict]).toBeGreaterThanOrEqual(badness[plain.verdict])
          if (now.verdict === 'fails') expect(state.finding.verdict).toBe('fails')
          expect(state.finding.until === null).toBe(state.finding.next === null)
        }
      }),
    )
  })

  test('everything that goes on holding is believed in the end', () => {
    fc.assert(
      fc.property(fc.array(step, { minLength: 1, maxLength: 30 }), (steps) => {
        let at = 0
        const seen: [number, Judgement][] = steps.map(({ after, now }) => {
          at += after
          return [at, now]
        })
        const { finding } = lived(...seen, [at + 1, holds()])
        expect(fallDue(finding, at + 1 + damping.steady).verdict).toBe('holds')
      }),
    )
  })
})
