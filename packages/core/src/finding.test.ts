import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { asRead, type Effective, type Finding, fallDue, type Outlook, settle } from './finding.ts'
import { fails, holds, type Judgement, unknown, type Verdict, worse } from './verdict.ts'

const judgement = fc.constantFrom<Judgement>(holds(), holds('h'), fails('f'), fails('g'), unknown('u'))
const outlook: fc.Arbitrary<Outlook> = fc.oneof(
  judgement.map((now) => ({ now, until: null, next: null })),
  fc.record({ now: judgement, until: fc.integer({ min: 1, max: 100 }), next: judgement }),
)
/** A finding as it comes about: by judgements one after another, at rising moments. */
const life = fc.array(outlook, { minLength: 1, maxLength: 8 })
const lived = (outlooks: readonly Outlook[]): Finding[] => {
  const findings: Finding[] = []
  for (const [at, one] of outlooks.entries()) findings.push(settle(findings.at(-1) ?? null, one, at * 10))
  return findings
}
const still = (now: Judgement): Outlook => ({ now, until: null, next: null })

describe('settle', () => {
  test('a failure stays through silence with the moment it was last seen, and only an observed holds clears it', () => {
    const failed = settle(null, still(fails('f')), 10)
    const silent = settle(failed, still(unknown('u')), 20)
    expect(silent).toMatchObject({ verdict: 'fails', since: 10, failingSince: 10, seenAt: 10 })
    expect(settle(silent, still(fails('f')), 30)).toMatchObject({ since: 10, failingSince: 10, seenAt: 30 })
    expect(settle(silent, still(holds()), 30)).toMatchObject({
      verdict: 'holds',
      since: 30,
      failingSince: null,
    })
  })

  test('silence never improves anything', () => {
    fc.assert(
      fc.property(life, (outlooks) => {
        const before = lived(outlooks).at(-1)
        if (before === undefined) return
        const after = settle(before, still(unknown('silent')), 1000)
        expect(worse(before.verdict, after.verdict)).toBe(after.verdict)
        expect(after.failingSince).toBe(before.failingSince)
      }),
    )
  })

  test('failing since is null exactly when nothing failed since the last observed holds', () => {
    fc.assert(
      fc.property(life, (outlooks) => {
        const verdicts = outlooks.map(({ now }) => now.verdict)
        const first = verdicts.indexOf('fails', verdicts.lastIndexOf('holds') + 1)
        expect(lived(outlooks).at(-1)?.failingSince).toBe(first < 0 ? null : first * 10)
      }),
    )
  })

  test('since is when the verdict that stands began', () => {
    fc.assert(
      fc.property(life, (outlooks) => {
        const findings = lived(outlooks)
        const verdict = findings.at(-1)?.verdict
        const began = findings.findLastIndex((finding) => finding.verdict !== verdict) + 1
        expect(findings.at(-1)?.since).toBe(began * 10)
      }),
    )
  })
})

describe('fallDue', () => {
  const open = settle(null, { now: holds(), until: 50, next: fails('overdue') }, 10)
  test('before its time nothing changes; at it the answer is the one that was asked beforehand', () => {
    expect(fallDue(open, 49)).toBe(open)
    expect(fallDue(open, 50)).toMatchObject({
      verdict: 'fails',
      since: 50,
      failingSince: 50,
      seenAt: 10,
      until: null,
    })
  })
  test('a failure does not become unknown by time alone', () => {
    const failing = settle(null, { now: fails('f'), until: 50, next: unknown('old') }, 10)
    expect(fallDue(failing, 60)).toMatchObject({ verdict: 'fails', since: 10 })
  })
  test('is the same whether it is applied at once or late', () => {
    fc.assert(
      fc.property(
        life,
        fc.integer({ min: 0, max: 200 }),
        fc.integer({ min: 0, max: 200 }),
        (outlooks, a, b) => {
          const finding = lived(outlooks).at(-1)
          if (finding !== undefined)
            expect(fallDue(fallDue(finding, Math.min(a, b)), Math.max(a, b))).toEqual(
              fallDue(finding, Math.max(a, b)),
            )
        },
      ),
    )
  })
})

describe('asRead', () => {
  const badness = ({ verdict }: { readonly verdict: Verdict }) =>
    ['holds', 'unknown', 'fails'].indexOf(verdict)
  test('a reader never sees better than was found, and never green while a source is silent', () => {
    fc.assert(
      fc.property(life, fc.option(fc.nat(100)), fc.nat(200), (outlooks, silentSince, now) => {
        const finding = lived(outlooks).at(-1)
        if (finding === undefined) return
        const read: Effective = asRead(finding, silentSince, now)
        const due = fallDue(finding, now)
        expect(badness(read)).toBeGreaterThanOrEqual(badness(due))
        expect(read.failingSince).toBe(due.failingSince)
        if (silentSince !== null) expect(read.verdict).not.toBe('holds')
        if (silentSince !== null && read.verdict === 'fails') expect(read.lastSeen).not.toBeNull()
      }),
    )
  })
  test('a deadline passes also while the worker is dead and the source silent', () => {
    const open = settle(null, { now: holds(), until: 50, next: fails('overdue') }, 10)
    expect(asRead(open, 20, 49)).toMatchObject({ verdict: 'unknown', since: 20 })
    expect(asRead(open, 20, 50)).toMatchObject({ verdict: 'fails', lastSeen: 10 })
  })
})
