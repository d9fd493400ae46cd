import {
  customers as customerFacts,
  customerPlacements,
  dataStores,
  hostFacilities,
  pciAttestations,
  subprocessors,
} from '@hevd/facts'
import { schemaFaults } from '@hevd/postgres'
import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { customer, openWorld, store, subprocessor } from './testdata/world.ts'

let world: Awaited<ReturnType<typeof openWorld>>

beforeAll(async () => {
  world = await openWorld()
})
afterAll(() => world.close())
beforeEach(() => world.fresh())

const read = async (
  type: { byKey(key: string): Parameters<typeof world.feeds.read>[2][number] },
  key: string,
) =>
  world.inside(
    async (tx) =>
      (await world.feeds.read(tx, world.organisation(), [type.byKey(key)]))[0]?.facts.map(
        ({ value }) => value,
      ) ?? [],
  )
const put = (what: string, item: { readonly id: string }, more: object = {}) =>
  world.call('PUT', `${what}/${encodeURIComponent(item.id)}`, { ...item, ...more })
const leaves = async () => {
  const { rows } = await world.inside((tx) =>
    sql<{ kind: string; leaf: string }>`
      select kind, convert_from(data, 'utf8') as leaf from ledger.outbox
      where organisation = ${world.organisation()} and log = 'internal' order by id`.execute(tx),
  )
  return rows
}

test('the schema is sound', async () => {
  expect(await schemaFaults(world.target.ownerUrl)).toEqual([])
})

describe('customers', () => {
  test('entered, changed and ended: a fact each time, and an entry of the log without the name', async () => {
    expect((await put('customers', customer(), { was: null })).statusCode).toBe(200)
    expect(await read(customerFacts, 'acme')).toEqual([customer()])
    await put('customers', customer({ choice: 'named', named: ['NO', 'aws:eu-north-1'] }), {
      was: customer(),
    })
    expect(await read(customerFacts, 'acme')).toMatchObject([{ named: ['NO', 'aws:eu-north-1'] }])
    const stale = await put('customers', customer({ choice: 'us' }), { was: customer() })
    expect([stale.statusCode, stale.json().code]).toEqual([409, 'changed-meanwhile'])
    expect((await world.call('DELETE', 'customers/acme')).statusCode).toBe(200)
    expect(await read(customerFacts, 'acme')).toEqual([])
    expect((await world.call('DELETE', 'customers/acme')).json().code).toBe('no-such-customer')
    const said = await leaves()
    expect(said.map(({ kind }) => kind)).toEqual(['customer-entered', 'customer-changed', 'customer-ended'])
    expect(JSON.stringify(said)).not.toMatch(/acme|C-17/i)
  })

  test.each<[string, object]>([
    ['a place that is none', { choice: 'named', named: ['XX'] }],
    ['a choice by name that names nothing', { choice: 'named' }],
    ['names without that choice', { named: ['NO'] }],
    ['a formula', { name: '=1+1' }],
    ['a day that there is not', { since: '2026-02-30' }],
    ['another id', { id: 'other' }],
  ])('%s is refused', async (_name, over) => {
    expect((await world.call('PUT', 'customers/acme', { ...customer(), ...over })).statusCode).toBe(400)
  })

  test('from a file: looked at, then imported as it was looked at', async () => {
    await put('customers', customer())
    const csv =
      'Kortnavn;Kunde;Valg;Regioner;Fra;Avtale\nacme;Acme AS;named;NO, SE;1.2.2026;C-18\nbeta;Beta AS;;;;\n'
    const preview = (await world.call('POST', 'customers/import/preview', { csv })).json()
    expect(preview).toMatchObject({
      added: [{ id: 'beta', choice: null }],
      changed: [{ after: { choice: 'named', named: ['NO', 'SE'], since: '2026-02-01' } }],
      faults: [],
    })
    const done = await world.call('POST', 'customers/import', { csv, digest: preview.digest })
    expect(done.json()).toEqual({ added: 1, changed: 1 })
    expect(await read(customerFacts, 'beta')).toHaveLength(1)
    const wrong = (
      await world.call('POST', 'customers/import/preview', { csv: 'id;navn;valg\nx;X;mars\n' })
    ).json()
    expect(wrong.faults).toMatchObject([{ line: 2, field: 'valg' }])
  })
})

describe('data stores', () => {
  test('listed with where they are seen, and who has data there', async () => {
    await put('customers', customer())
    await put('stores', store())
    await put('stores', store({ id: 'abroad', name: 'Utland', place: 'US' }))
    await world.call('POST', 'placements/by-hand', { placed: [{ customer: 'acme', store: 'orders' }] })
    const { items, total } = (await world.call('GET', 'stores?q=ordre')).json()
    expect(total).toBe(1)
    expect(items).toMatchObject([
      { id: 'orders', hostName: 'h1.example', customers: 1, verdict: 'holds', why: { code: 'place-seen' } },
    ])
    expect((await world.call('GET', 'places')).json()).toEqual([
      { place: 'US', stores: 1, bytes: null, customers: 0 },
      { place: 'aws:eu-north-1', stores: 1, bytes: null, customers: 1 },
    ])
    const all = (await world.call('GET', 'stores')).json()
    expect(all.items).toMatchObject([
      { id: 'orders' },
      { id: 'abroad', verdict: 'fails', why: { code: 'place-differs' } },
    ])
    expect((await world.call('GET', 'customers')).json().items).toMatchObject([
      { id: 'acme', storeCount: 1, stores: [{ store: 'orders', verdict: 'holds' }] },
    ])
  })
  test.each<[string, object]>([
    ['a region that is in no table', { place: 'aws:mars-north-1' }],
    ['a host that nobody declared', { host: 'h9' }],
    ['a customer that nobody entered', { dedicatedTo: 'nobody' }],
    ['a place that was seen on no day', { seenPlace: 'NO' }],
  ])('%s is refused', async (_name, over) => {
    expect((await put('stores', store(over))).json().code).toBe('not-valid-entry')
  })
  test('from a file', async () => {
    const csv = 'id,name,kind,place,bytes\nb1,Files,bucket,aws:eu-west-1,1048576\n'
    const { digest } = (await world.call('POST', 'stores/import/preview', { csv })).json()
    await world.call('POST', 'stores/import', { csv, digest })
    expect(await read(dataStores, 'b1')).toMatchObject([
      { kind: 'bucket', place: 'aws:eu-west-1', bytes: 1_048_576 },
    ])
  })
})

test('a placement is recorded also of what nobody entered, once, and taken out again', async () => {
  const report = (body: object) => world.call('POST', 'placements/by-hand', body)
  const pair = { customer: 'ghost', store: 'nowhere' }
  expect((await report({ placed: [pair, pair] })).json()).toEqual({ placed: 1, removed: 0 })
  expect((await report({ placed: [pair] })).json()).toEqual({ placed: 0, removed: 0 })
  expect(await read(customerPlacements, 'ghost/nowhere')).toHaveLength(1)
  expect((await report({ removed: [pair] })).json()).toEqual({ placed: 0, removed: 1 })
  expect(await read(customerPlacements, 'ghost/nowhere')).toEqual([])
})

test('the facility of a host is entered by the day it was seen', async () => {
  const facility = { facility: 'Green Mountain', place: 'NO', seenOn: '2026-06-01' }
  expect((await world.call('PUT', 'hosts/h2', facility)).statusCode).toBe(200)
  expect(await read(hostFacilities, 'h2')).toEqual([{ host: 'h2', ...facility }])
  expect((await world.call('GET', 'hosts')).json()).toEqual([
    { id: 'h1', name: 'h1.example', region: 'aws:eu-north-1', facility: null },
    { id: 'h2', name: 'h2.example', region: null, facility },
  ])
  expect((await world.call('PUT', 'hosts/h9', facility)).json().code).toBe('no-such-host')
  expect((await world.call('PUT', 'hosts/h2', { ...facility, seenOn: '2026-06-16' })).json().code).toBe(
    'not-valid-entry',
  )
  await world.call('DELETE', 'hosts/h2')
  expect(await read(hostFacilities, 'h2')).toEqual([])
})

describe('what payment providers have shown', () => {
  const attested = {
    level: 1,
    version: '4.0.1',
    signedOn: '2026-03-01',
    validUntil: null,
    reference: 'S3',
    evidence: null,
  }
  const attest = (over: object = {}, of = 'stripe') =>
    world.call('POST', `subprocessors/${of}/attestations`, { ...attested, ...over })
  const asks = () => world.inside((tx) => world.residency.asks(tx, world.organisation()))

  test('recorded, listed, withdrawn', async () => {
    await put('subprocessors', subprocessor())
    expect((await attest()).statusCode).toBe(200)
    const [listed] = (await world.call('GET', 'subprocessors')).json()
    const { id } = listed.attestations[0]
    expect(await read(pciAttestations, id)).toMatchObject([{ subprocessor: 'stripe', ...attested }])
    expect((await world.call('DELETE', `attestations/${id}`)).statusCode).toBe(200)
    expect(await read(pciAttestations, id)).toEqual([])
    expect((await world.call('DELETE', `attestations/${id}`)).json().code).toBe('no-such-attestation')
  })
  test.each<[string, object, string]>([
    ['of a day to come', { signedOn: '2026-06-16' }, 'not-valid-entry'],
    ['that ends before it begins', { validUntil: '2026-02-01' }, 'not-valid-entry'],
    ['with a digest that is none', { evidence: 'abc' }, 'not-valid'],
  ])('one %s is refused', async (_name, over, code) => {
    await put('subprocessors', subprocessor())
    expect((await attest(over)).json().code).toBe(code)
  })
  test('one who handles no payments has none', async () => {
    await put('subprocessors', subprocessor({ payments: false }))
    expect((await attest()).json().code).toBe('no-payments')
    expect((await attest({}, 'nobody')).json().code).toBe('no-such-subprocessor')
  })
  test('a new one is asked for before the last ends, and where there never was one', async () => {
    expect(await asks()).toEqual([])
    await put('subprocessors', subprocessor())
    expect(await asks()).toMatchObject([{ id: 'pci-attestations', deadline: null }])
    await attest()
    expect(await asks()).toEqual([])
    world.clock.set(Date.UTC(2027, 1, 2, 12))
    expect(await asks()).toMatchObject([{ deadline: Date.UTC(2027, 2, 1, 23) }])
    world.clock.set(Date.UTC(2026, 5, 15, 12))
  })
})

test('a person’s name is taken out of what was written, in rows and facts', async () => {
  await put('customers', customer({ name: 'Kari Nordmann', contract: 'with Kari Nordmann' }))
  await put('stores', store({ name: 'Mappen til Kari Nordmann' }))
  await put('subprocessors', subprocessor({ name: 'Kari Nordmann Consulting' }))
  const erased = { person: 'p1', names: ['Kari Nordmann'], accounts: [] }
  await world.inside((tx) => world.residency.erase(tx, world.organisation(), erased))
  for (const [type, key] of [
    [customerFacts, 'acme'],
    [dataStores, 'orders'],
    [subprocessors, 'stripe'],
  ] as const) {
    const said = JSON.stringify(await read(type, key))
    expect(said).not.toMatch(/kari nordmann/i)
    expect(said).toContain(key)
  }
  const rows = await world.inside((tx) =>
    sql<{ text: string }>`select (customer.*)::text as text from residency.customer`.execute(tx),
  )
  expect(JSON.stringify(rows.rows)).not.toMatch(/kari/i)
})

test('a reader reads, and changes nothing', async () => {
  world.as('reader')
  expect((await world.call('GET', 'stores')).statusCode).toBe(200)
  expect((await world.call('GET', 'try?customer=a&store=b')).json()).toMatchObject({
    allowed: false,
    decision: null,
  })
  expect((await put('stores', store())).statusCode).toBe(403)
  expect((await world.call('GET', 'tokens')).statusCode).toBe(403)
})
