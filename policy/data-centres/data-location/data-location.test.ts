import {
  backupPlans,
  customerPlacements,
  customers,
  dataSets,
  dataStores,
  hostFacilities,
  hostRegions,
  hosts,
  isSamePlace,
  isWithin,
  postgresServers,
  subprocessors,
  type ValueOf,
} from '@hevd/facts'
import { describe, expect, test } from 'vitest'
import { made } from '../../made.ts'
import { judgedIn, said, type World } from '../../world.ts'
import { backupsListed } from './backups-listed.ts'
import { choiceRecorded } from './choice-recorded.ts'
import { dataSetsListed } from './data-sets-listed.ts'
import { databasesListed } from './databases-listed.ts'
import { mainlyInEu } from './mainly-in-eu.ts'
import { privateCloudsIn } from './private-clouds.ts'
import { reachedWithinChoice } from './reached-within-choice.ts'
import { storeSeen } from './store-seen.ts'
import { withinChoice } from './within-choice.ts'

type Over<T> = Partial<ValueOf<T>>
type Facts = World['facts']

const policy = {
  leastShareInEu: 51,
  withoutChoiceIn: ['europe', 'us', 'asia'],
  privateCloudsIn: ['us', 'europe', 'asia'],
  seenEvery: 'P1Y',
}
const store = (over: Over<typeof dataStores> = {}) =>
  said(dataStores, {
    id: 'orders',
    name: 'Ordre',
    kind: 'database',
    place: 'aws:eu-north-1',
    host: 'h1',
    seenPlace: null,
    seenOn: null,
    bytes: 100,
    dedicatedTo: null,
    ...over,
  })
const region = (over: Over<typeof hostRegions> = {}) =>
  said(hostRegions, {
    host: 'h1',
    cloud: 'aws',
    region: 'eu-north-1',
    zone: 'eu-north-1a',
    by: 'metadata',
    ...over,
  })
const facility = (over: Over<typeof hostFacilities> = {}) =>
  said(hostFacilities, { host: 'h1', facility: 'Green Mountain', place: 'NO', seenOn: '2026-01-10', ...over })
const customer = (over: Over<typeof customers> = {}) =>
  said(customers, {
    id: 'acme',
    name: 'Acme',
    choice: 'eu',
    named: [],
    since: '2025-01-01',
    contract: 'C-17',
    ...over,
  })
const placed = (over: Over<typeof customerPlacements> = {}) =>
  said(customerPlacements, { customer: 'acme', store: 'orders', placedAt: 0, ...over })
const processor = (over: Over<typeof subprocessors> = {}) =>
  said(subprocessors, {
    id: 'support',
    name: 'Kundestøtte',
    kind: 'support',
    places: ['NO'],
    reaches: null,
    payments: false,
    since: '2025-01-01',
    ...over,
  })

const seen = [dataStores, customers, customerPlacements, subprocessors, hostRegions, hostFacilities]
const world = (...facts: Facts): World => ({ facts, seen, scopes: ['h1'] })
const silentCloud = [{ type: hostRegions.name, scope: 'h1', state: 'failed' as const, detail: 'x' }]

describe('a customer’s data is within what the customer chose', () => {
  const judged = (facts: Facts, parameters: object = {}) =>
    judgedIn(world(placed(), ...facts), withinChoice, { ...policy, ...parameters })['acme/orders']

  test.each<[string, Facts, string]>([
    ['a store outside, the known-bad twin', [customer(), store({ place: 'US' }), region()], 'outside-choice'],
    [
      'a store that is declared inside and is seen outside',
      [customer(), store(), region({ region: 'us-east-1' })],
      'outside-choice',
    ],
    [
      'Europe outside the EU for one who chose the EU',
      [customer(), store({ place: 'GB' }), facility({ place: 'GB' })],
      'outside-choice',
    ],
    ['the EU for one who chose the US', [customer({ choice: 'us' }), store(), region()], 'outside-choice'],
    [
      'another region than the one named, in the same country',
      [
        customer({ choice: 'named', named: ['aws:us-east-1'] }),
        store({ place: 'aws:us-east-2' }),
        region({ region: 'us-east-2' }),
      ],
      'outside-choice',
    ],
    [
      'a store for another customer',
      [customer(), store({ dedicatedTo: 'other' }), region()],
      'store-of-another',
    ],
    ['a customer that nobody entered', [store(), region()], 'customer-not-known'],
    ['a store that nobody entered', [customer()], 'store-not-known'],
    [
      'a customer without a choice, where the policy lets nothing be',
      [customer({ choice: null }), store({ place: 'BR' }), facility({ place: 'BR' })],
      'outside-choice',
    ],
  ])('%s', (_name, facts, code) => {
    expect(judged(facts)).toMatchObject({ verdict: 'fails', why: { code } })
  })

  test.each<[string, Facts]>([
    ['inside, as the cloud itself says', [customer(), store(), region()]],
    [
      'Europe for one who chose Europe',
      [customer({ choice: 'europe' }), store({ place: 'GB' }), facility({ place: 'GB' })],
    ],
    ['a dedicated store of their own', [customer(), store({ dedicatedTo: 'acme' }), region()]],
    ['a country by name', [customer({ choice: 'named', named: ['SE', 'NO'] }), store(), region()]],
    [
      'the policy, where there is no choice',
      [customer({ choice: null }), store({ place: 'US' }), facility({ place: 'US' })],
    ],
  ])('%s: it holds', (_name, facts) => {
    expect(judged(facts)).toMatchObject({ verdict: 'holds', why: { code: 'within-choice' } })
  })

  test('where nobody has seen the store, it is unknown: what is declared alone does not hold', () => {
    expect(judged([customer(), store()])).toMatchObject({
      verdict: 'unknown',
      why: { code: 'place-not-seen' },
    })
  })
  test('a silent agent’s last word never improves anything, and still fails', () => {
    const silent = (facts: Facts) =>
      judgedIn({ ...world(placed(), customer(), ...facts), unseen: silentCloud }, withinChoice, policy)[
        'acme/orders'
      ]
    expect(silent([store(), region()])).toMatchObject({ verdict: 'unknown', why: { code: 'unseen-failed' } })
    expect(silent([store(), region({ region: 'us-east-1' })])).toMatchObject({ verdict: 'fails' })
  })
  test('the policy’s own regions decide for those without a choice', () => {
    const facts = [customer({ choice: 'policy' }), store({ place: 'US' }), facility({ place: 'US' })]
    expect(judged(facts, { withoutChoiceIn: ['eu'] })).toMatchObject({ verdict: 'fails' })
  })
})

describe('of every store it is seen where it is', () => {
  const judged = (...facts: Facts) => judgedIn(world(...facts), storeSeen, policy).orders

  test('it is somewhere else than declared, the known-bad twin', () => {
    expect(judged(store(), region({ region: 'us-east-1' }))).toMatchObject({
      verdict: 'fails',
      why: {
        code: 'place-differs',
        params: { declared: 'aws:eu-north-1', seen: 'aws:us-east-1', by: 'cloud' },
      },
    })
    expect(judged(store({ place: 'SE' }), facility())).toMatchObject({ why: { params: { by: 'facility' } } })
    expect(judged(store({ seenPlace: 'aws:eu-west-1', seenOn: '2026-05-01' }))).toMatchObject({
      why: { params: { by: 'provider' } },
    })
  })
  test.each<[string, Facts, string]>([
    ['by the cloud', [store(), region()], 'cloud'],
    ['the country alone declared, the subtle good neighbour', [store({ place: 'SE' }), region()], 'cloud'],
    ['by the facility', [store({ place: 'NO' }), facility()], 'facility'],
    [
      'by somebody at the provider',
      [store({ host: null, seenPlace: 'aws:eu-north-1', seenOn: '2025-06-15' })],
      'provider',
    ],
  ])('%s', (_name, facts, by) => {
    expect(judged(...facts)).toMatchObject({ verdict: 'holds', why: { code: 'place-seen', params: { by } } })
  })
  test.each<[string, Facts, string]>([
    ['nobody has seen it', [store()], 'place-not-seen'],
    [
      'somebody saw it too long ago',
      [store({ host: null, seenPlace: 'aws:eu-north-1', seenOn: '2025-06-13' })],
      'place-seen-long-ago',
    ],
    [
      'a cloud tells a region that no list has',
      [store(), region({ cloud: 'openstack', region: 'nova' })],
      'region-not-known',
    ],
  ])('%s: unknown', (_name, facts, code) => {
    expect(judged(...facts)).toMatchObject({ verdict: 'unknown', why: { code } })
  })
  test('a cloud of no known country does not stand in the way of the facility', () => {
    const facts = [store({ place: 'NO' }), region({ cloud: 'openstack', region: 'nova' }), facility()]
    expect(judged(...facts)).toMatchObject({ verdict: 'holds' })
  })
})

describe('mainly in the EU, as a number', () => {
  const judged = (...facts: Facts) => judgedIn(world(...facts), mainlyInEu, policy)['data-stores']
  const us = (bytes: number | null) => store({ id: 'us', place: 'US', host: null, bytes })

  test('of bytes where every size is known, with the known-bad twin', () => {
    expect(judged(store({ bytes: 51 }), us(49))).toMatchObject({
      verdict: 'holds',
      why: { code: 'eu-share-of-bytes', params: { percent: 51, least: 51, stores: 2 } },
    })
    expect(judged(store({ bytes: 50 }), us(50))).toMatchObject({
      verdict: 'fails',
      why: { code: 'eu-bytes-too-few', params: { percent: 50 } },
    })
  })
  test('of stores where one size is not known, and says so', () => {
    expect(judged(store(), store({ id: 'two' }), us(null))).toMatchObject({
      verdict: 'holds',
      why: { code: 'eu-share-of-stores', params: { percent: 66 } },
    })
    expect(judged(store({ bytes: 1000 }), us(null))).toMatchObject({
      verdict: 'fails',
      why: { code: 'eu-stores-too-few' },
    })
  })
  test('what the cloud says is elsewhere is not in the EU', () => {
    expect(judged(store(), region({ region: 'us-east-1' }))).toMatchObject({
      verdict: 'fails',
      why: { params: { percent: 0 } },
    })
    expect(judged(store({ place: 'NO', host: null }))).toMatchObject({ verdict: 'fails' })
  })
})

test('a private cloud is where the policy lets it be', () => {
  const judged = (place: string) =>
    judgedIn(world(store({ kind: 'private-cloud', place })), privateCloudsIn, policy).orders
  expect(judged('aws:ap-south-1')).toMatchObject({ verdict: 'holds' })
  expect(judged('AU')).toMatchObject({ verdict: 'fails', why: { code: 'private-cloud-outside' } })
  expect(judgedIn(world(store({ place: 'AU' })), privateCloudsIn, policy)).toEqual({})
})

test.each<[string, Over<typeof customers>, string, string]>([
  ['without its contract, the known-bad twin', { contract: null }, 'fails', 'choice-without-contract'],
  ['without since when', { since: null }, 'fails', 'choice-without-contract'],
  ['whole', {}, 'holds', 'choice-recorded'],
  [
    'none: the policy’s, and it says so',
    { choice: null, since: null, contract: null },
    'holds',
    'choice-by-policy',
  ],
])('a choice recorded %s', (_name, over, verdict, code) => {
  expect(judgedIn(world(customer(over)), choiceRecorded, policy).acme).toMatchObject({
    verdict,
    why: { code },
  })
})

describe('a customer’s data is reached only from where the customer chose', () => {
  const judged = (...facts: Facts) => judgedIn(world(customer(), ...facts), reachedWithinChoice, policy).acme
  const swedish = processor({ places: ['SE'] })

  test('support from outside, the known-bad twin', () => {
    expect(judged(processor())).toMatchObject({
      verdict: 'fails',
      why: { code: 'reached-from-outside', params: { who: ['support'], outside: ['NO'] } },
    })
  })
  test('a subprocessor of theirs alone, and one of others, the subtle good neighbour', () => {
    const mail = (customer: string) =>
      processor({ id: 'mail', kind: 'subprocessor', places: ['SE', 'US'], reaches: [customer] })
    expect(judged(swedish, mail('acme'))).toMatchObject({
      verdict: 'fails',
      why: { params: { who: ['mail'] } },
    })
    expect(judged(swedish, mail('other'))).toMatchObject({ verdict: 'holds' })
  })
  test('while nobody has said from where support is given, it is unknown', () => {
    expect(judged()).toMatchObject({ verdict: 'unknown', why: { code: 'support-not-recorded' } })
    expect(judged(processor({ kind: 'subprocessor', places: ['SE'] }))).toMatchObject({ verdict: 'unknown' })
  })
})

describe('the register has what others know of', () => {
  const server = said(postgresServers, {
    id: 'h1/5432',
    host: 'h1',
    version: '15.8',
    ssl: true,
    sslMinimumVersion: 'TLSv1.2',
    passwordEncryption: 'scram-sha-256',
    listenAddresses: ['*'],
    dataChecksums: true,
  })
  const servers = (host: Over<typeof hosts>, ...facts: Facts) =>
    judgedIn(
      { ...world(server, made.host(host), ...facts), seen: [...seen, hosts, postgresServers] },
      databasesListed,
      policy,
    )['h1/5432']
  test('a database server without a store, the known-bad twin', () => {
    expect(servers({})).toMatchObject({ verdict: 'fails', why: { code: 'database-not-listed' } })
    expect(servers({}, store())).toMatchObject({ verdict: 'holds' })
    expect(servers({ role: 'other' })).toBeUndefined()
  })

  const plan = (target: string) =>
    said(backupPlans, {
      ...{ id: 'h1/shop', host: 'h1', source: 'shop', of: 'postgresql', server: null, system: null, target },
      ...{ full: 'P7D', incremental: null, log: true, recipients: [], keepAtLeast: null },
    })
  test.each<[string, string, Over<typeof dataStores>, string]>([
    ['a bucket that is no store, the known-bad twin', 's3://copies/shop', {}, 'fails'],
    ['a bucket by its name', 's3://Copies/shop', { name: 's3://copies/shop' }, 'holds'],
    ['a folder of a host with a store', '/srv/copies', {}, 'holds'],
    ['a folder of a host with none', '/srv/copies', { host: 'h2' }, 'fails'],
  ])('backups in %s', (_name, target, over, verdict) => {
    const facts = [plan(target), store(over)]
    const judged = judgedIn({ ...world(...facts), seen: [...seen, backupPlans] }, backupsListed, policy)
    expect(judged['h1/shop']).toMatchObject({ verdict })
  })

  const set = (place: string | null) =>
    said(dataSets, {
      ...{ id: 'payroll', name: 'Lønn', class: null, place, owner: null, retentionDays: null },
      ...{ encryptedAtRest: true, encryptedInTransit: true, accessRestricted: true, backedUp: true },
      ...{ enteredAt: 0, reviews: [] },
    })
  const sets = (place: string | null, ...facts: Facts) =>
    judgedIn(
      {
        ...world(set(place), made.host({ name: 'db1.example' }), ...facts),
        seen: [...seen, hosts, dataSets],
      },
      dataSetsListed,
      policy,
    ).payroll
  test('a data set in a place that is no store, the known-bad twin', () => {
    expect(sets('HR-systemet', store())).toMatchObject({
      verdict: 'fails',
      why: { code: 'data-set-not-listed' },
    })
    expect(sets(null, store())).toBeUndefined()
  })
  test.each([['ordre'], ['ORDERS'], ['db1'], ['db1.example']])('a data set in %s is in a store', (place) => {
    expect(sets(place, store())).toMatchObject({ verdict: 'holds' })
  })
})

describe('places', () => {
  test.each<[string, readonly string[], boolean]>([
    ['NO', ['eu'], false],
    ['NO', ['eea'], true],
    ['NO', ['europe'], true],
    ['CH', ['eea'], false],
    ['CH', ['europe'], true],
    ['CY', ['europe'], true],
    ['RU', ['europe'], false],
    ['TR', ['europe'], false],
    ['TR', ['asia'], true],
    ['aws:eu-west-2', ['eu'], false],
    ['aws:eu-central-2', ['eu'], false],
    ['hetzner:hel1', ['eu'], true],
    ['gcp:us-east1', ['us'], true],
    ['US', ['aws:us-east-1'], false],
    ['aws:us-east-1', ['aws:us-east-2'], false],
    ['aws:mars-north-1', ['eu', 'europe', 'us', 'asia'], false],
    ['SE', [], false],
  ])('%s in %j: %s', (place, allowed, is) => {
    expect(isWithin(place, allowed)).toBe(is)
  })
  test.each<[string, string, boolean]>([
    ['SE', 'aws:eu-north-1', true],
    ['azure:swedencentral', 'aws:eu-north-1', false],
    ['openstack:nova', 'openstack:nova', true],
    ['XX', 'XX', true],
    ['NO', 'SE', false],
  ])('%s and %s are one place: %s', (one, other, is) => {
    expect(isSamePlace(one, other)).toBe(is)
  })
})
