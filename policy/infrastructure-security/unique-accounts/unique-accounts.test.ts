import {
  accountOwners,
  accounts,
  authorizedKeys,
  certificateAuthorities,
  namedServices,
  passwordStates,
  people,
  postgresRoles,
} from '@hevd/facts'
import { describe, expect, test } from 'vitest'
import { made } from '../../made.ts'
import { judgedIn, noon, said, type World } from '../../world.ts'
import { keyOfOnePerson } from './key-of-one-person.ts'
import { oneOwner } from './one-owner.ts'
import { passwordSound } from './password-sound.ts'
import { roleHasOneOwner } from './role-has-one-owner.ts'
import { serviceOwned } from './service-owned.ts'
import { uniqueUserNumber } from './unique-user-number.ts'

const world = (...facts: World['facts']): World => ({
  facts,
  seen: [
    accounts,
    passwordStates,
    authorizedKeys,
    certificateAuthorities,
    accountOwners,
    people,
    namedServices,
    postgresRoles,
  ],
})
const kari = 'h1/kari'

describe('every account that can log in belongs to one person or one service', () => {
  const owned = [made.account(), made.password(), made.owner(kari, 'p1'), made.person()]

  test('with one declared owner it holds, and says that it is declared', () => {
    expect(judgedIn(world(...owned), oneOwner)).toMatchObject({
      [kari]: { verdict: 'holds', why: { code: 'owner-declared' } },
    })
  })

  test.each<[string, World['facts'], string]>([
    ['nobody is declared, the known-bad twin', [made.account(), made.password()], 'owner-missing'],
    ['two people share it', [...owned, made.owner(kari, 'p2'), made.person({ id: 'p2' })], 'owners-several'],
    [
      'its owner is in no register',
      [made.account(), made.password(), made.owner(kari, 'p9')],
      'owner-unknown',
    ],
    [
      'its owner left last month',
      [
        made.account(),
        made.password(),
        made.owner(kari, 'p1'),
        made.person({ endsOn: '2026-05-31', voluntary: true }),
      ],
      'owner-left',
    ],
    [
      'its owner starts next month',
      [made.account(), made.password(), made.owner(kari, 'p1'), made.person({ startsOn: '2026-07-01' })],
      'owner-not-started',
    ],
    [
      'a key opens it although its shell only refuses, since sshd still forwards connections',
      [made.account({ shellOpens: false }), made.password({ state: 'locked' }), made.key()],
      'owner-missing',
    ],
    [
      'a key opens it although its password is locked',
      [made.account(), made.password({ state: 'locked' }), made.key()],
      'owner-missing',
    ],
    [
      'a certificate opens it although its password is locked and it has no key',
      [made.account(), made.password({ state: 'locked' }), made.authority()],
      'owner-missing',
    ],
  ])('%s', (_name, facts, code) => {
    expect(judgedIn(world(...facts), oneOwner)).toMatchObject({ [kari]: { verdict: 'fails', why: { code } } })
  })

  test.each<[string, World['facts']]>([
    ['a locked account without a key', [made.account(), made.password({ state: 'locked' })]],
    [
      'an account that expired',
      [made.account(), made.password({ accountExpires: '2026-06-14' }), made.key()],
    ],
    [
      'a locked account beside one that a certificate opens',
      [made.account(), made.password({ state: 'locked' }), made.authority({ account: 'ola' })],
    ],
    ['an account whose shell only refuses', [made.account({ shellOpens: false }), made.password()]],
  ])('not spoken of: %s', (_name, facts) => {
    expect(judgedIn(world(...facts), oneOwner)).toEqual({})
  })

  test('the last day is a day at work, in the organisation’s own time zone', () => {
    const leaving = [
      made.account(),
      made.password(),
      made.owner(kari, 'p1'),
      made.person({ endsOn: '2026-06-15', voluntary: true }),
    ]
    const midnight = Date.UTC(2026, 5, 15, 22)
    expect(judgedIn(world(...leaving), oneOwner, {}, midnight - 1)).toMatchObject({
      [kari]: { verdict: 'holds' },
    })
    expect(judgedIn(world(...leaving), oneOwner, {}, midnight)).toMatchObject({
      [kari]: { verdict: 'fails' },
    })
  })

  test('two owners that were seen fail, whatever register could not be read', () => {
    const blind: World = {
      ...world(...owned, made.owner(kari, 'p2')),
      unseen: [{ type: 'person', scope: '-', state: 'failed', detail: 'gone' }],
    }
    expect(judgedIn(blind, oneOwner)).toMatchObject({
      [kari]: { verdict: 'fails', why: { code: 'owners-several' } },
    })
  })

  test('another host whose shadow file may not be read leaves this one’s accounts as they are', () => {
    const elsewhere: World = {
      ...world(...owned, made.account({ host: 'h2' })),
      unseen: [{ type: 'password-state', scope: 'h2', state: 'needs-right', detail: 'root' }],
    }
    expect(judgedIn(elsewhere, oneOwner)).toMatchObject({
      [kari]: { verdict: 'holds' },
      'h2/kari': { verdict: 'unknown' },
    })
  })

  test.each<[string, boolean, string]>([
    ['with a shell', true, 'certificate-authority'],
    ['whose shell only refuses', false, 'certificate-authority'],
    ['whose shell only refuses, by a key', false, 'authorized-key'],
  ])('an account %s may be open by what could not be seen', (_name, shellOpens, type) => {
    const blind: World = {
      ...world(made.account({ shellOpens }), made.password({ state: 'locked' })),
      unseen: [{ type, scope: 'h1', state: 'needs-right', detail: 'root (/etc/ssh/user_ca.pub)' }],
    }
    expect(judgedIn(blind, oneOwner)).toMatchObject({
      [kari]: { verdict: 'unknown', why: { params: { right: 'root (/etc/ssh/user_ca.pub)' } } },
    })
  })

  test('where the shadow file may not be read, an account with a shell is unknown and says which right is missing', () => {
    const blind: World = {
      ...world(made.account()),
      unseen: [{ type: 'password-state', scope: 'h1', state: 'needs-right', detail: 'root' }],
    }
    expect(judgedIn(blind, oneOwner)).toMatchObject({
      [kari]: { verdict: 'unknown', why: { code: 'unseen-needs-right', params: { right: 'root' } } },
    })
  })
})

test('two accounts with one user number are one user to the kernel', () => {
  const twins = world(made.account(), made.account({ name: 'ola' }), made.account({ name: 'per', uid: 1001 }))
  expect(judgedIn(twins, uniqueUserNumber)).toMatchObject({
    'h1/1000': { verdict: 'fails', why: { params: { accounts: ['kari', 'ola'] } } },
    'h1/1001': { verdict: 'holds' },
  })
  const elsewhere = world(made.account(), made.account({ host: 'h2', name: 'ola' }))
  expect(judgedIn(elsewhere, uniqueUserNumber)).toMatchObject({
    'h1/1000': { verdict: 'holds' },
    'h2/1000': { verdict: 'holds' },
  })
})

test.each<[string, Parameters<typeof made.password>[0], string | undefined]>([
  ['a strong scheme', { scheme: 'yescrypt' }, 'holds'],
  ['MD5, the known-bad twin', { scheme: 'md5' }, 'fails'],
  ['an empty password', { state: 'empty', scheme: null }, 'fails'],
  ['a locked one, whatever its scheme was', { state: 'locked', scheme: 'md5' }, undefined],
])('passwords are sound: %s', (_name, over, verdict) => {
  const judged = judgedIn(
    world(made.account(), made.password(over)),
    passwordSound,
    { weakPasswordSchemes: ['md5'] },
    noon,
  )
  expect(judged[kari]?.verdict).toBe(verdict)
})

test('a named service answers through a person who works here', () => {
  const service = said(namedServices, { id: 's1', name: 'Deploy', owner: 'p1' })
  expect(judgedIn(world(service, made.person()), serviceOwned)).toMatchObject({ s1: { verdict: 'holds' } })
  expect(judgedIn(world(service, made.person({ endsOn: '2026-05-31' })), serviceOwned)).toMatchObject({
    s1: { verdict: 'fails', why: { code: 'owner-left' } },
  })
  expect(judgedIn(world(service), serviceOwned)).toMatchObject({ s1: { why: { code: 'owner-unknown' } } })
})

test('a certificate authority’s key in two people’s files is no shared log-in', () => {
  const authority = [
    made.key({ certificateAuthority: true }),
    made.key({ certificateAuthority: true, account: 'ola', file: '/home/ola/.ssh/authorized_keys' }),
  ]
  const two = world(...authority, made.owner(kari, 'p1'), made.owner('h1/ola', 'p2'))
  expect(judgedIn(two, keyOfOnePerson)).toEqual({})
})

test('where the key files of a host could not be read, a key may open more than was seen', () => {
  const blind: World = {
    ...world(made.key(), made.host({ id: 'h2' })),
    unseen: [{ type: 'authorized-key', scope: 'h2', state: 'needs-right', detail: 'root' }],
  }
  expect(judgedIn(blind, keyOfOnePerson)).toMatchObject({ 'SHA256:one': { verdict: 'unknown' } })
})

describe('a public key opens the accounts of one person', () => {
  const both = [made.key(), made.key({ account: 'ola', file: '/home/ola/.ssh/authorized_keys' })]
  test.each<[string, World['facts'], string]>([
    ['one account', [made.key()], 'holds'],
    ['two accounts of one person', [...both, made.owner(kari, 'p1'), made.owner('h1/ola', 'p1')], 'holds'],
    [
      'a person and a service',
      [...both, made.owner(kari, 'p1'), made.owner('h1/ola', 's1', 'service')],
      'holds',
    ],
    [
      'two people, the known-bad twin',
      [...both, made.owner(kari, 'p1'), made.owner('h1/ola', 'p2')],
      'fails',
    ],
    ['two accounts, one of which nobody is said to own', [...both, made.owner(kari, 'p1')], 'unknown'],
  ])('%s', (_name, facts, verdict) => {
    expect(judgedIn(world(...facts), keyOfOnePerson)).toMatchObject({ 'SHA256:one': { verdict } })
  })

  test('owners that could not be looked up leave a key unknown', () => {
    const blind: World = {
      ...world(made.key(), made.host({ id: 'h2' })),
      unseen: [{ type: 'account-owner', scope: '-', state: 'failed', detail: 'gone' }],
    }
    expect(judgedIn(blind, keyOfOnePerson)).toMatchObject({ 'SHA256:one': { verdict: 'unknown' } })
  })
})

test('a database role that can log in needs an owner; a group role does not', () => {
  const role = (name: string, canLogin: boolean) =>
    said(postgresRoles, {
      server: 'h1/5432',
      name,
      canLogin,
      superuser: false,
      createRole: false,
      createDatabase: false,
      replication: false,
      bypassRls: false,
      password: 'scram-sha-256',
      validUntil: null,
      memberOf: [],
    })
  expect(judgedIn(world(role('app', true), role('readers', false)), roleHasOneOwner)).toEqual({
    'h1/5432/app': expect.objectContaining({ verdict: 'fails' }),
  })
})
