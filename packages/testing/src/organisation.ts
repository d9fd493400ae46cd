import { at, type Database, type Organisation, type OrganisationTables, uuidv7 } from '@hevd/postgres'

/** Adds an organisation and returns its id; what is not given is made up, and differs from one call to the next. */
export async function addOrganisation(db: Database, given: Partial<Organisation> = {}): Promise<string> {
  const created_at = given.created_at ?? (await db.now())
  const id = given.id ?? uuidv7(created_at)
  await db.system((tx) =>
    tx
      .withTables<OrganisationTables>()
      .insertInto('hevd.organisation')
      .values({
        id,
        name: given.name ?? `Virksomhet ${id.slice(-4)}`,
        host_name: given.host_name ?? `${id}.example`,
        locale: given.locale ?? 'nb',
        time_zone: given.time_zone ?? 'Europe/Oslo',
        created_at: at(created_at),
      })
      .execute(),
  )
  return id
}
