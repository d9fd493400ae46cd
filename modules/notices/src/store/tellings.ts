import type { Instant } from '@hevd/core'
import { at, columns, type Tx } from '@hevd/postgres'
import { sql } from 'kysely'

/** The way to the mail server, or to receivers of webhooks. */
export type Channel = 'email' | 'webhook'

/** Whom something is told: an account by e-mail, or a receiver by webhook. */
export type Recipient = { readonly channel: Channel; readonly recipient: string }

/** That something is asked, or that its deadline is near, for one recipient. */
export type Telling = Recipient & {
  readonly item: string
  /** `began <instant>` or `near <instant>`. */
  readonly occasion: string
  readonly urgent: boolean
  readonly made_at: Instant
}

const key = { channel: 'text', recipient: 'uuid', item: 'text', occasion: 'text' } as const

/** Writes what is to be told; what was written before is left as it is, so that it is told once. */
export async function addTellings(tx: Tx, organisation: string, tellings: readonly Telling[]): Promise<void> {
  if (tellings.length === 0) return
  const types = { ...key, urgent: 'boolean', made_at: 'timestamptz' } as const
  await sql`
    insert into notices.telling (organisation, channel, recipient, item, occasion, urgent, made_at)
    select ${organisation}::uuid, t.*
    from ${columns(tellings, types)} as t (channel, recipient, item, occasion, urgent, made_at)
    on conflict do nothing`.execute(tx)
}

/** What is in no message yet, held by this transaction; what another holds is left to it. */
export async function waitingTellings(tx: Tx, organisation: string): Promise<readonly Telling[]> {
  const { rows } = await sql<Telling>`
    select channel, recipient, item, occasion, urgent, made_at from notices.telling
    where organisation = ${organisation} and delivery is null and dropped_at is null
    order by made_at, item for update skip locked`.execute(tx)
  return rows
}

export async function putInDelivery(
  tx: Tx,
  organisation: string,
  tellings: readonly Telling[],
  delivery: string,
): Promise<void> {
  await sql`
    update notices.telling t set delivery = ${delivery}
    from ${columns(tellings, key)} as w (channel, recipient, item, occasion)
    where t.organisation = ${organisation} and t.channel = w.channel and t.recipient = w.recipient
      and t.item = w.item and t.occasion = w.occasion`.execute(tx)
}

/** Of somebody who is no longer told. */
export async function dropTellings(
  tx: Tx,
  organisation: string,
  { channel, recipient }: Recipient,
  now: Instant,
): Promise<void> {
  await sql`
    update notices.telling set dropped_at = ${at(now)}
    where organisation = ${organisation} and channel = ${channel} and recipient = ${recipient}
      and delivery is null and dropped_at is null`.execute(tx)
}

export async function tellingsOf(
  tx: Tx,
  organisation: string,
  delivery: string,
): Promise<readonly Pick<Telling, 'item' | 'occasion'>[]> {
  const { rows } = await sql<Pick<Telling, 'item' | 'occasion'>>`
    select item, occasion from notices.telling
    where organisation = ${organisation} and delivery = ${delivery} order by made_at, item`.execute(tx)
  return rows
}
