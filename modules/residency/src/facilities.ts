import { hostFacilities, hostRegions, hosts } from '@hevd/facts'
import { factsOfTypes } from '@hevd/feeds'
import type { Tx } from '@hevd/postgres'
import { sql } from 'kysely'
import { type Act, changing, logged, type ResidencyContext, register, today } from './context.ts'
import type { Facility, HostPlace } from './contract.ts'
import { wrongPlace } from './domain/rules.ts'
import { ResidencyError } from './errors.ts'
import { facilityFact } from './said.ts'
import { allFacilities, deleteFacility, putFacility } from './store/facilities.ts'

/** Production hosts, with where their clouds say that they are and the facilities they stand in. */
export function listHostPlaces(
  { db }: Pick<ResidencyContext, 'db'>,
  organisation: string,
): Promise<HostPlace[]> {
  return db.transaction(organisation, async (tx) => {
    const facilities = await allFacilities(tx, organisation)
    const regions = new Map(
      (await said(tx, organisation, hostRegions)).map(({ host, cloud, region }) => [
        host,
        `${cloud}:${region}`,
      ]),
    )
    const known = await said(tx, organisation, hosts)
    return known
      .filter(({ role }) => role === 'production')
      .map(({ id, name }) => {
        const { host: _, ...facility } = facilities.get(id) ?? { host: id }
        const isWhole = 'place' in facility
        return { id, name, region: regions.get(id) ?? null, facility: isWhole ? facility : null }
      })
      .sort((a, b) => a.name.localeCompare(b.name, 'nb'))
  })
}

async function said<Value>(
  tx: Tx,
  organisation: string,
  type: { readonly name: string; parse(raw: unknown): Value },
): Promise<readonly Value[]> {
  const { rows } = await sql<{ value: unknown }>`
    select said.value from ${factsOfTypes(organisation, [type.name])} as said`.execute(tx)
  return rows.map(({ value }) => type.parse(value))
}

/** Enters the facility that a host was seen to stand in. Throws `no-such-host` or `not-valid-entry`. */
export async function enterFacility(
  context: ResidencyContext,
  { organisation, by }: Act,
  host: string,
  facility: Facility,
): Promise<void> {
  await changing(context, organisation, async (tx) => {
    const [there] = await context.feeds.read(tx, organisation, [hosts.byKey(host)])
    if (there === undefined || there.facts.length === 0) throw new ResidencyError('no-such-host')
    const wrong = wrongPlace(facility.place)
    if (wrong !== null) throw new ResidencyError('not-valid-entry', wrong)
    if (facility.seenOn > (await today(context, tx, organisation)))
      throw new ResidencyError('not-valid-entry', {
        nb: 'Datoen kan ikke være fram i tid.',
        en: 'The date cannot be in the future.',
      })
    await putFacility(tx, organisation, { host, ...facility })
    await context.feeds.put(tx, organisation, register.name, [facilityFact({ host, ...facility })])
    const { place, seenOn } = facility
    await logged(context, tx, organisation, [
      { kind: 'host-facility-entered', body: { host, place, seenOn, by } },
    ])
  })
}

/** Throws `no-such-host` where nothing is entered of it. */
export async function removeFacility(
  context: ResidencyContext,
  { organisation, by }: Act,
  host: string,
): Promise<void> {
  await changing(context, organisation, async (tx) => {
    if (!(await deleteFacility(tx, organisation, host))) throw new ResidencyError('no-such-host')
    await context.feeds.remove(tx, organisation, register.name, [{ type: hostFacilities.name, key: host }])
    await logged(context, tx, organisation, [{ kind: 'host-facility-removed', body: { host, by } }])
  })
}
