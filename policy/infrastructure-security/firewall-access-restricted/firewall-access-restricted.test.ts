import {
  accessGrants,
  accountOwners,
  accounts,
  authorizedKeys,
  certificateAuthorities,
  controlSockets,
  fileCapabilities,
  groups,
  hosts,
  namedServices,
  passwordStates,
  people,
  sudoRules,
  type ValueOf,
} from '@hevd/facts'
import { describe, expect, test } from 'vitest'
import { loadCatalogue } from '../../catalogue.ts'
import { made } from '../../made.ts'
import { judgedIn, said, type World } from '../../world.ts'
import { changersGranted } from './changers-granted.ts'

const control = (await loadCatalogue()).controls.get('firewall-access-restricted')
const parameters = Object.fromEntries((control?.parameters ?? []).map((one) => [one.name, one.default]))

const seen = [
  hosts,
  accounts,
  passwordStates,
  authorizedKeys,
  certificateAuthorities,
  groups,
  sudoRules,
  fileCapabilities,
  controlSockets,
  accountOwners,
  people,
  namedServices,
  accessGrants,
]
const kari = [made.account(), made.password()]
const owned = [made.person(), made.owner('h1/kari', 'p1')]
const judged = (facts: World['facts'], unseen: World['unseen'] = []) =>
  judgedIn({ facts: [made.host(), ...facts], seen, scopes: ['h1'], unseen }, changersGranted, parameters)[
    'h1/kari'
  ]
const sudo = (commands: readonly string[], over: Parameters<typeof made.sudo>[0] = {}) =>
  made.sudo({ principals: ['kari'], commands: [...commands], ...over })
const closed = { uid: null, gid: null, everybody: false }
const capable = (over: Partial<ValueOf<typeof fileCapabilities>> = {}) =>
  said(fileCapabilities, {
    host: 'h1',
    path: '/usr/sbin/nft',
    permitted: ['cap_net_admin'],
    effective: true,
    openTo: { ...closed, everybody: true },
    ...over,
  })
const socket = (openTo: Partial<typeof closed> | { gid: number }) =>
  said(controlSockets, {
    host: 'h1',
    path: '/run/docker.sock',
    program: 'docker',
    openTo: { ...closed, ...openTo },
  })
const docker = made.group({ name: 'docker', gid: 990 })

describe('who can change the rules', () => {
  test.each<[string, World['facts'], boolean]>([
    ['an ordinary account', [], false],
    ['everything by sudo, the known-bad twin', [sudo(['ALL'])], true],
    ['the tool itself', [sudo(['/usr/sbin/nft'])], true],
    ['the tool, only to look', [sudo(['/usr/sbin/nft list ruleset'])], false],
    ['the tool, to look and as one likes', [sudo(['/usr/sbin/nft list *'])], true],
    ['iptables, only to look', [sudo(['/usr/sbin/iptables -nvL'])], false],
    ['iptables, to look and to empty', [sudo(['/usr/sbin/iptables -L -Z'])], true],
    ['iptables, to flush', [sudo(['/usr/sbin/iptables -F'])], true],
    ['the state of ufw', [sudo(['/usr/sbin/ufw status'])], false],
    ['ufw turned off', [sudo(['/usr/sbin/ufw disable'])], true],
    ['an editor', [sudo(['/usr/bin/vim /etc/motd'])], true],
    ['a file that is edited as oneself', [sudo(['sudoedit /srv/motd'])], false],
    ['the rules, edited as oneself', [sudo(['sudoedit /etc/nftables.conf'])], true],
    ['a folder of programs', [sudo(['/opt/tools/'])], true],
    ['a pattern of programs', [sudo(['/usr/bin/*'])], true],
    ['one service started anew', [sudo(['/usr/bin/systemctl restart nginx'])], false],
    ['the firewall stopped', [sudo(['/usr/bin/systemctl stop nftables.service'])], true],
    ['any service', [sudo(['/usr/bin/systemctl'])], true],
    ['a program that does its own work', [sudo(['/usr/local/bin/backup'])], false],
    ['everything but a shell', [sudo(['ALL', '!/bin/sh'])], true],
    ['everything, and then nothing', [sudo(['ALL']), sudo(['!ALL'], { index: 1 })], false],
    ['as another plain account', [sudo(['ALL'], { runAs: ['www-data'] })], false],
    ['a rule about somebody else', [sudo(['ALL'], { principals: ['ola'] })], false],
    ['the tool with the right, open to all', [capable()], true],
    ['the tool with the right, that nobody may run', [capable({ openTo: closed })], false],
    ['for a group she is in', [capable({ openTo: { ...closed, gid: 1000 } })], true],
    ['for a group she is not in', [capable({ openTo: { ...closed, gid: 4 } })], false],
    ['the tool with a right it does not raise', [capable({ effective: false })], false],
    ['ping with its own right', [capable({ path: '/usr/bin/ping', permitted: ['cap_net_raw'] })], false],
    ['a sniffer with the right', [capable({ path: '/usr/bin/dumpcap' })], false],
    ['an interpreter with the right', [capable({ path: '/usr/bin/python3.11', effective: false })], true],
    [
      'an interpreter that may be anybody',
      [capable({ path: '/usr/bin/perl', permitted: ['cap_setuid'] })],
      true,
    ],
    ['the socket of docker, by its group', [docker, socket({ gid: 990 })], true],
    ['the socket, without the group', [socket({ gid: 990 })], false],
    ['the socket, closed to the group', [docker, socket({})], false],
    ['the socket, open to all', [socket({ everybody: true })], true],
    ['the group, without a socket', [docker], false],
  ])('%s', (_name, facts, can) => {
    expect(judged([...kari, ...owned, ...facts])?.verdict).toBe(can ? 'fails' : undefined)
  })

  test('as root by another name', () => {
    expect(judged([made.account({ uid: 0 }), made.password(), ...owned])).toMatchObject({
      verdict: 'fails',
      why: { code: 'grant-missing', params: { held: ['uid 0'] } },
    })
  })

  test('a locked account does not count, nor one of a host that carries no production', () => {
    expect(judged([made.account(), made.password({ state: 'locked' }), sudo(['ALL'])])).toBeUndefined()
    expect(judged([made.host({ role: 'workstation' }), ...kari, sudo(['ALL'])])).toBeUndefined()
  })
})

describe('against what was granted', () => {
  const can = [...kari, sudo(['ALL'])]
  test.each<[string, World['facts'], string]>([
    ['granted', [...owned, made.grant()], 'granted'],
    [
      'granted on another host',
      [...owned, made.grant({ access: { kind: 'firewall', host: 'h2' } })],
      'grant-missing',
    ],
    [
      'a grant of another kind',
      [...owned, made.grant({ access: { kind: 'other', system: 'h1' } })],
      'grant-missing',
    ],
    ['run out', [...owned, made.grant({ until: '2026-06-14' })], 'grant-over'],
    [
      'approved by oneself, where there is nobody else',
      [...owned, made.grant({ singleApprover: true })],
      'granted-single-approver',
    ],
    ['nobody’s account', [made.grant()], 'owner-missing'],
    [
      'one who has left',
      [made.person({ endsOn: '2026-06-14' }), made.owner('h1/kari', 'p1'), made.grant()],
      'owner-left',
    ],
  ])('%s', (_name, facts, code) => {
    expect(judged([...can, ...facts])).toMatchObject({ why: { code } })
  })
})

describe('what was not seen is not fine', () => {
  test.each(['sudo-rule', 'file-capability', 'control-socket', 'group'])('%s', (type) => {
    const gap = { type, scope: 'h1', state: 'needs-right', detail: 'root' } as const
    expect(judged([...kari, ...owned], [gap])).toMatchObject({ verdict: 'unknown' })
    if (type !== 'sudo-rule')
      expect(judged([...kari, ...owned, sudo(['ALL'])], [gap])).toMatchObject({ verdict: 'fails' })
  })
  test('who is in a group of another system', () => {
    expect(judged([...kari, ...owned, sudo(['ALL'], { principals: ['+admins'] })])).toMatchObject({
      verdict: 'unknown',
      why: { code: 'sudo-group-elsewhere' },
    })
  })
})
