import { type Bilingual, milliseconds } from '@hevd/core'
import { createTransport } from 'nodemailer'
import type { NoticesConfig, SmtpConfig } from './config.ts'
import { connectionFault, type Outcome } from './outcome.ts'

export type Mail = {
  /** Its Message-ID is made of it: the same when it is sent again. */
  readonly id: string
  readonly to: string
  readonly subject: string
  readonly text: string
  readonly html: string
  readonly language: string
  readonly date: number
}

/**
 * Hands a mail to the mail server. Never throws: what was answered is the outcome. As what a machine sends
 * (`Auto-Submitted`, RFC 3834), so that no vacation notice answers it.
 *
 * @param domain right-hand side of the Message-ID, and the name we greet by
 */
export async function sendMail(
  smtp: SmtpConfig,
  domain: string,
  { id, to, subject, text, html, language, date }: Mail,
  within: NoticesConfig['answerWithin'],
): Promise<Outcome> {
  const transport = createTransport(connectionOf(smtp, domain, milliseconds(within)))
  try {
    const { response } = await transport.sendMail({
      from: smtp.from,
      to,
      subject,
      text,
      html,
      date: new Date(date),
      messageId: `<${id}@${domain}>`,
      headers: { 'Auto-Submitted': 'auto-generated', 'Content-Language': language },
      disableFileAccess: true,
      disableUrlAccess: true,
    })
    return { kind: 'sent', answer: response }
  } catch (error) {
    return outcomeOf(error, smtp)
  } finally {
    transport.close()
  }
}

function connectionOf({ host, port, tls, credentials, authorities }: SmtpConfig, name: string, wait: number) {
  return {
    host,
    port,
    name,
    secure: tls === 'implicit',
    requireTLS: tls === 'starttls',
    ignoreTLS: tls === 'none',
    ...(credentials === null ? {} : { auth: credentials }),
    tls: { minVersion: 'TLSv1.2' as const, ...(authorities === undefined ? {} : { ca: authorities }) },
    connectionTimeout: wait,
    greetingTimeout: wait,
    dnsTimeout: wait,
    socketTimeout: wait,
  }
}

/** What nodemailer tells of a failure. */
type Told = {
  /** Which part failed: `EAUTH`, `ETLS`, `EENVELOPE`; and the system's or OpenSSL's code beneath, where there is one. */
  readonly code: string
  readonly beneath: string
  readonly status: number | null
  readonly answer: string
  readonly cause: string
}

function told(error: unknown): Told {
  const fields = typeof error === 'object' && error !== null ? error : {}
  const text = (name: string) => {
    const value: unknown = Reflect.get(fields, name)
    return typeof value === 'string' ? value : ''
  }
  const status: unknown = Reflect.get(fields, 'responseCode')
  return {
    code: text('code'),
    beneath: text('originalCode'),
    status: typeof status === 'number' ? status : null,
    answer: text('response').slice(0, 500),
    cause: text('message').slice(0, 500),
  }
}

function outcomeOf(error: unknown, { host, port }: SmtpConfig): Outcome {
  const { code, beneath, status, answer, cause } = told(error)
  const server = `${host}:${port}`
  if (code === 'EAUTH') return { kind: 'down', why: words.credentials(server, answer) }
  if (code === 'ETLS' && beneath === '') return { kind: 'down', why: words.noTls(server, answer || cause) }
  if (status !== null && status !== 421 && (code === 'EENVELOPE' || code === 'EMESSAGE'))
    return { kind: status >= 500 ? 'refused' : 'later', why: words.answered(server, answer) }
  if (status !== null) return { kind: 'down', why: words.answered(server, answer) }
  return { kind: 'down', why: connectionFault(beneath === '' ? code : beneath, cause, server) }
}

const words = {
  credentials: (server: string, answer: string): Bilingual => ({
    nb: `${server} godtok ikke brukernavnet og passordet i HEVD_SMTP_URL. Den svarte: ${answer}`,
    en: `${server} did not accept the user name and password of HEVD_SMTP_URL. It answered: ${answer}`,
  }),
  noTls: (server: string, answer: string): Bilingual => ({
    nb: `${server} tilbyr ikke kryptering (STARTTLS), eller den kom ikke i stand, og uten den sendes ingenting. Det som skjedde: ${answer}`,
    en: `${server} does not offer encryption (STARTTLS), or it did not come about, and without it nothing is sent. What happened: ${answer}`,
  }),
  answered: (server: string, answer: string): Bilingual => ({
    nb: `${server} svarte: ${answer}`,
    en: `${server} answered: ${answer}`,
  }),
}
