import { schemaFaults } from '@hevd/postgres'
import type { ThrowawayDatabase } from '@hevd/testing'
import { sql } from 'kysely'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type MailServer, startMailServer } from './testdata/mail-server.ts'
import { ask, day, ground, hour, type World, world } from './testdata/world.ts'

let on: ThrowawayDatabase
let w: World
let mail: MailServer
beforeAll(async () => {
  on = await ground()
})
afterAll(() => on.drop())
beforeEach(async () => {
  w = await world(on)
  mail = await startMailServer()
})
afterEach(() => mail.stop())

const subjects = () => mail.mails.map(({ headers }) => headers.subject)
const states = () =>
  w.inside(async (tx) => {
    const { rows } = await sql<{ state: string }>`
      select state from notices.delivery where organisation = ${w.organisation} order by made_at, id`.execute(
      tx,
    )
    return rows.map(({ state }) => state)
  })

test('the schema keeps organisations apart', async () => {
  expect(await schemaFaults(on.ownerUrl)).toEqual([])
})

describe('a mail', () => {
  test('as an independent reader reads it: letters, sender, links, no answer wanted', async () => {
    await w.account({ email: 'ase@example.org' })
    w.asks = [
      ask('control/a', {
        title: { nb: '«Nøkler på Ås» er ikke overholdt', en: 'x' },
        since: w.clock.now() - day,
        to: '/controls/a?x=1&y=2',
      }),
    ]
    await w.server({ smtp: mail.smtp }).round(w.organisation)
    const [got] = mail.mails
    expect(mail.mails).toHaveLength(1)
    expect(got?.to).toEqual(['ase@example.org'])
    expect(got?.headers).toMatchObject({
      subject: '«Nøkler på Ås» er ikke overholdt',
      from: 'Hevd på Ås <hevd@example.org>',
      'auto-submitted': 'auto-generated',
      'content-language': 'nb',
    })
    expect(got?.headers['message-id']).toMatch(/^<[0-9a-f-]{36}@hevd\.example\.org>$/)
    expect(got?.text).toContain('Dette venter på deg i sikkerhetspolicyen til Ås Bæreri AS:')
    expect(got?.text).toContain('Siden 31. mai 2026 kl. 14:00')
    expect(got?.text).toContain('https://hevd.example.org/controls/a?x=1&y=2')
    expect(got?.html).toContain('href="https://hevd.example.org/controls/a?x=1&amp;y=2"')
    expect(got?.text).not.toContain('Mer om det.')
    expect(got?.raw).not.toMatch(/[^\r]\n/)
  })

  test('in the language of the reader; many things in one', async () => {
    await w.account({ locale: 'en' })
    w.asks = [ask('a', { deadline: w.clock.now() + 40 * day }), ask('b')]
    await w.server({ smtp: mail.smtp }).round(w.organisation)
    expect(subjects()).toEqual(['2 things wait for you'])
    expect(mail.mails[0]?.text).toContain('By 11 July 2026 at 14:00')
  })

  test('only of what is asked of the reader, and to nobody who has said nothing', async () => {
    const administrator = await w.account({ role: 'administrator' })
    await w.account()
    await w.account({ email: null })
    await w.account({ preference: { rhythm: 'off' } })
    w.asks = [ask('a', { of: ({ role }) => role === 'administrator' })]
    await w.server({ smtp: mail.smtp }).round(w.organisation)
    expect(mail.mails.map(({ to }) => to)).toEqual([[`${administrator}@example.org`]])
  })

  test('a line break in a title cannot add a header', async () => {
    await w.account()
    w.asks = [ask('a', { title: { nb: 'a\r\nBcc: eve@example.org', en: '' } })]
    await w.server({ smtp: mail.smtp }).round(w.organisation)
    expect(mail.mails[0]?.headers).not.toHaveProperty('bcc')
    expect(mail.mails[0]?.to).toHaveLength(1)
  })
})

describe('told once', () => {
  test('however often it is looked at, and by however many servers at once', async () => {
    for (let count = 0; count < 10; count += 1) await w.account()
    w.asks = [ask('a'), ask('b')]
    const servers = [1, 2, 3, 4].map(() => w.server({ smtp: mail.smtp }))
    // The messages stand ready before the mail server does, so that all servers take of them at once.
    await mail.stop()
    await servers[0]?.round(w.organisation)
    mail = await startMailServer({ port: mail.port, stall: 0.05 })
    w.clock.advance(hour)
    for (let count = 0; count < 3; count += 1)
      await Promise.all(servers.map((server) => server.round(w.organisation)))
    expect(new Set(mail.mails.flatMap(({ to }) => to)).size).toBe(10)
    expect(mail.mails).toHaveLength(10)
  })

  test('again when it ended and began anew, not when it came and went within the hour', async () => {
    const server = w.server({ smtp: mail.smtp })
    const seen = async (asks: World['asks'], later: number) => {
      w.clock.advance(later)
      w.asks = asks
      await server.round(w.organisation)
      return mail.mails.length
    }
    await w.account()
    expect(await seen([ask('a')], 0)).toBe(1)
    for (let count = 0; count < 5; count += 1) {
      expect(await seen([], hour / 4)).toBe(1)
      expect(await seen([ask('a')], hour / 4)).toBe(1)
    }
    expect(await seen([], hour)).toBe(1)
    expect(await seen([ask('a')], hour)).toBe(2)
  })

  test('a reminder before the deadline, once; and once more when the deadline moves', async () => {
    const server = w.server({ smtp: mail.smtp })
    await w.account({ preference: { remindDays: 3 } })
    const began = w.clock.now()
    const at = async (days: number, deadline: number) => {
      w.clock.set(began + days * day)
      w.asks = [ask('a', { deadline: began + deadline * day })]
      await server.round(w.organisation)
      return subjects()
    }
    expect(await at(0, 10)).toEqual(['a'])
    expect(await at(6, 10)).toEqual(['a'])
    expect(await at(7, 10)).toEqual(['a', 'Påminnelse: a'])
    expect(await at(8, 10)).toHaveLength(2)
    expect(await at(9, 20)).toHaveLength(2)
    expect(await at(17, 20)).toHaveLength(3)
  })

  test('what is mended before it is sent is left out; where nothing is left, nothing is sent', async () => {
    const server = w.server({ smtp: mail.smtp })
    await w.account({ preference: { rhythm: 'daily', digestTime: '07:30' } })
    w.asks = [ask('a'), ask('b')]
    await server.round(w.organisation)
    expect(mail.mails).toHaveLength(0)
    w.asks = [ask('b')]
    w.clock.set(Date.parse('2026-06-02T05:30:00Z'))
    await server.round(w.organisation)
    expect(subjects()).toEqual(['b'])
    w.clock.advance(60_000)
    w.asks = [ask('b'), ask('c')]
    await server.round(w.organisation)
    w.asks = [ask('b')]
    w.clock.advance(day)
    await server.round(w.organisation)
    expect(subjects()).toEqual(['b'])
    expect(await states()).toEqual(['sent', 'dropped'])
  })
})

describe('when', () => {
  test('quiet hours delay and lose nothing', async () => {
    const server = w.server({ smtp: mail.smtp })
    await w.account({ preference: { quiet: { from: '22:00', until: '07:00' } } })
    w.clock.set(Date.parse('2026-06-01T21:00:00Z'))
    w.asks = [ask('a', { urgent: true })]
    await server.round(w.organisation)
    w.clock.set(Date.parse('2026-06-02T04:59:00Z'))
    await server.round(w.organisation)
    expect(mail.mails).toHaveLength(0)
    w.clock.set(Date.parse('2026-06-02T05:00:00Z'))
    await server.round(w.organisation)
    expect(subjects()).toEqual(['a'])
  })

  test('with a digest, what is urgent comes at once to those who want it so; the rest waits', async () => {
    const server = w.server({ smtp: mail.smtp })
    const daily = { rhythm: 'daily', digestTime: '07:30' } as const
    const wants = await w.account({ preference: { ...daily, urgentAtOnce: true } })
    await w.account({ preference: { ...daily, urgentAtOnce: false } })
    w.asks = [ask('a', { urgent: true }), ask('b')]
    await server.round(w.organisation)
    expect(mail.mails.map(({ to, headers }) => [to[0], headers.subject])).toEqual([
      [`${wants}@example.org`, 'a'],
    ])
    w.clock.set(Date.parse('2026-06-02T05:30:00Z'))
    await server.round(w.organisation)
    expect(subjects().slice(1).sort()).toEqual(['2 ting venter på deg', 'b'])
  })

  test('a mail that could not leave before the quiet waits it out', async () => {
    await mail.stop()
    const server = w.server({ smtp: mail.smtp, retryAfter: ['PT1M'] })
    await w.account({ preference: { quiet: { from: '22:00', until: '07:00' } } })
    w.clock.set(Date.parse('2026-06-01T19:59:30Z'))
    w.asks = [ask('a')]
    await server.round(w.organisation)
    mail = await startMailServer({ port: mail.port })
    w.clock.advance(2 * 60_000)
    await server.round(w.organisation)
    expect(mail.mails).toHaveLength(0)
    w.clock.set(Date.parse('2026-06-02T05:00:00Z'))
    await server.round(w.organisation)
    expect(mail.mails).toHaveLength(1)
  })
})
