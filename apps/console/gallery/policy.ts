import { type Catalogue, type Control, type PolicyState, telling, worded } from '@hevd/core'
import { factTitles } from '@hevd/facts/titles'
import { loadCatalogue } from '@hevd/policy'
import type { ControlDetail, ControlSummary, PolicyView } from '@hevd/posture/contract'
import type { Amount } from './amount.ts'

const hour = 3_600_000
const day = 24 * hour

/** The real policy with made-up verdicts, so that its screens can be looked at without a server. */
export async function policyFixture(amount: Amount, now: number) {
  const catalogue = await loadCatalogue()
  const states = statesOf(catalogue, amount)
  const summary = (control: Control) => summaryOf(control, states.get(control.id) ?? 'unknown', amount, now)
  const sections = catalogue.sections.map(({ id, title, controls }) => ({
    id,
    title,
    state: worstOf(controls.map((control) => states.get(control.id) ?? 'unknown')),
    controls: controls.map(summary),
  }))
  const all = [...states.values()]
  const view: PolicyView = {
    at: now,
    counts: {
      holds: all.filter((state) => state === 'holds').length,
      fails: all.filter((state) => state === 'fails').length,
      unknown: all.filter((state) => state === 'unknown').length,
      excepted: all.filter((state) => state === 'excepted').length,
      'not-applicable': all.filter((state) => state === 'not-applicable').length,
    },
    halted: null,
    sections,
  }
  const detail = (id: string): ControlDetail | null => {
    const control = catalogue.controls.get(id)
    return control === undefined ? null : detailOf(control, summary(control), now)
  }
  return { view, detail, catalogue }
}

function statesOf({ controls }: Catalogue, amount: Amount): ReadonlyMap<string, PolicyState> {
  const proven = [...controls.values()].filter(({ tests }) => amount === 'much' || tests.length > 0)
  const given: { readonly [id: string]: PolicyState } = {
    'unique-accounts': 'fails',
    patched: 'excepted',
    'encrypted-in-transit': 'unknown',
    'firewalls-reviewed': 'fails',
    'network-segmented': 'unknown',
  }
  const outside = amount === 'none' ? [] : [['redundant-power', 'not-applicable'] as const]
  return new Map([...proven.map(({ id }) => [id, given[id] ?? 'holds'] as const), ...outside])
}

function summaryOf(control: Control, state: PolicyState, amount: Amount, now: number): ControlSummary {
  const proven = amount === 'much' || control.tests.length > 0
  const all = amount === 'much' ? 3180 : 12
  return {
    id: control.id,
    section: control.section,
    title: control.title,
    statement: control.statement,
    how: control.how,
    state,
    why: proven ? whyOf(control, state) : { code: 'not-yet-proven', params: {}, text: notYet },
    since: now - (state === 'fails' ? 26 * hour : 40 * day),
    until: state === 'holds' ? now + 40 * 60_000 : null,
    counts: !proven
      ? { holds: 0, fails: 0, unknown: 0, excepted: 0 }
      : state === 'fails'
        ? { holds: all - 2, fails: 2, unknown: 0, excepted: 0 }
        : state === 'unknown'
          ? { holds: all - 3, fails: 0, unknown: 3, excepted: 0 }
          : state === 'excepted'
            ? { holds: all - 1, fails: 1, unknown: 0, excepted: 1 }
            : { holds: all, fails: 0, unknown: 0, excepted: 0 },
    next: state === 'holds' ? null : control.next,
    attested: control.attested,
    proven,
    notApplicable:
      state === 'not-applicable'
        ? {
            reason:
              'Vi har ingen maskiner selv. Strømmen er skyleverandørens ansvar, og står i avtalen med dem.',
            reviewBy: now + 200 * day,
            overdue: false,
          }
        : null,
  }
}

const notYet = {
  nb: 'Ennå ikke bevist: kontrollen har ingen test som ser etter.',
  en: 'Not yet proven: no test looks at this control.',
}

function whyOf(control: Control, state: PolicyState): ControlSummary['why'] {
  if (state === 'holds') return null
  const code =
    state === 'unknown' ? 'unseen-never-connected' : (Object.keys(control.reasons)[0] ?? 'nothing-judged')
  const params =
    state === 'unknown'
      ? { type: 'tls-endpoint' }
      : {
          accounts: ['web-01/oracle'],
          account: 'web-01/oracle',
          count: 2,
          packages: ['openssl'],
          severity: 'high',
        }
  const word = (locale: 'nb' | 'en') => {
    try {
      const say = telling(locale, 'Europe/Oslo', { sources: new Map(), factTypes: factTitles })
      return worded(control.reasons, { code, params }, locale, say)
    } catch {
      return code
    }
  }
  return { code, params, text: { nb: word('nb'), en: word('en') } }
}

function detailOf(control: Control, summary: ControlSummary, now: number): ControlDetail {
  const tests = control.tests.map((test) => ({
    id: test.id,
    kind: test.kind,
    population: {
      title: test.population.title,
      source: test.population.source,
      reconciledWith: test.population.reconciledWith,
      noneIsFine: test.population.noneIsFine,
      count: summary.counts.holds + summary.counts.fails + summary.counts.unknown,
    },
    state: summary.state === 'not-applicable' ? ('unknown' as const) : summary.state,
    counts: summary.counts,
  }))
  const begin = now - 400 * day
  const turns: readonly (readonly [number, PolicyState])[] = [
    [0, 'unknown'],
    [60, 'holds'],
    [150, 'fails'],
    [158, 'excepted'],
    [180, 'holds'],
    [262, 'unknown'],
    [265, 'holds'],
    [330, 'fails'],
    [341, 'holds'],
    [399, summary.state],
  ]
  return {
    ...summary,
    parameters: control.parameters.map(({ name, type, default: value, options, title, help }) => ({
      name,
      type,
      value,
      options: options === null ? null : [...options],
      title,
      help,
    })),
    references: Object.fromEntries(Object.entries(control.references).map(([id, list]) => [id, [...list]])),
    policyDigest: control.policyDigest,
    testsDigest: control.testsDigest,
    approvedAt: now - 40 * day,
    approvedBy: 'Ingrid Solheim',
    singleApprover: false,
    tests,
    history: summary.proven
      ? turns.map(([from, state], index) => {
          const next = turns[index + 1]
          return { from: begin + from * day, until: next === undefined ? null : begin + next[0] * day, state }
        })
      : [],
  }
}

function worstOf(states: readonly PolicyState[]): PolicyState {
  const order: readonly PolicyState[] = ['fails', 'unknown', 'excepted', 'holds']
  return order.find((state) => states.includes(state)) ?? 'unknown'
}
