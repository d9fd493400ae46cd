import { type CalendarDate, dateOf, endOfDate, type Instant, minus, plus } from '@hevd/core'
import type { OrganisationTables, Tx } from '@hevd/postgres'
import type { Hindrance } from '../contract.ts'
import { peopleById, type StoredPerson } from '../store/people.ts'
import type { ErasureDeps } from './parts.ts'
import { answersFor, endedBefore } from './store.ts'

/** Today, and the first day on which somebody with a last day is past retention, by the organisation's calendar. */
export type Calendar = {
  readonly today: CalendarDate
  /** Whoever's last day lies before it is past retention. */
  readonly limit: CalendarDate
  dueOf(endsOn: CalendarDate): CalendarDate
}

export async function calendarOf(
  { clock, config: { retention } }: Pick<ErasureDeps, 'clock' | 'config'>,
  tx: Tx,
  organisation: string,
): Promise<Calendar> {
  const { time_zone: zone } = await tx
    .withTables<OrganisationTables>()
    .selectFrom('hevd.organisation')
    .select('time_zone')
    .where('id', '=', organisation)
    .executeTakeFirstOrThrow()
  const now: Instant = clock.now()
  return {
    today: dateOf(now, zone),
    limit: dateOf(minus(now, retention, zone), zone),
    dueOf: (endsOn) => dateOf(plus(endOfDate(endsOn, zone), retention, zone), zone),
  }
}

/** Those who are past retention, longest first. */
export async function dueNow(
  deps: ErasureDeps,
  tx: Tx,
  organisation: string,
): Promise<readonly (StoredPerson & { readonly due: CalendarDate })[]> {
  const { limit, dueOf } = await calendarOf(deps, tx, organisation)
  const ids = (await endedBefore(tx, organisation, limit)).map(({ id }) => id)
  const known = await peopleById(tx, organisation, ids)
  return ids.flatMap((id) => {
    const person = known.get(id)
    return person === undefined || person.endsOn === null ? [] : [{ ...person, due: dueOf(person.endsOn) }]
  })
}

/** What keeps a person from being erased; `not-due` is all that a typed reason can go past. */
export async function hindrancesOf(
  { parts }: ErasureDeps,
  tx: Tx,
  organisation: string,
  { id, endsOn }: Pick<StoredPerson, 'id' | 'endsOn'>,
  { today, limit }: Calendar,
): Promise<readonly Hindrance[]> {
  const { services, sponsored } = await answersFor(tx, organisation, id, today)
  const found: Hindrance[] = [
    { what: 'employed', ids: endsOn === null || endsOn >= today ? [id] : [] },
    { what: 'not-due', ids: endsOn !== null && endsOn < today && endsOn >= limit ? [id] : [] },
    { what: 'service', ids: [...services] },
    { what: 'sponsor', ids: [...sponsored] },
  ]
  for (const register of parts().registers)
    found.push({ what: register.hindrance, ids: [...(await register.hinders(tx, organisation, id))] })
  return found.filter(({ ids }) => ids.length > 0)
}
