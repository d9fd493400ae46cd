import { all, type Case, input, open } from './case.fixture.ts'

/** What iptables loads, in both variants and beside nft. */
export const iptablesCases: readonly Case[] = [
  {
    name: 'iptables-nft, with matches that nft cannot print',
    rules: `
iptables -P INPUT DROP
iptables -A INPUT -i lo -j ACCEPT
iptables -A INPUT -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT
iptables -N web
iptables -A web -s 172.16.0.0/16 -j RETURN
iptables -A web -p tcp -m multiport --dports 80,8000:9010 -m comment --comment 'the "web" -j DROP' -j ACCEPT
iptables -A INPUT -p tcp -j web
iptables -A INPUT -p tcp -m iprange --src-range 10.9.0.5-10.9.0.9 -m tcp --dport 443 -j ACCEPT
iptables -A INPUT -p udp ! -i eth1 -m addrtype --dst-type LOCAL -m udp --dport 53 -j ACCEPT
iptables -A INPUT -p tcp -m tcp ! --dport 22:65535 -j ACCEPT
iptables -A INPUT -f -j ACCEPT
`,
    expected: {
      'eth0 ipv4': {
        tcp: [
          [0, 21],
          [80, 80],
          [443, 443],
          [8000, 9010],
        ],
        udp: [[53, 53]],
        defaultAccept: true,
      },
      'eth0 ipv6': open,
    },
  },
  {
    name: 'iptables-nft with nat, marks and raw',
    rules: `
iptables -P INPUT DROP
iptables -t nat -A PREROUTING -p tcp --dport 80 -j REDIRECT --to-ports 8080
iptables -t nat -A PREROUTING -p tcp --dport 81 -j DNAT --to-destination 10.8.0.2:9000
iptables -t mangle -A PREROUTING -p udp --dport 53 -j MARK --set-mark 5
iptables -t mangle -A PREROUTING -m mark --mark 5 -j CONNMARK --save-mark
iptables -t raw -A PREROUTING -p tcp --dport 22 -j CT --notrack
iptables -A INPUT -p tcp -m tcp --dport 8080 -m conntrack --ctstate NEW -j ACCEPT
iptables -A INPUT -p tcp -d 10.8.0.2 -m tcp --dport 9000 -m conntrack --ctstate DNAT -j ACCEPT
iptables -A INPUT -m connmark --mark 5 -j ACCEPT
iptables -A INPUT -p tcp --dport 22 -m conntrack --ctstate UNTRACKED -j ACCEPT
`,
    expected: {
      'eth0 ipv4': {
        tcp: [
          [22, 22],
          [80, 81],
          [8080, 8080],
        ],
        udp: [[53, 53]],
      },
    },
  },
  {
    name: 'iptables-legacy beside nft: both are asked',
    rules: `
${input('accept', 'tcp dport 22 drop')}
iptables-legacy -P INPUT DROP
iptables-legacy -A INPUT -p tcp -m multiport --dports 22,80:90 -j ACCEPT
iptables-legacy -A INPUT -i eth1 -j ACCEPT
ip6tables-legacy -A INPUT -p udp --dport 53 -j REJECT
`,
    expected: {
      'eth0 ipv4': { tcp: [[80, 90]], udp: [], defaultAccept: false },
      'eth1 ipv4': {
        tcp: [
          [0, 21],
          [23, 65_535],
        ],
        udp: all,
        defaultAccept: true,
      },
      'eth0 ipv6': {
        udp: [
          [0, 52],
          [54, 65_535],
        ],
      },
    },
  },
  {
    name: 'iptables-nft and iptables-legacy at once',
    rules: `
iptables -A INPUT -p tcp -m multiport --dports 22,80 -j ACCEPT
iptables -A INPUT -p tcp -j DROP
iptables-legacy -A INPUT -p tcp -m tcp --dport 80 -j DROP
`,
    expected: { 'eth0 ipv4': { tcp: [[22, 22]], udp: all, defaultAccept: true } },
  },
  {
    name: 'what iptables matches cannot tell',
    rules: `
iptables -A INPUT -p tcp --dport 22 -m recent --name known --rcheck -j ACCEPT
iptables -A INPUT -p tcp --dport 80 -m recent --name known --set -j ACCEPT
iptables -A INPUT -p udp -m udp --dport 53 -m limit --limit 1000/sec -j ACCEPT
iptables -A INPUT -p icmp --icmp-type 8 -j ACCEPT
iptables -A INPUT -j DROP
`,
    expected: {
      'eth0 ipv4': {
        tcp: [[80, 80]],
        mayTcp: [[22, 22]],
        udp: [],
        mayUdp: [[53, 53]],
        unmodelled: ['limit', 'recent'],
        defaultAccept: false,
      },
    },
  },
]
