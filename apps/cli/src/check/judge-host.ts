import type { CollectedOnce } from '@hevd/agent'
import {
  allOf,
  type Catalogue,
  type Control,
  type Coverage,
  type Instant,
  type Judgement,
  Moment,
  notWhollyProven,
  type Reason,
  run,
  type State,
  stateOf,
  sum,
  type Tally,
  type Test,
  type TimeZone,
  type Unseen,
  unseen,
  type Verdict,
  verdictOf,
  whyNothingJudged,
  worst,
} from '@hevd/core'
import { factsInMemory, hosts, type Said, vocabulary } from '@hevd/facts'

/** One subject under one test, from facts collected a moment ago. */
export type HostFinding = {
  readonly test: string
  readonly subject: { readonly kind: string; readonly id: string; readonly name: string }
  readonly verdict: Verdict
  readonly until: Instant | null
  readonly why: Reason | null
}

/** One control, judged over this host alone. */
export type HostControl = {
  readonly control: Control
  readonly state: State
  readonly verdict: Verdict
  readonly until: Instant | null
  readonly why: Reason | null
  readonly counts: Tally
  readonly findings: readonly HostFinding[]
}

/**
 * Judges every control over the facts of one look at this host, with the catalogue's parameters. The host counts as
 * declared for production; what needs a register of the organisation is unseen.
 */
export function judgeHost(
  catalogue: Catalogue,
  host: { readonly id: string; readonly name: string },
  { facts, coverage, at }: CollectedOnce,
  zone: TimeZone,
): HostControl[] {
  const self: Said = {
    type: hosts.name,
    value: { ...host, role: 'production', declaredBy: 'hevd check' },
  }
  const declared: Coverage = { type: hosts.name, scope: '-', state: 'complete', detail: '' }
  const memory = factsInMemory(vocabulary, [self, ...facts], [declared, ...coverage], at)
  const judged = (test: Test, values: Readonly<Record<string, unknown>>): HostFinding[] =>
    memory.candidates(test.population).flatMap(({ id, values: own }) => {
      const { population } = test
      const subject = population.subject(id, own)
      const lookup = population.self(id, own)
      const moment = new Moment(at, zone)
      const { judged: said } = run(test, subject, lookup, memory.source, { values, before: null }, moment)
      if (said.verdict === 'outside') return []
      const name = population.label(id, own)
      const { verdict, why } = said
      return [
        { test: test.id, subject: { kind: population.kind, id, name }, verdict, until: moment.horizon, why },
      ]
    })
  return [...catalogue.controls.values()].map((control) => {
    const values = Object.fromEntries(
      control.parameters.map((parameter) => [parameter.name, parameter.default]),
    )
    const tests = control.tests.map((test) => ({
      test,
      findings: judged(test, values),
      missing: memory.source([test.population.whole]).flatMap(({ unseen }) => unseen)[0] ?? null,
    }))
    return rolledUp(control, tests)
  })
}

type JudgedTest = {
  readonly test: Test
  readonly findings: readonly HostFinding[]
  /** Why the list of subjects was not seen whole; null when it was. */
  readonly missing: Unseen | null
}

function rolledUp(control: Control, tests: readonly JudgedTest[]): HostControl {
  const tallied = tests.map((each) => ({ ...each, counts: tallyOf(each.findings) }))
  const state = worst([
    ...tallied.map(({ test: { population }, counts, missing }) =>
      stateOf(counts, { whole: missing === null, noneIsFine: population.noneIsFine }),
    ),
    ...(control.lacks === undefined ? [] : ['unknown' as const]),
  ])
  const findings = tests.flatMap((each) => each.findings)
  const horizons = findings.flatMap(({ until }) => until ?? [])
  return {
    control,
    state,
    verdict: verdictOf(state),
    until: horizons.length === 0 ? null : Math.min(...horizons),
    why: state === 'holds' ? null : whyOf(control, tests),
    counts: sum(tallied.map(({ counts }) => counts)),
    findings,
  }
}

/** The first of the worst findings speaks for the control, else a list not seen whole, else an empty one. */
function whyOf(control: Control, tests: readonly JudgedTest[]): Reason | null {
  const judgements = tests.flatMap(({ findings, missing }) => [
    ...findings.map(({ verdict, why }): Judgement => {
      const reason = why ?? { code: 'nothing-judged', params: {} }
      return verdict === 'holds' ? { verdict, why } : { verdict, why: reason }
    }),
    ...(missing === null ? [] : [unseen(missing)]),
  ])
  const said = allOf(...judgements)
  if (said.verdict === 'holds' && control.lacks !== undefined) return notWhollyProven
  return said.verdict === 'holds' || judgements.length === 0
    ? whyNothingJudged(control.tests.length)
    : said.why
}

function tallyOf(findings: readonly HostFinding[]): Tally {
  const count = (verdict: Verdict) => findings.filter((finding) => finding.verdict === verdict).length
  return { holds: count('holds'), fails: count('fails'), unknown: count('unknown'), excepted: 0 }
}
