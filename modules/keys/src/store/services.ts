import { namedServices } from '@hevd/facts'
import { factsOfTypes } from '@hevd/feeds'
import type { Tx } from '@hevd/postgres'
import { sql } from 'kysely'

/** Named services of the register of people, by name. */
export async function namedServicesOf(
  tx: Tx,
  organisation: string,
): Promise<readonly { readonly kind: 'service'; readonly id: string; readonly name: string }[]> {
  const { rows } = await sql<{ id: string; name: string }>`
    select said.key as id, said.value ->> 'name' as name
    from ${factsOfTypes(organisation, [namedServices.name])} as said order by name, id`.execute(tx)
  return rows.map(({ id, name }) => ({ kind: 'service', id, name }))
}
