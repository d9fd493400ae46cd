import { chmodSync } from 'node:fs'
import { describe, expect, onTestFinished, test } from 'vitest'
import { cleansUpBy } from '../testdata/at-end.ts'
import { folderWith } from '../testdata/folder.ts'
import { collect, type Place } from './collect.ts'
import { judge, verdict } from './judge.ts'

cleansUpBy(onTestFinished)

const defaultDeny = 'firewalls-used/default-deny'
const declared = 'firewalls-used/declared-services-only'

/** A host with one link to the outside, and these rules. */
const hostWith = (rules: string): string => `
ip link add eth0 type veth peer name far
sysctl -qw net.ipv6.conf.far.disable_ipv6=1
ip addr add 192.0.2.10/24 dev eth0
ip -6 addr add 2001:db8::10/64 dev eth0 nodad
ip link set far up
ip link set eth0 up
${rules}
`
const nft = (policy: string, rules: string) => `nft -f - <<'RULES'
table inet filter {
  chain input {
    type filter hook input priority filter; policy ${policy};
    ${rules}
  }
}
RULES`
const look = (rules: string, place: Place = {}, ordinary = false) =>
  collect({ collectors: ['firewall'], ordinary }, { ...place, state: hostWith(rules) })

describe('what no rule speaks of', () => {
  const both = { interfaces: ['eth0 (ipv4)', 'eth0 (ipv6)'] }
  test.each<[string, string, object]>([
    ['no rules at all', '', verdict('fails', 'accepts-by-default', both)],
    ['an accept policy', nft('accept', 'tcp dport 23 drop'), verdict('fails', 'accepts-by-default', both)],
    [
      'a drop policy that an early rule opens',
      nft('drop', 'ct state new accept\n tcp dport 22 accept'),
      verdict('fails', 'accepts-by-default', both),
    ],
    [
      'IPv6 forgotten',
      'iptables -P INPUT DROP',
      verdict('fails', 'accepts-by-default', { interfaces: ['eth0 (ipv6)'] }),
    ],
    ['a drop policy', nft('drop', 'ct state established accept\n tcp dport 22 accept'), verdict('holds')],
    [
      'an accept policy that a last rule closes',
      nft('accept', 'tcp dport 22 accept\n drop'),
      verdict('holds'),
    ],
    [
      'an accept policy in nftables, closed by the older iptables',
      `${nft('accept', 'tcp dport 22 accept')}
iptables-legacy -P INPUT DROP
ip6tables-legacy -P INPUT DROP`,
      verdict('holds'),
    ],
    [
      'a limit, which cannot be worked out',
      nft('drop', 'limit rate 10/second accept'),
      verdict('unknown', 'rules-not-modelled', { interface: 'eth0', matches: ['limit'] }),
    ],
  ])('%s', async (_name, rules, expected) => {
    expect(judge(await look(rules), defaultDeny)).toMatchObject({ h1: expected })
  })
})

describe('what is let in', () => {
  test.each<[string, string, object]>([
    ['the declared service', nft('drop', 'tcp dport 22 accept'), verdict('holds')],
    [
      'another one too',
      nft('drop', 'tcp dport { 22, 8080-8081 } accept\n udp dport 161 accept'),
      verdict('fails', 'port-not-declared', { ports: ['8080–8081/tcp', '161/udp'] }),
    ],
    [
      'a declared one that leads to another port',
      `${nft('drop', 'tcp dport 5432 accept')}
iptables -t nat -A PREROUTING -p tcp --dport 22 -j REDIRECT --to-ports 5432
nft insert rule inet filter input ct status != dnat drop
nft insert rule inet filter input meta nfproto ipv6 drop`,
      verdict('holds'),
    ],
    [
      'another one on loopback alone',
      nft('drop', 'iifname lo accept\n tcp dport 22 accept'),
      verdict('holds'),
    ],
    [
      'another one in a second table that does not let it in',
      `${nft('accept', 'tcp dport 8080 accept')}
nft 'table inet last { chain i { type filter hook input priority 100; policy drop; tcp dport 22 accept; }; }'`,
      verdict('holds'),
    ],
  ])('%s', async (_name, rules, expected) => {
    const parameters = { declaredServices: ['22/tcp'] }
    expect(judge(await look(rules), declared, { parameters })).toMatchObject({ h1: expected })
  })
})

test('without the right to read the rules, or with a tool that breaks, it is not known', async () => {
  const rules = nft('drop', '')
  expect(judge(await look(rules), defaultDeny)).toMatchObject({ h1: verdict('holds') })
  expect(judge(await look(rules, {}, true), defaultDeny)).toMatchObject({
    h1: verdict('unknown', 'unseen-needs-right', { right: 'root' }),
  })
  const folder = folderWith({ nft: '#!/bin/sh\necho it broke >&2\nexit 3\n' })
  chmodSync(folder.at('nft'), 0o755)
  const broken = await look('iptables -P INPUT DROP', { mounts: { '/usr/sbin/nft': folder.at('nft') } })
  expect(judge(broken, defaultDeny)).toMatchObject({
    h1: verdict('unknown', 'unseen-failed', { error: 'nft: it broke' }),
  })
})
