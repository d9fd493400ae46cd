import type { Tx } from '@hevd/postgres'
import { sql } from 'kysely'
import type { Facility } from '../contract.ts'

export type HostFacility = Facility & { readonly host: string }

export async function allFacilities(
  tx: Tx,
  organisation: string,
): Promise<ReadonlyMap<string, HostFacility>> {
  const { rows } = await sql<HostFacility>`
    select host, facility, place, seen_on as "seenOn" from residency.host_facility
    where organisation = ${organisation}`.execute(tx)
  return new Map(rows.map((row) => [row.host, row]))
}

export async function putFacility(
  tx: Tx,
  organisation: string,
  { host, facility, place, seenOn }: HostFacility,
): Promise<void> {
  await sql`
    insert into residency.host_facility (organisation, host, facility, place, seen_on)
    values (${organisation}, ${host}, ${facility}, ${place}, ${seenOn})
    on conflict (organisation, host) do update set facility = excluded.facility, place = excluded.place,
      seen_on = excluded.seen_on`.execute(tx)
}

/** Whether there was one. */
export async function deleteFacility(tx: Tx, organisation: string, host: string): Promise<boolean> {
  const { rows } = await sql`
    delete from residency.host_facility where organisation = ${organisation} and host = ${host} returning host`.execute(
    tx,
  )
  return rows.length > 0
}
