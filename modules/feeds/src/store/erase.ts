import type { Instant } from '@hevd/core'
import { type Tx, uuidv7 } from '@hevd/postgres'
import { sql } from 'kysely'

/** What facts of registers say in words that match. */
export async function mayNameInRegisters(
  tx: Tx,
  organisation: string,
  pattern: string,
): Promise<
  { readonly feed: string; readonly type: string; readonly key: string; readonly value: unknown }[]
> {
  const { rows } = await sql<{ feed: string; type: string; key: string; value: unknown }>`
    select feed, type, key, value from feeds.fact
    where organisation = ${organisation} and starts_with(feed, 'register/') and value::text ~* ${pattern}
    order by feed, type, key`.execute(tx)
  return rows
}

/** Past versions that may name somebody: by words that match, or by one of these texts as JSON has it. */
export async function mayNameInPast(
  tx: Tx,
  organisation: string,
  pattern: string | null,
  quoted: readonly string[],
): Promise<{ readonly id: string; readonly type: string; readonly value: unknown }[]> {
  const { rows } = await sql<{ id: string; type: string; value: unknown }>`
    select past.id, past.type, past.value from feeds.past_fact past
    where past.organisation = ${organisation} and (coalesce(past.value::text ~* ${pattern}::text, false) or exists (
      select from unnest(${[...quoted]}::text[]) as one (text) where position(one.text in past.value::text) > 0))
    for update`.execute(tx)
  return rows
}

export async function deletePast(tx: Tx, organisation: string, ids: readonly string[]): Promise<void> {
  await sql`
    delete from feeds.past_fact
    where organisation = ${organisation} and id = any(${[...ids]}::uuid[])`.execute(tx)
}

/** Whether something that was touched by a moment still waits to be handed on. */
export async function isTouchedBy(tx: Tx, organisation: string, moment: Instant): Promise<boolean> {
  const { rows } = await sql`
    select from feeds.touched
    where organisation = ${organisation} and id < ${uuidv7(moment + 1, (size) => Buffer.alloc(size))} limit 1`.execute(
    tx,
  )
  return rows.length > 0
}

/** Those of these keys of accounts and roles that somebody sees. */
export async function seenOf(tx: Tx, organisation: string, accounts: readonly string[]): Promise<string[]> {
  const { rows } = await sql<{ key: string }>`
    select distinct key from feeds.fact
    where organisation = ${organisation} and type in ('account', 'postgres-role')
      and key = any(${[...accounts]}::text[])`.execute(tx)
  return rows.map(({ key }) => key)
}

/** Those of these words, in small letters, that an account or a role is called by now. */
export async function loginsSeen(tx: Tx, organisation: string, words: readonly string[]): Promise<string[]> {
  const { rows } = await sql<{ name: string }>`
    select distinct lower(value ->> 'name') as name from feeds.fact
    where organisation = ${organisation} and type in ('account', 'postgres-role')
      and lower(value ->> 'name') = any(${words.map((word) => word.toLowerCase())}::text[])`.execute(tx)
  return rows.map(({ name }) => name)
}
