import {
  endOfDate,
  fails,
  holds,
  type Judgement,
  type Moment,
  type Reading,
  startOfDate,
  unseen,
} from '@hevd/core'
import type { accountOwners, namedServices, people, ValueOf } from '@hevd/facts'

/** Who is said to own an account, and the registers that know them. */
export type Ownership = {
  readonly owners: Reading<ValueOf<typeof accountOwners>>
  readonly persons: Reading<ValueOf<typeof people>>
  readonly services: Reading<ValueOf<typeof namedServices>>
}

/** The account belongs to exactly one person who works here now, or to one named service. */
export function belongsToOne({ owners, persons, services }: Ownership, moment: Moment): Judgement {
  const [missing] = [...owners.unseen, ...persons.unseen, ...services.unseen]
  if (missing !== undefined) return unseen(missing)
  const [owner, ...others] = owners.facts.map((fact) => fact.value.owner)
  if (owner === undefined) return fails('owner-missing')
  if (others.length > 0) return fails('owners-several', { count: others.length + 1 })
  if (owner.kind === 'service')
    return services.facts.length > 0 ? holds() : fails('owner-unknown', { owner: owner.id })
  const person = persons.facts[0]?.value
  if (person === undefined) return fails('owner-unknown', { owner: owner.id })
  if (person.endsOn !== null && moment.passed(endOfDate(person.endsOn, moment.zone)))
    return fails('owner-left', { owner: owner.id, on: person.endsOn })
  if (!moment.passed(startOfDate(person.startsOn, moment.zone)))
    return fails('owner-not-started', { owner: owner.id, on: person.startsOn })
  return holds('owner-declared', { owner: owner.id })
}
