import type { Bilingual, Instant } from '@hevd/core'
import { at, type Tx } from '@hevd/postgres'
import { sql } from 'kysely'
import type { Delivery } from '../contract.ts'
import { mailServer } from './outlets.ts'
import type { Channel, Recipient } from './tellings.ts'

/** One message that is this server's to send. */
export type Taken = Recipient & {
  readonly id: string
  readonly made_at: Instant
  /** This attempt counted. */
  readonly attempts: number
}

export async function addDelivery(
  tx: Tx,
  organisation: string,
  { id, channel, recipient }: Recipient & { readonly id: string },
  now: Instant,
): Promise<void> {
  await sql`
    insert into notices.delivery (organisation, id, channel, recipient, made_at, next_at, state)
    values (${organisation}, ${id}, ${channel}, ${recipient}, ${at(now)}, ${at(now)}, 'waiting')`.execute(tx)
}

/**
 * Takes a message that is due, whose way is not failing, until `until`: then it is anybody's again, so that one that a
 * dead server had is sent. Those that were tried least come first, so that one that is always refused holds up none.
 */
export async function takeDelivery(
  tx: Tx,
  organisation: string,
  channels: readonly Channel[],
  now: Instant,
  until: Instant,
): Promise<Taken | undefined> {
  const { rows } = await sql<Taken>`
    update notices.delivery set taken_until = ${at(until)}, attempts = attempts + 1
    where organisation = ${organisation} and id = (
      select d.id from notices.delivery d
      where d.organisation = ${organisation} and d.state = 'waiting' and d.next_at <= ${at(now)}
        and d.channel = any(${[...channels]}::text[]) and (d.taken_until is null or d.taken_until <= ${at(now)})
        and not exists (select from notices.outlet o
          where o.organisation = d.organisation and o.channel = d.channel and o.next_at > ${at(now)}
            and o.id = case d.channel when 'email' then ${mailServer}::uuid else d.recipient end)
      order by d.attempts, d.made_at, d.id limit 1 for update skip locked)
    returning id, channel, recipient, made_at, attempts`.execute(tx)
  return rows[0]
}

/** Leaves a message for later. @param error why; null where nothing is wrong */
export async function putOff(
  tx: Tx,
  organisation: string,
  id: string,
  nextAt: Instant,
  error: Bilingual | null,
): Promise<void> {
  await sql`
    update notices.delivery set next_at = ${at(nextAt)}, taken_until = null, error = ${json(error)}
    where organisation = ${organisation} and id = ${id} and state = 'waiting'`.execute(tx)
}

export async function settle(
  tx: Tx,
  organisation: string,
  id: string,
  state: Exclude<Delivery['state'], 'waiting'>,
  now: Instant,
  error: Bilingual | null,
): Promise<void> {
  await sql`
    update notices.delivery set state = ${state}, settled_at = ${at(now)}, taken_until = null, error = ${json(error)}
    where organisation = ${organisation} and id = ${id} and state = 'waiting'`.execute(tx)
}

/** Gives up everything that waits for a recipient. */
export async function giveUpAll(
  tx: Tx,
  organisation: string,
  { channel, recipient }: Recipient,
  now: Instant,
  error: Bilingual,
): Promise<void> {
  await sql`
    update notices.delivery set state = 'failed', settled_at = ${at(now)}, taken_until = null, error = ${json(error)}
    where organisation = ${organisation} and channel = ${channel} and recipient = ${recipient}
      and state = 'waiting'`.execute(tx)
}

/** Sends what was given up once more; whether there was such. */
export async function retryDelivery(
  tx: Tx,
  organisation: string,
  id: string,
  now: Instant,
): Promise<boolean> {
  const { rows } = await sql`
    update notices.delivery set state = 'waiting', settled_at = null, made_at = ${at(now)}, next_at = ${at(now)}
    where organisation = ${organisation} and id = ${id} and state = 'failed' returning id`.execute(tx)
  return rows.length > 0
}

export async function countWaiting(tx: Tx, organisation: string): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*) as count from notices.delivery
    where organisation = ${organisation} and state = 'waiting'`.execute(tx)
  return rows[0]?.count ?? 0
}

const shown = 100

/** The newest first. */
export async function newestDeliveries(tx: Tx, organisation: string): Promise<Delivery[]> {
  const { rows } = await sql<Delivery>`
    select d.id, d.channel, d.recipient, w.title, d.made_at as "madeAt", d.attempts, d.state,
      d.settled_at as "settledAt", d.error,
      (select count(*) from notices.telling t where t.organisation = d.organisation and t.delivery = d.id) as items
    from notices.delivery d
    left join notices.webhook w on w.organisation = d.organisation and d.channel = 'webhook' and w.id = d.recipient
    where d.organisation = ${organisation} order by d.made_at desc, d.id desc limit ${shown}`.execute(tx)
  return rows
}

const json = (error: Bilingual | null) => sql`${error === null ? null : JSON.stringify(error)}::jsonb`
