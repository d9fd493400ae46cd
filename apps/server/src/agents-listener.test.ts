import { generateKeyPairSync, hash, sign, X509Certificate } from 'node:crypto'
import { mkdirSync, mkdtempSync, readFileSync, rmdirSync, writeFileSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { Agent, request } from 'node:https'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { connect } from 'node:tls'
import { joinServer } from '@hevd/agent'
import { type Host, type OfferedJoinToken, offeredJoinToken } from '@hevd/hosts/contract'
import { type ThrowawayDatabase, throwawayDatabase } from '@hevd/testing'
import { sql } from 'kysely'
import pino from 'pino'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { readConfig } from './config.ts'
import { impostor, made, type Pair } from './impostor.fixture.ts'
import { type Server, startServer } from './server.ts'

let target: ThrowawayDatabase
let server: Server
let home: string
let cookie = ''
let address: string
const folders: string[] = []

beforeAll(async () => {
  target = await throwawayDatabase()
  home = mkdtempSync(join(tmpdir(), 'hevd-server-'))
  const { key, cert } = made('localhost')
  const [keyFile, certFile] = [join(home, 'key.pem'), join(home, 'cert.pem')]
  writeFileSync(keyFile, key)
  writeFileSync(certFile, cert)
  server = await serving({ HEVD_TLS_CERT: certFile, HEVD_TLS_KEY: keyFile })
  address = server.agents?.address ?? ''
  const accepted = await people('POST', '/api/invitations/accept', {
    token: server.firstLink?.split('#')[1],
    name: 'ada',
    userName: 'ada',
    passphrase: 'en lang nok passfrase',
  })
  cookie = accepted.cookie
}, 300_000)

afterAll(async () => {
  await server?.stop()
  await target?.drop()
  for (const folder of [home, ...folders]) await rm(folder, { recursive: true, force: true })
})

/** Starts a server on the database and in the folder of this file. */
function serving(settings: Record<string, string>) {
  return startServer({
    config: readConfig(
      {
        HEVD_HOME: home,
        HEVD_PORT: '0',
        HEVD_AGENTS_ADDRESS: '127.0.0.1',
        HEVD_AGENTS_PORT: '0',
        DATABASE_URL: target.runtimeUrl,
        HEVD_MIGRATE_URL: target.ownerUrl,
        ...settings,
      },
      true,
    ),
    version: '0.0.0',
    logger: pino({ level: 'silent' }),
    monotonic: () => performance.now(),
    progress: () => {},
    thisHost: null,
    firstStart: { name: 'Virksomheten', locale: 'nb', timeZone: 'Europe/Oslo' },
  })
}

/** A call on the listener for people, as the administrator. */
function people(method: string, path: string, body?: unknown, tls: Tls = {}, headers = {}): Promise<Answer> {
  return callAt(server.origin, method, path, tls, body, { cookie, ...headers })
}

async function tokenFor(making: object): Promise<OfferedJoinToken> {
  return offeredJoinToken.parse(JSON.parse((await people('POST', '/api/join-tokens', making)).text))
}

function folder(): string {
  const made = mkdtempSync(join(tmpdir(), 'hevd-agent-'))
  folders.push(made)
  return made
}

const never = new AbortController().signal
async function joined(making: object = { role: 'other' }, where = folder()) {
  const { token } = await tokenFor(making)
  return joinServer({ folder: where, server: address, token, signal: never })
}
type Member = Awaited<ReturnType<typeof joined>>

type Tls = {
  readonly key?: string
  readonly cert?: string
  readonly ca?: string
  readonly agent?: Agent
  readonly servername?: string
}

type Answer = {
  readonly status: number
  readonly code: string
  readonly text: string
  readonly cookie: string
}

/** A call on the agents’ listener, with whatever certificate. */
function ask(method: string, path: string, tls: Tls, body?: unknown, headers = {}): Promise<Answer> {
  return callAt(address, method, path, { servername: 'agents.hevd.internal', ...tls }, body, headers)
}

function callAt(
  origin: string,
  method: string,
  path: string,
  tls: Tls,
  body: unknown,
  headers: Record<string, string>,
): Promise<Answer> {
  const text = body === undefined ? '' : JSON.stringify(body)
  const length = { 'content-type': 'application/json', 'content-length': String(Buffer.byteLength(text)) }
  return new Promise((done, fail) => {
    const asked = request(new URL(path, origin), {
      method,
      rejectUnauthorized: tls.ca !== undefined,
      agent: false,
      ...tls,
      headers: { ...(body === undefined ? {} : length), ...headers },
    })
    asked.once('error', fail)
    asked.once('response', (response) => {
      let heard = ''
      response.on('data', (chunk: Buffer) => {
        heard += chunk.toString()
      })
      response.once('end', () => {
        const code = /"code":"([a-z-]+)"/.exec(heard)?.[1] ?? ''
        const [set = ''] = response.headers['set-cookie'] ?? []
        done({ status: response.statusCode ?? 0, code, text: heard, cookie: set.split(';')[0] ?? '' })
      })
    })
    asked.end(text)
  })
}

const known = ({ key, certificate, authority }: Member): Tls => ({ key, cert: certificate, ca: authority })
const noReports = { version: '0.0.0', reports: [] }
const report = (tls: Tls) => ask('POST', '/api/agent/reports', tls, noReports)
const hostOf = async ({ host }: Member) => {
  const all: Host[] = JSON.parse((await people('GET', '/api/hosts')).text)
  return all.find(({ id }) => id === host.id)
}

describe('the agents’ listener', () => {
  test('has what agents call, and nothing that people do', async () => {
    expect(
      (server.agents?.routes ?? [])
        .filter(({ method }) => method !== 'HEAD')
        .map(({ method, url, access }) => [method, url, access]),
    ).toEqual([
      ['GET', '/health', 'public'],
      ['POST', '/api/agent/reports', 'agent'],
      ['POST', '/api/agent/join', 'public'],
      ['POST', '/api/agent/renewal', 'agent'],
      ['POST', '/api/agent/leave', 'agent'],
    ])
  })

  test('refuses every route of the other listener, to nobody, to a session and to an agent alike', {
    timeout: 300_000,
  }, async () => {
    const kept = { keepAlive: true, servername: 'agents.hevd.internal', rejectUnauthorized: false }
    const stranger = { agent: new Agent(kept) }
    const member = { agent: new Agent({ ...kept, ...known(await joined()) }) }
    onTestFinished(() => {
      for (const { agent } of [stranger, member]) agent.destroy()
    })
    const here = new Set(server.agents?.routes.map(({ method, url }) => `${method} ${url}`))
    const wrong: string[] = []
    const walked = server.routes.filter(({ method, url }) => !here.has(`${method} ${url}`))
    expect(walked.length).toBeGreaterThan(30)
    for (const { method, url } of walked) {
      const path = url.replace(/:[A-Za-z]+/g, 'x').replace('*', 'x')
      const body = method === 'GET' || method === 'HEAD' ? undefined : {}
      for (const [who, tls, headers] of [
        ['nobody', stranger, {}],
        ['a session', stranger, { cookie }],
        ['an agent', member, {}],
      ] as const) {
        const { status } = await ask(method, path, tls, body, headers)
        if (status !== 404) wrong.push(`${method} ${path} as ${who}: ${status}`)
      }
    }
    expect(wrong).toEqual([])
  })

  test('hears an agent by its certificate alone: no token, session or certificate of elsewhere counts', async () => {
    const member = await joined()
    expect(await report(known(member))).toMatchObject({ status: 200, text: '{"answers":[]}' })
    const bearer = await server.modules.hosts.enrol(server.organisation, member.host.id)
    const withBearer = { authorization: `Bearer ${bearer}` }
    expect(await ask('POST', '/api/agent/reports', {}, noReports, withBearer)).toMatchObject({ status: 401 })
    expect(await ask('POST', '/api/agent/reports', {}, noReports, { cookie })).toMatchObject({ status: 401 })
    const elsewhere = made('Hevd agent')
    expect(await report(elsewhere)).toMatchObject({ status: 401 })
    for (const path of ['/api/agent/renewal', '/api/agent/leave'])
      expect(await ask('POST', path, elsewhere, {})).toMatchObject({ status: 401 })
  })

  test('a certificate with the key of another does not get through TLS', async () => {
    const [one, other] = [await joined(), await joined()]
    await expect(report({ ...known(one), key: other.key })).rejects.toThrow()
  })

  test('speaks TLS 1.3 alone, and shows that it is the agents’ server', async () => {
    const { hostname, port } = new URL(address)
    const shown = (maxVersion: 'TLSv1.2' | 'TLSv1.3') =>
      new Promise<X509Certificate | undefined>((done, fail) => {
        const socket = connect({
          host: hostname,
          port: Number(port),
          maxVersion,
          rejectUnauthorized: false,
        })
        socket.once('error', fail)
        socket.once('secureConnect', () => {
          done(socket.getPeerX509Certificate())
          socket.destroy()
        })
      })
    await expect(shown('TLSv1.2')).rejects.toThrow()
    const certificate = await shown('TLSv1.3')
    expect(certificate?.checkHost('agents.hevd.internal')).toBe('agents.hevd.internal')
    expect(certificate?.keyUsage).toEqual(['1.3.6.1.5.5.7.3.1'])
  })
})

test('the listener for people has none of it: no joining, and a client certificate gives nothing', async () => {
  for (const path of ['/api/agent/join', '/api/agent/renewal', '/api/agent/leave'])
    expect((await people('POST', path, {})).status).toBe(404)
  const { key, certificate: cert } = await joined()
  const nobody = { cookie: '' }
  expect(await people('POST', '/api/agent/reports', noReports, { key, cert }, nobody)).toMatchObject({
    status: 401,
  })
  expect(await people('GET', '/api/hosts', undefined, { key, cert }, nobody)).toMatchObject({ status: 401 })
})

describe('joining', () => {
  test.each<[string, (member: Member) => Pair]>([
    ['of another authority', () => made('agents.hevd.internal')],
    [
      'that shows our authority after a leaf of another key',
      ({ authority, organisation }) => {
        const { key, cert } = made('agents.hevd.internal', `Hevd agents ${organisation}`)
        return { key, cert: `${cert}${authority}` }
      },
    ],
  ])('a server %s is found out before the token is sent, which stays good', async (_name, pair) => {
    const { token } = await tokenFor({ role: 'other' })
    const other = await impostor(pair(await joined()))
    onTestFinished(other.close)
    const given = { folder: folder(), token, signal: never }
    await expect(joinServer({ ...given, server: other.url })).rejects.toMatchObject({
      code: expect.stringMatching(/^(wrong-authority|server-unreachable)$/),
    })
    expect(other.heard).toEqual([])
    expect(await joinServer({ ...given, server: address })).toMatchObject({ rejoined: false })
  })

  test('a token that was used, or is none, is refused with words', async () => {
    const { token } = await tokenFor({ role: 'other' })
    await joinServer({ folder: folder(), server: address, token, signal: never })
    await expect(
      joinServer({ folder: folder(), server: address, token, signal: never }),
    ).rejects.toMatchObject({
      code: 'server-refused',
      words: { nb: expect.stringContaining('Tokenet gjelder ikke'), en: expect.stringContaining('not good') },
    })
    await expect(
      joinServer({ folder: folder(), server: address, token: 'hevd_join_x', signal: never }),
    ).rejects.toMatchObject({ code: 'token-not-valid' })
  })

  test('who is cut off after the server has answered joins by the same token as the same agent', async () => {
    const { token } = await tokenFor({ role: 'other' })
    const given = { folder: folder(), server: address, token, signal: never }
    // What was answered cannot be kept: as when the process is killed before it is.
    mkdirSync(join(given.folder, 'membership.json'))
    await expect(joinServer(given)).rejects.toThrow()
    rmdirSync(join(given.folder, 'membership.json'))
    const member = await joinServer(given)
    expect(await report(known(member))).toMatchObject({ status: 200 })
    const issued = await target.db.transaction(server.organisation, (tx) =>
      sql`select from hosts.certificate where host = ${member.host.id}`.execute(tx),
    )
    expect(issued.rows).toHaveLength(1)
    await expect(joinServer({ ...given, folder: folder() })).rejects.toMatchObject({ code: 'server-refused' })
  })

  test('the key stays on the host, readable by its owner alone', async () => {
    const where = folder()
    const member = await joined({ role: 'other' }, where)
    const kept = readFileSync(join(where, 'membership.json'), 'utf8')
    expect(JSON.parse(kept).key).toBe(member.key)
    const { rows } = await target.db.transaction(server.organisation, (tx) =>
      sql<{ row: string }>`select row_to_json(c)::text as row from hosts.certificate c`.execute(tx),
    )
    expect(rows.length).toBeGreaterThan(0)
    const secret = member.key.split('\n')[1] ?? ''
    expect(secret).not.toBe('')
    for (const { row } of rows) expect(row).not.toContain(secret)
  })
})

describe('a certificate', () => {
  test('that is revoked is refused at the next request, and its open connection ends', async () => {
    const member = await joined()
    const agent = new Agent({
      ...known(member),
      keepAlive: true,
      maxSockets: 1,
      servername: 'agents.hevd.internal',
    })
    onTestFinished(() => agent.destroy())
    const tls = { ca: member.authority, agent }
    expect(await report(tls)).toMatchObject({ status: 200 })
    const [socket] = Object.values(agent.freeSockets).flat()
    const closed = new Promise((done) => socket?.once('close', done))
    expect((await people('DELETE', `/api/hosts/${member.host.id}/agent`)).status).toBe(200)
    expect(await report(known(member))).toMatchObject({ status: 403, code: 'certificate-revoked' })
    await closed
    expect((await hostOf(member))?.certificate).toMatchObject({
      state: 'revoked',
      revokedFor: 'administrator',
    })
  })

  test('of an ended host is refused too', async () => {
    const member = await joined()
    expect((await people('PATCH', `/api/hosts/${member.host.id}`, { ended: true })).status).toBe(200)
    expect(await report(known(member))).toMatchObject({ status: 403, code: 'certificate-revoked' })
  })
})

describe('joining again after a reinstall', () => {
  test('keeps the host and its feeds’ history, and revokes what was before', async () => {
    const member = await joined()
    const said = {
      collector: 'agent',
      title: { nb: 'Agenten', en: 'The agent' },
      interval: 'PT1M',
      kind: 'full',
      sequence: 7,
      put: [],
      gone: [],
      coverage: [{ type: 'agent', scope: member.host.id, state: 'complete', detail: '' }],
      digest: '0'.repeat(64),
      observedAt: Date.now(),
    }
    const sent = await ask('POST', '/api/agent/reports', known(member), { version: '1', reports: [said] })
    expect(sent.text).toContain('taken')
    const heardAt = (await hostOf(member))?.lastHeardAt
    expect(heardAt).not.toBeNull()
    const again = await joined({ host: member.host.id })
    expect(again).toMatchObject({ rejoined: true, host: { id: member.host.id } })
    expect(await report(known(member))).toMatchObject({ code: 'certificate-revoked' })
    expect(await report(known(again))).toMatchObject({ status: 200 })
    expect(await hostOf(again)).toMatchObject({
      lastHeardAt: heardAt,
      certificate: { state: 'good', rejoinedAt: expect.any(Number) },
    })
  })
})

test('a certificate that has expired is told so, renews itself, and is good again', async () => {
  const brief = await serving({ HEVD_AGENTS_CERTIFICATE: 'PT8S' })
  onTestFinished(() => brief.stop())
  address = brief.agents?.address ?? ''
  const member = await joined()
  const ends = new X509Certificate(member.certificate).validToDate.getTime()
  await new Promise((wait) => setTimeout(wait, Math.max(0, ends - Date.now()) + 1100))
  expect(await report(known(member))).toMatchObject({ status: 403, code: 'certificate-expired' })
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const spki = publicKey.export({ type: 'spki', format: 'der' }).toString('base64')
  const old = hash('sha256', new X509Certificate(member.certificate).raw)
  const statement = ['hevd-agent-renewal-1', spki, old].join('\n')
  const signature = sign('sha256', Buffer.from(statement), privateKey).toString('base64')
  const renewal = await ask('POST', '/api/agent/renewal', known(member), { publicKey: spki, signature })
  expect(renewal.status).toBe(200)
  const { certificate } = JSON.parse(renewal.text)
  const key = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()
  expect(await report({ ...known(member), key, cert: certificate })).toMatchObject({ status: 200 })
})
