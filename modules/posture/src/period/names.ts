import type { Locale } from '@hevd/core'
import type { Tx } from '@hevd/postgres'
import { sql } from 'kysely'

/** Names of accounts by their ids; what is no account's id is left out. */
export type Names = (organisation: string, ids: readonly string[]) => Promise<ReadonlyMap<string, string>>

/** Ids of the accounts that a period tells of: who made it, answered, signed, drew, approved, and asked for exceptions. */
export async function accountsOf(tx: Tx, organisation: string, period: string): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    with p as (select * from posture.period where organisation = ${organisation} and id = ${period})
    select made_by::text as id from p
    union select by::text from posture.period_answer where organisation = ${organisation} and period = ${period}
    union select signed_by::text from posture.period_signing where organisation = ${organisation} and period = ${period}
    union select drawn_by::text from posture.period_sample where organisation = ${organisation} and period = ${period}
    union select e.approved_by from posture.edition e, p
      where e.organisation = ${organisation} and e.made_at < p.until_at
        and (e.superseded_at is null or e.superseded_at > p.from_at)
    union select unnest(array[e.requested_by::text, e.approved_by::text]) from posture.exception e, p
      where e.organisation = ${organisation} and e.approved_at < p.until_at and e.until > p.from_at
    order by id`.execute(tx)
  return rows.map(({ id }) => id)
}

/** How an account is named in a file: by its name, and what is none by what it stands for. */
export function accountName(id: string, named: ReadonlyMap<string, string>, locale: Locale): string {
  return named.get(id) ?? (id === 'catalogue' ? catalogue[locale] : id)
}

const catalogue = { nb: 'slik den følger med Hevd', en: 'as it comes with Hevd' } as const
