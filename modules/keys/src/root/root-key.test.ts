import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Grant, RootKey, TakenShare } from '../contract.ts'
import { startWorld, type Who, type World } from '../testdata/world.ts'

let world: World
let per: Who
const shares = new Map<string, string>()

beforeAll(async () => {
  world = await startWorld()
  per = await world.invite('reader', 'per')
})
afterAll(() => world.stop())

const root = (who = world.ada) => world.done<RootKey>(who, 'GET', '/api/root-key')
const act = (who: Who, path: string, body?: object) => world.call(who, 'POST', `/api/root-key${path}`, body)
const take = async (who: Who) => {
  const { share } = await world.done<TakenShare>(who, 'POST', '/api/root-key/share')
  shares.set(who.id, share)
}
const shareOf = (who: Who) => ({ share: shares.get(who.id) ?? '' })
const plan = (...custodians: readonly Who[]) => ({
  ...{ seal: 'shares', threshold: 2, custodians: custodians.map(({ id }) => id) },
})

/** Kinds of what is asked of each of them. */
const askedOf = async (...asked: readonly Who[]) => {
  const asks = await world.inside((tx) => world.keys.asks(tx, world.organisation))
  const role = (id: string) => ([world.ada.id, world.bo.id].includes(id) ? 'administrator' : 'reader')
  return asked.map(({ id }) =>
    asks.filter((ask) => ask.of({ kind: 'account', id, role: role(id) })).map(({ kind }) => kind),
  )
}

describe('a root key that custodians hold', () => {
  test('is there when each of them has taken their own share, once', async () => {
    expect((await world.vault('', 'GET', '/sys/health')).status).toBe(501)
    expect((await world.call(world.ada, 'POST', '/api/keys', { name: 'early' })).json).toMatchObject({
      code: 'sealed',
    })
    const three = plan(world.ada, world.bo, world.rolf)
    expect((await act(world.rolf, '', three)).status).toBe(403)
    expect((await act(world.ada, '', three)).status).toBe(200)
    expect((await act(per, '/share')).json).toMatchObject({ code: 'not-custodian' })
    await take(world.ada)
    expect((await act(world.ada, '/share')).json).toMatchObject({ code: 'share-taken' })
    await take(world.bo)
    expect(await askedOf(world.bo, world.rolf)).toEqual([[], ['root-key-share']])
    expect(await root()).toMatchObject({
      state: 'uninitialised',
      sharing: { waitsFor: [{ id: world.rolf.id }] },
    })
    await take(world.rolf)
    expect(await root()).toMatchObject({ state: 'unsealed', seal: 'shares', sharing: null, keys: 0 })
    await world.done(world.ada, 'POST', '/api/keys', { name: 'customers' })
  })

  test('opens with as many shares as it takes, each given by its own custodian', async () => {
    await act(world.ada, '/seal')
    expect(await root()).toMatchObject({ state: 'sealed', unsealing: { threshold: 2, given: [] } })
    expect(await askedOf(world.bo, world.rolf, per)).toEqual([['vault-sealed'], ['vault-sealed'], []])
    expect((await act(per, '/unseal', shareOf(world.ada))).status).toBe(403)
    expect((await act(world.bo, '/unseal', shareOf(world.ada))).status).not.toBe(200)
    const mistyped = { share: shareOf(world.ada).share.replace(/.$/, (last) => (last === '2' ? '3' : '2')) }
    expect((await act(world.ada, '/unseal', mistyped)).status).toBe(400)
    expect((await act(world.ada, '/unseal', shareOf(world.ada))).status).toBe(200)
    expect(await root(world.ada)).toMatchObject({
      unsealing: { givenByYou: true, given: [{ id: world.ada.id }] },
    })
    expect((await world.call(per, 'DELETE', '/api/root-key/unseal')).json).toMatchObject({
      code: 'not-custodian',
    })
    await world.done(world.ada, 'DELETE', '/api/root-key/unseal')
    expect((await root()).unsealing?.given).toEqual([])
    await act(world.ada, '/unseal', shareOf(world.ada))
    await act(world.rolf, '/unseal', shareOf(world.rolf))
    expect((await root()).state).toBe('unsealed')
  })

  test('is shared anew by custodians who agree, and the lost one’s share opens nothing more', async () => {
    const old = new Map(shares)
    await act(world.ada, '/reseal', plan(world.ada, world.bo, per))
    expect((await act(per, '/reseal/share', shareOf(world.ada))).status).toBe(403)
    await act(world.ada, '/reseal/share', shareOf(world.ada))
    expect(await root()).toMatchObject({ resealing: { ceremony: { given: [{ id: world.ada.id }] } } })
    await act(world.bo, '/reseal/share', shareOf(world.bo))
    expect(await root()).toMatchObject({ resealing: null, sharing: { waitsForYou: true } })
    for (const who of [world.ada, world.bo]) await take(who)
    expect((await root()).plan?.custodians.map(({ id }) => id)).toContain(world.rolf.id)
    await take(per)
    expect((await root()).plan?.custodians.map(({ id }) => id)).toEqual([world.ada.id, world.bo.id, per.id])
    await act(world.ada, '/seal')
    expect((await act(world.rolf, '/unseal', { share: old.get(world.rolf.id) ?? '' })).status).toBe(403)
    expect((await act(world.ada, '/unseal', { share: old.get(world.ada.id) ?? '' })).status).toBe(400)
    await act(world.bo, '/unseal', shareOf(world.bo))
    await act(per, '/unseal', shareOf(per))
    expect((await root()).state).toBe('unsealed')
    expect((await world.call(world.ada, 'POST', '/api/keys/customers/rotate')).status).toBe(200)
  })

  test('goes over to a seal that opens by itself only when they agree', async () => {
    await act(world.ada, '/reseal', { seal: 'file' })
    expect(await root()).toMatchObject({ seal: 'shares', resealing: { seal: 'file' } })
    await act(world.ada, '/reseal/share', shareOf(world.ada))
    await act(world.bo, '/reseal/share', shareOf(world.bo))
    expect(await root()).toMatchObject({ seal: 'file', state: 'unsealed', plan: null, resealing: null })
    const other = await world.another()
    expect((await other.app.inject('/v1/sys/health')).statusCode).toBe(200)
    await other.stop()
    expect((await act(world.ada, '/reseal', { seal: 'pkcs11' })).json).toMatchObject({ code: 'seal-not-set' })
  })
})

test('a root key of another database does not open it', async () => {
  const rows = await world.inside(async (tx) => {
    await sql`update keys.root set verifier = '\\x00'`.execute(tx)
    return sql`select from keys.root`.execute(tx)
  })
  expect(rows.rows).toHaveLength(1)
  await act(world.ada, '/seal')
  expect((await act(world.ada, '/open')).json).toMatchObject({ code: 'root-key-wrong' })
  expect(await root()).toMatchObject({ state: 'sealed', why: { code: 'root-key-wrong' } })
})

test('what custodians and administrators did is in the log, without any share', async () => {
  const { rows } = await world.inside((tx) =>
    sql<{ kind: string; data: Buffer }>`
      select kind, data from ledger.outbox union all select kind, data from ledger.entry`.execute(tx),
  )
  const kinds = new Set(rows.map(({ kind }) => kind))
  for (const kind of [
    'root-key-made',
    'root-key-resealed',
    'root-key-share-taken',
    'root-key-share-given',
    'vault-sealed',
  ])
    expect(kinds).toContain(kind)
  const all = rows.map(({ data }) => data.toString()).join('\n') + world.logged()
  for (const share of shares.values()) expect(all).not.toContain(share)
})

test('what was written of a person is taken out of grants and key stores, and out of what is said of them', async () => {
  await world.done(world.ada, 'PUT', '/api/key-stores/kms', {
    ...{ name: 'KMS til Kari Nordmann', kind: 'aws-kms', place: 'hos kari nordmann', rotatedOn: null },
    reachedBy: ['Drift', 'Kari Nordmann', 'Vakt'],
  })
  const given = await world.grant('customers', per, ['encrypt'], {
    purpose: 'Avtalt med Kari Nordmann i mai',
  })
  const erased = { person: '1', names: ['Kari Nordmann'], accounts: [] }
  for (let twice = 0; twice < 2; twice++)
    await world.inside((tx) => world.keys.erase(tx, world.organisation, erased))
  const stored = await world.inside(async (tx) => {
    const { rows } = await sql<{ text: string }>`
      select purpose as text from keys.key_grant where id = ${given.id}
      union all select concat_ws('|', name, place, array_to_string(reached_by, ',')) from keys.store
      union all select value::text from feeds.fact where type in ('key-grant', 'key-store')`.execute(tx)
    return rows.map(({ text }) => text)
  })
  expect(stored).toContain('Avtalt med erased i mai')
  expect(stored).toContain('KMS til erased|hos erased|Drift,erased,Vakt')
  expect(stored.length).toBeGreaterThan(3)
  expect(stored.filter((text) => /kari nordmann/i.test(text))).toEqual([])
})

test('a single administrator approves alone, and it is shown', async () => {
  const asked = await world.done<Grant>(world.bo, 'POST', '/api/key-grants', {
    ...{
      key: 'customers',
      holder: { kind: 'account', id: world.ada.id },
      operations: ['encrypt'],
      purpose: 'Drift',
    },
    ...{ from: '2026-06-01', until: '2026-12-31' },
  })
  expect(await askedOf(world.ada, world.bo)).toEqual([['vault-sealed'], ['vault-sealed']])
  const approve = () => world.call(world.ada, 'POST', `/api/key-grants/${asked.id}/approve`)
  expect(await approve()).toMatchObject({ json: { code: 'own-approval' } })
  await world.done(world.ada, 'PATCH', `/api/accounts/${world.bo.id}`, { role: 'reader' })
  expect(await askedOf(world.ada)).toEqual([['vault-sealed', 'key-grants']])
  expect(await approve()).toMatchObject({ status: 200, json: { singleApprover: true, state: 'in-force' } })
})
