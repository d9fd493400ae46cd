import { execFileSync } from 'node:child_process'
import type { Principal } from '@hevd/http'
import type { ThrowawayDatabase } from '@hevd/testing'
import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, onTestFinished, test } from 'vitest'
import { asked, madeCalendar, ownNotices } from './contract.ts'
import { startMailServer } from './testdata/mail-server.ts'
import { ask, day, ground, type World, world } from './testdata/world.ts'

let on: ThrowawayDatabase
let w: World
let who: Principal | null
beforeAll(async () => {
  on = await ground()
})
afterAll(() => on.drop())
beforeEach(async () => {
  w = await world(on)
})

async function opened(config = {}, role: 'administrator' | 'reader' = 'reader') {
  const id = await w.account({ email: null, role, preference: { rhythm: 'off' } })
  who = { kind: 'account', id, role }
  const notices = w.server(config)
  return { id, notices, app: await w.app(notices, () => who) }
}

describe('what is asked', () => {
  test('of the caller alone, the most important first', async () => {
    const { app, id } = await opened()
    const now = w.clock.now()
    w.asks = [
      ask('later', { deadline: now + 9 * day }),
      ask('no-time'),
      ask('soon', { deadline: now + day }),
      ask('urgent', { urgent: true, since: now - day }),
      ask('late', { deadline: now - day, since: now - 3 * day }),
      ask('of another', { of: (account) => account.id !== id }),
    ]
    const answer = asked.parse((await app.inject('/api/asked')).json())
    expect(answer.items.map((item) => item.id)).toEqual(['late', 'urgent', 'soon', 'later', 'no-time'])
    expect(answer.items[0]).not.toHaveProperty('of')
  })

  test('certificates that end within a month, on the day they do', async () => {
    const { app } = await opened()
    const ends = Date.parse('2026-06-20T10:00:00Z')
    await w.inside(async (tx) => {
      const register = { name: 'tls', title: { nb: 'TLS', en: 'TLS' }, types: ['tls-endpoint'] }
      await w.feeds.openRegister(tx, w.organisation, register)
      await w.feeds.put(tx, w.organisation, 'tls', [{ type: 'tls-endpoint', value: endpoint(ends) }])
    })
    const { items } = asked.parse((await app.inject('/api/asked')).json())
    expect(items).toMatchObject([
      { id: 'certificate/www.example.org:443/2026-06-20', kind: 'certificate-ends', deadline: ends },
    ])
    w.clock.advance(-12 * day)
    expect(asked.parse((await app.inject('/api/asked')).json()).items).toEqual([])
  })
})

const endpoint = (notAfter: number) => ({
  id: 'www.example.org:443',
  answered: true,
  versions: ['TLSv1.3'],
  refusedVersions: [],
  weakCiphers: [],
  chain: 'ok',
  subject: 'CN=www.example.org',
  issuer: 'CN=ca',
  notBefore: 0,
  notAfter,
  hstsSeconds: null,
  speaksHttp: true,
  plainHttp: 'closed',
})

const changed = {
  rhythm: 'weekly',
  digestTime: '08:15',
  digestWeekday: 5,
  urgentAtOnce: false,
  quiet: { from: '20:00', until: '06:30' },
  timeZone: 'America/St_Johns',
  remindDays: 7,
  email: 'åse@blåbær.example',
  locale: 'en',
}

describe('one’s own notices', () => {
  const own = async (app: Awaited<ReturnType<typeof opened>>['app']) =>
    ownNotices.parse((await app.inject('/api/notices/own')).json())

  test('are off until somebody says otherwise, and then as they said', async () => {
    const { app, id } = await opened()
    expect(await own(app)).toMatchObject({
      rhythm: 'off',
      email: null,
      mailed: false,
      organisationZone: 'Europe/Oslo',
    })
    const put = await app.inject({
      method: 'PUT',
      url: '/api/notices/own',
      payload: { ...changed, email: 'a@b.example' },
    })
    expect(put.statusCode).toBe(200)
    expect(await own(app)).toMatchObject({ ...changed, email: 'a@b.example' })
    expect(w.recorded).toContainEqual({ kind: 'notices-changed', body: { account: id } })
  })

  test.each([
    ['an address that is none', { email: 'nobody' }],
    ['two addresses', { email: 'a@b.example, c@d.example' }],
    ['a line break', { email: 'a@b.example\r\nBcc: c@d.example' }],
    ['a time that is none', { digestTime: '24:00' }],
    ['a zone that is none', { timeZone: 'Europe/Atlantis' }],
    ['half a quiet', { quiet: { from: '20:00' } }],
  ])('%s is refused', async (_name, wrong) => {
    const { app } = await opened()
    const payload = { ...changed, email: null, ...wrong }
    expect((await app.inject({ method: 'PUT', url: '/api/notices/own', payload })).statusCode).toBe(400)
  })
})

describe('the calendar', () => {
  const tokenOf = (url: string) => url.replace(/^.*\//, '').replace('.ics', '')

  test('stands at a secret address, once said, renewed and ended; the log has none of it', async () => {
    const { app, id } = await opened()
    w.asks = [
      ask('a', { title: { nb: 'Gjennomgå nøkler på Ås', en: 'x' }, deadline: w.clock.now() + day }),
      ask('b'),
    ]
    const make = async () =>
      madeCalendar.parse((await app.inject({ method: 'POST', url: '/api/notices/calendar' })).json()).url
    const url = await make()
    expect(url).toMatch(/^https:\/\/hevd\.example\.org\/api\/calendar\/[\w-]{43}\.ics$/)
    who = null
    const answer = await app.inject(new URL(url).pathname)
    expect(answer.headers['content-type']).toBe('text/calendar; charset=utf-8')
    const read = execFileSync(
      '/usr/bin/python3',
      [
        '-c',
        'import sys, icalendar; [print(e["SUMMARY"], e["DTSTART"].dt.isoformat(), e["SEQUENCE"]) for e in icalendar.Calendar.from_ical(sys.stdin.buffer.read()).walk("VEVENT")]',
      ],
      { input: answer.rawPayload, encoding: 'utf8', env: { PYTHONIOENCODING: 'utf-8' } },
    )
    expect(read).toBe('Gjennomgå nøkler på Ås 2026-06-02T12:00:00+00:00 0\n')
    who = { kind: 'account', id, role: 'reader' }
    const renewed = await make()
    expect((await app.inject(new URL(url).pathname)).statusCode).toBe(404)
    expect((await app.inject(new URL(renewed).pathname)).statusCode).toBe(200)
    await app.inject({ method: 'DELETE', url: '/api/notices/calendar' })
    expect((await app.inject(new URL(renewed).pathname)).json()).toMatchObject({ code: 'no-such-calendar' })
    expect(w.recorded.map(({ kind }) => kind)).toEqual([
      'calendar-link-made',
      'calendar-link-made',
      'calendar-link-ended',
    ])
    const stored = await w.inside((tx) => sql`select token_hash::text from notices.calendar_link`.execute(tx))
    const said = JSON.stringify([w.logged, w.recorded, stored.rows])
    for (const secret of [url, renewed]) expect(said).not.toContain(tokenOf(secret))
  })

  test('the address is not in the server’s log even where answering breaks', async () => {
    const { app } = await opened()
    const { url } = madeCalendar.parse(
      (await app.inject({ method: 'POST', url: '/api/notices/calendar' })).json(),
    )
    w.asks = [
      ask('a', {
        of: () => {
          throw new Error('a module that breaks')
        },
      }),
    ]
    expect((await app.inject(new URL(url).pathname)).statusCode).toBe(500)
    expect(w.logged.some((line) => line.includes('a module that breaks'))).toBe(true)
    expect(w.logged.join()).not.toContain(tokenOf(url))
  })

  test('ends with its account', async () => {
    const { app, id } = await opened()
    const { url } = madeCalendar.parse(
      (await app.inject({ method: 'POST', url: '/api/notices/calendar' })).json(),
    )
    await w.inside((tx) => sql`update identity.account set disabled_at = now() where id = ${id}`.execute(tx))
    expect((await app.inject(new URL(url).pathname)).statusCode).toBe(404)
  })

  test('a deadline that moves is a later version of the same event', async () => {
    const { app, notices } = await opened()
    const { url } = madeCalendar.parse(
      (await app.inject({ method: 'POST', url: '/api/notices/calendar' })).json(),
    )
    const event = async (days: number) => {
      w.asks = [ask('a', { deadline: w.clock.now() + days * day })]
      await notices.round(w.organisation)
      const { payload } = await app.inject(new URL(url).pathname)
      return { uid: /UID:(.*)\r/.exec(payload)?.[1], sequence: /SEQUENCE:(.*)\r/.exec(payload)?.[1] }
    }
    const first = await event(3)
    const second = await event(5)
    expect(second.uid).toBe(first.uid)
    expect([first.sequence, second.sequence]).toEqual(['0', '1'])
  })
})

describe('a test message', () => {
  const trial = (app: Awaited<ReturnType<typeof opened>>['app']) =>
    app.inject({ method: 'POST', url: '/api/notices/mail/test' })

  test('what the server said is told; where it fails, why', async () => {
    const mail = await startMailServer()
    onTestFinished(() => mail.stop())
    const { app, id } = await opened({ smtp: mail.smtp }, 'administrator')
    expect((await trial(app)).json()).toMatchObject({ code: 'no-address' })
    await w.inside((tx) =>
      sql`update identity.account set email = 'ase@example.org' where id = ${id}`.execute(tx),
    )
    expect((await trial(app)).json()).toEqual({
      accepted: true,
      answer: { nb: '250 Motteken', en: '250 Motteken' },
    })
    expect(mail.mails[0]?.headers.subject).toBe('Prøvemelding fra Hevd')
    await mail.stop()
    expect((await trial(app)).json()).toMatchObject({
      accepted: false,
      answer: { nb: expect.stringContaining('brannmur') },
    })
  })

  test('without a mail server it says which setting is missing', async () => {
    const { app } = await opened({}, 'administrator')
    expect((await trial(app)).json()).toMatchObject({
      code: 'no-mail-server',
      detail: expect.stringContaining('HEVD_SMTP_URL'),
    })
  })
})
