import type { Instant } from '@hevd/core'
import { at, type Tx, uuidv7 } from '@hevd/postgres'
import { sql } from 'kysely'

/** What a person said of a table or file in which something was found: the set it belongs to, or why it is none. */
export type FoundPlace = {
  readonly id: string
  readonly place: string
  readonly object: string
  readonly dataSet: string | null
  readonly reason: string | null
}

const selected = sql`id, place, object, data_set as "dataSet", reason`

export async function foundPlaces(tx: Tx, organisation: string): Promise<readonly FoundPlace[]> {
  const { rows } = await sql<FoundPlace>`
    select ${selected} from data.found_place where organisation = ${organisation}`.execute(tx)
  return rows
}

export async function foundPlacesOfSet(
  tx: Tx,
  organisation: string,
  dataSet: string,
): Promise<readonly FoundPlace[]> {
  const { rows } = await sql<FoundPlace>`
    select ${selected} from data.found_place
    where organisation = ${organisation} and data_set = ${dataSet} order by place, object`.execute(tx)
  return rows
}

/** Says it anew, under the id that the place was given first. */
export async function putFoundPlace(
  tx: Tx,
  organisation: string,
  { place, object, dataSet, reason }: Omit<FoundPlace, 'id'>,
  by: string,
  now: Instant,
): Promise<FoundPlace> {
  const { rows } = await sql<FoundPlace>`
    insert into data.found_place (organisation, id, place, object, data_set, reason, said_at, said_by)
    values (${organisation}, ${uuidv7(now)}, ${place}, ${object}, ${dataSet}, ${reason}, ${at(now)}, ${by})
    on conflict (organisation, place, object) do update set data_set = excluded.data_set, reason = excluded.reason,
      said_at = excluded.said_at, said_by = excluded.said_by
    returning ${selected}`.execute(tx)
  const [row] = rows
  if (row === undefined) throw new Error('no row was written')
  return row
}

/** Takes it back; undefined where nothing was said. */
export async function deleteFoundPlace(
  tx: Tx,
  organisation: string,
  { place, object }: Pick<FoundPlace, 'place' | 'object'>,
): Promise<FoundPlace | undefined> {
  const { rows } = await sql<FoundPlace>`
    delete from data.found_place
    where organisation = ${organisation} and place = ${place} and object = ${object}
    returning ${selected}`.execute(tx)
  return rows[0]
}

/** Takes names out of the reasons; those that were changed, as they now are. */
export async function eraseInFoundPlaces(
  tx: Tx,
  organisation: string,
  pattern: string | null,
  word: string,
): Promise<readonly FoundPlace[]> {
  const { rows } = await sql<FoundPlace>`
    update data.found_place set reason = regexp_replace(reason, ${pattern}::text, ${word}::text, 'gi')
    where organisation = ${organisation} and coalesce(reason ~* ${pattern}::text, false)
    returning ${selected}`.execute(tx)
  return rows
}
