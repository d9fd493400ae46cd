import type { Tx } from '@hevd/postgres'
import { sql } from 'kysely'

/**
 * Takes a person out of the readers of backups, and names out of what is written there. A reader who is waiting goes; of the
 * others it stays that there was somebody.
 *
 * @param pattern of names, for `~*`; null for none @param word what stands there instead
 */
export async function eraseInHolders(
  tx: Tx,
  organisation: string,
  {
    person,
    pattern,
    word,
  }: { readonly person: string | null; readonly pattern: string | null; readonly word: string },
): Promise<readonly string[]> {
  const without = (text: string) =>
    sql`coalesce(regexp_replace(${sql.raw(text)}, ${pattern}::text, ${word}::text, 'gi'), ${sql.raw(text)})`
  const isTheirs = sql`(holder_kind = 'person' and coalesce(holder = ${person}::text, false))`
  const { rows } = await sql<{ id: string }>`
    update backups.holder set purpose = ${without('purpose')}, kept_at = ${without('kept_at')},
      holder = case when ${isTheirs} then ${word}::text else holder end
    where organisation = ${organisation}
      and (${isTheirs} or coalesce(concat_ws(' ', purpose, kept_at) ~* ${pattern}::text, false))
    returning id`.execute(tx)
  return rows.map(({ id }) => id)
}

/** Takes names out of why sources ended and changes were accepted. */
export async function eraseInReasons(
  tx: Tx,
  organisation: string,
  pattern: string,
  word: string,
): Promise<void> {
  await sql`
    update backups.source set ended_why = regexp_replace(ended_why, ${pattern}::text, ${word}::text, 'gi')
    where organisation = ${organisation} and ended_why ~* ${pattern}::text`.execute(tx)
  await sql`
    update backups.backup set accepted_why = regexp_replace(accepted_why, ${pattern}::text, ${word}::text, 'gi')
    where organisation = ${organisation} and accepted_why ~* ${pattern}::text`.execute(tx)
}
