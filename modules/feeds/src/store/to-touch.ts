import { columns, type Tx } from '@hevd/postgres'
import { sql } from 'kysely'

/** A way in which facts of a type are found, whatever the value. */
export type LookupOfType = { readonly type: string; readonly by: string }

/** Lets every value of these look-ups that stands be handed on as touched, from the first. */
export async function addToTouch(
  tx: Tx,
  organisation: string,
  lookups: readonly LookupOfType[],
): Promise<void> {
  if (lookups.length === 0) return
  await sql`
    insert into feeds.to_touch (organisation, type, by)
    select distinct ${organisation}::uuid, type, by
    from ${columns(lookups, { type: 'text', by: 'text' })} as l (type, by) order by 2, 3
    on conflict (organisation, type, by) do update set after = ''`.execute(tx)
}

/**
 * Takes the next keys of what {@link addToTouch} asked for: those of the next `limit` facts. Nothing is put into the
 * queue: how far it has come is the one row that is written. What another transaction is going over is skipped.
 */
export async function takeToTouch(tx: Tx, organisation: string, limit: number): Promise<readonly string[]> {
  for (;;) {
    const { rows } = await sql<LookupOfType & { readonly after: string }>`
      select type, by, after from feeds.to_touch where organisation = ${organisation}
      order by type, by limit 1 for update skip locked`.execute(tx)
    const [next] = rows
    if (next === undefined) return []
    const { keys, last } = await keysAfter(tx, organisation, next, limit)
    const { type, by } = next
    await (last === null
      ? sql`
        delete from feeds.to_touch
        where organisation = ${organisation} and type = ${type} and by = ${by}`
      : sql`
        update feeds.to_touch set after = ${last}
        where organisation = ${organisation} and type = ${type} and by = ${by}`
    ).execute(tx)
    if (keys.length > 0) return keys
  }
}

/** The keys of one look-up that the next `limit` facts after `after` are found by, and the key of the last of them. */
async function keysAfter(
  tx: Tx,
  organisation: string,
  { type, by, after }: LookupOfType & { readonly after: string },
  limit: number,
): Promise<{ readonly keys: readonly string[]; readonly last: string | null }> {
  const { rows } = await sql<{ last: string | null; keys: string[] | null }>`
    with page as materialized (
      select key, id from feeds.fact
      where organisation = ${organisation} and type = ${type} and key > ${after}
      order by key fetch first ${limit} rows with ties)
    select (select max(key) from page) as last, array_agg(distinct l.lookup_key) as keys
    from page join feeds.fact_lookup l on l.organisation = ${organisation} and l.fact = page.id
      and starts_with(l.lookup_key, ${`${type}|${by}|`})`.execute(tx)
  return { keys: rows[0]?.keys ?? [], last: rows[0]?.last ?? null }
}
