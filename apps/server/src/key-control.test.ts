import { mkdtempSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { digestOfFacts, keyFiles } from '@hevd/facts'
import { madeInvitation } from '@hevd/identity/contract'
import { policyView } from '@hevd/posture/contract'
import { type ThrowawayDatabase, throwawayDatabase } from '@hevd/testing'
import pino from 'pino'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { readConfig } from './config.ts'
import { type Server, startServer } from './server.ts'
import { type Teller, teller } from './testdata/told.ts'

const control = 'encryption-keys-restricted'
let target: ThrowawayDatabase
let server: Server
let home: string
const people = new Map<string, Teller & { readonly id: string }>()
const who = (name: string) => {
  const found = people.get(name)
  if (found === undefined) throw new Error(`Nobody is called ${name}`)
  return found
}

beforeAll(async () => {
  target = await throwawayDatabase()
  home = mkdtempSync(join(tmpdir(), 'hevd-server-'))
  server = await startServer({
    config: readConfig(
      { HEVD_HOME: home, HEVD_PORT: '0', DATABASE_URL: target.runtimeUrl, HEVD_MIGRATE_URL: target.ownerUrl },
      true,
    ),
    version: '0.0.0',
    logger: pino({ level: 'silent' }),
    monotonic: () => performance.now(),
    progress: () => {},
    thisHost: { id: 'h1', name: 'db1' },
    firstStart: { name: 'Virksomheten', locale: 'nb', timeZone: 'Europe/Oslo' },
  })
  await accept('ada', server.firstLink ?? '')
  for (const [name, role] of [
    ['bo', 'administrator'],
    ['rolf', 'reader'],
  ] as const) {
    const invited = madeInvitation.parse(await who('ada').done('POST', '/api/invitations', { role }))
    await accept(name, invited.link)
  }
}, 300_000)

afterAll(async () => {
  await server?.stop()
  await target?.drop()
  await rm(home, { recursive: true, force: true })
})

async function accept(userName: string, link: string): Promise<void> {
  const body = {
    ...{ token: link.split('#')[1], name: `${userName} Nordmann`, userName },
    passphrase: 'en lang nok passfrase',
  }
  const response = await fetch(`${server.origin}/api/invitations/accept`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  const told = teller(server, response.headers.getSetCookie()[0]?.split(';')[0] ?? '')
  const { account } = (await told.done('GET', '/api/me')) as { account: { id: string } }
  people.set(userName, { ...told, id: account.id })
}

/** Waits for the control to be in a state, with a finding of that kind about a subject where one is named. */
async function until(state: string, code?: string, subject?: string): Promise<void> {
  for (;;) {
    const { sections } = policyView.parse(await who('ada').done('GET', '/api/policy'))
    const summary = sections.flatMap(({ controls }) => controls).find(({ id }) => id === control)
    const { text } = await who('ada').call('GET', `/api/findings?control=${control}`)
    const told = (code === undefined || text.includes(`"${code}"`)) && text.includes(subject ?? '')
    if (summary?.state === state && told) return
    await sleep(100)
  }
}

/** What the agent of this host sees of files with keys. */
async function keyFilesSeen(sequence: number, ...openTo: readonly { readonly everybody: boolean }[]) {
  const facts = openTo.map(({ everybody }) => {
    const value = keyFiles.parse({
      ...{ host: 'h1', path: '/srv/tls.key', kind: 'private-key', encrypted: false, fingerprint: null },
      ...{ secrets: 1, mode: 0o640, openTo: { uid: 1000, gid: null, everybody } },
    })
    return { type: keyFiles.name, key: keyFiles.key(value), value }
  })
  const put = facts.map(({ type, value }) => ({ type, value }))
  const [answer] = await server.modules.feeds.take(server.organisation, 'h1', [
    {
      ...{ collector: 'key-files', title: { nb: 'Nøkkelfiler', en: 'Key files' }, interval: 'PT6H' },
      ...{ kind: 'full', sequence, put, gone: [], digest: digestOfFacts(facts), observedAt: Date.now() },
      coverage: [{ type: keyFiles.name, scope: 'h1', state: 'complete', detail: '' }],
    },
  ])
  expect(answer?.state).toBe('taken')
}

const day = (offset: number) => new Date(Date.now() + offset * 86_400_000).toISOString().slice(0, 10)
async function grant(holder: { kind: string; id: string }): Promise<string> {
  const asked = (await who('ada').done('POST', '/api/key-grants', {
    ...{ key: 'customers', holder, operations: ['encrypt', 'decrypt'], purpose: 'Kundestøtte' },
    ...{ from: day(-1), until: day(90) },
  })) as { id: string }
  await who('bo').done('POST', `/api/key-grants/${asked.id}/approve`)
  return asked.id
}
const revoke = (id: string) => who('ada').done('POST', `/api/key-grants/${id}/revoke`)

test('the control is not green for a vault alone, holds when all is told, fails with names, and holds when mended', {
  timeout: 120_000,
}, async () => {
  const ada = who('ada')
  await until('unknown')
  const custodians = ['ada', 'bo', 'rolf'].map((name) => who(name).id)
  await ada.done('POST', '/api/root-key', { seal: 'shares', threshold: 2, custodians })
  for (const name of ['ada', 'bo', 'rolf']) await who(name).done('POST', '/api/root-key/share')
  await ada.done('POST', '/api/keys', { name: 'customers' })
  await ada.done('PUT', '/api/people/1', {
    ...{ name: 'Kari Nordmann', kind: 'employee', sponsor: null, startsOn: '2020-01-01' },
    ...{ endsOn: null, voluntary: null },
  })
  const service = () => ada.done('PUT', '/api/services/support', { name: 'Kundestøtten', owner: '1' })
  await service()
  await grant({ kind: 'service', id: 'support' })
  await until('unknown')
  await ada.done('POST', '/api/key-stores/confirm')
  await until('unknown', 'unseen-never-connected')
  await keyFilesSeen(1)
  await until('holds')

  await keyFilesSeen(2, { everybody: true })
  await until('fails', 'key-files-open', '/srv/tls.key')
  await keyFilesSeen(3, { everybody: false })
  await until('holds')

  const store = { name: 'KMS', kind: 'aws-kms', place: 'eu-north-1', reachedBy: null, rotatedOn: day(-30) }
  await ada.done('PUT', '/api/key-stores/kms', store)
  await until('unknown', 'store-reach-not-told', 'KMS')
  await ada.done('PUT', '/api/key-stores/kms', { ...store, reachedBy: ['Drift'], rotatedOn: day(-400) })
  await until('fails', 'store-too-old', 'KMS')
  await ada.done('PUT', '/api/key-stores/kms', { ...store, reachedBy: ['Drift'] })
  await until('holds')

  await ada.done('DELETE', '/api/services/support')
  await until('fails', 'service-gone', 'Kundestøtten → customers')
  await service()
  await until('holds')

  const rolfs = await grant({ kind: 'account', id: who('rolf').id })
  await until('unknown', 'second-factor-unknown', 'rolf Nordmann → customers')
  const set = (disabled: boolean) => ada.done('PATCH', `/api/accounts/${who('rolf').id}`, { disabled })
  await set(true)
  await until('fails', 'account-disabled', 'rolf Nordmann → customers')
  await until('fails', 'custodians-disabled')
  await set(false)
  await until('unknown', 'second-factor-unknown')
  await revoke(rolfs)
  await until('holds')
})
