import { type Coverage, controlOf, dateOf, type Instant, type Judged, Moment, run } from '@hevd/core'
import {
  accessGrants,
  accountOwners,
  factsInMemory,
  hosts,
  namedServices,
  people,
  type Said,
  type ValueOf,
  vocabulary,
} from '@hevd/facts'
import { loadCatalogue } from '@hevd/policy'
import type { CollectedOnce } from '../collect-once.ts'

const catalogue = await loadCatalogue()
export const day = 86_400_000

const said = (type: { readonly name: string }, value: object): Said => ({ type: type.name, value })

/** The registers beside what is seen: the host as one of production, one person, and who owns what. */
function registers(
  owners: { readonly [account: string]: string },
  person: Partial<ValueOf<typeof people>>,
  host: Partial<ValueOf<typeof hosts>>,
): Said[] {
  return [
    said(hosts, { id: 'h1', name: 'here', role: 'production', declaredBy: 'first-start', ...host }),
    said(people, {
      id: 'p1',
      name: 'Kari Nordmann',
      kind: 'employee',
      sponsor: null,
      startsOn: '2020-01-01',
      endsOn: null,
      voluntary: null,
      ...person,
    }),
    ...Object.entries(owners).map(([account, id]) =>
      said(accountOwners, { account, owner: { kind: 'person', id }, saidBy: 'admin' }),
    ),
  ]
}

/** Grants to p1 that are in force at a moment. */
function grants(access: readonly ValueOf<typeof accessGrants>['access'][], at: Instant): Said[] {
  return access.map((one, index) =>
    said(accessGrants, {
      id: `g${index}`,
      holder: { kind: 'person', id: 'p1' },
      access: one,
      need: 'Operations',
      approvedBy: 'p2',
      singleApprover: false,
      from: dateOf(at, 'Europe/Oslo'),
      until: dateOf(at + 30 * day, 'Europe/Oslo'),
      reviews: [],
      endedAt: null,
    }),
  )
}

/** What the policy's own test says of every subject, by its own parameters unless others are given; `after` the look. */
export function judge(
  seen: CollectedOnce,
  id: string,
  given: {
    readonly parameters?: { readonly [name: string]: unknown }
    readonly owners?: { readonly [account: string]: string }
    /** What p1 was granted, approved by another, all of this year. */
    readonly granted?: readonly ValueOf<typeof accessGrants>['access'][]
    /** What the register says of p1 beside that they have worked here since 2020. */
    readonly person?: Partial<ValueOf<typeof people>>
    /** What the register says of the host, which is one of production where nothing is said. */
    readonly host?: Partial<ValueOf<typeof hosts>>
    readonly after?: number
  } = {},
): Record<string, Judged> {
  const test = catalogue.tests.get(id)
  if (test === undefined) throw new RangeError(`There is no test ${id}`)
  const usual = catalogue.controls.get(controlOf(id))?.parameters ?? []
  const values = { ...Object.fromEntries(usual.map((one) => [one.name, one.default])), ...given.parameters }
  const at: Instant = seen.at + (given.after ?? 0)
  const kept = [hosts, people, namedServices, accountOwners, accessGrants].map(
    ({ name }): Coverage => ({ type: name, scope: '-', state: 'complete', detail: '' }),
  )
  const facts = [
    ...seen.facts,
    ...registers(given.owners ?? {}, given.person ?? {}, given.host ?? {}),
    ...grants(given.granted ?? [], at),
  ]
  const memory = factsInMemory(vocabulary, facts, [...seen.coverage, ...kept], seen.at)
  return Object.fromEntries(
    memory.candidates(test.population).flatMap(({ id: subject, values: own }) => {
      const { judged } = run(
        test,
        test.population.subject(subject, own),
        test.population.self(subject, own),
        memory.source,
        { values, before: null },
        new Moment(at, 'Europe/Oslo'),
      )
      return judged.verdict === 'outside' ? [] : [[subject, judged]]
    }),
  )
}

/** Matches a verdict with its reason. */
export const verdict = (is: 'holds' | 'fails' | 'unknown', code?: string, params: object = {}) =>
  code === undefined ? { verdict: is } : { verdict: is, why: { code, params } }
