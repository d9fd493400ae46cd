import { describe, expect, onTestFinished, test } from 'vitest'
import { cleansUpBy } from '../testdata/at-end.ts'
import { collect } from './collect.ts'
import { judge, verdict } from './judge.ts'
import { type MadeSystem, madeSystem, password, person, publicKey, sshdWith } from './system.ts'

cleansUpBy(onTestFinished)

const collectors = ['accounts', 'passwords', 'sshd', 'authorized-keys']
const look = (made: MadeSystem, state = '', ordinary = false) =>
  collect({ collectors, ordinary }, { mounts: madeSystem(made), state })
const kari: MadeSystem = { passwd: [person('kari', 1001)], shadow: [password('kari')] }

describe('methods of logging in', () => {
  const allowed = 'unique-network-authentication/methods-allowed'
  test.each<[string, string, object]>([
    ['keys and passwords', 'PasswordAuthentication yes', verdict('holds')],
    [
      'whoever the other machine says it is',
      'HostbasedAuthentication yes',
      verdict('fails', 'method-not-allowed', { methods: ['hostbased'] }),
    ],
    [
      'no password at all',
      'PermitEmptyPasswords yes',
      verdict('fails', 'method-not-allowed', { methods: ['none'] }),
    ],
    [
      'empty passwords where none are asked for',
      'PasswordAuthentication no\nPermitEmptyPasswords yes',
      verdict('holds'),
    ],
    [
      'a Match block for one user',
      'Match User kari\n  HostbasedAuthentication yes',
      verdict('fails', 'method-not-allowed', { methods: ['hostbased'] }),
    ],
    [
      'a Match block for a user there is not',
      'Match User ola\n  HostbasedAuthentication yes',
      verdict('holds'),
    ],
  ])('%s', async (_name, configuration, expected) => {
    expect(judge(await look(kari, sshdWith(configuration)), allowed)).toMatchObject({ h1: expected })
  })

  test('a configuration that no server reads lets nobody in', async () => {
    const state = `f=$(mktemp); chmod 644 $f
echo 'HostbasedAuthentication yes' > $f
mount --bind $f /etc/ssh/sshd_config
${sshdWith('')}`
    expect(judge(await look(kari, state), allowed)).toMatchObject({ h1: verdict('holds') })
  })

  test('a server that does not say what it does is not known', async () => {
    const state = `${sshdWith('')}
sed -i '1i NoSuchWord yes' $d/sshd_config`
    expect(judge(await look(kari, state), allowed)).toMatchObject({ h1: verdict('unknown', 'unseen-failed') })
  })
})

describe('a session is one person’s', () => {
  const traceable = 'unique-network-authentication/session-traceable'
  test('nobody’s account, somebody’s, and one that is locked', async () => {
    const seen = await look({
      passwd: [person('kari', 1001), person('felles', 1002), person('gammel', 1003)],
      shadow: [password('kari'), password('gammel', '*')],
      homes: { 'felles/.ssh/authorized_keys': `${publicKey}\n` },
    })
    expect(judge(seen, traceable, { owners: { 'h1/kari': 'p1' } })).toMatchObject({
      'h1/kari': verdict('holds'),
      'h1/felles': verdict('fails', 'owner-missing'),
    })
    expect(judge(seen, traceable)['h1/gammel']).toBeUndefined()
  })

  test('without the right to see who can log in it is not known', async () => {
    const seen = await look({ ...kari, shadow: [password('kari', '!')] }, '', true)
    expect(judge(seen, traceable, { owners: { 'h1/kari': 'p1' } })).toMatchObject({
      'h1/kari': verdict('unknown', 'unseen-needs-right'),
    })
  })
})
