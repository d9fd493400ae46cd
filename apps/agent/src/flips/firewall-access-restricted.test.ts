import type { Judged } from '@hevd/core'
import { describe, expect, onTestFinished, test } from 'vitest'
import { cleansUpBy } from '../testdata/at-end.ts'
import { collect, lookedOnce } from './collect.ts'
import { judge, verdict } from './judge.ts'
import { type MadeSystem, madeSystem, password, person } from './system.ts'

cleansUpBy(onTestFinished)

const collectors = [
  'accounts',
  'passwords',
  'sudo',
  'authorized-keys',
  'sshd',
  'file-capabilities',
  'control-sockets',
]
const look = (made: MadeSystem, state = '', ordinary = false) =>
  collect({ collectors, ordinary }, { small: true, mounts: madeSystem(made), state })
const id = 'firewall-access-restricted/changers-granted'
const owners = { 'h1/kari': 'p1' }
const kari: MadeSystem = { passwd: [person('kari', 1001)], shadow: [password('kari')] }

/** A copy of nft in a folder of programs that only this look sees. */
const toolIn = (then: string) => `mount -t tmpfs -o mode=755 tools /usr/local/bin
cp /usr/sbin/nft /usr/local/bin/nft
${then}`
/** A socket that listens where docker's does, in a folder that only this look sees. */
const socketWith = (owner: string, mode: string) => `mount -t tmpfs -o mode=755 run /run
${JSON.stringify(process.execPath)} -e "require('node:net').createServer().listen('/run/docker.sock')" &
for _ in $(seq 100); do test -S /run/docker.sock && break; sleep 0.1; done
chown ${owner} /run/docker.sock && chmod ${mode} /run/docker.sock`
const docker: MadeSystem = { ...kari, group: ['docker:x:990:kari'] }

const canBy = (judged: Judged | undefined, way: string | null) => {
  if (way === null) expect(judged).toBeUndefined()
  else expect(judged).toMatchObject(verdict('fails', 'grant-missing', { held: [way] }))
}

describe('who can change the packet filter by sudo, one host with an account for each', () => {
  const accounts: readonly [account: string, name: string, rule: string, way: string | null][] = [
    ['plain', 'an ordinary account', '', null],
    ['all', 'all of sudo', 'ALL=(ALL) ALL', 'sudo ALL'],
    ['filter', 'nft', 'ALL=(root) /usr/sbin/nft', 'sudo /usr/sbin/nft'],
    ['lister', 'nft, to list', 'ALL=(root) /usr/sbin/nft list ruleset', null],
    ['elsewhere', 'nft on another host', 'elsewhere.example=(root) /usr/sbin/nft', null],
    ['locked', 'nft, for a locked account', 'ALL=(root) /usr/sbin/nft', null],
  ]
  const seen = lookedOnce(() =>
    look({
      passwd: accounts.map(([account], index) => person(account, 1001 + index)),
      shadow: accounts.map(([account]) =>
        account === 'locked' ? password(account, '!') : password(account),
      ),
      sudoers: accounts.flatMap(([account, , rule]) => (rule === '' ? [] : [`${account} ${rule}`])),
    }),
  )
  test.each(accounts)('%s: %s', async (account, _name, _rule, way) => {
    canBy(judge(await seen(), id, { owners: { [`h1/${account}`]: 'p1' } })[`h1/${account}`], way)
  })
})

describe('who can change the packet filter', () => {
  test.each<[string, MadeSystem, string, string | null]>([
    [
      'a tool with the right',
      kari,
      toolIn('setcap cap_net_admin=ep /usr/local/bin/nft'),
      '/usr/local/bin/nft',
    ],
    ['a tool without it', kari, toolIn(''), null],
    [
      'a tool with the right, that nobody but root can run',
      kari,
      toolIn('setcap cap_net_admin=ep /usr/local/bin/nft; chmod 700 /usr/local/bin/nft'),
      null,
    ],
    [
      'a tool with the right, in a folder that nobody but root can enter',
      kari,
      toolIn('setcap cap_net_admin=ep /usr/local/bin/nft; chmod 700 /usr/local/bin'),
      null,
    ],
    ['a tool with another right', kari, toolIn('setcap cap_net_raw=ep /usr/local/bin/nft'), null],
    ['docker’s socket, by its group', docker, socketWith('root:990', '660'), '/run/docker.sock'],
    ['docker’s socket, closed to the group', docker, socketWith('root:990', '600'), null],
    ['docker’s socket, of another group', docker, socketWith('root:991', '660'), null],
    ['docker’s group, without a socket', docker, 'mount -t tmpfs -o mode=755 run /run', null],
  ])('%s', async (_name, made, state, way) => {
    canBy(judge(await look(made, state), id, { owners })['h1/kari'], way)
  })

  test('root by another name', async () => {
    const seen = await look({ passwd: [person('toor', 0)], shadow: [password('toor')] })
    expect(judge(seen, id, { owners: { 'h1/toor': 'p1' } })).toMatchObject({
      'h1/toor': verdict('fails', 'grant-missing', { held: ['uid 0'] }),
    })
  })
})

test('granted it holds, and taken from somebody who may not look it is unknown', async () => {
  const made = { ...kari, sudoers: ['kari ALL=(ALL) ALL'] }
  const granted = [{ kind: 'firewall', host: 'h1' }] as const
  const seen = await look(made)
  expect(judge(seen, id, { owners, granted })).toMatchObject({
    'h1/kari': verdict('holds', 'granted', { grants: ['g0'] }),
  })
  expect(judge(seen, id, { owners, granted: [{ kind: 'firewall', host: 'h2' }] })).toMatchObject({
    'h1/kari': verdict('fails', 'grant-missing', { held: ['sudo ALL'] }),
  })
  expect(judge(seen, id, { granted })).toMatchObject({ 'h1/kari': verdict('fails', 'owner-missing') })
  expect(judge(await look(made, '', true), id, { owners, granted })).toMatchObject({
    'h1/kari': verdict('unknown', 'unseen-needs-right'),
  })
})
