import { type Case, closed, input, nft } from './case.fixture.ts'

/** Rules that change the packet on its way: nat, marks, tracking. */
export const rewritingCases: readonly Case[] = [
  {
    name: 'a redirect before the filter',
    rules:
      input('drop', 'tcp dport 8080 accept', 'ct status dnat udp dport 9000 accept') +
      nft(`table inet nat {
        chain pre {
          type nat hook prerouting priority dstnat; policy accept;
          tcp dport 80-90 redirect to :8080
          udp dport 53 redirect to :9000
        }
      }`),
    expected: {
      'eth0 ipv4': {
        tcp: [
          [80, 90],
          [8080, 8080],
        ],
        udp: [[53, 53]],
      },
    },
  },
  {
    name: 'a port that is redirected away is not open',
    rules:
      input('drop', 'tcp dport 80 accept') +
      nft(
        'table ip nat { chain pre { type nat hook prerouting priority dstnat; policy accept; tcp dport 80 redirect to :8080; }; }',
      ),
    expected: { 'eth0 ipv4': closed, 'eth0 ipv6': { tcp: [[80, 80]] } },
  },
  {
    name: 'DNAT to another address of the host, to loopback and to somewhere else',
    rules:
      input('accept') +
      nft(`table ip nat {
        chain pre {
          type nat hook prerouting priority dstnat; policy accept;
          tcp dport 80 dnat to 10.8.0.2:8080
          tcp dport 81 dnat to 127.0.0.1:8080
          tcp dport 90 dnat to 203.0.113.9:8080
          dnat to tcp dport map { 443 : 10.9.0.2 . 8080, 22 : 203.0.113.9 . 22 }
        }
      }`),
    expected: {
      'eth0 ipv4': {
        tcp: [
          [0, 21],
          [23, 80],
          [82, 89],
          [91, 65_535],
        ],
      },
    },
  },
  {
    name: 'the first nat rule that rewrites ends all nat chains of the hook',
    rules:
      input('drop', 'tcp dport 8080 accept') +
      nft(`table ip one { chain c { type nat hook prerouting priority -110; policy accept; tcp dport 80 redirect to :8080; tcp dport 81 accept; }; }
      table ip two { chain c { type nat hook prerouting priority -90; policy accept; tcp dport { 80, 8080 } redirect to :23; tcp dport 81 redirect to :8080; }; }`),
    expected: { 'eth0 ipv4': { tcp: [[80, 81]] } },
  },
  {
    name: 'raw: untracked packets and a filter that wants state',
    rules:
      input('drop', 'ct state new tcp dport 22-90 accept', 'ct state untracked tcp dport 80 accept') +
      nft(
        'table inet raw { chain pre { type filter hook prerouting priority raw; policy accept; tcp dport { 23, 80, 81 } notrack; ct state invalid udp dport 53 drop; }; }',
      ),
    expected: {
      'eth0 ipv4': {
        tcp: [
          [22, 22],
          [24, 80],
          [82, 90],
        ],
        udp: [],
      },
    },
  },
  {
    name: 'untracked packets are not redirected',
    rules:
      input('drop', 'tcp dport 80 accept', 'udp dport 8080 accept') +
      nft(
        `table ip t {
        chain raw { type filter hook prerouting priority raw; policy accept; tcp dport 80 notrack; }
        chain nat { type nat hook prerouting priority dstnat; policy accept; meta l4proto { tcp, udp } th dport 80 redirect to :8080; }
      }`.replaceAll('; }', '\n}'),
      ),
    expected: {
      'eth0 ipv4': {
        tcp: [[80, 80]],
        udp: [
          [80, 80],
          [8080, 8080],
        ],
      },
    },
  },
  {
    name: 'marks set in one hook and asked in another',
    rules:
      input(
        'drop',
        'meta mark & 0xf0 == 0x10 accept',
        'meta mark 0x3 udp dport 53-90 accept',
        'ct mark 7 accept',
      ) +
      nft(`table inet m {
        chain pre {
          type filter hook prerouting priority mangle; policy accept;
          tcp dport 22 meta mark set 0x11
          tcp dport 80 meta mark set 0x20
          tcp dport 80-90 meta mark set mark | 0x10
          udp dport 53 meta mark set 0x2
          meta mark 0x2 meta mark set mark ^ 0x1
          tcp dport 443 meta mark set 0x7
          tcp dport 443 ct mark set mark
        }
      }`),
    expected: {
      'eth0 ipv4': {
        tcp: [
          [22, 22],
          [81, 90],
          [443, 443],
        ],
        udp: [[53, 53]],
      },
    },
  },
]
