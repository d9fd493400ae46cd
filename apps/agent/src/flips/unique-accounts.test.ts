import { describe, expect, onTestFinished, test } from 'vitest'
import { cleansUpBy } from '../testdata/at-end.ts'
import { collect, lookedOnce } from './collect.ts'
import { judge, verdict } from './judge.ts'
import { hash, type MadeSystem, madeSystem, password, person, publicKey } from './system.ts'

cleansUpBy(onTestFinished)

const collectors = ['accounts', 'passwords', 'authorized-keys']
const look = (made: MadeSystem, ordinary = false) =>
  collect({ collectors, ordinary }, { mounts: madeSystem(made) })

const kari: MadeSystem = { passwd: [person('kari', 1001)], shadow: [password('kari')] }

describe('an account belongs to one', () => {
  const test_ = 'unique-accounts/one-owner'
  test('it has no owner, one, or one who is not known', async () => {
    const seen = await look(kari)
    expect(judge(seen, test_)).toMatchObject({ 'h1/kari': verdict('fails', 'owner-missing') })
    expect(judge(seen, test_, { owners: { 'h1/kari': 'p1' } })).toMatchObject({ 'h1/kari': verdict('holds') })
    expect(judge(seen, test_, { owners: { 'h1/kari': 'p2' } })).toMatchObject({
      'h1/kari': verdict('fails', 'owner-unknown', { owner: 'p2' }),
    })
  })

  test('a locked account, and one whose shell refuses, are nobody’s to own', async () => {
    const seen = await look({
      passwd: [person('kari', 1001), person('ola', 1002, '/usr/sbin/nologin')],
      shadow: [password('kari', '!'), password('ola')],
    })
    expect(judge(seen, test_)).toEqual({})
  })

  test('a locked account that a key opens has to have an owner', async () => {
    const seen = await look({
      ...kari,
      shadow: [password('kari', '!')],
      homes: { 'kari/.ssh/authorized_keys': `${publicKey}\n` },
    })
    expect(judge(seen, test_)).toMatchObject({ 'h1/kari': verdict('fails', 'owner-missing') })
  })

  test('without the right to see passwords it is not known who can log in', async () => {
    const owners = { 'h1/kari': 'p1' }
    const seen = await look({ ...kari, shadow: [password('kari', '!')] }, true)
    expect(judge(seen, test_, { owners })).toMatchObject({
      'h1/kari': verdict('unknown', 'unseen-needs-right'),
    })
  })
})

test('two accounts with one user number; two with one group are nothing to say of', async () => {
  const unique = 'unique-accounts/unique-user-number'
  const shared = await look({ passwd: [person('kari', 1001), person('ola', 1001)] })
  expect(judge(shared, unique)).toMatchObject({
    'h1/0': verdict('holds'),
    'h1/1001': verdict('fails', 'user-number-shared', { accounts: ['kari', 'ola'] }),
  })
  const apart = await look({ passwd: [person('kari', 1001), 'ola:x:1002:1001::/home/ola:/bin/bash'] })
  expect(judge(apart, unique)).toMatchObject({ 'h1/1001': verdict('holds'), 'h1/1002': verdict('holds') })
})

describe('passwords', () => {
  const sound = 'unique-accounts/password-sound'
  /** One host with an account for each. */
  const accounts: readonly [account: string, name: string, stored: string, expected: object | undefined][] = [
    ['none', 'none at all', '', verdict('fails', 'password-empty')],
    ['weak', 'MD5', '$1$salt$hash', verdict('fails', 'password-scheme-weak')],
    ['strong', 'yescrypt', hash, verdict('holds')],
    ['locked', 'locked, over MD5', '!$1$salt$hash', undefined],
  ]
  const seen = lookedOnce(() =>
    look({
      passwd: accounts.map(([account], index) => person(account, 1001 + index)),
      shadow: accounts.map(([account, , stored]) => password(account, stored)),
    }),
  )
  test.each(accounts)('%s: %s', async (account, _name, _stored, expected) => {
    const judged = judge(await seen(), sound)[`h1/${account}`]
    if (expected === undefined) expect(judged).toBeUndefined()
    else expect(judged).toMatchObject(expected)
  })

  test('a sound one is not known without the right to see it', async () => {
    expect(judge(await look(kari, true), sound)['h1/kari']).toMatchObject(
      verdict('unknown', 'unseen-needs-right'),
    )
  })
})

test('one key in the accounts of two people, and in two accounts of one', async () => {
  const seen = await look({
    passwd: [person('kari', 1001), person('ola', 1002)],
    shadow: [password('kari'), password('ola')],
    homes: {
      'kari/.ssh/authorized_keys': `# of the laptop\n${publicKey}\n`,
      'ola/.ssh/authorized_keys': `from="10.0.0.0/8" ${publicKey}\n`,
    },
  })
  const test_ = 'unique-accounts/key-of-one-person'
  const [one] = Object.values(judge(seen, test_, { owners: { 'h1/kari': 'p1', 'h1/ola': 'p2' } }))
  expect(one).toMatchObject(verdict('fails', 'key-of-several'))
  const [same] = Object.values(judge(seen, test_, { owners: { 'h1/kari': 'p1', 'h1/ola': 'p1' } }))
  expect(same).toMatchObject(verdict('holds'))
})
