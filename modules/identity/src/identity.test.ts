import type { Clock } from '@hevd/core'
import { type App, createApp } from '@hevd/http'
import { schemaFaults } from '@hevd/postgres'
import { addOrganisation, type ThrowawayDatabase, testClock, throwawayDatabase } from '@hevd/testing'
import { pino } from 'pino'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { createIdentity, type Identity, identityMigrations, sessionCookie } from './index.ts'

let target: ThrowawayDatabase
let organisation: string
let clock: Clock & { advance(milliseconds: number): void }
let identity: Identity
let app: App
let recorded: string[]
const passphrase = 'riktig hest batteri stift'
const hour = 3_600_000
const period = '01a00000-0000-7000-8000-000000000001'

beforeAll(async () => {
  target = await throwawayDatabase([{ name: 'identity', directory: identityMigrations }])
})
afterAll(() => target.drop())

beforeEach(async () => {
  organisation = await addOrganisation(target.db)
  clock = testClock('2026-06-01T12:00:00Z')
  recorded = []
  const record = async (_tx: unknown, _organisation: string, kind: string, body: object) => {
    recorded.push(`${kind} ${Object.keys(body).join()}`)
  }
  const isPeriod = async (_organisation: string, id: string) => id === period
  identity = createIdentity({ db: target.db, clock, record, origin: 'http://127.0.0.1:4383', isPeriod })
  app = await createApp({
    logger: pino({ level: 'silent' }),
    tls: null,
    bodyLimit: 10_000,
    callsPerMinute: 10_000,
    fallbackLocale: 'nb',
    version: '0.0.0',
    authenticate: (request) =>
      identity.authenticate(request.organisation, request.cookies[sessionCookie] ?? ''),
    organisationOf: async () => organisation,
  })
  identity.register(app)
})

const call = (method: 'GET' | 'POST' | 'PATCH' | 'DELETE', url: string, payload?: object, session = '') =>
  app.inject({ method, url, ...(payload && { payload }), cookies: { [sessionCookie]: session } })
const sessionOf = (answer: Awaited<ReturnType<typeof call>>) =>
  answer.cookies.find(({ name }) => name === sessionCookie)?.value ?? ''

async function join(link: string, userName: string) {
  const token = link.split('#')[1]
  return call('POST', '/api/invitations/accept', { token, name: userName, userName, passphrase })
}
const firstAdministrator = async () => sessionOf(await join(await identity.firstLink(organisation), 'Ada'))

test('the schema keeps organisations apart', async () => {
  expect(await schemaFaults(target.ownerUrl)).toEqual([])
})

describe('the link of the first start', () => {
  test('makes the first administrator, once', async () => {
    const link = await identity.firstLink(organisation)
    expect(await identity.hasAccounts(organisation)).toBe(false)
    const answer = await join(link, 'Ada')
    expect(answer.json()).toMatchObject({ userName: 'ada', role: 'administrator' })
    expect(await identity.hasAccounts(organisation)).toBe(true)
    expect((await join(link, 'eve')).json().code).toBe('invitation-not-valid')
  })

  test('names are told by id, to other modules alone', async () => {
    const { id } = (await join(await identity.firstLink(organisation), 'Ada')).json()
    expect(await identity.names(organisation, [id, 'hevd'])).toEqual(new Map([[id, 'Ada']]))
    expect(await identity.names(organisation, [])).toEqual(new Map())
    expect(await identity.names(await addOrganisation(target.db), [id])).toEqual(new Map())
  })

  test('two who follow it at once: one account', async () => {
    const link = await identity.firstLink(organisation)
    const answers = await Promise.all(['ada', 'eve', 'mallory'].map((name) => join(link, name)))
    expect(answers.map(({ statusCode }) => statusCode).sort()).toEqual([200, 410, 410])
  })

  test('a new one ends the old one, and a week ends any', async () => {
    const old = await identity.firstLink(organisation)
    const fresh = await identity.firstLink(organisation)
    expect((await join(old, 'ada')).statusCode).toBe(410)
    clock.advance(7 * 24 * hour + 1)
    expect((await join(fresh, 'ada')).statusCode).toBe(410)
  })

  test('a short passphrase is refused by name and nothing is used up', async () => {
    const link = await identity.firstLink(organisation)
    const weak = { token: link.split('#')[1], name: 'Ada', userName: 'ada', passphrase: 'kort' }
    const answer = await call('POST', '/api/invitations/accept', weak)
    expect(answer.statusCode).toBe(400)
    expect(answer.json().detail).toContain('passphrase')
    expect((await join(link, 'ada')).statusCode).toBe(200)
  })
})

describe('signing in', () => {
  test('with the right passphrase, whatever case the name is typed in', async () => {
    await firstAdministrator()
    const answer = await call('POST', '/api/sign-in', { userName: 'ADA', passphrase })
    expect(answer.statusCode).toBe(200)
    expect(answer.headers['set-cookie']).toMatch(/HttpOnly; SameSite=Strict/)
    expect((await call('GET', '/api/me', undefined, sessionOf(answer))).json().account.name).toBe('Ada')
  })

  test('a wrong passphrase and an unknown name are answered alike', async () => {
    await firstAdministrator()
    const [wrong, nobody] = await Promise.all(
      ['ada', 'nobody'].map((userName) =>
        call('POST', '/api/sign-in', { userName, passphrase: 'feil passfrase her' }),
      ),
    )
    expect(wrong?.statusCode).toBe(401)
    expect(wrong?.json()).toEqual(nobody?.json())
  })

  test('guessing is slowed down by name, and the right one waits too', async () => {
    await firstAdministrator()
    for (let attempt = 0; attempt < 10; attempt += 1)
      await call('POST', '/api/sign-in', { userName: 'ada', passphrase: 'feil' })
    expect((await call('POST', '/api/sign-in', { userName: 'ada', passphrase })).json().code).toBe(
      'wait-before-trying',
    )
    clock.advance(61_000)
    expect((await call('POST', '/api/sign-in', { userName: 'ada', passphrase })).statusCode).toBe(200)
  })

  test('a session ends when it is left idle, when it is old, and at sign-out', async () => {
    const session = await firstAdministrator()
    const alive = async () => (await call('GET', '/api/me', undefined, session)).statusCode
    for (let hours = 0; hours < 6 * 24; hours += 6) {
      clock.advance(6 * hour)
      expect(await alive()).toBe(200)
    }
    clock.advance(9 * hour)
    expect(await alive()).toBe(401)
    const other = sessionOf(await call('POST', '/api/sign-in', { userName: 'ada', passphrase }))
    expect((await call('POST', '/api/sign-out', undefined, other)).statusCode).toBe(200)
    expect((await call('GET', '/api/me', undefined, other)).statusCode).toBe(401)
  })
})

describe('accounts and roles', () => {
  test('a reader reads and may not invite; closing an account ends its sessions', async () => {
    const admin = await firstAdministrator()
    const { link } = (await call('POST', '/api/invitations', { role: 'reader' }, admin)).json()
    const joined = await join(link, 'rune')
    const reader = sessionOf(joined)
    expect((await call('GET', '/api/me', undefined, reader)).statusCode).toBe(200)
    expect((await call('POST', '/api/invitations', { role: 'administrator' }, reader)).statusCode).toBe(403)
    const { id } = joined.json()
    expect((await call('PATCH', `/api/accounts/${id}`, { disabled: true }, admin)).statusCode).toBe(200)
    expect((await call('GET', '/api/me', undefined, reader)).statusCode).toBe(401)
    expect((await call('POST', '/api/sign-in', { userName: 'rune', passphrase })).statusCode).toBe(401)
  })

  test('the last administrator cannot be closed or made a reader', async () => {
    const admin = await firstAdministrator()
    const { account } = (await call('GET', '/api/me', undefined, admin)).json()
    for (const change of [{ disabled: true }, { role: 'reader' }])
      expect((await call('PATCH', `/api/accounts/${account.id}`, change, admin)).json().code).toBe(
        'last-administrator',
      )
  })

  test('every change is written to the log in ids, never names', async () => {
    const admin = await firstAdministrator()
    await call('POST', '/api/invitations', { role: 'reader' }, admin)
    expect(recorded).toEqual([
      'invitation-made invitation,role,by',
      'account-made account,role,invitation',
      'invitation-made invitation,role,by',
    ])
  })

  test('another organisation sees nothing of it', async () => {
    const session = await firstAdministrator()
    organisation = await addOrganisation(target.db)
    expect((await call('GET', '/api/me', undefined, session)).statusCode).toBe(401)
    expect(await identity.hasAccounts(organisation)).toBe(false)
  })
})

describe('an auditor', () => {
  const audit = { role: 'auditor', period, lastDay: '2026-06-03' }
  const invited = async (admin: string, body: object = audit) =>
    (await call('POST', '/api/invitations', body, admin)).json()

  test('is bound to one period, and ends by itself after the last day, with the session', async () => {
    const admin = await firstAdministrator()
    const joined = await join((await invited(admin)).link, 'eva')
    const session = sessionOf(joined)
    const end = Date.parse('2026-06-03T22:00:00Z')
    expect(joined.json()).toMatchObject({ role: 'auditor', auditing: { period, endsAt: end } })
    expect(await identity.authenticate(organisation, session)).toEqual({
      kind: 'account',
      id: joined.json().id,
      role: 'auditor',
      period,
    })
    clock.advance(end - clock.now() - 60_000)
    const again = sessionOf(await call('POST', '/api/sign-in', { userName: 'eva', passphrase }))
    expect((await call('GET', '/api/me', undefined, again)).json().account.auditing).toEqual({
      period,
      endsAt: end,
    })
    clock.advance(60_000)
    expect((await call('GET', '/api/me', undefined, again)).statusCode).toBe(401)
    expect((await call('POST', '/api/sign-in', { userName: 'eva', passphrase })).json().code).toBe(
      'auditing-over',
    )
    expect(recorded.slice(-2)).toEqual([
      'invitation-made invitation,role,period,endsAt,by',
      'account-made account,role,period,endsAt,invitation',
    ])
  })

  test('is invited to a period there is, until a day within a year, by a link that ends no later', async () => {
    const admin = await firstAdministrator()
    const unknown = '01a00000-0000-7000-8000-000000000002'
    expect((await invited(admin, { ...audit, period: unknown })).code).toBe('no-such-period')
    for (const lastDay of ['2026-05-31', '2027-06-03'])
      expect((await invited(admin, { ...audit, lastDay })).code).toBe('last-day-not-valid')
    expect((await invited(admin, { role: 'auditor' })).code).toBe('not-valid')
    const { expiresAt, auditing } = await invited(admin)
    expect(expiresAt).toBe(auditing.endsAt)
  })

  test('keeps the role, and closing the account ends its sessions', async () => {
    const admin = await firstAdministrator()
    const joined = await join((await invited(admin)).link, 'eva')
    const path = `/api/accounts/${joined.json().id}`
    expect((await call('PATCH', path, { role: 'reader' }, admin)).json().code).toBe('auditor-stays')
    expect((await call('PATCH', path, { role: 'auditor' }, admin)).json().code).toBe('not-valid')
    expect((await call('PATCH', path, { disabled: true }, admin)).statusCode).toBe(200)
    expect((await call('GET', '/api/me', undefined, sessionOf(joined))).statusCode).toBe(401)
  })
})
