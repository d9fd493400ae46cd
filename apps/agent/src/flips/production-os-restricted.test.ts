import { describe, expect, onTestFinished, test } from 'vitest'
import { cleansUpBy } from '../testdata/at-end.ts'
import { collect, lookedOnce } from './collect.ts'
import { judge, verdict } from './judge.ts'
import { type MadeSystem, madeSystem, password, person, publicKey, sshdWith } from './system.ts'

cleansUpBy(onTestFinished)

const collectors = ['accounts', 'passwords', 'sudo', 'sshd', 'authorized-keys']
const look = (made: MadeSystem, state = '', ordinary = false) =>
  collect({ collectors, ordinary }, { mounts: madeSystem(made), state })

const kari: MadeSystem = { passwd: [person('kari', 1001)], shadow: [password('kari')] }

describe('administrator rights belong to somebody', () => {
  const owned = 'production-os-restricted/privilege-owned'
  const rule = (account: string) => `${account} ALL=(ALL) ALL`
  const ownerMissing = verdict('fails', 'owner-missing')
  /** One host with an account for each. */
  const accounts: readonly [account: string, name: string, made: MadeSystem, expected: object | undefined][] =
    [
      ['plain', 'no rights', {}, undefined],
      ['own', 'a rule of its own', { sudoers: [rule('own')] }, ownerMissing],
      [
        'included',
        'a rule in a file of sudoers.d',
        { sudoersFiles: { admins: `${rule('included')}\n` } },
        ownerMissing,
      ],
      [
        'dot',
        'a file that sudo ignores, for its dot',
        { sudoersFiles: { 'admins.old': `${rule('dot')}\n` } },
        undefined,
      ],
      [
        'tilde',
        'a file that sudo ignores, for its tilde',
        { sudoersFiles: { 'admins~': `${rule('tilde')}\n` } },
        undefined,
      ],
      [
        'elsewhere',
        'a rule on another host',
        { sudoers: ['elsewhere elsewhere.example=(ALL) ALL'] },
        undefined,
      ],
      ['docker', 'a group that amounts to it', { group: ['docker:x:990:docker'] }, ownerMissing],
      [
        'locked',
        'a locked account',
        { sudoers: [rule('locked')], shadow: [password('locked', '!')] },
        undefined,
      ],
    ]
  const seen = lookedOnce(() =>
    look({
      passwd: accounts.map(([account], index) => person(account, 1001 + index)),
      shadow: accounts.flatMap(([account, , { shadow }]) => shadow ?? [password(account)]),
      group: accounts.flatMap(([, , { group }]) => group ?? []),
      sudoers: accounts.flatMap(([, , { sudoers }]) => sudoers ?? []),
      sudoersFiles: Object.assign({}, ...accounts.map(([, , { sudoersFiles }]) => sudoersFiles)),
    }),
  )
  test.each(accounts)('%s: %s', async (account, _name, _made, expected) => {
    const judged = judge(await seen(), owned)[`h1/${account}`]
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
