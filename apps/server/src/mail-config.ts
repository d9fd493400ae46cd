import { readFileSync } from 'node:fs'
import type { SmtpConfig } from '@hevd/notices'
import { ServerError } from './errors.ts'
import { isLoopback } from './loopback.ts'

type Environment = { readonly [name: string]: string | undefined }

const wantsUrl = 'smtps://user:pass@mail.example.org, smtp://user:pass@mail.example.org:587'

/**
 * HEVD_SMTP_URL, HEVD_MAIL_FROM, HEVD_SMTP_PLAIN and HEVD_SMTP_CA; null where no mail server is set. `smtps` speaks TLS
 * from the first byte (port 465), `smtp` demands STARTTLS (port 587) unless the server is this host or HEVD_SMTP_PLAIN
 * allows clear text. What is wrong is told without the address, which has the password in it.
 */
export function mailOf(environment: Environment): SmtpConfig | null {
  const { HEVD_SMTP_URL: text, HEVD_MAIL_FROM: from, HEVD_SMTP_PLAIN: plain } = environment
  if (text === undefined && from === undefined) return null
  if (text === undefined || from === undefined)
    throw new ServerError('setting-not-valid', {
      name: 'HEVD_SMTP_URL, HEVD_MAIL_FROM',
      wants: `${wantsUrl}; Hevd <hevd@example.org>`,
    })
  if (plain !== undefined && plain !== 'allow')
    throw new ServerError('setting-not-valid', { name: 'HEVD_SMTP_PLAIN', wants: 'allow' })
  if (!/^[^<>\r\n]*<[^<>@\s]+@[^<>@\s]+>$|^[^<>@\s]+@[^<>@\s]+$/.test(from))
    throw new ServerError('setting-not-valid', { name: 'HEVD_MAIL_FROM', wants: 'Hevd <hevd@example.org>' })
  const url = URL.canParse(text) ? new URL(text) : null
  if (url === null || !/^smtps?:$/.test(url.protocol) || url.hostname === '' || !/^\/?$/.test(url.pathname))
    throw new ServerError('setting-not-valid', { name: 'HEVD_SMTP_URL', wants: wantsUrl })
  const host = url.hostname.replace(/^\[|\]$/g, '')
  const implicit = url.protocol === 'smtps:'
  const credentials = credentialsOf(url)
  return {
    host,
    port: url.port === '' ? (implicit ? 465 : 587) : Number(url.port),
    tls: implicit ? 'implicit' : isLoopback(host) || plain === 'allow' ? 'none' : 'starttls',
    credentials,
    from,
    ...authoritiesOf(environment.HEVD_SMTP_CA),
  }
}

function credentialsOf({ username, password }: URL): SmtpConfig['credentials'] {
  if (username === '') return null
  try {
    return { user: decodeURIComponent(username), pass: decodeURIComponent(password) }
  } catch {
    throw new ServerError('setting-not-valid', { name: 'HEVD_SMTP_URL', wants: wantsUrl })
  }
}

function authoritiesOf(path: string | undefined): { readonly authorities?: string } {
  if (path === undefined) return {}
  try {
    return { authorities: readFileSync(path, 'utf8') }
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw new ServerError('file-not-readable', { path, reason })
  }
}
