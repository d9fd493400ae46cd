import { describe, expect, onTestFinished, test } from 'vitest'
import { cleansUpBy } from '../testdata/at-end.ts'
import { collect } from './collect.ts'
import { judge, verdict } from './judge.ts'
import { type MadeSystem, madeSystem, password, person, publicKey, sshdWith } from './system.ts'

cleansUpBy(onTestFinished)

const collectors = ['accounts', 'passwords', 'sudo', 'sshd', 'authorized-keys']
const look = (made: MadeSystem, state = '', ordinary = false) =>
  collect({ collectors, ordinary }, { mounts: madeSystem(made), state })

const kari: MadeSystem = { passwd: [person('kari', 1001)], shadow: [password('kari')] }

describe('administrator rights belong to somebody', () => {
  const owned = 'production-os-restricted/privilege-owned'
  test.each<[string, MadeSystem, object | undefined]>([
    ['no rights', kari, undefined],
    ['a rule of her own', { ...kari, sudoers: ['kari ALL=(ALL) ALL'] }, verdict('fails', 'owner-missing')],
    [
      'a rule in a file of sudoers.d',
      { ...kari, sudoersFiles: { admins: 'kari ALL=(ALL) ALL\n' } },
      verdict('fails', 'owner-missing'),
    ],
    [
      'a file that sudo ignores, for its dot',
      { ...kari, sudoersFiles: { 'admins.old': 'kari ALL=(ALL) ALL\n' } },
      undefined,
    ],
    [
      'a file that sudo ignores, for its tilde',
      { ...kari, sudoersFiles: { 'admins~': 'kari ALL=(ALL) ALL\n' } },
      undefined,
    ],
    ['a rule on another host', { ...kari, sudoers: ['kari elsewhere.example=(ALL) ALL'] }, undefined],
    [
      'a group that amounts to it',
      { ...kari, group: ['docker:x:990:kari'] },
      verdict('fails', 'owner-missing'),
    ],
    [
      'a locked account',
      { ...kari, sudoers: ['kari ALL=(ALL) ALL'], shadow: [password('kari', '!')] },
      undefined,
    ],
  ])('%s', async (_name, made, expected) => {
    const judged = judge(await look(made), owned)['h1/kari']
    if (expected === undefined) expect(judged).toBeUndefined()
    else expect(judged).toMatchObject(expected)
  })

  test('it holds for a declared owner, and is not known without the right to read sudoers', async () => {
    const made: MadeSystem = { ...kari, sudoers: ['kari ALL=(ALL) ALL'] }
    const owners = { 'h1/kari': 'p1' }
    expect(judge(await look(made), owned, { owners })).toMatchObject({ 'h1/kari': verdict('holds') })
    expect(judge(await look(made, '', true), owned, { owners })).toMatchObject({
      'h1/kari': verdict('unknown', 'unseen-needs-right'),
    })
  })

  test('a file of sudo’s that is not its own is not believed', async () => {
    const made = { ...kari, sudoersFiles: { admins: 'kari ALL=(ALL) ALL\n' } }
    const seen = await look(made, 'chmod 666 /etc/sudoers')
    expect(judge(seen, owned, { owners: { 'h1/kari': 'p1' } })).toMatchObject({
      'h1/kari': verdict('unknown', 'unseen-failed'),
    })
  })
})

test('root by another name', async () => {
  const only = 'production-os-restricted/only-root-is-root'
  expect(judge(await look({ passwd: [person('toor', 0)] }), only)).toMatchObject({
    h1: verdict('fails', 'root-by-another-name', { accounts: ['toor'] }),
  })
  expect(judge(await look({ passwd: ['toor:x:1005:0::/root:/bin/bash'] }), only)).toMatchObject({
    h1: verdict('holds'),
  })
})

describe('nobody comes over SSH straight into root', () => {
  const noRoot = 'production-os-restricted/no-root-login'
  const withKey: MadeSystem = { ...kari, rootHome: { '.ssh/authorized_keys': `${publicKey}\n` } }
  const withPassword: MadeSystem = {
    passwd: ['root2:x:1009:1009::/:/bin/false'],
    shadow: [],
  }
  test.each<[string, MadeSystem, string, object]>([
    [
      'a key lets root in',
      withKey,
      'PermitRootLogin prohibit-password',
      verdict('fails', 'root-login-by-key', { keys: 1 }),
    ],
    ['the key is there and root is not let in', withKey, 'PermitRootLogin no', verdict('holds')],
    [
      'root is let in by key and has none',
      withPassword,
      'PermitRootLogin prohibit-password',
      verdict('holds'),
    ],
    ['root is let in and the password is locked', withPassword, 'PermitRootLogin yes', verdict('holds')],
    [
      'a Match block lets another user be root',
      withKey,
      'PermitRootLogin no\nMatch User kari\n  PermitRootLogin yes',
      verdict('holds'),
    ],
    [
      'a Match block lets root in',
      withKey,
      'PermitRootLogin no\nMatch User root\n  PermitRootLogin yes',
      verdict('fails', 'root-login-by-key', { keys: 1 }),
    ],
    [
      'a Match block lets everybody in who comes from one network',
      withKey,
      'PermitRootLogin no\nMatch Address 10.0.0.0/8\n  PermitRootLogin yes',
      verdict('fails', 'root-login-by-key', { keys: 1 }),
    ],
  ])('%s', async (_name, made, configuration, expected) => {
    expect(judge(await look(made, sshdWith(configuration)), noRoot)).toMatchObject({ h1: expected })
  })

  test('without the right to ask sshd it is not known', async () => {
    const state = `${sshdWith('PermitRootLogin no')}\nchmod 700 $d`
    expect(judge(await look(withKey, state, true), noRoot)).toMatchObject({ h1: { verdict: 'unknown' } })
  })
})
