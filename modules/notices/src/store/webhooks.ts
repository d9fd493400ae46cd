import type { Instant } from '@hevd/core'
import { at, type Tx } from '@hevd/postgres'
import { sql } from 'kysely'

export type WebhookRow = {
  readonly id: string
  readonly title: string
  readonly url: string
  readonly secret: string
  readonly made_by: string
  readonly made_at: Instant
  readonly disabled_at: Instant | null
}

export async function webhooks(tx: Tx, organisation: string): Promise<readonly WebhookRow[]> {
  const { rows } = await sql<WebhookRow>`
    select id, title, url, secret, made_by, made_at, disabled_at from notices.webhook
    where organisation = ${organisation} order by made_at, id`.execute(tx)
  return rows
}

export async function addWebhook(
  tx: Tx,
  organisation: string,
  row: Omit<WebhookRow, 'disabled_at'>,
): Promise<void> {
  await sql`
    insert into notices.webhook (organisation, id, title, url, secret, made_by, made_at)
    values (${organisation}, ${row.id}, ${row.title}, ${row.url}, ${row.secret}, ${row.made_by}, ${at(row.made_at)})`.execute(
    tx,
  )
}

/** Switches a receiver off, or with null on again; whether there is such a one that was not so. */
export async function switchWebhook(
  tx: Tx,
  organisation: string,
  id: string,
  disabledAt: Instant | null,
): Promise<boolean> {
  const { rows } = await sql`
    update notices.webhook set disabled_at = ${disabledAt === null ? null : at(disabledAt)}
    where organisation = ${organisation} and id = ${id}
      and (disabled_at is null) = ${disabledAt !== null} returning id`.execute(tx)
  return rows.length > 0
}

/** With what waited for it; whether there was such. */
export async function removeWebhook(tx: Tx, organisation: string, id: string): Promise<boolean> {
  const { rows } = await sql`
    delete from notices.webhook where organisation = ${organisation} and id = ${id} returning id`.execute(tx)
  await sql`
    delete from notices.outlet where organisation = ${organisation} and channel = 'webhook' and id = ${id}`.execute(
    tx,
  )
  await sql`
    delete from notices.telling
    where organisation = ${organisation} and channel = 'webhook' and recipient = ${id}`.execute(tx)
  await sql`
    delete from notices.delivery
    where organisation = ${organisation} and channel = 'webhook' and recipient = ${id}`.execute(tx)
  return rows.length > 0
}
