import {
  accountOwners,
  accounts,
  authorizedKeys,
  certificateAuthorities,
  hosts,
  namedServices,
  passwordStates,
  people,
  sshdSettings,
} from '@hevd/facts'
import { describe, expect, test } from 'vitest'
import { made } from '../../made.ts'
import { judgedIn, said, type World } from '../../world.ts'
import { methodsAllowed } from './methods-allowed.ts'
import { traceable } from './traceable.ts'

const world = (...facts: World['facts']): World => ({
  facts: [made.host(), ...facts],
  seen: [
    hosts,
    accounts,
    passwordStates,
    authorizedKeys,
    certificateAuthorities,
    accountOwners,
    people,
    namedServices,
    sshdSettings,
  ],
  scopes: ['h1'],
})

describe('sshd lets people in only by methods that show who they are', () => {
  const parameters = { allowedAuthenticationMethods: ['publickey', 'password'] }
  test.each<[string, World['facts'], string]>([
    ['keys', [made.sshd()], 'holds'],
    ['host-based, the known-bad twin', [made.sshd({ hostbasedAuthentication: true })], 'fails'],
    [
      'passwords, empty ones too',
      [made.sshd({ passwordAuthentication: true, permitEmptyPasswords: true })],
      'fails',
    ],
    ['empty passwords allowed, but no passwords', [made.sshd({ permitEmptyPasswords: true })], 'holds'],
    [
      'host-based for one account by a Match block',
      [made.sshd(), made.sshd({ account: 'x', hostbasedAuthentication: true })],
      'fails',
    ],
    [
      'host-based, but AuthenticationMethods asks for a key',
      [made.sshd({ hostbasedAuthentication: true, authenticationMethods: ['publickey'] })],
      'holds',
    ],
    [
      'host-based and a key together',
      [made.sshd({ hostbasedAuthentication: true, authenticationMethods: ['hostbased,publickey'] })],
      'holds',
    ],
    [
      'host-based alone is enough',
      [made.sshd({ hostbasedAuthentication: true, authenticationMethods: ['publickey', 'hostbased'] })],
      'fails',
    ],
    ['nothing is enough', [made.sshd({ authenticationMethods: ['none'] })], 'fails'],
    ['a server that does not run', [made.sshd({ running: false, hostbasedAuthentication: true })], 'holds'],
  ])('%s', (_name, facts, verdict) => {
    expect(judgedIn(world(...facts), methodsAllowed, parameters)).toMatchObject({ h1: { verdict } })
  })
})

describe('a session is one person’s', () => {
  const service = [
    made.account({ name: 'deploy' }),
    made.password({ account: 'deploy', state: 'locked' }),
    made.owner('h1/deploy', 's1', 'service'),
    said(namedServices, { id: 's1', name: 'Deploy', owner: 'p1' }),
  ]
  const key = (line: number, fingerprint: string) => made.key({ account: 'deploy', line, fingerprint })
  test.each<[string, World['facts'], string]>([
    ['a service account with one key', [...service, key(1, 'SHA256:a')], 'holds'],
    ['the same key on two lines', [...service, key(1, 'SHA256:a'), key(2, 'SHA256:a')], 'holds'],
    [
      'a service account with two keys, the known-bad twin',
      [...service, key(1, 'SHA256:a'), key(2, 'SHA256:b')],
      'fails',
    ],
  ])('%s', (_name, facts, verdict) => {
    expect(judgedIn(world(...facts), traceable)).toMatchObject({ 'h1/deploy': { verdict } })
  })
})
