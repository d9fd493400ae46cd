import { generateKeyPairSync, randomUUID, sign, X509Certificate } from 'node:crypto'
import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { milliseconds } from '@hevd/core'
import { createFeeds, feedsMigrations } from '@hevd/feeds'
import { schemaFaults } from '@hevd/postgres'
import {
  addOrganisation,
  type TestClock,
  type ThrowawayDatabase,
  testClock,
  throwawayDatabase,
} from '@hevd/testing'
import { sql } from 'kysely'
import { pino } from 'pino'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { hostsDefaults } from '../config.ts'
import { joinStatement } from '../domain/possession.ts'
import { createHosts, type Hosts, hostsMigrations } from '../index.ts'
import { changeHost } from '../register.ts'
import { fingerprintOf, joiningAgent } from '../testdata/joining-agent.ts'
import { authenticateCertificate, type Shown } from './authenticate.ts'
import { certificateView } from './certificate-view.ts'
import type { AgentsContext } from './context.ts'
import { joinAgent } from './join.ts'
import { openAuthority } from './open-authority.ts'
import { renewCertificate } from './renew.ts'
import { revokeAgent } from './revoke.ts'
import { currentCertificates } from './store.ts'
import { listJoinTokens, makeJoinToken, withdrawJoinToken } from './tokens.ts'

let target: ThrowawayDatabase
let folder: string
let organisation: string
let clock: TestClock
let hosts: Hosts
let context: AgentsContext
let recorded: { kind: string; body: object }[]
let dropped: string[]

beforeAll(async () => {
  target = await throwawayDatabase([
    { name: 'feeds', directory: feedsMigrations },
    { name: 'hosts', directory: hostsMigrations },
  ])
  folder = mkdtempSync(join(tmpdir(), 'hevd-agents-'))
})
afterAll(async () => {
  await target.drop()
  rmSync(folder, { recursive: true })
})

beforeEach(async () => {
  organisation = await addOrganisation(target.db)
  clock = testClock('2026-06-01T12:00:00Z')
  recorded = []
  dropped = []
  const record = async (_tx: unknown, _organisation: string, kind: string, body: object) => {
    recorded.push({ kind, body })
  }
  const feeds = createFeeds({ db: target.db, clock, logger: pino({ level: 'silent' }), record })
  const ground = { db: target.db, clock, feeds, record }
  hosts = createHosts(ground)
  const authority = await openAuthority(ground, folder, organisation, false)
  context = {
    ...ground,
    config: hostsDefaults,
    version: '0.1.0',
    authority: () => authority,
    revoked: (fingerprints) => dropped.push(...fingerprints.map((each) => each.toString('hex'))),
  }
})

const role = { role: 'production' } as const
const tokenFor = async (making: Parameters<typeof makeJoinToken>[2] = role) =>
  (await makeJoinToken(context, organisation, making, 'ada')).token
const joinAs = (token: string, agent = joiningAgent(), as = {}) =>
  joinAgent(context, organisation, agent.joining(token, as))
const run = randomUUID()
const show = (pem: string, shown: Partial<Shown> = {}) =>
  authenticateCertificate(context, organisation, {
    fingerprint: fingerprintOf(pem),
    renewing: false,
    protocol: 1,
    version: '0.1.0',
    run,
    ...shown,
  })
const current = async () => {
  const [row] = await target.db.transaction(organisation, (tx) => currentCertificates(tx, organisation))
  return row === undefined ? null : certificateView(row, clock.now())
}
const kinds = () => recorded.map(({ kind }) => kind)
const day = 86_400_000
const week = 7 * day
const month = 30 * day

test('the schema keeps organisations apart', async () => {
  expect(await schemaFaults(target.ownerUrl)).toEqual([])
})

describe('a token', () => {
  test('declares a new host of its role, by the id and the name that the agent tells', async () => {
    const joined = await joinAs(await tokenFor())
    expect(joined).toMatchObject({
      organisation,
      host: { id: 'web-1', name: 'web', role: 'production' },
      rejoined: false,
    })
    expect(await show(joined.certificate)).toMatchObject({ kind: 'agent', host: 'web-1' })
    expect(kinds()).toEqual(['join-token-made', 'host-declared', 'agent-joined'])
  })

  test('works once; the same key that asks again gets the same certificate, since its answer may be lost', async () => {
    const token = await tokenFor()
    const agent = joiningAgent()
    const first = await joinAs(token, agent)
    await expect(joinAs(token)).rejects.toMatchObject({ code: 'join-refused' })
    expect((await joinAs(token, agent)).certificate).toBe(first.certificate)
    expect(kinds().filter((kind) => kind === 'agent-joined')).toHaveLength(1)
  })

  test('of two that join by it in the same moment one gets in', async () => {
    const token = await tokenFor()
    const tries = await Promise.allSettled(
      Array.from({ length: 5 }, (_, n) => joinAs(token, joiningAgent(), { host: `h${n}` })),
    )
    expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
  })

  test('expires, is withdrawn, and is of one organisation', async () => {
    const late = await tokenFor()
    clock.advance(milliseconds(hostsDefaults.joinTokenLife))
    await expect(joinAs(late)).rejects.toMatchObject({ code: 'join-refused' })
    const { id, token } = await makeJoinToken(context, organisation, role, 'ada')
    expect(await listJoinTokens(context, organisation)).toMatchObject([{ id, role: 'production' }])
    await withdrawJoinToken(context, organisation, id, 'ada')
    expect(await listJoinTokens(context, organisation)).toEqual([])
    await expect(joinAs(token)).rejects.toMatchObject({ code: 'join-refused' })
    await expect(withdrawJoinToken(context, organisation, id, 'ada')).rejects.toMatchObject({
      code: 'no-such-token',
    })
    const other = await addOrganisation(target.db)
    const foreign = await tokenFor()
    await expect(joinAgent(context, other, joiningAgent().joining(foreign))).rejects.toMatchObject({
      code: 'join-refused',
    })
  })

  test('for a new host does not let anybody in as one that is there: its history is not up for grabs', async () => {
    await joinAs(await tokenFor())
    await expect(joinAs(await tokenFor())).rejects.toMatchObject({ code: 'host-known' })
  })

  test('for a new host lets in one of two that join under one id in the same moment', async () => {
    const tokens = await Promise.all([tokenFor(), tokenFor(), tokenFor()])
    const tries = await Promise.allSettled(tokens.map((token) => joinAs(token)))
    expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
  })

  test('for a host that is not declared, or was ended, is not made', async () => {
    await expect(tokenFor({ host: 'nowhere' })).rejects.toMatchObject({ code: 'no-such-host' })
    await hosts.declare(organisation, { id: 'old', name: 'old', role: 'other', declaredBy: 'ada' })
    await changeHost(context, organisation, 'old', { ended: true }, 'ada')
    await expect(tokenFor({ host: 'old' })).rejects.toMatchObject({ code: 'host-ended' })
  })

  test('is not kept, and neither it nor its hash is in the log', async () => {
    const token = await tokenFor()
    const { rows } = await target.db.transaction(organisation, (tx) =>
      sql<{ row: string }>`select row_to_json(t)::text as row from hosts.join_token t`.execute(tx),
    )
    expect(rows).toHaveLength(1)
    expect(rows[0]?.row).not.toContain(token)
    expect(JSON.stringify(recorded)).not.toContain(token.slice(10, 40))
  })
})

describe('possession', () => {
  test('a signature by another key, over another token or host, or a key of another kind, is refused', async () => {
    const token = await tokenFor()
    const good = joiningAgent().joining(token)
    const other = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey
    const ed = generateKeyPairSync('ed25519')
    const wrong = [
      { ...good, signature: sign('sha256', joinStatement(good), other).toString('base64') },
      { ...good, token: `${token}x` },
      { ...good, host: 'web-2' },
      { ...good, name: 'other' },
      { ...good, publicKey: ed.publicKey.export({ type: 'spki', format: 'der' }).toString('base64') },
      { ...good, publicKey: 'AAAA' },
    ]
    for (const each of wrong)
      await expect(joinAgent(context, organisation, each)).rejects.toMatchObject({ code: 'not-proven' })
    expect(await joinAgent(context, organisation, good)).toMatchObject({ rejoined: false })
  })
})

describe('a certificate', () => {
  test('says whose it is, is for clients alone, and is of our authority', async () => {
    const { certificate, authority } = await joinAs(await tokenFor())
    const parsed = new X509Certificate(certificate)
    const issuer = new X509Certificate(authority)
    expect(parsed.subjectAltName).toBe(`URI:hevd://${organisation}/hosts/web-1`)
    expect(parsed.keyUsage).toEqual(['1.3.6.1.5.5.7.3.2'])
    expect(parsed.ca).toBe(false)
    expect(parsed.checkIssued(issuer) && parsed.verify(issuer.publicKey)).toBe(true)
    expect(issuer.ca).toBe(true)
    expect(parsed.validToDate.getTime()).toBe(clock.now() + week)
  })

  test('renews; the old one is good until the new one is first used, and no longer', async () => {
    const first = await joinAs(await tokenFor())
    await show(first.certificate)
    clock.advance(5 * day)
    const renew = () =>
      renewCertificate(
        context,
        organisation,
        fingerprintOf(first.certificate),
        joiningAgent().renewing(fingerprintOf(first.certificate)),
      )
    await renew()
    expect(await show(first.certificate)).not.toBeNull()
    const second = await renew()
    expect(await show(second.certificate)).toMatchObject({ host: 'web-1' })
    await expect(show(first.certificate)).rejects.toMatchObject({ code: 'certificate-superseded' })
    expect(await current()).toMatchObject({ state: 'good', rejoinedAt: null })
    expect(kinds().slice(-2)).toEqual(['agent-certificate-renewed', 'agent-certificate-renewed'])
  })

  test('that has expired renews itself for a month, and does nothing else', async () => {
    const { certificate } = await joinAs(await tokenFor())
    clock.advance(week - 1)
    expect(await show(certificate)).not.toBeNull()
    clock.advance(1)
    await expect(show(certificate)).rejects.toMatchObject({ code: 'certificate-expired' })
    expect(await current()).toMatchObject({ state: 'expired' })
    clock.advance(month - 1)
    expect(await show(certificate, { renewing: true })).toMatchObject({ host: 'web-1' })
    clock.advance(1)
    await expect(show(certificate, { renewing: true })).rejects.toMatchObject({ code: 'certificate-expired' })
  })

  test('that was revoked is refused at once, also for renewing, and its connections are dropped', async () => {
    const { certificate } = await joinAs(await tokenFor())
    await show(certificate)
    await revokeAgent(context, organisation, 'web-1', 'ada')
    await expect(show(certificate)).rejects.toMatchObject({ code: 'certificate-revoked' })
    await expect(show(certificate, { renewing: true })).rejects.toMatchObject({ code: 'certificate-revoked' })
    const renewing = joiningAgent().renewing(fingerprintOf(certificate))
    await expect(
      renewCertificate(context, organisation, fingerprintOf(certificate), renewing),
    ).rejects.toMatchObject({ code: 'certificate-revoked' })
    expect(dropped).toEqual([fingerprintOf(certificate).toString('hex')])
    expect(await current()).toMatchObject({ state: 'revoked', revokedFor: 'administrator' })
    expect(recorded.at(-1)).toMatchObject({ kind: 'agent-revoked', body: { host: 'web-1', by: 'ada' } })
    await expect(revokeAgent(context, organisation, 'web-1', 'ada')).rejects.toMatchObject({
      code: 'no-agent',
    })
  })

  test('ends with its host, and by the agent’s own leaving', async () => {
    const { certificate } = await joinAs(await tokenFor())
    await changeHost(context, organisation, 'web-1', { ended: true }, 'ada')
    await expect(show(certificate)).rejects.toMatchObject({ code: 'certificate-revoked' })
    expect(dropped).toHaveLength(1)
    const second = await joinAs(await tokenFor(), joiningAgent(), { host: 'web-2' })
    await revokeAgent(context, organisation, 'web-2', null)
    await expect(show(second.certificate)).rejects.toMatchObject({ code: 'certificate-revoked' })
    expect(kinds().at(-1)).toBe('agent-left')
  })

  test('of nobody, or of another organisation, is nobody’s', async () => {
    const { certificate } = await joinAs(await tokenFor())
    expect(await show(certificate, { fingerprint: Buffer.alloc(32) })).toBeNull()
    const other = await addOrganisation(target.db)
    const fingerprint = fingerprintOf(certificate)
    const shown = { fingerprint, renewing: false, protocol: 1, version: null, run: null }
    expect(await authenticateCertificate(context, other, shown)).toBeNull()
  })
})

describe('joining again', () => {
  test('by a token for the host keeps it and revokes what was before, and the log and the view say so', async () => {
    const first = await joinAs(await tokenFor())
    await show(first.certificate)
    clock.advance(2 * day)
    const again = await joinAs(await tokenFor({ host: 'web-1' }), joiningAgent(), { host: 'fresh-id' })
    expect(again).toMatchObject({ rejoined: true, host: { id: 'web-1', name: 'web' } })
    await expect(show(first.certificate)).rejects.toMatchObject({ code: 'certificate-revoked' })
    expect(await show(again.certificate)).toMatchObject({ host: 'web-1' })
    expect(await current()).toMatchObject({ state: 'good', rejoinedAt: clock.now() })
    const [serial] = recorded.flatMap(({ kind, body }) => (kind === 'agent-joined' ? [body] : []))
    expect(recorded.at(-1)).toMatchObject({
      kind: 'agent-rejoined',
      body: { host: 'web-1', revoked: [serial !== undefined && 'serial' in serial ? serial.serial : ''] },
    })
    expect(kinds().filter((kind) => kind === 'host-declared')).toHaveLength(1)
  })

  test('takes the token of an agent that reported by one', async () => {
    await hosts.declare(organisation, { id: 'db-1', name: 'db', role: 'other', declaredBy: 'ada' })
    const bearer = await hosts.enrol(organisation, 'db-1')
    expect(await joinAs(await tokenFor({ host: 'db-1' }))).toMatchObject({ rejoined: true })
    expect(await hosts.authenticateAgent(organisation, bearer)).toBeNull()
  })
})

describe('two agents with one certificate', () => {
  test('are seen when one comes back after the other, not when one is started anew', async () => {
    const { certificate } = await joinAs(await tokenFor())
    const [a, b, c] = [randomUUID(), randomUUID(), randomUUID()]
    for (const each of [a, b, b, c]) await show(certificate, { run: each })
    expect((await current())?.sharedAt).toBeNull()
    for (const each of [b, c]) await show(certificate, { run: each })
    expect((await current())?.sharedAt).toBe(clock.now())
    for (const each of [b, c]) await show(certificate, { run: each })
    expect(kinds().filter((kind) => kind === 'agent-shared')).toHaveLength(1)
  })
})

describe('versions', () => {
  test.each([
    [3, 3, 'taken'],
    [2, 3, 'taken'],
    [4, 3, 'taken'],
    [1, 3, 'agent-too-old'],
    [5, 3, 'agent-too-new'],
    [null, 3, 'agent-too-old'],
    [null, 1, 'taken'],
  ])('an agent of protocol %s at a server of %s is %s', async (theirs, ours, expected) => {
    const { certificate } = await joinAs(await tokenFor())
    context = { ...context, version: '0.3.0', config: { ...hostsDefaults, protocol: ours } }
    const answer = await show(certificate, { protocol: theirs, version: '0.9.9' }).then(
      () => ({ code: 'taken', words: { nb: 'agent 0.9.9, Hevd 0.3.0' } }),
      (error) => error,
    )
    expect(answer.code).toBe(expected)
    expect(answer.words.nb).toContain('agent 0.9.9, Hevd 0.3.0')
  })
})

describe('the authority', () => {
  test('keeps its key to itself, and is the same at the next start', async () => {
    const path = join(folder, organisation, 'ca-key.pem')
    expect(statSync(path).mode & 0o777).toBe(0o600)
    const again = await openAuthority(context, folder, organisation, false)
    expect(again.keyHash).toEqual(context.authority(organisation).keyHash)
  })

  test('that is missing, or another, stops the start; only an explicit new one takes its place', async () => {
    const empty = mkdtempSync(join(tmpdir(), 'hevd-agents-'))
    await expect(openAuthority(context, empty, organisation, false)).rejects.toMatchObject({
      code: 'authority-lost',
    })
    const anew = await openAuthority(context, empty, organisation, true)
    await expect(openAuthority(context, folder, organisation, false)).rejects.toMatchObject({
      code: 'authority-lost',
    })
    expect((await openAuthority(context, empty, organisation, false)).keyHash).toEqual(anew.keyHash)
    rmSync(empty, { recursive: true })
  })
})
