import {
  accountOwners,
  accounts,
  authorizedKeys,
  certificateAuthorities,
  groups,
  hosts,
  namedServices,
  passwordStates,
  people,
  sshdSettings,
  sudoRules,
} from '@hevd/facts'
import { describe, expect, test } from 'vitest'
import { made } from '../../made.ts'
import { judgedIn, type World } from '../../world.ts'
import { onlyRootIsRoot } from './only-root-is-root.ts'
import { privilegeOwned } from './privilege-owned.ts'
import { rootLogin } from './root-login.ts'

const world = (...facts: World['facts']): World => ({
  facts: [made.host(), ...facts],
  seen: [
    hosts,
    accounts,
    passwordStates,
    authorizedKeys,
    certificateAuthorities,
    groups,
    sudoRules,
    accountOwners,
    people,
    namedServices,
    sshdSettings,
  ],
  scopes: ['h1'],
})
const root = made.account({ name: 'root', uid: 0, home: '/root' })
const rootPassword = (state: 'set' | 'locked') => made.password({ account: 'root', state, scheme: null })

test('an account that is root by another name', () => {
  expect(judgedIn(world(root, made.account()), onlyRootIsRoot)).toMatchObject({ h1: { verdict: 'holds' } })
  expect(judgedIn(world(root, made.account({ name: 'toor', uid: 0 })), onlyRootIsRoot)).toMatchObject({
    h1: { verdict: 'fails', why: { params: { accounts: ['toor'] } } },
  })
})

describe('administrator rights belong to a named person or service', () => {
  const parameters = { adminGroups: ['sudo', 'docker'] }
  const person = [made.account(), made.password()]
  test.each<[string, World['facts'], string | undefined]>([
    ['a member of sudo whom nobody owns, the known-bad twin', [...person, made.group()], 'fails'],
    ['a member of docker', [...person, made.group({ name: 'docker', gid: 900 })], 'fails'],
    ['named by a sudo rule', [...person, made.sudo({ principals: ['kari'] })], 'fails'],
    ['named by user number', [...person, made.sudo({ principals: ['#1000'] })], 'fails'],
    [
      'a member of a group that a rule names',
      [...person, made.group({ name: 'ops', gid: 70 }), made.sudo({ principals: ['%ops'] })],
      'fails',
    ],
    [
      'a member of a group that a rule numbers',
      [...person, made.group({ name: 'ops', gid: 70 }), made.sudo({ principals: ['%#70'] })],
      'fails',
    ],
    [
      'let to become another plain account only',
      [...person, made.sudo({ principals: ['kari'], runAs: ['www-data', ':www-data'] })],
      undefined,
    ],
    [
      'let to become whoever is in a group',
      [...person, made.sudo({ principals: ['kari'], runAs: ['%ops'] })],
      'fails',
    ],
    ['in a netgroup, perhaps', [...person, made.sudo({ principals: ['+admins'] })], 'unknown'],
    [
      'in a group of another system, perhaps',
      [...person, made.sudo({ principals: ['%:AD\\\\admins'] })],
      'unknown',
    ],
    [
      'a rule for a group that has no members',
      [...person, made.group({ members: [] }), made.sudo()],
      undefined,
    ],
    [
      'an account that expired',
      [made.account(), made.password({ accountExpires: '2026-06-14' }), made.group()],
      undefined,
    ],
    [
      'an account that expires today',
      [made.account(), made.password({ accountExpires: '2026-06-15' }), made.group()],
      'fails',
    ],
    ['everybody but her', [...person, made.sudo({ principals: ['ALL', '!kari'] })], undefined],
    ['a member of a group of no rights', [...person, made.group({ name: 'audio', gid: 29 })], undefined],
    ['a rule about another group', [...person, made.sudo({ principals: ['%wheel'] })], undefined],
    [
      'a locked account in sudo',
      [made.account(), made.password({ state: 'locked' }), made.group()],
      undefined,
    ],
    [
      'a member of sudo, with a declared owner',
      [...person, made.group(), made.owner('h1/kari', 'p1'), made.person()],
      'holds',
    ],
  ])('%s', (_name, facts, verdict) => {
    expect(judgedIn(world(...facts), privilegeOwned, parameters)['h1/kari']?.verdict).toBe(verdict)
  })

  test('where the sudo files may not be read, a log-in account of no admin group is unknown', () => {
    const blind: World = {
      ...world(...person),
      unseen: [{ type: 'sudo-rule', scope: 'h1', state: 'needs-right', detail: 'root' }],
    }
    expect(judgedIn(blind, privilegeOwned, parameters)).toMatchObject({ 'h1/kari': { verdict: 'unknown' } })
  })
})

describe('nobody comes over SSH straight into root', () => {
  const key = made.key({ account: 'root', file: '/root/.ssh/authorized_keys' })
  test.each<[string, World['facts'], string]>([
    ['refused by sshd, though there is a key', [made.sshd(), key], 'holds'],
    [
      'keys let in, and there is one: the known-bad twin',
      [made.sshd({ permitRootLogin: 'without-password' }), key],
      'fails',
    ],
    ['keys let in, but there is none', [made.sshd({ permitRootLogin: 'without-password' })], 'holds'],
    [
      'a password lets in',
      [made.sshd({ permitRootLogin: 'yes', passwordAuthentication: true }), rootPassword('set')],
      'fails',
    ],
    [
      'a password would, but it is locked',
      [made.sshd({ permitRootLogin: 'yes', passwordAuthentication: true }), rootPassword('locked')],
      'holds',
    ],
    [
      'a Match block that closes root only',
      [made.sshd({ permitRootLogin: 'yes' }), made.sshd({ account: 'root' }), key],
      'holds',
    ],
    [
      'a Match block for another user',
      [made.sshd(), made.sshd({ account: 'kari', permitRootLogin: 'yes' }), key],
      'holds',
    ],
    ['a server that does not run', [made.sshd({ running: false, permitRootLogin: 'yes' }), key], 'holds'],
    [
      'a certificate of an authority that sshd trusts',
      [made.sshd({ permitRootLogin: 'without-password', trustedUserCaKeys: '/etc/ssh/ca.pub' })],
      'fails',
    ],
    ['a trusted authority, but not for root', [made.sshd({ trustedUserCaKeys: '/etc/ssh/ca.pub' })], 'holds'],
    [
      'a machine that sshd trusts',
      [made.sshd({ permitRootLogin: 'yes', hostbasedAuthentication: true })],
      'fails',
    ],
  ])('%s', (_name, facts, verdict) => {
    expect(judgedIn(world(...facts), rootLogin)).toMatchObject({ h1: { verdict } })
  })
})
