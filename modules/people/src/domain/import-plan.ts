import type { CalendarDate } from '@hevd/core'
import { type FileRow, type ImportPlan, planImport, type ReadFile, type Rules } from '@hevd/register-file'
import type { PeopleConfig } from '../config.ts'
import type { Person } from '../contract.ts'
import { fields } from './columns.ts'
import { faultsOf, type PersonField } from './person-rules.ts'

/** What a file would make of the register, and whose end it tells too late. */
export type PeoplePlan = ImportPlan<Person> & { readonly late: readonly string[] }

/** @param register every person, by id @param today in the organisation's time zone */
export function planPeople(
  register: ReadonlyMap<string, Person>,
  file: ReadFile<PersonField>,
  today: CalendarDate,
  config: PeopleConfig,
): PeoplePlan {
  const plan = planImport(register, file, rules, config)
  const changes = [...plan.added.map((after) => ({ before: undefined, after })), ...plan.changed]
  return {
    ...plan,
    late: changes.flatMap(({ before, after }) => (isLate(before, after, today) ? [after.id] : [])),
  }
}

/** An end that is said for the first time when it has already passed. */
export function isLate(before: Person | undefined, after: Person, today: CalendarDate): boolean {
  return after.endsOn !== null && after.endsOn < today && before?.endsOn !== after.endsOn
}

export function isSame(one: Person, other: Person): boolean {
  return fields.every((field) => one[field] === other[field])
}

const rules: Rules<PersonField, Person> = { itemOf: personOf, faultsOf, isSame }

function personOf(id: string, { says }: FileRow<PersonField>, before: Person | undefined): Person {
  const text = (value: string | boolean | null | undefined, otherwise: string | null) =>
    value === undefined || typeof value === 'boolean' ? otherwise : value
  return {
    id,
    name: text(says.name, before?.name ?? '') ?? '',
    kind: says.kind === 'contractor' || says.kind === 'employee' ? says.kind : (before?.kind ?? 'employee'),
    sponsor: text(says.sponsor, before?.sponsor ?? null),
    startsOn: text(says.startsOn, before?.startsOn ?? '') ?? '',
    endsOn: text(says.endsOn, before?.endsOn ?? null),
    voluntary:
      typeof says.voluntary === 'boolean' || says.voluntary === null
        ? says.voluntary
        : (before?.voluntary ?? null),
  }
}
