import { type Instant, milliseconds } from '@hevd/core'
import type { Ask } from '@hevd/http'
import type { Tx } from '@hevd/postgres'
import { audienceOf, type Listener, type Told, toldOf } from './audience.ts'
import { type Item, letter, webhookBody } from './domain/message.ts'
import { afterQuiet } from './domain/tell-time.ts'
import { asksNow, type Ground } from './ground.ts'
import { sendMail } from './mail.ts'
import type { Outcome } from './outcome.ts'
import { settleOutcome } from './settling.ts'
import { putOff, settle, type Taken, takeDelivery } from './store/deliveries.ts'
import { type Channel, type Telling, tellingsOf } from './store/tellings.ts'
import { callReceiver } from './webhook.ts'

/**
 * Sends the messages whose time has come, one after another, until none is left that may be sent now. What is sent and
 * not yet written down as sent when a server dies is sent again, under the same Message-ID or webhook-id.
 */
export async function deliver(
  ground: Ground,
  organisation: string,
  isStopping: () => boolean,
): Promise<void> {
  const asksOf = lookedUp(ground, organisation)
  const channels: readonly Channel[] = ground.config.smtp === null ? ['webhook'] : ['email', 'webhook']
  while (!isStopping()) {
    const taken = await ground.db.transaction(organisation, (tx) => {
      const now = ground.clock.now()
      return takeDelivery(tx, organisation, channels, now, now + milliseconds(ground.config.lease))
    })
    if (taken === undefined) return
    const outcome = await sendOne(ground, organisation, taken, asksOf)
    if (outcome !== null) await settleOutcome(ground, organisation, taken, outcome)
  }
}

/** What came of it; null where it was not sent, since nothing of it is asked any more or it is quiet now. */
async function sendOne(
  ground: Ground,
  organisation: string,
  taken: Taken,
  asksOf: Looked,
): Promise<Outcome | null> {
  const { clock, config, origin } = ground
  const ready = await ground.db.transaction(organisation, (tx) =>
    readied(ground, tx, organisation, taken, asksOf),
  )
  if (ready === null) return null
  const { listener, items, told } = ready
  if (listener.channel === 'webhook') {
    const { url, secret } = listener.webhook
    const body = webhookBody(taken.id, taken.made_at, items, origin)
    return callReceiver({ url, secret, id: taken.id, body, at: clock.now() }, config)
  }
  if (config.smtp === null) return null
  const { locale, zone, address } = listener
  return sendMail(
    config.smtp,
    new URL(origin).hostname,
    {
      id: taken.id,
      to: address,
      language: locale,
      date: taken.made_at,
      ...letter({ items, locale, zone, organisation: told.name, origin }),
    },
    config.answerWithin,
  )
}

type Ready = { readonly listener: Listener; readonly items: readonly Item[]; readonly told: Told }

/** What a message says now: without what has ended, and not at all where nothing is left or nobody listens. */
async function readied(
  ground: Ground,
  tx: Tx,
  organisation: string,
  taken: Taken,
  asksOf: Looked,
): Promise<Ready | null> {
  const now = ground.clock.now()
  const audience = await audienceOf(ground, tx, organisation)
  const listener = audience.find(
    ({ channel, recipient }) => channel === taken.channel && recipient === taken.recipient,
  )
  const tellings = await tellingsOf(tx, organisation, taken.id)
  const items = listener === undefined ? [] : stillAsked(await asksOf(tx), listener, tellings)
  if (listener === undefined || items.length === 0) {
    await settle(tx, organisation, taken.id, 'dropped', now, null)
    return null
  }
  if (listener.channel === 'email') {
    const free = afterQuiet(listener.preference.quiet, listener.zone, now)
    if (free > now) {
      await putOff(tx, organisation, taken.id, free, null)
      return null
    }
  }
  return { listener, items, told: await toldOf(tx, organisation) }
}

function stillAsked(
  asks: ReadonlyMap<string, Ask>,
  listener: Listener,
  tellings: readonly Pick<Telling, 'item' | 'occasion'>[],
): readonly Item[] {
  return tellings.flatMap(({ item, occasion }): Item[] => {
    const ask = asks.get(item)
    if (ask === undefined || !listener.hears(ask)) return []
    return [{ ask, occasion: occasion.startsWith('near ') ? 'near' : 'began' }]
  })
}

/** What is asked, by id. */
type Looked = (tx: Tx) => Promise<ReadonlyMap<string, Ask>>

/** Messages that are sent within so many milliseconds of one another say what was asked at the first. */
const freshFor = 10_000

function lookedUp(ground: Ground, organisation: string): Looked {
  let last: { readonly at: Instant; readonly asks: ReadonlyMap<string, Ask> } | undefined
  return async (tx) => {
    const now = ground.clock.now()
    if (last === undefined || now - last.at > freshFor)
      last = {
        at: now,
        asks: new Map((await asksNow(ground, tx, organisation)).map((ask) => [ask.id, ask])),
      }
    return last.asks
  }
}
