import { writeFileSync } from 'node:fs'
import { createServer } from 'node:https'
import { expect, onTestFinished, test } from 'vitest'
import { openSpool } from '../spool/spool.ts'
import { atEnd, cleansUpBy } from '../testdata/at-end.ts'
import { certificate, certificateFor } from '../testdata/certificate.ts'
import { folderWith } from '../testdata/folder.ts'
import { portOf } from '../testdata/speakers.ts'
import { serverName } from './authority.ts'
import { pinOf } from './join-token.ts'
import { remotePost } from './link.ts'
import { fingerprintOf, type Membership, readMembership, timesOf, writeMembership } from './membership.ts'

cleansUpBy(onTestFinished)

type Asked = { readonly url: string; readonly headers: Record<string, unknown>; readonly text: string }
type Reply = { readonly status: number; readonly body: unknown }

/** A server that answers as told, over TLS with a certificate that the membership trusts. */
async function server(reply: (asked: Asked, authority: string) => Reply) {
  const { key, cert } = certificate(serverName)
  const asked: Asked[] = []
  const https = createServer(
    { key, cert, requestCert: true, rejectUnauthorized: false },
    (request, response) => {
      let text = ''
      request.on('data', (chunk: Buffer) => {
        text += chunk.toString()
      })
      request.once('end', () => {
        const one = { url: request.url ?? '', headers: request.headers, text }
        asked.push(one)
        const { status, body } = reply(one, cert)
        response.writeHead(status, { 'content-type': 'application/json', 'hevd-version': '0.9.0' })
        response.end(JSON.stringify(body))
      })
    },
  )
  await new Promise<void>((ready) => https.listen(0, '127.0.0.1', ready))
  atEnd(() => {
    https.closeAllConnections()
    https.close()
  })
  return { url: `https://127.0.0.1:${portOf(https.address())}`, asked, authority: cert }
}

function member(at: { readonly url: string; readonly authority: string }, receivedAt: number): Membership {
  const own = certificate('Hevd agent')
  return {
    server: at.url,
    organisation: 'o',
    host: { id: 'h1', name: 'web', role: 'other' },
    joinedAt: receivedAt,
    rejoined: false,
    receivedAt,
    key: own.key,
    certificate: own.cert,
    authority: at.authority,
  }
}

const day = 86_400_000
const run = '8a3b6ac4-92b3-4bd4-9b2f-0ec5e3a2c001'
/** What a renewal is answered with. */
const renewal = ({ text }: Asked, authority: string): Reply => ({
  status: 200,
  body: { certificate: certificateFor(JSON.parse(text).publicKey), authority },
})
const problem = (code: string): Reply => ({
  status: 403,
  body: { code, words: { nb: `nei: ${code}`, en: `no: ${code}` } },
})

/** A link of a host that joined at the time 0 of a clock that is told the time. */
async function linked(reply: (asked: Asked, authority: string) => Reply) {
  const at = await server(reply)
  const folder = folderWith()
  const joined = member(at, Date.now())
  writeMembership(folder.path, joined)
  let now = joined.receivedAt
  const logged: string[] = []
  const stop = new AbortController()
  let version = ''
  const link = remotePost({
    folder: folder.path,
    membership: () => readMembership(folder.path),
    run,
    now: () => now,
    spread: 0,
    log: (event) => logged.push(event),
    heard: (told) => {
      version = told
    },
    signal: stop.signal,
  })
  onTestFinished(() => {
    stop.abort()
    link.close()
  })
  return {
    ...at,
    folder,
    joined,
    logged,
    post: link.post,
    version: () => version,
    skip(time: number) {
      now += time
    },
  }
}

test('each request tells protocol, version and process, and what the server is', async () => {
  const { post, asked, version } = await linked(() => ({ status: 200, body: { answers: [] } }))
  expect(await post([])).toEqual({ kind: 'answered', answers: [] })
  expect(asked[0]).toMatchObject({
    url: '/api/agent/reports',
    headers: { 'hevd-protocol': '1', 'hevd-version': expect.any(String), 'hevd-run': run },
  })
  expect(version()).toBe('0.9.0')
})

test.each(['certificate-revoked', 'certificate-superseded'])(
  '%s: nothing more is sent with that certificate, until another is there',
  async (code) => {
    const { post, asked, folder, joined } = await linked(() => problem(code))
    const expected = { kind: 'refused', code, words: { nb: `nei: ${code}`, en: `no: ${code}` } }
    expect(await post([])).toEqual(expected)
    expect(await post([])).toEqual(expected)
    expect(asked).toHaveLength(1)
    writeMembership(folder.path, { ...joined, ...certificateAnew() })
    await post([])
    expect(asked).toHaveLength(2)
  },
)

function certificateAnew(): Pick<Membership, 'key' | 'certificate'> {
  const { key, cert } = certificate('Hevd agent')
  return { key, certificate: cert }
}

test.each(['agent-too-old', 'agent-too-new'])(
  '%s is asked again: the server may be upgraded',
  async (code) => {
    let upgraded = false
    const { post } = await linked(() => (upgraded ? { status: 200, body: { answers: [] } } : problem(code)))
    expect(await post([])).toMatchObject({ kind: 'refused', code })
    upgraded = true
    expect(await post([])).toMatchObject({ kind: 'answered' })
  },
)

test('a certificate renews after two thirds of its time, for a new key, and reports go on with that', async () => {
  const { post, asked, folder, joined, skip } = await linked((one, authority) =>
    one.url === '/api/agent/renewal' ? renewal(one, authority) : { status: 200, body: { answers: [] } },
  )
  const { ends, renews } = timesOf(joined)
  expect(renews - joined.receivedAt).toBeCloseTo(((ends - joined.receivedAt) * 2) / 3)
  skip(renews - joined.receivedAt - 1000)
  await post([])
  expect(asked.map(({ url }) => url)).toEqual(['/api/agent/reports'])
  skip(1000)
  await post([])
  expect(asked.map(({ url }) => url)).toEqual([
    '/api/agent/reports',
    '/api/agent/renewal',
    '/api/agent/reports',
  ])
  const now = readMembership(folder.path)
  expect(now?.certificate).not.toBe(joined.certificate)
  expect(now?.key).not.toBe(joined.key)
})

test('a server that is away for days: what was there goes on until its end, and renewing is tried again', async () => {
  let away = true
  const { post, folder, joined, logged, skip } = await linked((one, authority) => {
    if (away) return { status: 503, body: {} }
    if (one.url === '/api/agent/renewal') return renewal(one, authority)
    return { status: 200, body: { answers: [] } }
  })
  skip(25 * day)
  expect(await post([])).toEqual({ kind: 'unavailable', why: 'HTTP 503' })
  expect(logged).toEqual(['certificate-not-renewed'])
  expect(readMembership(folder.path)).toEqual(joined)
  away = false
  skip(10 * day)
  expect(await post([])).toMatchObject({ kind: 'answered' })
  expect(fingerprintOf(readMembership(folder.path) ?? joined)).not.toBe(fingerprintOf(joined))
})

test('a server that says the certificate has expired is asked for another, whatever this host’s clock says', async () => {
  let expired = true
  const { post } = await linked((one, authority) => {
    if (one.url === '/api/agent/renewal') {
      expired = false
      return renewal(one, authority)
    }
    return expired ? problem('certificate-expired') : { status: 200, body: { answers: [] } }
  })
  expect(await post([])).toMatchObject({ kind: 'refused', code: 'certificate-expired' })
  expect(await post([])).toMatchObject({ kind: 'answered' })
})

test('a certificate of another key is not taken over: what was there stays', async () => {
  const { post, folder, joined, skip, logged } = await linked(({ url }, authority) =>
    url === '/api/agent/renewal'
      ? { status: 200, body: { certificate: certificate('Hevd agent').cert, authority } }
      : { status: 200, body: { answers: [] } },
  )
  skip(25 * day)
  expect(await post([])).toMatchObject({ kind: 'answered' })
  expect(logged).toEqual(['certificate-not-renewed'])
  expect(readMembership(folder.path)).toEqual(joined)
})

test('a server of another authority is not spoken to', async () => {
  const { post, folder, joined, asked } = await linked(() => ({ status: 200, body: { answers: [] } }))
  writeMembership(folder.path, { ...joined, authority: certificate(serverName).cert })
  expect(await post([])).toMatchObject({ kind: 'unavailable', why: expect.stringMatching(/CERT/) })
  expect(asked).toEqual([])
})

test.each([
  '',
  'hevd_join_',
  `hevd_join_${'a'.repeat(85)}`,
  `hevd_join_${'a'.repeat(86)}=`,
  `x_${'a'.repeat(86)}`,
])('%j is no token', (token) => {
  expect(() => pinOf(token)).toThrow(expect.objectContaining({ code: 'token-not-valid' }))
})

test('a membership is whole or not there: what is half written beside it does not count', () => {
  const folder = folderWith()
  writeFileSync(folder.at('membership.json.1.new'), '{"server":"ht', { mode: 0o600 })
  expect(readMembership(folder.path)).toBeNull()
})

test('what waits is counted, with its age', () => {
  const spool = openSpool(':memory:')
  expect(spool.backlog()).toEqual({ reports: 0, bytes: 0, oldest: null })
  const look = { host: 'h1', collector: 'accounts', title: { nb: 'K', en: 'A' }, interval: 'PT1M', facts: [] }
  const coverage = [{ type: 'account', scope: 'h1', state: 'complete', detail: '' }] as const
  spool.record({ ...look, coverage, observedAt: 7 })
  spool.next({ reports: 10, bytes: 1000 }, new Set())
  expect(spool.backlog()).toMatchObject({ reports: 1, oldest: 7 })
  spool.close()
})
