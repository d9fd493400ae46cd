import type { Coverage } from '@hevd/core'
import {
  accountOwners,
  accounts,
  authorizedKeys,
  certificateAuthorities,
  hosts,
  namedServices,
  passwordStates,
  people,
  postgresRoles,
  postgresServers,
} from '@hevd/facts'
import { describe, expect, test } from 'vitest'
import { made } from '../../made.ts'
import { judgedIn, said, type World } from '../../world.ts'
import { contractorBounded } from './contractor-bounded.ts'
import { fromDatabases } from './from-databases.ts'
import { fromOthers } from './from-others.ts'
import { fromProduction } from './from-production.ts'
import { placeOf } from './place.ts'
import { serviceHandedOver } from './service-handed-over.ts'

const policy = {
  productionWithin: 'PT24H',
  databasesWithin: 'PT24H',
  othersWithin: 'P2D',
  involuntaryWithin: 'PT1H',
}
const hour = 3_600_000
/** The end of the last day, 15 June, in Oslo. */
const midnight = Date.UTC(2026, 5, 15, 22)
const kari = 'h1/kari'

const world = (facts: World['facts'], unseen: readonly Coverage[] = []): World => ({
  scopes: ['h1'],
  facts,
  seen: [
    hosts,
    accounts,
    passwordStates,
    authorizedKeys,
    certificateAuthorities,
    accountOwners,
    people,
    namedServices,
    postgresServers,
    postgresRoles,
  ],
  unseen,
})
const leaver = (over: Parameters<typeof made.person>[0] = {}) =>
  made.person({ endsOn: '2026-06-15', voluntary: true, ...over })
const owned = made.owner(kari, 'p1')
const locked = made.password({ state: 'locked' })
const production = (facts: World['facts'], at: number, unseen: readonly Coverage[] = []) =>
  judgedIn(world([made.host(), ...facts], unseen), fromProduction, policy, at).p1

describe('a leaver’s accounts on production hosts are closed by the deadline', () => {
  const open = [leaver(), owned, made.account(), made.password()]

  test('until the deadline it holds, says what has to go, and is open', () => {
    expect(production(open, midnight + 24 * hour - 1)).toMatchObject({
      verdict: 'holds',
      why: { code: 'access-awaited', params: { by: midnight + 24 * hour, count: 1 } },
      occurrences: [{ dueAt: midnight + 24 * hour, state: 'open' }],
    })
  })

  test('an open account at the deadline fails, the known-bad twin', () => {
    expect(production(open, midnight + 24 * hour)).toMatchObject({
      verdict: 'fails',
      why: { code: 'access-remains', params: { by: midnight + 24 * hour, accounts: [kari] } },
      occurrences: [{ state: 'overdue' }],
    })
  })

  test.each<[string, World['facts']]>([
    ['the account is locked', [leaver(), owned, made.account(), locked]],
    ['the account is gone', [leaver(), owned]],
    [
      'the account has expired',
      [leaver(), owned, made.account(), made.password({ accountExpires: '2026-06-14' }), made.key()],
    ],
    ['its shell only refuses', [leaver(), owned, made.account({ shellOpens: false }), made.password()]],
    [
      'another’s account on the same host is open',
      [
        leaver(),
        owned,
        made.account(),
        locked,
        made.account({ name: 'ola', uid: 1001 }),
        made.key({ account: 'ola' }),
      ],
    ],
    [
      'a service that the leaver owned has an open account',
      [leaver(), made.owner(kari, 's1', 'service'), made.account(), made.password()],
    ],
    ['nobody is said to own the account', [leaver(), made.account(), made.password()]],
  ])('holds and is met where %s', (_name, facts) => {
    expect(production(facts, midnight + 24 * hour)).toMatchObject({
      verdict: 'holds',
      occurrences: [{ state: 'met', dischargedAt: null }],
    })
  })

  test.each<[string, World['facts'][number]]>([
    ['a key', made.key()],
    ['a certificate', made.authority()],
  ])('%s that was left in a locked account still lets in', (_name, way) => {
    expect(production([leaver(), owned, made.account(), locked, way], midnight + 25 * hour)).toMatchObject({
      verdict: 'fails',
      why: { code: 'access-remains' },
    })
  })

  test('what is closed before the last day is over is not met yet: it may be opened again', () => {
    const closed = [leaver(), owned, made.account(), locked]
    expect(production(closed, midnight - 1)).toMatchObject({ occurrences: [{ state: 'open' }] })
    expect(production(closed, midnight)).toMatchObject({ verdict: 'holds', occurrences: [{ state: 'met' }] })
  })

  test('who does not leave by their own wish loses access at once', () => {
    const dismissed = [leaver({ voluntary: false }), ...open.slice(1)]
    expect(production(dismissed, midnight + hour - 1)).toMatchObject({ verdict: 'holds' })
    expect(production(dismissed, midnight + hour)).toMatchObject({ verdict: 'fails' })
  })

  test('where nobody has said how, the ordinary deadline counts', () => {
    expect(production([leaver({ voluntary: null }), ...open.slice(1)], midnight + 2 * hour)).toMatchObject({
      verdict: 'holds',
    })
  })

  test('a contractor is a leaver like any other', () => {
    const hired = [leaver({ kind: 'contractor', sponsor: 'p2' }), ...open.slice(1)]
    expect(production(hired, midnight + 24 * hour)).toMatchObject({ verdict: 'fails' })
  })

  test('who has no end, or is hired again, owes nothing', () => {
    expect(production([made.person(), ...open.slice(1)], midnight + 24 * hour)).toBeUndefined()
  })

  test('who ends on the day they are entered has the same deadline', () => {
    expect(
      production([leaver({ startsOn: '2026-06-15' }), ...open.slice(1)], midnight + 24 * hour),
    ).toMatchObject({
      verdict: 'fails',
    })
  })
})

describe('what was not looked at', () => {
  const open = [leaver(), owned, made.account(), made.password()]
  const failed = (type: string): Coverage => ({ type, scope: 'h1', state: 'failed', detail: 'gone' })
  const all = ['account', 'password-state', 'authorized-key', 'certificate-authority'].map(failed)

  test('a host that is not heard at the deadline is not observed: what it said before counts for nothing', () => {
    expect(production(open, midnight + 24 * hour, all)).toMatchObject({
      verdict: 'unknown',
      why: { code: 'unseen-failed' },
      occurrences: [{ state: 'not-observed' }],
    })
  })

  test('nor is a closed account met there', () => {
    const closed = [leaver(), owned, made.account(), locked]
    expect(production(closed, midnight + hour, all)).toMatchObject({ occurrences: [{ state: 'open' }] })
    expect(production(closed, midnight + 24 * hour, all)).toMatchObject({
      occurrences: [{ state: 'not-observed' }],
    })
  })

  test('an account that is open on another host fails, whatever could not be seen', () => {
    const elsewhere = [
      ...open,
      made.host({ id: 'h2' }),
      made.owner('h2/kari', 'p1'),
      made.account({ host: 'h2' }),
      made.password({ host: 'h2' }),
    ]
    expect(production(elsewhere, midnight + 24 * hour, all)).toMatchObject({
      verdict: 'fails',
      why: { params: { accounts: ['h2/kari'] } },
    })
  })

  test('keys that may not be read leave a locked account unknown, and an expired one closed', () => {
    const unread: Coverage[] = [{ type: 'authorized-key', scope: 'h1', state: 'needs-right', detail: 'root' }]
    expect(production([leaver(), owned, made.account(), locked], midnight + 24 * hour, unread)).toMatchObject(
      {
        verdict: 'unknown',
        why: { params: { right: 'root' } },
      },
    )
    const expired = [leaver(), owned, made.account(), made.password({ accountExpires: '2026-06-01' })]
    expect(production(expired, midnight + 24 * hour, unread)).toMatchObject({ verdict: 'holds' })
  })

  test('a register of owners that cannot be read leaves it unknown', () => {
    const unread: Coverage[] = [{ type: 'account-owner', scope: '-', state: 'failed', detail: 'gone' }]
    expect(production([leaver(), made.account(), locked], midnight + 24 * hour, unread)).toMatchObject({
      verdict: 'unknown',
    })
  })

  test('an account of a host whose record has ended is no account of ours', () => {
    const ended = world([leaver(), owned, made.host({ id: 'h2' })])
    expect(judgedIn(ended, fromProduction, policy, midnight + 24 * hour).p1).toMatchObject({
      verdict: 'holds',
    })
  })
})

describe('time zones and daylight saving', () => {
  const due = (endsOn: string, productionWithin: string) => {
    const facts = [made.host(), leaver({ endsOn }), owned, made.account(), made.password()]
    const judged = judgedIn(
      world(facts),
      fromProduction,
      { ...policy, productionWithin },
      Date.UTC(2024, 0, 1),
    ).p1
    const occurrence =
      judged === undefined || judged.verdict === 'outside' ? undefined : judged.occurrences?.[0]
    return new Date(occurrence?.dueAt ?? 0).toISOString()
  }
  test.each([
    ['in winter', '2026-01-15', 'PT24H', '2026-01-16T23:00:00.000Z'],
    ['24 hours over the change to summer time', '2026-03-28', 'PT24H', '2026-03-29T23:00:00.000Z'],
    ['a day over the change to summer time', '2026-03-28', 'P1D', '2026-03-29T22:00:00.000Z'],
    ['24 hours over the change to winter time', '2026-10-24', 'PT24H', '2026-10-25T22:00:00.000Z'],
    ['a day over the change to winter time', '2026-10-24', 'P1D', '2026-10-25T23:00:00.000Z'],
    ['on a leap day', '2028-02-29', 'PT1H', '2028-03-01T00:00:00.000Z'],
  ])('%s', (_name, endsOn, within, expected) => {
    expect(due(endsOn, within)).toBe(expected)
  })
})

describe('databases and other systems', () => {
  const role = (server: string, name: string, canLogin: boolean) =>
    said(postgresRoles, {
      server,
      name,
      canLogin,
      superuser: false,
      createRole: false,
      createDatabase: false,
      replication: false,
      bypassRls: false,
      password: 'scram-sha-256',
      validUntil: Date.UTC(2026, 0, 1),
      memberOf: [],
    })
  test.each<[string, string, string]>([
    ['by its port', 'h1/5432', 'kari'],
    ['by its port, with a slash in the name', 'h1/5432', 'team/kari'],
    ['by its socket', 'h1//var/run/postgresql', 'kari'],
  ])(
    'a role that can log in fails where its server is known %s, though its password has expired',
    (_how, server, name) => {
      const judged = (canLogin: boolean) =>
        judgedIn(
          world([made.host(), leaver(), made.owner(`${server}/${name}`, 'p1'), role(server, name, canLogin)]),
          fromDatabases,
          policy,
          midnight + 24 * hour,
        ).p1
      expect(judged(true)).toMatchObject({
        verdict: 'fails',
        why: { params: { accounts: [`${server}/${name}`] } },
      })
      expect(judged(false)).toMatchObject({ verdict: 'holds', occurrences: [{ state: 'met' }] })
    },
  )

  test('a role that is gone is closed; one of a server that nobody reads is unknown', () => {
    const facts = [made.host(), leaver(), made.owner('h1/5432/kari', 'p1'), role('h1/5432', 'ola', true)]
    const at = midnight + 24 * hour
    expect(judgedIn(world(facts), fromDatabases, policy, at).p1).toMatchObject({ verdict: 'holds' })
    const unread: Coverage[] = [{ type: 'postgres-role', scope: 'h1/5432', state: 'failed', detail: 'down' }]
    expect(judgedIn(world(facts, unread), fromDatabases, policy, at).p1).toMatchObject({ verdict: 'unknown' })
  })

  test('a workstation’s account has the deadline of other systems', () => {
    const facts = [made.host({ role: 'workstation' }), leaver(), owned, made.account(), made.password()]
    const at = (hours: number) => judgedIn(world(facts), fromOthers, policy, midnight + hours * hour).p1
    expect(at(47)).toMatchObject({ verdict: 'holds' })
    expect(at(48)).toMatchObject({ verdict: 'fails' })
    expect(judgedIn(world(facts), fromProduction, policy, midnight + 48 * hour).p1).toMatchObject({
      verdict: 'holds',
    })
    const server = [made.host(), ...facts.slice(1)]
    expect(judgedIn(world(server), fromOthers, policy, midnight + 48 * hour).p1).toMatchObject({
      verdict: 'holds',
    })
  })

  test.each([
    ['h1/kari', { kind: 'account', host: 'h1' }],
    ['h1/5432/kari', { kind: 'role', host: 'h1', server: 'h1/5432' }],
    ['h1//var/run/postgresql/kari', { kind: 'role', host: 'h1', server: 'h1//var/run/postgresql' }],
  ])('the place of %s', (key, place) => {
    expect(placeOf(key)).toEqual(place)
  })
})

describe('contractors and services', () => {
  const hired = (over: Parameters<typeof made.person>[0] = {}) =>
    made.person({ id: 'c1', kind: 'contractor', sponsor: 'p1', endsOn: '2026-12-31', ...over })
  const judged = (...facts: World['facts']) => judgedIn(world(facts), contractorBounded).c1

  test.each<[string, World['facts'], string]>([
    ['no end date, the known-bad twin', [hired({ endsOn: null }), made.person()], 'contractor-without-end'],
    ['no sponsor', [hired({ sponsor: null })], 'contractor-without-sponsor'],
    ['a sponsor who is nobody', [hired()], 'sponsor-unknown'],
    ['a sponsor who has left', [hired(), made.person({ endsOn: '2026-06-14' })], 'sponsor-left'],
  ])('a contractor with %s fails', (_name, facts, code) => {
    expect(judged(...facts)).toMatchObject({ verdict: 'fails', why: { code } })
  })
  test.each<[string, World['facts'], string | undefined]>([
    ['both', [hired(), made.person()], 'holds'],
    ['a sponsor on the last day', [hired(), made.person({ endsOn: '2026-06-15' })], 'holds'],
    ['an end that has passed is not spoken of', [hired({ endsOn: '2026-06-14', sponsor: null })], undefined],
    ['employees have neither', [made.person({ id: 'c1' })], undefined],
  ])('good neighbour: %s', (_name, facts, verdict) => {
    expect(judged(...facts)?.verdict).toBe(verdict)
  })

  test('a service whose owner has left needs a new one', () => {
    const service = said(namedServices, { id: 's1', name: 'backup', owner: 'p1' })
    const of = (endsOn: string | null) =>
      judgedIn(world([service, made.person({ endsOn })]), serviceHandedOver).s1
    expect(of('2026-06-14')).toMatchObject({ verdict: 'fails', why: { code: 'service-left-behind' } })
    expect(of('2026-06-15')).toMatchObject({ verdict: 'holds' })
    expect(of(null)).toMatchObject({ verdict: 'holds' })
  })
})
