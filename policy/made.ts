import {
  accessGrants,
  accountOwners,
  accounts,
  authorizedKeys,
  certificateAuthorities,
  groups,
  hosts,
  passwordStates,
  people,
  sshdSettings,
  sudoRules,
  type ValueOf,
} from '@hevd/facts'
import { said } from './world.ts'

type Over<T> = Partial<ValueOf<T>>

/** Whole, sound facts for the tests of controls; each test lays over them what it is about. */
export const made = {
  host: (over: Over<typeof hosts> = {}) =>
    said(hosts, { id: 'h1', name: 'db1', role: 'production', declaredBy: 'first-start', ...over }),
  account: (over: Over<typeof accounts> = {}) =>
    said(accounts, {
      host: 'h1',
      name: 'kari',
      uid: 1000,
      gid: 1000,
      home: '/home/kari',
      shell: '/bin/bash',
      shellOpens: true,
      ...over,
    }),
  password: (over: Over<typeof passwordStates> = {}) =>
    said(passwordStates, {
      host: 'h1',
      account: 'kari',
      state: 'set',
      scheme: 'yescrypt',
      accountExpires: null,
      ...over,
    }),
  key: (over: Over<typeof authorizedKeys> = {}) =>
    said(authorizedKeys, {
      host: 'h1',
      account: 'kari',
      fingerprint: 'SHA256:one',
      keyType: 'ssh-ed25519',
      bits: 256,
      certificateAuthority: false,
      options: [],
      file: '/home/kari/.ssh/authorized_keys',
      line: 1,
      ...over,
    }),
  authority: (over: Over<typeof certificateAuthorities> = {}) =>
    said(certificateAuthorities, {
      host: 'h1',
      account: 'kari',
      fingerprint: 'SHA256:authority',
      keyType: 'ssh-ed25519',
      bits: 256,
      principals: ['kari'],
      file: '/etc/ssh/user_ca.pub',
      line: 1,
      ...over,
    }),
  group: (over: Over<typeof groups> = {}) =>
    said(groups, { host: 'h1', name: 'sudo', gid: 27, members: ['kari'], ...over }),
  sudo: (over: Over<typeof sudoRules> = {}) =>
    said(sudoRules, {
      host: 'h1',
      index: 0,
      principals: ['%sudo'],
      runAs: ['ALL'],
      commands: ['ALL'],
      withoutPassword: false,
      ...over,
    }),
  person: (over: Over<typeof people> = {}) =>
    said(people, {
      id: 'p1',
      name: 'Kari Nordmann',
      kind: 'employee',
      sponsor: null,
      startsOn: '2024-01-01',
      endsOn: null,
      voluntary: null,
      ...over,
    }),
  grant: (over: Over<typeof accessGrants> = {}) =>
    said(accessGrants, {
      id: 'T-1',
      holder: { kind: 'person', id: 'p1' },
      access: { kind: 'firewall', host: 'h1' },
      need: 'Operations',
      approvedBy: 'p2',
      singleApprover: false,
      from: '2026-01-01',
      until: '2026-12-31',
      reviews: [],
      endedAt: null,
      ...over,
    }),
  owner: (account: string, id: string, kind: 'person' | 'service' = 'person') =>
    said(accountOwners, { account, owner: { kind, id }, saidBy: 'admin' }),
  sshd: (over: Over<typeof sshdSettings> = {}) =>
    said(sshdSettings, {
      host: 'h1',
      configuration: '/etc/ssh/sshd_config',
      running: true,
      account: null,
      permitRootLogin: 'no',
      passwordAuthentication: false,
      kbdInteractiveAuthentication: false,
      pubkeyAuthentication: true,
      hostbasedAuthentication: false,
      gssapiAuthentication: false,
      permitEmptyPasswords: false,
      usePam: true,
      authenticationMethods: ['any'],
      ciphers: ['chacha20-poly1305@openssh.com'],
      macs: ['hmac-sha2-256-etm@openssh.com'],
      keyExchanges: ['curve25519-sha256'],
      hostKeyAlgorithms: ['ssh-ed25519'],
      allowTcpForwarding: 'yes',
      authorizedKeysFiles: ['.ssh/authorized_keys'],
      trustedUserCaKeys: null,
      ...over,
    }),
}
