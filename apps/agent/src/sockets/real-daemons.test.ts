import { listeningSockets } from '@hevd/facts'
import { expect, onTestFinished, test } from 'vitest'
import { collect } from '../flips/collect.ts'
import { judge, verdict } from '../flips/judge.ts'
import { turnsFor } from '../schedule.ts'
import { cleansUpBy } from '../testdata/at-end.ts'
import * as run from '../testdata/daemons.ts'
import { type Daemon, realDaemon, realInetd } from '../testdata/real-daemon.ts'
import type { Speaks } from './heard.ts'
import { probe } from './probe.ts'

cleansUpBy(onTestFinished)

const at = (port: number, program: string | null = null) => probe({ address: '127.0.0.1', port }, program)
const sendsOn = 'location / { return 301 https://example.test$request_uri; }'
const refusing = ['acl_smtp_helo = refuse', 'begin acl', 'refuse:', '  deny']
const page = 'location / { return 200 "a page"; }'

const daemons: readonly (readonly [name: string, Daemon, Speaks])[] = [
  ['vsftpd', run.vsftpd({ tls: false }), 'ftp'],
  ['vsftpd with TLS', run.vsftpd({ tls: true }), 'ftp-tls'],
  ['vsftpd that does not say so', run.vsftpd({ tls: false, banner: 'Welcome.' }), 'ftp'],
  ['Redis', run.redis(), 'redis'],
  ['Redis with a password', run.redis('--requirepass', 'secret'), 'redis'],
  ['Redis over TLS', run.redisOverTls, 'tls'],
  ['MariaDB', run.mariadb({ tls: false }), 'mysql'],
  ['MariaDB with TLS', run.mariadb({ tls: true }), 'mysql-tls'],
  ['Dovecot, IMAP', run.dovecot('imap', { tls: false }), 'imap'],
  ['Dovecot, IMAP with STARTTLS', run.dovecot('imap', { tls: true }), 'imap-tls'],
  ['Dovecot, IMAPS', run.dovecot('imaps', { tls: true }), 'tls'],
  ['Dovecot, POP3', run.dovecot('pop3', { tls: false }), 'pop3'],
  ['Dovecot, POP3 with STLS', run.dovecot('pop3', { tls: true }), 'pop3-tls'],
  ['xrdp that negotiates', run.xrdp('negotiate'), 'rdp-tls'],
  ['xrdp with TLS alone', run.xrdp('tls'), 'rdp-tls'],
  ['xrdp without TLS', run.xrdp('rdp'), 'unidentified'],
  ['nginx', run.nginx(page, { tls: false }), 'http'],
  ['nginx that only sends on', run.nginx(sendsOn, { tls: false }), 'http-redirect'],
  ['nginx with TLS', run.nginx(page, { tls: true }), 'tls'],
  [
    'nginx that wants a certificate',
    run.nginx('ssl_verify_client on; ssl_client_certificate cert.pem;', { tls: true }),
    'tls',
  ],
  ['nginx that refuses every handshake', run.nginx('ssl_reject_handshake on;', { tls: true }), 'tls'],
  ['Exim', run.exim('none'), 'smtp'],
  ['Exim with STARTTLS', run.exim('starttls'), 'smtp-tls'],
  ['Exim, TLS from the start', run.exim('from-the-start'), 'tls'],
  [
    'Exim that refuses our name, so that it does not tell of TLS',
    run.exim('starttls', ...refusing),
    'unidentified',
  ],
  [
    'Exim that refuses our name and does not say what it is',
    run.exim('starttls', 'smtp_banner = Welcome', ...refusing),
    'unidentified',
  ],
  ['dnsmasq', run.dnsmasq, 'dns'],
  ['Xvnc', run.xvnc, 'vnc'],
  ['memcached', run.memcached, 'memcached'],
  ['NATS', run.nats('none'), 'nats'],
  ['NATS that offers TLS and lets others in too', run.nats('offered'), 'nats'],
  ['NATS that demands TLS', run.nats('demanded'), 'nats-tls'],
  ['Mosquitto', run.mosquitto({ tls: false }), 'mqtt'],
  ['Mosquitto with TLS', run.mosquitto({ tls: true }), 'tls'],
]

test('each daemon is heard to speak what it speaks, or is left unidentified', async () => {
  const turns = turnsFor(4)
  const heard = await Promise.all(
    daemons.map(async ([name, daemon]) => {
      await turns.take()
      const speaks = await at(await realDaemon(daemon)).finally(() => turns.give())
      return [name, speaks]
    }),
  )
  expect(Object.fromEntries(heard)).toEqual(
    Object.fromEntries(daemons.map(([name, , speaks]) => [name, speaks])),
  )
})

test('telnetd', async () => {
  expect(await at(await realInetd('/usr/sbin/telnetd', '--exec-login=/bin/cat'))).toBe('telnet')
})

test('rshd, which answers nobody from an ordinary port, and is known by its program', async () => {
  const port = await realInetd('/usr/sbin/in.rshd')
  expect(await at(port, 'in.rshd')).toBe('rsh')
  expect(await at(port, null)).toBe('unidentified')
})

test('Redis in protected mode, which lets nobody but loopback speak', async () => {
  const state = `ip address add 10.9.8.7/32 dev lo
redis-server --bind 10.9.8.7 --port 6379 --save '' &
for _ in $(seq 100); do (: < /dev/tcp/10.9.8.7/6379) 2>/dev/null && break; sleep 0.1; done`
  const seen = await collect({ collectors: ['sockets'] }, { state })
  expect(judge(seen, 'internal-transfers-encrypted/services-encrypted')).toMatchObject({
    h1: verdict('fails', 'service-plain', { services: ['redis 10.9.8.7:6379/tcp'] }),
  })
  expect(seen.facts.map(({ value }) => listeningSockets.parse(value))).toMatchObject([
    { address: '10.9.8.7', port: 6379, speaks: 'redis' },
  ])
})
