import { all, type Case, closed, input, nft, open } from './case.fixture.ts'

/** Rule sets with what is tricky about them; the ports are those that are probed. */
export const nftCases: readonly Case[] = [
  { name: 'no rules at all', rules: 'true', expected: { 'eth0 ipv4': open, 'eth1 ipv6': open } },
  {
    name: 'a drop policy and one service',
    rules: input('drop', 'ct state established,related accept', 'iif lo accept', 'tcp dport 22 accept'),
    expected: {
      'eth0 ipv4': { tcp: [[22, 22]], udp: [], defaultAccept: false },
      'eth1 ipv6': { tcp: [[22, 22]], udp: [], defaultAccept: false },
    },
  },
  {
    name: 'an accept policy that a last rule closes',
    rules: input(
      'accept',
      'ct state established accept',
      'iif lo accept',
      'tcp dport { 22, 80-90 } accept',
      'drop',
    ),
    expected: {
      'eth0 ipv4': {
        tcp: [
          [22, 22],
          [80, 90],
        ],
        udp: [],
        defaultAccept: false,
      },
    },
  },
  {
    name: 'an accept policy that a last rule closes for TCP alone',
    rules: input('accept', 'tcp dport 22 accept', 'meta l4proto tcp drop'),
    expected: { 'eth0 ipv4': { tcp: [[22, 22]], udp: all, defaultAccept: true } },
  },
  {
    name: 'a drop policy that an early rule opens',
    rules: input('drop', 'ct state new accept', 'tcp dport 22 accept'),
    expected: { 'eth0 ipv4': open },
  },
  {
    name: 'two tables, of which the later one drops',
    rules:
      input('accept', 'tcp dport 22-90 accept') +
      nft(`table inet guard {
        chain input {
          type filter hook input priority 10; policy drop;
          tcp dport 80 accept
          udp dport 53 accept
        }
      }`),
    expected: { 'eth0 ipv4': { tcp: [[80, 80]], udp: [[53, 53]], defaultAccept: false } },
  },
  {
    name: 'an accept in an earlier priority does not save from a later drop',
    rules:
      input('accept', 'tcp dport 443 drop') +
      nft(
        'table ip first { chain c { type filter hook prerouting priority -5; policy accept; tcp dport 443 accept; }; }',
      ),
    expected: { 'eth0 ipv4': { defaultAccept: true } },
  },
  {
    name: 'a prerouting chain that drops before input accepts',
    rules:
      input('accept') +
      nft(
        'table inet early { chain c { type filter hook prerouting priority mangle; policy accept; tcp dport 1024-65535 drop; }; }',
      ),
    expected: { 'eth0 ipv4': { tcp: [[0, 1023]], udp: all } },
  },
  {
    name: 'jump comes back, goto does not, return leaves',
    rules: nft(`table inet f {
      chain away { tcp dport 80 accept
      }
      chain visit {
        tcp dport 22 return
        tcp dport 22-90 accept
      }
      chain input {
        type filter hook input priority 0; policy drop;
        jump visit
        tcp dport 22 accept
        tcp dport 443 goto away
        tcp dport 443 accept
        iifname "eth1" return
        tcp dport 8080 accept
      }
    }`),
    expected: {
      'eth0 ipv4': {
        tcp: [
          [22, 90],
          [8080, 8080],
        ],
      },
      'eth1 ipv4': { tcp: [[22, 90]] },
    },
  },
  {
    name: 'a verdict map by port, with a catch-all',
    rules: nft(`table inet f {
      chain web { ip saddr 10.9.0.9 accept
      }
      map services { type inet_service : verdict; flags interval; elements = { 22 : accept, 80-90 : jump web, 443 : drop, * : continue }; }
      chain input {
        type filter hook input priority 0; policy drop;
        tcp dport vmap @services
        tcp dport 8080 accept
      }
    }`),
    expected: {
      'eth0 ipv4': {
        tcp: [
          [22, 22],
          [80, 90],
          [8080, 8080],
        ],
      },
      'eth0 ipv6': {
        tcp: [
          [22, 22],
          [8080, 8080],
        ],
      },
    },
  },
  {
    name: 'named sets with intervals, and what is in none',
    rules: nft(`table inet f {
      set offices { type ipv4_addr; flags interval; elements = { 10.9.0.8/30, 172.16.0.0-172.16.4.255 }; }
      set ports { type inet_service; flags interval; elements = { 80-90, 8000-9010 }; }
      chain input {
        type filter hook input priority 0; policy drop;
        ip saddr @offices tcp dport @ports accept
        ip saddr != @offices udp dport != @ports accept
      }
    }`),
    expected: {
      'eth0 ipv4': {
        tcp: [
          [80, 90],
          [8000, 9010],
        ],
        udp: [
          [0, 79],
          [91, 7999],
          [9011, 65_535],
        ],
        defaultAccept: true,
      },
      'eth0 ipv6': closed,
    },
  },
  {
    name: 'concatenated keys with intervals',
    rules: nft(`table inet f {
      set pairs { type ipv4_addr . inet_proto . inet_service; flags interval; elements = { 10.9.0.0/24 . tcp . 80-90, 172.16.5.5 . udp . 53 }; }
      chain input {
        type filter hook input priority 0; policy drop;
        ip saddr . meta l4proto . th dport @pairs accept
        iifname . tcp dport { "eth1" . 443 } accept
        iifname . tcp dport vmap { "eth0" . 22 : accept, "eth1" . 22 : drop }
      }
    }`),
    expected: {
      'eth0 ipv4': {
        tcp: [
          [22, 22],
          [80, 90],
        ],
        udp: [[53, 53]],
      },
      'eth1 ipv4': {
        tcp: [
          [80, 90],
          [443, 443],
        ],
        udp: [[53, 53]],
      },
    },
  },
  {
    name: 'what is new is neither established nor invalid',
    rules: input(
      'drop',
      'ct state vmap { established : accept, related : accept, invalid : drop }',
      'ct state != new accept',
      'ct state { new, untracked } tcp dport 22 accept',
      'ct state & (established | related) == 0 udp dport 53 accept',
    ),
    expected: { 'eth0 ipv4': { tcp: [[22, 22]], udp: [[53, 53]], defaultAccept: false } },
  },
  {
    name: 'IPv6 is let in while IPv4 is closed',
    rules: nft('table ip f { chain input { type filter hook input priority 0; policy drop; }; }'),
    expected: { 'eth0 ipv4': closed, 'eth0 ipv6': open },
  },
  {
    name: 'one interface is open',
    rules: input(
      'drop',
      'iifname "eth1" accept',
      'iifname "eth*" tcp dport 22 accept',
      'iifname != "eth0" udp dport 53 accept',
    ),
    expected: { 'eth0 ipv4': { tcp: [[22, 22]], udp: [], defaultAccept: false }, 'eth1 ipv4': open },
  },
  {
    name: 'flags of the first packet of a connection',
    rules: input(
      'drop',
      'tcp flags & (fin | syn | rst | ack) == syn tcp dport 22 accept',
      'tcp flags syn tcp dport 23 accept',
      'tcp flags != syn tcp dport 80 accept',
      'tcp flags & (fin | ack) == ack tcp dport 81 accept',
      'tcp flags & ack != 0 tcp dport 90 accept',
    ),
    // A sender may set ECE and CWR beside SYN: then the flags are not SYN alone.
    expected: { 'eth1 ipv4': { udp: [], defaultAccept: false } },
  },
  {
    name: 'implied protocols, also when negated',
    rules: input(
      'drop',
      'tcp dport != 22-1023 accept',
      'ip saddr != 10.9.0.0/24 udp dport 80-90 accept',
      'ip6 saddr != { fd09::9, fd08::/64 } tcp dport 443 accept',
      'ip protocol udp th dport 53 accept',
    ),
    expected: {
      'eth0 ipv4': {
        tcp: [
          [0, 21],
          [1024, 65_535],
        ],
        udp: [
          [53, 53],
          [80, 90],
        ],
      },
      'eth0 ipv6': {
        tcp: [
          [0, 21],
          [443, 443],
          [1024, 65_535],
        ],
        udp: [],
      },
    },
  },
  {
    name: 'addresses of the host by the routing table',
    rules: input(
      'drop',
      'fib daddr type local tcp dport 22 accept',
      'fib daddr type != local tcp dport 80 accept',
      'fib saddr type local accept',
      'meta pkttype host udp dport 53 accept',
      'fib saddr . iif oif missing drop',
      'tcp dport 443 accept',
    ),
    expected: {
      'eth0 ipv4': {
        tcp: [
          [22, 22],
          [443, 443],
        ],
        udp: [[53, 53]],
      },
    },
  },
  {
    name: 'bits under a mask',
    rules: input(
      'drop',
      'tcp dport & 1 == 1 accept',
      'ip saddr & 255.255.0.255 == 10.9.0.9 udp dport 53 accept',
      'udp dport >= 9010 accept',
      'udp dport < 23 accept',
    ),
    expected: {
      'eth0 ipv4': {
        udp: [
          [0, 22],
          [53, 53],
          [9010, 65_535],
        ],
      },
      'eth1 ipv6': {
        udp: [
          [0, 22],
          [9010, 65_535],
        ],
      },
    },
  },
  {
    name: 'limits are said aloud, not guessed',
    rules: input(
      'drop',
      'udp dport 53 limit rate 1000/second accept',
      'tcp dport 22 ct count over 100 drop',
      'tcp dport 22 accept',
      'tcp dport 443 accept',
    ),
    expected: {
      'eth0 ipv4': {
        tcp: [[443, 443]],
        mayTcp: [[22, 22]],
        udp: [],
        mayUdp: [[53, 53]],
        unmodelled: ['ct count', 'limit'],
        defaultAccept: false,
      },
    },
  },
  {
    name: 'a dormant table does nothing, and a version of nft that prints its flags wrongly is not believed',
    rules: nft(
      'table inet f { flags dormant; chain input { type filter hook input priority 0; policy drop; }; }',
    ),
    expected: { 'eth0 ipv4': { tcp: [], mayTcp: all, unmodelled: ['table f'], defaultAccept: null } },
  },
  {
    name: 'rejecting is not letting in',
    rules: input(
      'accept',
      'tcp dport 22-90 reject with tcp reset',
      'udp dport 53 reject',
      'tcp dport 443 reject with icmpx admin-prohibited',
    ),
    expected: { 'eth0 ipv4': { defaultAccept: true } },
  },
]
