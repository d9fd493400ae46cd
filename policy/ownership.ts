import {
  endOfDate,
  fails,
  holds,
  type Judgement,
  type Moment,
  type Reading,
  reason,
  startOfDate,
  type Unknown,
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
  const [owner, ...others] = owners.facts.map((fact) => fact.value.owner)
  if (others.length > 0) return fails('owners-several', { count: others.length + 1 })
  if (owner === undefined) return firstUnseen(owners) ?? fails('owner-missing')
  const owned =
    owner.kind === 'person'
      ? worksHere(owner.id, persons, moment)
      : services.facts.length > 0
        ? holds()
        : (firstUnseen(services) ?? fails('owner-unknown', { owner: owner.id }))
  return owned.verdict === 'fails' ? owned : (firstUnseen(owners) ?? owned)
}

/** Whether a person is in the register and works here now. */
export function worksHere(id: string, persons: Reading<ValueOf<typeof people>>, moment: Moment): Judgement {
  const person = persons.facts[0]?.value
  if (person === undefined) return firstUnseen(persons) ?? fails('owner-unknown', { owner: id })
  if (person.endsOn !== null && moment.passed(endOfDate(person.endsOn, moment.zone)))
    return fails('owner-left', { owner: id, on: person.endsOn })
  if (!moment.passed(startOfDate(person.startsOn, moment.zone)))
    return fails('owner-not-started', { owner: id, on: person.startsOn })
  return firstUnseen(persons) ?? holds('owner-declared', { owner: id })
}

function firstUnseen({ unseen: [missing] }: Reading): Unknown | null {
  return missing === undefined ? null : unseen(missing)
}

/** Words of what {@link belongsToOne} says. */
export const ownershipReasons = {
  'owner-missing': reason({
    nb: () => 'Ingen er oppført som eier. Oppgi personen eller tjenesten kontoen tilhører.',
    en: () => 'Nobody is listed as the owner. Declare the person or the service it belongs to.',
  }),
  'owners-several': reason<{ count: number }>({
    nb: ({ count }) => `${count} er oppført som eiere. En konto skal ha nøyaktig én.`,
    en: ({ count }) => `${count} are listed as owners. An account has exactly one.`,
  }),
  'owner-unknown': reason<{ owner: string }>({
    nb: () => 'Eieren som er oppført, finnes ikke i registeret.',
    en: () => 'The owner that is listed is not in the register.',
  }),
  'owner-left': reason<{ owner: string; on: string }>({
    nb: ({ on }, { date }) =>
      `Eieren sluttet ${date(on)}, og kontoen er fortsatt åpen. Steng den eller gi den en ny eier.`,
    en: ({ on }, { date }) =>
      `The owner left on ${date(on)} and the account is still open. Close it or give it a new owner.`,
  }),
  'owner-not-started': reason<{ owner: string; on: string }>({
    nb: ({ on }, { date }) => `Eieren begynner først ${date(on)}, men kontoen er allerede åpen.`,
    en: ({ on }, { date }) => `The owner does not start until ${date(on)}, but the account is already open.`,
  }),
  'owner-declared': reason<{ owner: string }>({
    nb: () => 'Har én oppgitt eier (oppgitt, ikke bevist).',
    en: () => 'Has one declared owner (declared, not proven).',
  }),
}
