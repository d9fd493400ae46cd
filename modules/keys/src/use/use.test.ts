import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Grant, KeyDetail, MadeToken } from '../contract.ts'
import { startWorld, type World } from '../testdata/world.ts'

let world: World
let admin: string
let token: string
let name: string
let made = 0
const day = 86_400_000

beforeAll(async () => {
  world = await startWorld()
  await world.done(world.ada, 'POST', '/api/root-key', { seal: 'file' })
  admin = await world.tokenOf(world.ada)
})
afterAll(() => world.stop())
beforeEach(async () => {
  world.clock.set(Date.parse('2026-06-15T12:00:00Z'))
  name = `key-${++made}`
  await world.done(world.ada, 'POST', '/api/keys', { name })
  token = await world.tokenOf(world.rolf)
})

const encrypt = (by = token, key = name) =>
  world.vault(by, 'POST', `/transit/encrypt/${key}`, { plaintext: 'AAAA' }).then(({ status }) => status)
const detail = () => world.done<KeyDetail>(world.rolf, 'GET', `/api/keys/${name}`)
const entries = (kind: string) =>
  world.inside(async (tx) => {
    const { rows } = await sql<{ data: Buffer }>`
      select data from ledger.outbox where organisation = ${world.organisation} and kind = ${kind}
      union all select data from ledger.entry where organisation = ${world.organisation} and kind = ${kind}`.execute(
      tx,
    )
    return rows.map(({ data }) => JSON.parse(data.toString()))
  })

describe('a grant', () => {
  test('nothing is allowed without one, whether there is such a key or not', async () => {
    expect(await encrypt()).toBe(403)
    expect(await encrypt(token, 'no-such-key')).toBe(403)
    expect(await encrypt(admin)).toBe(403)
    expect(await encrypt(admin, 'no-such-key')).toBe(404)
    expect(await encrypt('hevdk_made-up')).toBe(403)
    expect(await encrypt('')).toBe(403)
  })

  test('gives its operations, to its holder, on its days', async () => {
    await world.grant(name, world.rolf, ['encrypt'], { from: '2026-06-16', until: '2026-06-17' })
    expect(await encrypt()).toBe(403)
    world.clock.set(Date.parse('2026-06-15T22:00:00Z'))
    expect(await encrypt()).toBe(200)
    expect(await encrypt(admin)).toBe(403)
    expect((await world.vault(token, 'POST', `/transit/decrypt/${name}`, { ciphertext: 'x' })).status).toBe(
      403,
    )
    world.clock.set(Date.parse('2026-06-17T21:59:59Z'))
    expect(await encrypt()).toBe(200)
    world.clock.set(Date.parse('2026-06-17T22:00:00Z'))
    expect(await encrypt()).toBe(403)
  })

  test('waits for another than who asked for it or would have it', async () => {
    const { id } = await world.done<Grant>(world.ada, 'POST', '/api/key-grants', {
      ...{
        key: name,
        holder: { kind: 'account', id: world.bo.id },
        operations: ['encrypt'],
        purpose: 'Drift',
      },
      ...{ from: '2026-06-01', until: '2026-12-31' },
    })
    const approve = (who = world.ada) => world.call(who, 'POST', `/api/key-grants/${id}/approve`)
    const bos = await world.tokenOf(world.bo)
    expect(await encrypt(bos)).toBe(403)
    expect(await approve(world.ada)).toMatchObject({ status: 403, json: { code: 'own-approval' } })
    expect(await approve(world.bo)).toMatchObject({ status: 403, json: { code: 'own-approval' } })
    expect(await approve(world.rolf)).toMatchObject({ status: 403, json: { code: 'not-allowed' } })
    expect(await encrypt(bos)).toBe(403)
  })

  test.each([
    ['no purpose', { purpose: ' ' }],
    ['no operations', { operations: [] }],
    ['more than a year', { until: '2027-06-02' }],
    ['over already', { until: '2026-06-14' }],
    ['what its type cannot', { operations: ['sign'] }],
    ['nobody who is there', { holder: { kind: 'service', id: 'none' } }],
  ])('is not asked for with %s', async (_, over) => {
    const asked = {
      ...{
        key: name,
        holder: { kind: 'account', id: world.rolf.id },
        operations: ['encrypt'],
        purpose: 'Drift',
      },
      ...{ from: '2026-06-01', until: '2026-12-31', ...over },
    }
    expect((await world.call(world.ada, 'POST', '/api/key-grants', asked)).status).toBe(400)
  })

  test('a reader asks for oneself alone', async () => {
    const asked = (id: string) => ({
      ...{ key: name, holder: { kind: 'account', id }, operations: ['encrypt'], purpose: 'Drift' },
      ...{ from: '2026-06-01', until: '2026-12-31' },
    })
    expect((await world.call(world.rolf, 'POST', '/api/key-grants', asked(world.bo.id))).status).toBe(403)
    expect((await world.call(world.rolf, 'POST', '/api/key-grants', asked(world.rolf.id))).status).toBe(200)
  })
})

describe('what is taken away ends at once, on every server', () => {
  test.each<[string, (grant: string) => Promise<unknown>]>([
    ['the grant', (grant) => world.done(world.ada, 'POST', `/api/key-grants/${grant}/revoke`)],
    ['the token', () => world.vault(token, 'POST', '/auth/token/revoke-self')],
  ])('%s', async (_, take) => {
    const { id } = await world.grant(name, world.rolf, ['encrypt'])
    const other = await world.another()
    const elsewhere = async () => {
      const { statusCode } = await other.app.inject({
        ...{ method: 'POST', url: `/v1/transit/encrypt/${name}`, payload: { plaintext: 'AAAA' } },
        headers: { authorization: `Bearer ${token}` },
      })
      return statusCode
    }
    expect([await encrypt(), await elsewhere()]).toEqual([200, 200])
    await take(id)
    expect([await elsewhere(), await encrypt()]).toEqual([403, 403])
    await other.stop()
  })

  test('a grant that many are using at the time: no call that begins after it ended is let in', async () => {
    const { id } = await world.grant(name, world.rolf, ['encrypt'])
    let ended = false
    let before = 0
    const late: number[] = []
    const one = async () => {
      for (;;) {
        const isLate = ended
        const status = await encrypt()
        if (isLate) {
          late.push(status)
          return
        }
        if (status === 200) before += 1
      }
    }
    const all = Array.from({ length: 16 }, one)
    while (before < 50) await new Promise((done) => setImmediate(done))
    await world.done(world.ada, 'POST', `/api/key-grants/${id}/revoke`)
    ended = true
    await Promise.all(all)
    expect(late).toEqual(Array.from({ length: 16 }, () => 403))
  })

  test('an account that is disabled: its tokens never work again, and it is said in the log', async () => {
    const per = await world.invite('reader', 'per')
    await world.grant(name, per, ['encrypt'])
    const pers = await world.tokenOf(per)
    expect(await encrypt(pers)).toBe(200)
    const set = (disabled: boolean) => world.done(world.ada, 'PATCH', `/api/accounts/${per.id}`, { disabled })
    await set(true)
    expect(await encrypt(pers)).toBe(403)
    await set(false)
    expect(await encrypt(pers)).toBe(403)
    expect(await entries('key-tokens-ended')).toMatchObject([{ account: per.id }])
  })

  test('a vault that is sealed, which loses nothing', async () => {
    await world.grant(name, world.rolf, ['encrypt'])
    const other = await world.another()
    const headers = { 'x-vault-token': token }
    const elsewhere = () =>
      other.app.inject({
        method: 'POST',
        url: `/v1/transit/encrypt/${name}`,
        payload: { plaintext: '' },
        headers,
      })
    expect((await elsewhere()).statusCode).toBe(200)
    await world.done(world.ada, 'POST', '/api/root-key/seal')
    expect([await encrypt(), (await elsewhere()).statusCode]).toEqual([503, 503])
    expect((await elsewhere()).json().errors[0]).toMatch(/sealed/)
    expect((await world.vault('', 'GET', '/sys/health')).status).toBe(503)
    await world.keys.runOnce()
    expect(await encrypt()).toBe(503)
    await world.done(world.ada, 'POST', '/api/root-key/open')
    expect(await encrypt()).toBe(200)
    await other.stop()
  })
})

describe('a token', () => {
  const service = async (over: object = {}) => {
    await world.done(world.ada, 'PUT', '/api/people/1', {
      ...{ name: 'Kari Nordmann', kind: 'employee', sponsor: null, startsOn: '2024-01-01' },
      ...{ endsOn: null, voluntary: null },
    })
    await world.done(world.ada, 'PUT', '/api/services/backup', { name: 'Backup', owner: '1' })
    const holder = { kind: 'service', id: 'backup' }
    return world.done<MadeToken>(world.ada, 'POST', '/api/key-tokens', {
      holder,
      until: '2026-06-20',
      ...over,
    })
  }

  test('of a service works until its last day, from its addresses alone', async () => {
    const here = (await service({ sources: ['127.0.0.0/8'] })).token
    const there = (await service({ sources: ['10.0.0.0/8', '2001:db8::/32'] })).token
    const asked = await world.done<Grant>(world.ada, 'POST', '/api/key-grants', {
      ...{ key: name, holder: { kind: 'service', id: 'backup' }, operations: ['encrypt'], purpose: 'Drift' },
      ...{ from: '2026-06-01', until: '2026-12-31' },
    })
    await world.done(world.bo, 'POST', `/api/key-grants/${asked.id}/approve`)
    expect([await encrypt(here), await encrypt(there)]).toEqual([200, 403])
    world.clock.set(Date.parse('2026-06-20T22:00:00Z'))
    expect(await encrypt(here)).toBe(403)
  })

  test('is never listed, and speaks for nobody but who made it or a service', async () => {
    const { token: secret } = await service()
    const { json } = await world.call(world.ada, 'GET', '/api/key-tokens')
    expect(JSON.stringify(json)).not.toContain(secret)
    const forAnother = { holder: { kind: 'account', id: world.rolf.id }, until: '2026-06-20' }
    expect((await world.call(world.ada, 'POST', '/api/key-tokens', forAnother)).status).toBe(403)
    const forService = { holder: { kind: 'service', id: 'backup' }, until: '2026-06-20' }
    expect((await world.call(world.rolf, 'POST', '/api/key-tokens', forService)).status).toBe(403)
  })
})

describe('uses', () => {
  test('are counted by operation and version, and told in one entry', async () => {
    await world.grant(name, world.rolf, ['encrypt', 'decrypt'])
    for (let n = 0; n < 3; n++) await encrypt()
    await world.vault(token, 'POST', `/transit/decrypt/${name}`, { ciphertext: 'vault:v1:AAAA' })
    await world.vault(admin, 'POST', `/transit/keys/${name}/rotate`, {})
    await world.vault(token, 'POST', `/transit/encrypt/${name}`, {
      batch_input: [{ plaintext: '' }, { plaintext: '' }],
    })
    expect((await detail()).uses).toMatchObject([{ exact: false, uses: 100 }])
    const before = (await entries('keys-used')).length
    world.clock.advance(15_000)
    await world.keys.runOnce()
    const counts = { 'encrypt/1': 3, 'encrypt/2': 2 }
    expect((await detail()).uses).toMatchObject([{ exact: true, uses: 5, counts }])
    expect((await detail()).versions.map(({ lastUsedAt }) => lastUsedAt !== null)).toEqual([true, true])
    const told = (await entries('keys-used')).slice(before)
    expect(told.flatMap(({ uses }) => uses)).toContainEqual(expect.objectContaining({ counts }))
  })

  test('more than a lease covers take another before they are answered', async () => {
    await world.grant(name, world.rolf, ['encrypt'])
    const batch_input = Array.from({ length: 70 }, () => ({ plaintext: '' }))
    for (let n = 0; n < 3; n++) await world.vault(token, 'POST', `/transit/encrypt/${name}`, { batch_input })
    world.clock.advance(15_000)
    await world.keys.runOnce()
    const { uses } = await detail()
    expect(uses.reduce((sum, { uses: count }) => sum + count, 0)).toBe(210)
    expect(uses.every(({ exact }) => exact)).toBe(true)
    expect(uses.length).toBeGreaterThan(1)
  })

  test('of a server that died: how many there can have been stands, and is told', async () => {
    await world.grant(name, world.rolf, ['encrypt'])
    const other = await world.another()
    const headers = { 'x-vault-token': token }
    const url = `/v1/transit/encrypt/${name}`
    await other.app.inject({ method: 'POST', url, payload: { plaintext: '' }, headers })
    world.clock.advance(15_000 + 60_001)
    await world.keys.runOnce()
    expect((await detail()).uses).toMatchObject([{ exact: false, uses: 100, counts: {} }])
    const lost = (await entries('key-uses-lost')).flatMap(({ uses }) => uses)
    expect(lost).toContainEqual(expect.objectContaining({ key: (await detail()).id, upTo: 100 }))
    await other.stop()
    expect((await detail()).uses).toMatchObject([{ exact: false, uses: 100 }])
  })
})

describe('what is due', () => {
  test('a period that went by while nothing ran gives one new version', async () => {
    await world.done(world.ada, 'PATCH', `/api/keys/${name}`, { autoRotate: 'P30D' })
    world.clock.advance(100 * day)
    await world.keys.runOnce()
    await world.keys.runOnce()
    expect(await detail()).toMatchObject({ version: 2, rotatedAt: world.clock.now() })
    expect((await world.call(world.ada, 'PATCH', `/api/keys/${name}`, { autoRotate: 'PT59M' })).status).toBe(
      400,
    )
  })

  test('a deleted key is refused, can be restored, and is destroyed when its time is over', async () => {
    await world.grant(name, world.rolf, ['encrypt'])
    const act = (what: string) => world.call(world.ada, 'POST', `/api/keys/${name}/${what}`)
    expect(await act('delete')).toMatchObject({ status: 400, json: { code: 'deletion-not-allowed' } })
    await world.done(world.ada, 'PATCH', `/api/keys/${name}`, { deletionAllowed: true })
    await act('delete')
    expect(await encrypt()).toBe(400)
    await act('restore')
    expect(await encrypt()).toBe(200)
    await act('delete')
    world.clock.advance(7 * day)
    await world.keys.runOnce()
    expect((await world.call(world.ada, 'GET', `/api/keys/${name}`)).status).toBe(404)
    const { rows } = await world.inside((tx) =>
      sql`select from keys.version v join keys.key k on k.id = v.key
        where k.name = ${name} and v.wrapped is not null`.execute(tx),
    )
    expect(rows).toEqual([])
    await world.done(world.ada, 'POST', '/api/keys', { name })
    expect(await encrypt()).toBe(403)
  })
})
