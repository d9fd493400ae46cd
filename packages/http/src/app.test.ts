import { pino } from 'pino'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import type { Access, Principal } from './access.ts'
import { type App, createApp } from './app.ts'

const organisation = '01890000-0000-7000-8000-000000000001'
const principals: Readonly<Record<string, Principal>> = {
  reader: { kind: 'account', id: 'r', role: 'reader' },
  administrator: { kind: 'account', id: 'a', role: 'administrator' },
  auditor: { kind: 'account', id: 'u', role: 'auditor', period: 'p1' },
  agent: { kind: 'agent', id: 'g', host: 'h1' },
}

async function appWith(routes: (app: App) => void): Promise<App> {
  const app = await createApp({
    logger: pino({ level: 'silent' }),
    tls: null,
    bodyLimit: 10_000,
    callsPerMinute: 10_000,
    fallbackLocale: 'nb',
    version: '0.0.0',
    authenticate: async (request) => principals[request.headers.authorization ?? ''] ?? null,
    organisationOf: async () => organisation,
  })
  routes(app)
  await app.ready()
  return app
}

const one = (access: Access) =>
  appWith((app) => {
    app.get('/thing', { config: { access } }, async () => ({ ok: true }))
    app.post('/thing', { config: { access } }, async () => ({ ok: true }))
  })

describe('deny by default', () => {
  test('a route that does not say who may call it is refused at start', async () => {
    await expect(appWith((app) => app.get('/open', async () => 'oops'))).rejects.toThrow(/GET \/open/)
  })

  test.each<[Access, string, number]>([
    ['public', 'nobody', 200],
    ['reader', 'nobody', 401],
    ['reader', 'reader', 200],
    ['reader', 'administrator', 200],
    ['reader', 'agent', 403],
    ['administrator', 'nobody', 401],
    ['administrator', 'reader', 403],
    ['administrator', 'administrator', 200],
    ['administrator', 'agent', 403],
    ['reader', 'auditor', 403],
    ['administrator', 'auditor', 403],
    ['auditor', 'nobody', 401],
    ['auditor', 'reader', 200],
    ['auditor', 'administrator', 200],
    ['auditor', 'agent', 403],
    ['agent', 'auditor', 403],
    // What finds out itself who calls is let through to do so.
    ['key-token', 'nobody', 200],
    ['agent', 'nobody', 401],
    ['agent', 'administrator', 403],
    ['agent', 'agent', 200],
  ])('a route for %s, called by %s: %i', async (access, caller, status) => {
    const app = await one(access)
    const answer = await app.inject({ url: '/thing', headers: { authorization: caller } })
    expect(answer.statusCode).toBe(status)
  })

  test('an auditor is let in to their own period, and to what tells of none', async () => {
    const access = 'auditor' as const
    const app = await appWith((made) => {
      made.get('/periods/:period', { config: { access } }, async () => ({ ok: true }))
      made.get('/periods', { config: { access } }, async () => ({ ok: true }))
      made.get('/columns', { config: { access, ofNoPeriod: true } }, async () => ({ ok: true }))
      made.get('/things/:period', { config: { access: 'reader', ofNoPeriod: true } }, async () => ({
        ok: true,
      }))
    })
    const status = async (url: string) =>
      (await app.inject({ url, headers: { authorization: 'auditor' } })).statusCode
    expect(await Promise.all(['/periods/p1', '/columns'].map(status))).toEqual([200, 200])
    expect(
      await Promise.all(['/periods/p2', '/periods', '/periods?period=p1', '/things/p1'].map(status)),
    ).toEqual([403, 403, 403, 403])
  })

  test('a changing call from another site is refused, one from our own page is not', async () => {
    const app = await one('administrator')
    const post = (headers: Record<string, string>) =>
      app.inject({
        method: 'POST',
        url: '/thing',
        headers: { authorization: 'administrator', host: 'hevd.test', ...headers },
      })
    expect((await post({ origin: 'https://elsewhere.test' })).statusCode).toBe(403)
    expect((await post({ 'sec-fetch-site': 'cross-site' })).statusCode).toBe(403)
    expect((await post({ origin: 'null' })).statusCode).toBe(403)
    expect((await post({ origin: 'https://hevd.test' })).statusCode).toBe(200)
    expect((await post({})).statusCode).toBe(200)
  })
})

describe('a fault is answered as problem details in the reader’s language', () => {
  const strict = () =>
    appWith((app) => {
      const body = z.object({ count: z.number() })
      app.post('/count', { config: { access: 'public' }, schema: { body } }, async ({ body: { count } }) => ({
        count,
      }))
      app.get('/break', { config: { access: 'public' } }, async () => {
        throw new Error('secret detail')
      })
    })

  test('the caller’s fault names the field and is not a 500', async () => {
    const answer = await (await strict()).inject({ method: 'POST', url: '/count', payload: { count: 'x' } })
    expect(answer.statusCode).toBe(400)
    expect(answer.json().detail).toContain('/count')
    expect(answer.headers['content-type']).toContain('application/problem+json')
  })

  test.each([
    ['not JSON at all', '{"count":', 400],
    ['too large', JSON.stringify({ count: 1, filler: 'x'.repeat(20_000) }), 413],
  ])('%s', async (_name, payload, status) => {
    const headers = { 'content-type': 'application/json' }
    const answer = await (await strict()).inject({ method: 'POST', url: '/count', payload, headers })
    expect(answer.statusCode).toBe(status)
  })

  test('breakage tells nothing of itself', async () => {
    const answer = await (await strict()).inject({ url: '/break', headers: { 'accept-language': 'en' } })
    expect(answer.statusCode).toBe(500)
    expect(answer.body).not.toContain('secret')
    expect(answer.json().detail).toContain('Something broke')
  })

  test('an address that is not there', async () => {
    const answer = await (await strict()).inject({
      url: '/nowhere',
      headers: { 'accept-language': 'nn, en;q=0.5' },
    })
    expect(answer.statusCode).toBe(404)
    expect(answer.json().detail).toBe('Dette finnes ikke.')
  })

  test('pages may load nothing from elsewhere and run no inline script', async () => {
    const answer = await (await strict()).inject({ url: '/nowhere' })
    expect(answer.headers['content-security-policy']).toContain("default-src 'none'")
    expect(answer.headers['content-security-policy']).not.toContain('unsafe')
  })
})
