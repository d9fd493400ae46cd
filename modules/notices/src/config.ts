import type { Duration } from '@hevd/core'

/** A mail server, as it is spoken to. */
export type SmtpConfig = {
  readonly host: string
  readonly port: number
  /** `implicit`: TLS from the first byte (RFC 8314); `starttls`: demanded before anything else; `none`: in clear. */
  readonly tls: 'implicit' | 'starttls' | 'none'
  readonly credentials: { readonly user: string; readonly pass: string } | null
  /** Sender, as `Hevd <hevd@example.org>` or an address alone. */
  readonly from: string
  /** Authorities in PEM that are trusted beside nothing else; the system's where left out. */
  readonly authorities?: string
}

/** Settings of the module, with their defaults. */
export type NoticesConfig = {
  /** Null: nobody is told by e-mail. */
  readonly smtp: SmtpConfig | null
  /** Whether webhooks may go to this host and to private networks, and there without TLS to this host. */
  readonly internalReceivers: boolean
  /** How often it is looked at what is asked, and what is to be sent. */
  readonly poll: Duration
  /** What ended and begins anew within this is the same as before: it is not told again. */
  readonly steady: Duration
  /** How long one server has a message to itself; longer than any of the waits of sending. */
  readonly lease: Duration
  /** Longest wait for an answer of a mail server or receiver. */
  readonly answerWithin: Duration
  /** Waits between attempts; the last one is repeated. */
  readonly retryAfter: readonly Duration[]
  /** A receiver that has failed for this long is switched off; a mail that has been put off for this long is given up. */
  readonly giveUpAfter: Duration
  /** Days before a deadline at which receivers of webhooks are told again. */
  readonly webhookRemindDays: number
  /** What was sent, dropped or ended is forgotten after this. */
  readonly keptFor: Duration
  /** Most receivers of webhooks. */
  readonly mostWebhooks: number
}

export const noticesDefaults: NoticesConfig = {
  smtp: null,
  internalReceivers: false,
  poll: 'PT30S',
  steady: 'PT1H',
  lease: 'PT5M',
  answerWithin: 'PT20S',
  retryAfter: ['PT30S', 'PT2M', 'PT10M', 'PT30M', 'PT1H', 'PT2H'],
  giveUpAfter: 'P5D',
  webhookRemindDays: 3,
  keptFor: 'P90D',
  mostWebhooks: 20,
}
