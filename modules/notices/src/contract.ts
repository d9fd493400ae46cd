import { bilingual, instant } from '@hevd/http'
import { z } from 'zod'

/** Something that waits for the reader. `id` is stable for as long as the same is asked. */
export const askedItem = z.object({
  id: z.string(),
  kind: z.string(),
  title: bilingual,
  what: bilingual,
  since: instant.nullable(),
  deadline: instant.nullable(),
  action: bilingual,
  /** Address in the console. */
  to: z.string(),
})
export type AskedItem = z.infer<typeof askedItem>

/** `GET /api/asked`: what is asked of the caller, the most important first. */
export const asked = z.object({ at: instant, items: z.array(askedItem) })
export type Asked = z.infer<typeof asked>

const clockTime = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/)
const zone = z.string().max(64).refine(isTimeZone, { error: 'not an IANA time zone such as Europe/Oslo' })

/** How an account is told. */
export const preference = z.object({
  rhythm: z.enum(['off', 'at-once', 'daily', 'weekly']),
  /** Of a digest: by the clocks of the zone, and for a weekly one on which day (1 is Monday). */
  digestTime: clockTime,
  digestWeekday: z.int().min(1).max(7),
  /** What is urgent comes at once, whatever the rhythm. */
  urgentAtOnce: z.boolean(),
  /** Nothing comes between these; what would have, comes when they end. */
  quiet: z.object({ from: clockTime, until: clockTime }).nullable(),
  /** Null for the organisation's. */
  timeZone: zone.nullable(),
  /** Days before a deadline at which it is told again; null for never. */
  remindDays: z.int().min(1).max(30).nullable(),
})
export type Preference = z.infer<typeof preference>

/** `PUT /api/notices/own`. */
export const changingOwn = preference.extend({
  email: z.email().max(254).nullable(),
  locale: z.enum(['nb', 'en']).nullable(),
})
export type ChangingOwn = z.infer<typeof changingOwn>

/** `GET /api/notices/own`. */
export const ownNotices = changingOwn.extend({
  organisationZone: z.string(),
  /** Whether there is a mail server at all. */
  mailed: z.boolean(),
  /** When the calendar's present address was made; null where there is none. */
  calendarSince: instant.nullable(),
})
export type OwnNotices = z.infer<typeof ownNotices>

/** `POST /api/notices/calendar`: the address stands in this answer alone; only its hash is kept. */
export const madeCalendar = z.object({ url: z.string() })

const failing = z.object({ since: instant, error: bilingual, nextAt: instant })
export const webhook = z.object({
  id: z.uuid(),
  title: z.string(),
  url: z.string(),
  madeAt: instant,
  disabledAt: instant.nullable(),
  failing: failing.nullable(),
})
export type Webhook = z.infer<typeof webhook>

/** `GET /api/notices/channels`. */
export const channels = z.object({
  /** Null where no mail server is set. */
  mail: z.object({ host: z.string(), from: z.string(), encrypted: z.boolean() }).nullable(),
  mailFailing: failing.nullable(),
  /** Messages that wait to be sent. */
  waiting: z.int(),
  webhooks: z.array(webhook),
  internalReceivers: z.boolean(),
})
export type Channels = z.infer<typeof channels>

/** `POST /api/notices/webhooks`. */
export const addingWebhook = z.object({
  title: z.string().trim().min(1).max(100),
  url: z.url().max(2000),
})
/** The secret stands in this answer alone. */
export const addedWebhook = z.object({ id: z.uuid(), secret: z.string() })
export type AddedWebhook = z.infer<typeof addedWebhook>

/** `POST /api/notices/mail/test`: what the mail server said to a message to the caller. */
export const mailTried = z.object({ accepted: z.boolean(), answer: bilingual })
export type MailTried = z.infer<typeof mailTried>

export const delivery = z.object({
  id: z.uuid(),
  channel: z.enum(['email', 'webhook']),
  /** Account id, or receiver's id. */
  recipient: z.string(),
  /** What the receiver is called; null for an account. */
  title: z.string().nullable(),
  madeAt: instant,
  items: z.int(),
  attempts: z.int(),
  /** `dropped`: all it would have told had ended. */
  state: z.enum(['waiting', 'sent', 'dropped', 'failed']),
  settledAt: instant.nullable(),
  error: bilingual.nullable(),
})
export type Delivery = z.infer<typeof delivery>
/** `GET /api/notices/deliveries`: the newest hundred. */
export const deliveries = z.array(delivery)

function isTimeZone(text: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: text })
    return true
  } catch {
    return false
  }
}
