import type { Tx } from '@hevd/postgres'
import { sql } from 'kysely'

/** Ids of what was changed and has not ended. */
export type Changed = {
  readonly customers: readonly string[]
  readonly stores: readonly string[]
  readonly subprocessors: readonly string[]
  readonly attestations: readonly string[]
  readonly hosts: readonly string[]
}

/**
 * Takes a person's names out of what was written here; ids stay, as others go by them.
 *
 * @param pattern of names, for `~*` @param word what stands there instead
 */
export async function eraseNames(
  tx: Tx,
  organisation: string,
  pattern: string,
  word: string,
): Promise<Changed> {
  const without = (text: string) =>
    sql`regexp_replace(${sql.raw(text)}, ${pattern}::text, ${word}::text, 'gi')`
  const named = sql`name = ${without('name')}, search = ${without('search')}, sort_key = ${without('sort_key')}`
  type Row = { id: string; ended: boolean }
  const customers = await sql<Row>`
    update residency.customer set ${named}, contract = ${without('contract')}
    where organisation = ${organisation} and concat_ws(' ', name, search, contract) ~* ${pattern}::text
    returning id, ended_at is not null as ended`.execute(tx)
  const stores = await sql<Row>`
    update residency.data_store set ${named}
    where organisation = ${organisation} and concat_ws(' ', name, search) ~* ${pattern}::text
    returning id, ended_at is not null as ended`.execute(tx)
  const subprocessors = await sql<Row>`
    update residency.subprocessor set ${named}
    where organisation = ${organisation} and concat_ws(' ', name, search) ~* ${pattern}::text
    returning id, ended_at is not null as ended`.execute(tx)
  const attestations = await sql<Row>`
    update residency.attestation set reference = ${without('reference')}
    where organisation = ${organisation} and reference ~* ${pattern}::text
    returning id, withdrawn_at is not null as ended`.execute(tx)
  const hosts = await sql<Row>`
    update residency.host_facility set facility = ${without('facility')}
    where organisation = ${organisation} and facility ~* ${pattern}::text
    returning host as id, false as ended`.execute(tx)
  const live = ({ rows }: { readonly rows: readonly Row[] }) =>
    rows.flatMap(({ id, ended }) => (ended ? [] : [id]))
  return {
    customers: live(customers),
    stores: live(stores),
    subprocessors: live(subprocessors),
    attestations: live(attestations),
    hosts: live(hosts),
  }
}
