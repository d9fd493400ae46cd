import type { TimeZone } from '@hevd/core'
import type { OrganisationTables, Tx } from '@hevd/postgres'

/** The time zone whose calendar deadlines and texts go by. */
export async function zoneOf(tx: Tx, organisation: string): Promise<TimeZone> {
  const row = await tx
    .withTables<OrganisationTables>()
    .selectFrom('hevd.organisation')
    .select('time_zone')
    .where('id', '=', organisation)
    .executeTakeFirstOrThrow()
  return row.time_zone
}

/** What the organisation is called. */
export async function organisationNameOf(tx: Tx, organisation: string): Promise<string> {
  const { name } = await tx
    .withTables<OrganisationTables>()
    .selectFrom('hevd.organisation')
    .select('name')
    .where('id', '=', organisation)
    .executeTakeFirstOrThrow()
  return name
}
