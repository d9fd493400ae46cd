import type { Tx } from '@hevd/postgres'
import { sql } from 'kysely'

/**
 * Takes a person's names out of what was written of grants and of key stores. Ids of the grants and stores that changed.
 *
 * @param pattern of names, for `~*` @param word what stands there instead
 */
export async function eraseNames(
  tx: Tx,
  organisation: string,
  pattern: string,
  word: string,
): Promise<{ readonly grants: readonly string[]; readonly stores: readonly string[] }> {
  const without = (text: string) =>
    sql`regexp_replace(${sql.raw(text)}, ${pattern}::text, ${word}::text, 'gi')`
  const grants = await sql<{ id: string }>`
    update keys.key_grant set purpose = ${without('purpose')}
    where organisation = ${organisation} and purpose ~* ${pattern}::text returning id`.execute(tx)
  const stores = await sql<{ id: string }>`
    update keys.store set name = ${without('name')}, place = ${without('place')},
      reached_by = (select array_agg(${without('one')} order by place) from unnest(reached_by)
        with ordinality as each (one, place))
    where organisation = ${organisation}
      and concat_ws(' ', name, place, array_to_string(reached_by, ' ')) ~* ${pattern}::text
    returning id`.execute(tx)
  const idsOf = ({ rows }: { readonly rows: readonly { readonly id: string }[] }) => rows.map(({ id }) => id)
  return { grants: idsOf(grants), stores: idsOf(stores) }
}
