import {
  type Catalogue,
  type Control,
  type ControlDeclaration,
  check,
  control,
  controlOf,
  duration,
  each,
  fails,
  holds,
  none,
  outside,
  type Reasons,
  reason,
  some,
  type Test,
  unknown,
} from '@hevd/core'
import { accountOwners, accounts, hosts, namedServices, pendingUpdates, people } from '@hevd/facts'

/** A made small policy: a check with a deadline, one that follows what it read, and one with occurrences. */
const about = (name: string, noneIsFine = false) => ({
  title: { nb: name, en: name },
  source: { nb: name, en: name },
  reconciledWith: null,
  noneIsFine,
})
export const production = each(hosts, { ...about('verter'), where: (host) => host.role === 'production' })
export const everybody = each(people, about('folk', true))
const everyAccount = each(accounts, about('kontoer'))

export const updated = check('updated/in-time', {
  of: production,
  parameters: { within: duration },
  reads: (host) => ({ updates: pendingUpdates.ofHost(host.id) }),
  judge: (_host, { updates }, { within }, moment) =>
    none(
      updates,
      (update) => moment.elapsed(update.firstSeenAt, within),
      (late) => fails('late', { packages: late.map((update) => update.package) }),
    ),
})

export const owned = check('owned/by-a-person', {
  of: everyAccount,
  reads: (account) => ({ owners: accountOwners.ofAccount(accounts.key(account)) }),
  follow: (_account, { owners }) => ({
    persons: owners.facts.map((fact) => people.byKey(fact.value.owner.id)),
  }),
  judge: (account, { owners, persons }) => {
    if (account.name === 'boom') throw new Error('a judge that breaks')
    if (account.name === 'nobody') return outside
    if (owners.facts.length === 0) return fails('nobody-owns')
    return some(
      persons,
      () => true,
      () => fails('owner-unknown'),
    )
  },
})

const day = 24 * 3_600_000

/** Owning a service stands for a course here: due ten days after the start, each met or not for ever. */
export const trained: Test = {
  id: 'trained',
  kind: 'obligation',
  population: everybody,
  parameters: {},
  stages: [
    {
      lookups: (person) => ({ records: namedServices.ownedBy((people.parse(person) as { id: string }).id) }),
    },
  ],
  judge: (subject, { records }, _parameters, moment) => {
    const person = people.parse(subject) as { startsOn: string; endsOn: string | null }
    if (person.endsOn !== null && moment.passed(Date.parse(person.endsOn))) return outside
    const dueAt = Date.parse(person.startsOn) + 10 * day
    const [record] = records?.facts ?? []
    if (record !== undefined) {
      const state = record.observedAt <= dueAt ? 'met' : 'late'
      const { observedAt: dischargedAt, recordedAt } = record
      return { ...holds(), occurrences: [{ dueAt, state, dischargedAt, recordedAt }] }
    }
    const late = moment.passed(dueAt)
    const occurrence = {
      dueAt,
      state: late ? 'overdue' : 'open',
      dischargedAt: null,
      recordedAt: null,
    } as const
    return { ...(late ? fails('not-trained') : holds()), occurrences: [occurrence] }
  },
}

/** Says that it does not know, whatever it is shown. */
export const puzzled = check('puzzled/always', {
  of: production,
  reads: () => ({}),
  judge: () => unknown('puzzled'),
})

const words = reason({ nb: () => 'Slik er det.', en: () => 'So it is.' })
const reasons: Reasons = {
  late: reason<{ packages: readonly string[] }>({
    nb: ({ packages }) => `For sent: ${packages.join()}`,
    en: ({ packages }) => `Late: ${packages.join()}`,
  }),
  'nobody-owns': words,
  'owner-unknown': words,
  'not-trained': words,
  puzzled: words,
}

export function catalogueOf(
  tests: readonly Test[],
  testsDigest = 'a'.repeat(64),
  lacks?: ControlDeclaration['lacks'],
): Catalogue {
  const ids = [...new Set(tests.map(({ id }) => controlOf(id))), 'unproven']
  const controls = ids.map(
    (id): Control => ({
      ...control(id, { tests: [], reasons, ...(lacks && { lacks }) }),
      section: 's',
      tests: tests.filter((test) => controlOf(test.id) === id),
      title: { nb: id, en: id },
      statement: { nb: id, en: id },
      how: { nb: id, en: id },
      next: { nb: `Koble til noe for ${id}.`, en: `Connect something for ${id}.` },
      proof: ['check'],
      attested: false,
      parameters:
        id === 'updated'
          ? [
              {
                name: 'within',
                type: 'duration',
                default: 'P14D',
                options: null,
                title: { nb: 'Frist', en: 'Deadline' },
                help: { nb: 'Frist', en: 'Deadline' },
              },
            ]
          : [],
      references: {},
      policyDigest: Buffer.from(id).toString('hex').padEnd(64, '0').slice(0, 64),
      testsDigest,
    }),
  )
  return {
    sections: [{ id: 's', title: { nb: 's', en: 's' }, controls }],
    controls: new Map(controls.map((control) => [control.id, control])),
    tests: new Map(tests.map((test) => [test.id, test])),
    populations: tests.map(({ population }) => population),
  }
}
