import type { Instant } from '@hevd/core'
import { at, type Tx } from '@hevd/postgres'
import { sql } from 'kysely'

export async function openBatch(tx: Tx, organisation: string, id: string, now: Instant): Promise<void> {
  await sql`
    insert into residency.batch (organisation, id, opened_at) values (${organisation}, ${id}, ${at(now)})`.execute(
    tx,
  )
}

/** Whether it was open; another server may have taken it for lost. */
export async function closeBatch(tx: Tx, organisation: string, id: string, now: Instant): Promise<boolean> {
  const { rows } = await sql`
    update residency.batch set closed_at = ${at(now)}
    where organisation = ${organisation} and id = ${id} and closed_at is null returning id`.execute(tx)
  return rows.length > 0
}

/** Closes batches that were opened before then and never closed. */
export async function closeLostBatches(
  tx: Tx,
  organisation: string,
  before: Instant,
  now: Instant,
): Promise<readonly { readonly id: string; readonly openedAt: Instant }[]> {
  const { rows } = await sql<{ id: string; openedAt: Instant }>`
    update residency.batch set closed_at = ${at(now)}
    where organisation = ${organisation} and closed_at is null and opened_at < ${at(before)}
    returning id, opened_at as "openedAt"`.execute(tx)
  return rows
}
