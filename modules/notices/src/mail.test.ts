import type { ThrowawayDatabase } from '@hevd/testing'
import { afterAll, beforeAll, beforeEach, describe, expect, onTestFinished, test } from 'vitest'
import type { SmtpConfig } from './config.ts'
import { type Mail, sendMail } from './mail.ts'
import { type MailServerSettings, startMailServer } from './testdata/mail-server.ts'
import { ask, day, ground, type World, world } from './testdata/world.ts'

const one: Mail = {
  id: '0197',
  to: 'ase@example.org',
  subject: 'Prøve',
  text: 'Blåbær',
  html: '<p>Blåbær</p>',
  language: 'nb',
  date: Date.UTC(2026, 5, 1),
}
const send = (smtp: SmtpConfig, mail = one) => sendMail(smtp, 'hevd.example.org', mail, 'PT5S')
async function peer(settings: MailServerSettings = {}) {
  const server = await startMailServer(settings)
  onTestFinished(() => server.stop())
  return server
}

describe('a mail server with TLS', () => {
  test.each(['starttls', 'implicit'] as const)('%s: the mail is encrypted', async (tls) => {
    const server = await peer({ tls })
    expect(await send(server.smtp)).toEqual({ kind: 'sent', answer: '250 Motteken' })
    expect(server.mails[0]).toMatchObject({ encrypted: true, text: expect.stringContaining('Blåbær') })
  })

  test.each(['starttls', 'implicit'] as const)(
    '%s: an unknown certificate is refused in words',
    async (tls) => {
      const server = await peer({ tls })
      const { authorities: _, ...smtp } = server.smtp
      const outcome = await send(smtp)
      expect(outcome).toMatchObject({
        kind: 'down',
        why: { nb: expect.stringContaining('Sertifikatet til 127.0.0.1') },
      })
      expect(server.mails).toEqual([])
    },
  )

  test('a certificate of another name is refused', async () => {
    const server = await peer({ tls: 'implicit' })
    const outcome = await send({ ...server.smtp, host: 'localhost' })
    expect(outcome).toMatchObject({ kind: 'down', why: { en: expect.stringContaining('is not accepted') } })
  })

  test('one that offers no STARTTLS gets nothing', async () => {
    const server = await peer()
    const outcome = await send({ ...server.smtp, tls: 'starttls' })
    expect(outcome).toMatchObject({ kind: 'down', why: { nb: expect.stringContaining('STARTTLS') } })
    expect(server.mails).toEqual([])
  })

  test('TLS spoken to one that speaks none fails in time', async () => {
    const server = await peer()
    expect((await send({ ...server.smtp, tls: 'implicit' })).kind).toBe('down')
  })
})

describe('what a mail server answers', () => {
  const user = { user: 'hevd', pass: 'hemmelig%å' }
  test('the right user and password', async () => {
    const server = await peer({ tls: 'starttls', ...user })
    expect((await send({ ...server.smtp, credentials: user })).kind).toBe('sent')
  })
  test('a wrong password: said with the server’s words, and never the password', async () => {
    const server = await peer({ tls: 'starttls', ...user })
    const outcome = await send({ ...server.smtp, credentials: { ...user, pass: 'galt-passord' } })
    expect(outcome).toMatchObject({ kind: 'down', why: { nb: expect.stringContaining('535') } })
    expect(JSON.stringify(outcome)).not.toContain('galt-passord')
  })
  test('a message it will never take', async () => {
    const { smtp } = await peer({ answer: '550 No such user' })
    expect(await send(smtp)).toMatchObject({
      kind: 'refused',
      why: { en: expect.stringContaining('550 No such user') },
    })
  })
  test('a message it does not take now', async () => {
    const { smtp } = await peer({ answer: '451 Try again later' })
    expect((await send(smtp)).kind).toBe('later')
  })
  test('a server that closes down', async () => {
    const { smtp } = await peer({ answer: '421 Closing' })
    expect((await send(smtp)).kind).toBe('down')
  })
  test('none that listens, and no such name', async () => {
    const server = await peer()
    await server.stop()
    expect(await send(server.smtp)).toMatchObject({
      kind: 'down',
      why: { nb: expect.stringContaining('brannmur') },
    })
    const nowhere = await send({ ...server.smtp, host: 'mail.invalid' })
    expect(nowhere).toMatchObject({ kind: 'down', why: { nb: expect.stringContaining('DNS') } })
  })
})

describe('the mail server is down', () => {
  let on: ThrowawayDatabase
  let w: World
  beforeAll(async () => {
    on = await ground()
  })
  afterAll(() => on.drop())
  beforeEach(async () => {
    w = await world(on)
  })

  test('nothing is lost, one line says so, and each is delivered once when it is back', async () => {
    const first = await peer()
    await first.stop()
    for (let count = 0; count < 3; count += 1) await w.account()
    const server = w.server({ smtp: first.smtp })
    w.asks = [ask('a')]
    for (let count = 0; count < 5; count += 1) {
      await server.round(w.organisation)
      w.clock.advance(10 * 60_000)
    }
    const warned = w.logged.filter((line) => line.includes('do not go out'))
    expect(warned).toHaveLength(1)
    const again = await peer({ port: first.port })
    w.clock.advance(day)
    await server.round(w.organisation)
    await server.round(w.organisation)
    expect(again.mails.map(({ headers }) => headers.subject)).toEqual(['a', 'a', 'a'])
    expect(new Set(again.mails.flatMap(({ to }) => to)).size).toBe(3)
    expect(w.logged.filter((line) => line.includes('go out again'))).toHaveLength(1)
  })

  test('one address that is refused holds up no other, and stands in the list', async () => {
    const refusing = await peer({ answer: '550 No such user' })
    await w.account()
    const server = w.server({ smtp: refusing.smtp })
    w.asks = [ask('a')]
    await server.round(w.organisation)
    const app = await w.app(server, () => ({ kind: 'account', id: 'x', role: 'administrator' }))
    const list = (await app.inject('/api/notices/deliveries')).json()
    expect(list).toMatchObject([
      { state: 'failed', error: { en: expect.stringContaining('550 No such user') } },
    ])
    await refusing.stop()
    const taking = await peer({ port: refusing.port })
    const retried = await app.inject({ method: 'POST', url: `/api/notices/deliveries/${list[0].id}/retry` })
    expect(retried.statusCode).toBe(200)
    await server.round(w.organisation)
    expect(taking.mails).toHaveLength(1)
    expect(taking.mails[0]?.headers['message-id']).toContain(list[0].id)
  })
})
