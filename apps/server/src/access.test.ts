import { mkdtempSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { madeInvitation } from '@hevd/identity/contract'
import { type ThrowawayDatabase, throwawayDatabase } from '@hevd/testing'
import pino from 'pino'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { readConfig } from './config.ts'
import { type Server, startServer } from './server.ts'

let target: ThrowawayDatabase
let server: Server
let home: string
let period: string
const cookies = new Map<string, string>()

beforeAll(async () => {
  target = await throwawayDatabase()
  home = mkdtempSync(join(tmpdir(), 'hevd-server-'))
  const environment = {
    HEVD_HOME: home,
    HEVD_PORT: '0',
    DATABASE_URL: target.runtimeUrl,
    HEVD_MIGRATE_URL: target.ownerUrl,
  }
  server = await startServer({
    config: readConfig(environment, true),
    version: '0.0.0',
    logger: pino({ level: 'silent' }),
    monotonic: () => performance.now(),
    progress: () => {},
    thisHost: { id: 'h1', name: 'db1' },
    firstStart: { name: 'Virksomheten', locale: 'nb', timeZone: 'Europe/Oslo' },
  })
  cookies.set('administrator', await follow(server.firstLink ?? '', 'ada'))
  const invited = await call('POST', '/api/invitations', 'administrator', { role: 'reader' })
  const { link } = madeInvitation.parse(await invited.json())
  cookies.set('reader', await follow(link, 'rolf'))
  for (const [who, title] of [
    ['auditor', 'Mai'],
    ['another auditor', 'April'],
  ] as const) {
    const day = new Date().toISOString().slice(0, 10)
    const made = await call('POST', '/api/periods', 'administrator', { title, firstDay: day, lastDay: day })
    const { id } = z.object({ id: z.uuid() }).parse(await made.json())
    if (who === 'auditor') period = id
    const audit = { role: 'auditor', period: id, lastDay: day }
    const asked = await call('POST', '/api/invitations', 'administrator', audit)
    const { link: auditLink } = madeInvitation.parse(await asked.json())
    cookies.set(who, await follow(auditLink, title.toLowerCase()))
  }
}, 300_000)

afterAll(async () => {
  await server?.stop()
  await target?.drop()
  await rm(home, { recursive: true, force: true })
})

/** Follows an invitation's link; the cookie of the session. */
async function follow(link: string, userName: string): Promise<string> {
  const response = await call('POST', '/api/invitations/accept', 'nobody', {
    token: link.split('#')[1],
    name: userName,
    userName,
    passphrase: 'en lang nok passfrase',
  })
  expect(response.status).toBe(200)
  return response.headers.getSetCookie()[0]?.split(';')[0] ?? ''
}

function call(method: string, path: string, as: string, body?: unknown): Promise<Response> {
  const cookie = cookies.get(as)
  const bearer = as === 'agent' ? `Bearer ${server.agentToken}` : undefined
  return fetch(`${server.origin}${path}`, {
    method,
    redirect: 'manual',
    headers: {
      ...(cookie === undefined ? {} : { cookie }),
      ...(bearer === undefined ? {} : { authorization: bearer }),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
}

const everybody = ['nobody', 'auditor', 'another auditor', 'reader', 'administrator', 'agent'] as const

/** Who gets past the door of a route, by what it says of itself; of a period, another auditor than its own does not. */
const admitted = {
  public: everybody,
  auditor: ['auditor', 'another auditor', 'reader', 'administrator'],
  reader: ['reader', 'administrator'],
  administrator: ['administrator'],
  agent: ['agent'],
  // What these routes ask for is a token of the vault, or of an application, which none of them has.
  'key-token': [],
  application: [],
} as const

const openapi = z.object({ paths: z.record(z.string(), z.record(z.string(), z.unknown())) })

/** Says that there is no vault yet by a status of its own, as Vault does. */
const notInitialised = { url: '/v1/sys/health', status: 501 }

/** Ends sessions, so it is walked last of all by nobody else. */
const endsSession = '/api/sign-out'

describe('every route, walked as everybody', () => {
  test('lets in those it says, and nobody else', { timeout: 300_000 }, async () => {
    const walked = server.routes.filter(({ method, url }) => method !== 'HEAD' && url !== endsSession)
    expect(walked.filter(({ access }) => access === 'auditor').length).toBeGreaterThan(10)
    expect(walked.length).toBeGreaterThan(30)
    const wrong: string[] = []
    for (const { method, url, access } of walked) {
      const path = url
        .replace(':period', period)
        .replace(/:[A-Za-z]+/g, 'x')
        .replace('*', 'x')
      for (const who of everybody) {
        const refuses = method === 'GET' ? undefined : {}
        const { status } = await call(method, path, who, refuses)
        const inside = status !== 401 && status !== 403
        const anothers = who === 'another auditor' && access === 'auditor' && url.includes(':period')
        const expected = !anothers && (admitted[access] as readonly string[]).includes(who)
        const isBroken = status >= 500 && !(url === notInitialised.url && status === notInitialised.status)
        if (inside !== expected || isBroken) wrong.push(`${method} ${path} as ${who}: ${status}`)
      }
    }
    expect(wrong).toEqual([])
  })

  test('what no route stands for is not found, and says so in the language asked for', async () => {
    const response = await call('GET', '/api/no-such-thing?lang=nb', 'nobody')
    expect(response.status).toBe(404)
    expect(await response.json()).toMatchObject({ code: 'not-found', detail: 'Dette finnes ikke.' })
  })

  test('another host name is refused, so that no page elsewhere reaches us by a name of its own', async () => {
    const { port } = new URL(server.origin)
    const { request } = await import('node:http')
    const status = await new Promise((done, fail) => {
      const asked = request({
        port,
        host: '127.0.0.1',
        path: '/api/trust',
        headers: { host: `evil.example:${port}` },
      })
      asked
        .on('response', (response) => done(response.statusCode))
        .on('error', fail)
        .end()
    })
    expect(status).toBe(421)
  })

  test('a change that another site asks for is refused', async () => {
    const response = await fetch(`${server.origin}/api/invitations`, {
      method: 'POST',
      headers: {
        cookie: cookies.get('administrator') ?? '',
        origin: 'https://evil.example',
        'content-type': 'application/json',
      },
      body: JSON.stringify({ role: 'administrator' }),
    })
    expect(response.status).toBe(403)
  })

  test('OpenAPI names every route of the API', async () => {
    const answer = await call('GET', '/api/openapi.json', 'nobody')
    const document = openapi.parse(await answer.json())
    const missing = server.routes
      .filter(
        ({ method, url }) => method !== 'HEAD' && url.startsWith('/api/') && url !== '/api/openapi.json',
      )
      .filter(({ method, url }) => {
        const path = url.replace(/:([A-Za-z]+)/g, '{$1}').replace('*', '{*}')
        return document.paths[path]?.[method.toLowerCase()] === undefined
      })
    expect(missing).toEqual([])
  })
})
