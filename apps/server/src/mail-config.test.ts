import { describe, expect, test } from 'vitest'
import { readConfig } from './config.ts'

const from = 'Hevd <hevd@example.org>'
const read = (environment: Record<string, string>) =>
  readConfig({ HEVD_MAIL_FROM: from, ...environment }, true)

describe('the mail server', () => {
  test('none is set', () =>
    expect(readConfig({}, true)).toMatchObject({ smtp: null, internalReceivers: false }))

  test.each([
    ['smtps://mail.example.org', { port: 465, tls: 'implicit', credentials: null }],
    ['smtps://mail.example.org:4650', { port: 4650, tls: 'implicit' }],
    ['smtp://mail.example.org', { port: 587, tls: 'starttls' }],
    ['smtp://127.0.0.1:25', { host: '127.0.0.1', port: 25, tls: 'none' }],
    ['smtp://[::1]:25', { host: '::1', tls: 'none' }],
    [
      'smtps://hevd%40example.org:p%3A%2F@mail.example.org',
      { credentials: { user: 'hevd@example.org', pass: 'p:/' } },
    ],
  ])('%s', (url, expected) => expect(read({ HEVD_SMTP_URL: url }).smtp).toMatchObject({ ...expected, from }))

  test('in clear to another host only where that is allowed by name', () =>
    expect(read({ HEVD_SMTP_URL: 'smtp://mail.example.org', HEVD_SMTP_PLAIN: 'allow' }).smtp).toMatchObject({
      tls: 'none',
    }))

  test.each<[string, Record<string, string>, string]>([
    ['no server for the sender', {}, 'HEVD_SMTP_URL'],
    ['another protocol', { HEVD_SMTP_URL: 'https://user:sesam@mail.example.org' }, 'HEVD_SMTP_URL'],
    ['a path', { HEVD_SMTP_URL: 'smtps://user:sesam@mail.example.org/x' }, 'HEVD_SMTP_URL'],
    ['no address', { HEVD_SMTP_URL: 'sesam' }, 'HEVD_SMTP_URL'],
    ['half an escape', { HEVD_SMTP_URL: 'smtps://user:sesam%@mail.example.org' }, 'HEVD_SMTP_URL'],
    [
      'a sender that is none',
      { HEVD_SMTP_URL: 'smtps://m.example', HEVD_MAIL_FROM: 'Hevd' },
      'HEVD_MAIL_FROM',
    ],
    [
      'clear text by another word',
      { HEVD_SMTP_URL: 'smtp://m.example', HEVD_SMTP_PLAIN: 'yes' },
      'HEVD_SMTP_PLAIN',
    ],
    [
      'receivers inside by another word',
      { HEVD_SMTP_URL: 'smtp://m.example', HEVD_WEBHOOK_INTERNAL: 'yes' },
      'HEVD_WEBHOOK_INTERNAL',
    ],
  ])('%s is refused by name, and without the password', (_name, environment, named) => {
    try {
      read(environment)
      expect.unreachable()
    } catch (error) {
      expect(error).toMatchObject({
        words: { nb: expect.stringContaining(named), en: expect.stringContaining(named) },
      })
      expect(JSON.stringify(error)).not.toContain('sesam')
    }
  })
})
