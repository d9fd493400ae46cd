import { type Tx, uuidv7 } from '@hevd/postgres'
import { toldOf } from './audience.ts'
import type { AddedWebhook, Channels, MailTried } from './contract.ts'
import { trialLetter } from './domain/message.ts'
import { addressFault } from './domain/receiver-address.ts'
import { secretOf } from './domain/signature.ts'
import { NoticesError } from './errors.ts'
import type { Ground } from './ground.ts'
import { sendMail } from './mail.ts'
import { countWaiting, retryDelivery } from './store/deliveries.ts'
import { type Failing, failingOutlets, mailServer, outletWorks } from './store/outlets.ts'
import { addWebhook, removeWebhook, switchWebhook, webhooks } from './store/webhooks.ts'

/** How notices leave the house, and what does not work of it. */
export async function channelsNow({ config }: Ground, tx: Tx, organisation: string): Promise<Channels> {
  const failing = await failingOutlets(tx, organisation)
  const { smtp } = config
  return {
    mail: smtp === null ? null : { host: smtp.host, from: smtp.from, encrypted: smtp.tls !== 'none' },
    mailFailing: failingOut(failing.find(({ channel }) => channel === 'email')),
    waiting: await countWaiting(tx, organisation),
    webhooks: (await webhooks(tx, organisation)).map((row) => ({
      id: row.id,
      title: row.title,
      url: row.url,
      madeAt: row.made_at,
      disabledAt: row.disabled_at,
      failing: failingOut(failing.find(({ channel, id }) => channel === 'webhook' && id === row.id)),
    })),
    internalReceivers: config.internalReceivers,
  }
}

function failingOut(row: Failing | undefined): Channels['mailFailing'] {
  return row === undefined ? null : { since: row.failing_since, error: row.error, nextAt: row.next_at }
}

/** Sends a mail to the caller and tells what the server said. Throws `no-mail-server` or `no-address`. */
export async function tryMail(ground: Ground, organisation: string, account: string): Promise<MailTried> {
  const { db, accounts, clock, config, origin } = ground
  if (config.smtp === null) throw new NoticesError('no-mail-server')
  const { own, told } = await db.transaction(organisation, async (tx) => ({
    own: (await accounts.reachable(tx)).find((one) => one.account.id === account),
    told: await toldOf(tx, organisation),
  }))
  if (own === undefined || own.email === null) throw new NoticesError('no-address')
  const locale = own.locale ?? told.locale
  const id = uuidv7(clock.now())
  const outcome = await sendMail(
    config.smtp,
    new URL(origin).hostname,
    { id, to: own.email, language: locale, date: clock.now(), ...trialLetter(locale, told.name, origin) },
    config.answerWithin,
  )
  if (outcome.kind !== 'sent') return { accepted: false, answer: outcome.why }
  // It works again: what waits need not wait for its next attempt.
  await db.transaction(organisation, (tx) =>
    outletWorks(tx, organisation, { channel: 'email', id: mailServer }),
  )
  return { accepted: true, answer: { nb: outcome.answer, en: outcome.answer } }
}

/** Adds a receiver; its secret stands in the answer alone. Throws `webhook-not-allowed` or `too-many-webhooks`. */
export async function enterWebhook(
  { clock, random, record, config }: Ground,
  tx: Tx,
  organisation: string,
  { title, url }: { readonly title: string; readonly url: string },
  by: string,
): Promise<AddedWebhook> {
  const fault = addressFault(url, config.internalReceivers)
  if (fault !== null) throw new NoticesError('webhook-not-allowed', fault)
  const known = await webhooks(tx, organisation)
  if (known.length >= config.mostWebhooks) throw new NoticesError('too-many-webhooks')
  const now = clock.now()
  const id = uuidv7(now)
  const secret = secretOf(random(32))
  await addWebhook(tx, organisation, { id, title, url, secret, made_by: by, made_at: now })
  await record(tx, organisation, 'webhook-added', { webhook: id, host: new URL(url).host, by })
  return { id, secret }
}

/** Removes a receiver with what waits for it. Throws `no-such-webhook`. */
export async function dropWebhook(
  { record }: Ground,
  tx: Tx,
  organisation: string,
  id: string,
  by: string,
): Promise<void> {
  if (!(await removeWebhook(tx, organisation, id))) throw new NoticesError('no-such-webhook')
  await record(tx, organisation, 'webhook-removed', { webhook: id, by })
}

/** Calls a receiver that was switched off again, from now on. Throws `no-such-webhook`. */
export async function enableWebhook(
  { record }: Ground,
  tx: Tx,
  organisation: string,
  id: string,
  by: string,
): Promise<void> {
  if (!(await switchWebhook(tx, organisation, id, null))) throw new NoticesError('no-such-webhook')
  await outletWorks(tx, organisation, { channel: 'webhook', id })
  await record(tx, organisation, 'webhook-enabled', { webhook: id, by })
}

/** Sends a message that was given up once more. Throws `no-such-delivery`. */
export async function sendAgain(
  { clock, record }: Ground,
  tx: Tx,
  organisation: string,
  id: string,
  by: string,
): Promise<void> {
  if (!(await retryDelivery(tx, organisation, id, clock.now()))) throw new NoticesError('no-such-delivery')
  await record(tx, organisation, 'notice-sent-again', { delivery: id, by })
}
