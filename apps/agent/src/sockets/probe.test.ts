import { createServer as createHttp } from 'node:http'
import { createServer as createTls } from 'node:https'
import { createServer } from 'node:net'
import { afterAll, expect, test } from 'vitest'
import { cleansUpBy } from '../testdata/at-end.ts'
import { certificate } from '../testdata/certificate.ts'
import { realPostgres } from '../testdata/real-postgres.ts'
import { realSshd } from '../testdata/real-sshd.ts'
import { portOf, type Script, speaker } from '../testdata/speakers.ts'
import type { Speaks } from './heard.ts'
import { probe } from './probe.ts'

// Most of a test is waiting for who says nothing, so they wait together.
const ends: (() => unknown)[] = []
cleansUpBy((end) => ends.push(end))
afterAll(() => Promise.all(ends.map((end) => end())))

const at = (port: number, program: string | null = null) => probe({ address: '127.0.0.1', port }, program)
const offering = (...lines: string[]) => lines.map((line) => `${line}\r\n`).join('')
const handshake = (capabilities: string) =>
  `\x4a\0\0\0\x0a8.0.36\0\x08\0\0\0abcdefgh\0${capabilities}\xff\x02\0\xff\xdf\x15${'\0'.repeat(10)}abcdefghijkl\0mysql_native_password\0`
const whole = (text: string) => {
  const length = Buffer.from(text, 'latin1').length - 4
  return `${String.fromCharCode(length & 0xff, length >> 8)}\0${text.slice(3)}`
}

test.concurrent('a mail server that holds back the end of its greeting is not spoken to before that', async () => {
  const server = createServer((socket) => {
    let greeted = false
    socket.on('error', () => {})
    socket.write('220-mail ESMTP\r\n')
    setTimeout(() => {
      greeted = true
      socket.write('220 mail ESMTP\r\n')
    }, 600)
    socket.on('data', () =>
      socket.write(greeted ? '250-mail\r\n250 STARTTLS\r\n' : '521 You do not wait\r\n'),
    )
  })
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
  ends.push(() => server.close())
  expect(await at(portOf(server.address()))).toBe('smtp-tls')
})

test.concurrent('a server that says nothing at all is unidentified, and hears nothing that would log in', async () => {
  const { port, heard } = await speaker({})
  expect(await at(port)).toBe('unidentified')
  expect(heard.join('')).not.toMatch(/USER|PASS|LOGIN|SELECT|SET |POST|PUT|DELETE/)
})

test.concurrent('rsh by its program, since it answers nobody who comes from an ordinary port', async () => {
  const { port } = await speaker({ hangsUp: true })
  expect(await at(port, 'in.rshd')).toBe('rsh')
  expect(await at(port, 'something')).toBe('unidentified')
})

test.concurrent('a port of printers is not spoken to', async () => {
  expect(await at(9100)).toBeNull()
})

test.concurrent('nobody there', async () => {
  const { port } = await new Promise<{ port: number }>((done) => {
    const server = createHttp().listen(0, '127.0.0.1', () => {
      const port = portOf(server.address())
      server.close(() => done({ port }))
    })
  })
  expect(await at(port)).toBeNull()
})

test.concurrent('the real sshd', async () => {
  const { port } = await realSshd('')
  expect(await at(port)).toBe('ssh')
})

test.concurrent('the real PostgreSQL, without and with TLS', async () => {
  const plain = await realPostgres({ ssl: false })
  expect(await at(plain.port)).toBe('postgresql')
  const encrypted = await realPostgres({ ssl: true })
  expect(await at(encrypted.port)).toBe('postgresql-tls')
})

test.concurrent('HTTP, HTTPS, and HTTP that only sends on to HTTPS', async () => {
  const listen = async (server: ReturnType<typeof createHttp>) => {
    await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
    ends.push(() => server.close())
    return portOf(server.address())
  }
  const redirect = (only: boolean) =>
    createHttp((request, response) => {
      if (!only && request.url !== '/') response.end('content')
      else response.writeHead(301, { location: `https://example.test${request.url}` }).end()
    })
  expect(await at(await listen(createHttp((_request, response) => response.end('content'))))).toBe('http')
  expect(await at(await listen(redirect(true)))).toBe('http-redirect')
  expect(await at(await listen(redirect(false)))).toBe('http')
  const secure = createTls(certificate(), (_request, response) => response.end('content'))
  expect(await at(await listen(secure))).toBe('tls')
  const mutual = createTls({ ...certificate(), requestCert: true, rejectUnauthorized: true })
  expect(await at(await listen(mutual))).toBe('tls')
})

test.concurrent('a greeting that comes late is waited for', async () => {
  const { port } = await speaker({ greeting: 'SSH-2.0-late\r\n', after: 2500 })
  expect(await at(port)).toBe('ssh')
})

// Five go on at once: those that wait for seconds are begun before those that do not.
test.concurrent.each<[string, Script, Speaks]>([
  [
    'AMQP 0-9-1',
    {
      answer: (heard) =>
        heard === 'AMQP\x00\x00\x09\x01' ? '\x01\x00\x00\x00\x00\x01\x00\x00\x0a\x00\x0a\x00\x09' : null,
    },
    'amqp',
  ],
  [
    'AMQP of another version',
    { answer: (heard) => (heard.startsWith('AMQP') ? 'AMQP\x00\x01\x00\x00' : null) },
    'amqp',
  ],
  ['something of its own', { answer: () => 'whatever\n' }, 'unidentified'],
  ['something that hangs up', { hangsUp: true }, 'unidentified'],
  ['telnet that negotiates', { greeting: '\xff\xfd\x18\xff\xfd\x20' }, 'telnet'],
  ['telnet that only asks for a name', { greeting: 'Debian GNU/Linux 12\r\nhost login: ' }, 'telnet'],
  [
    'ftp',
    { greeting: '220 (vsFTPd 3.0.3)\r\n', answer: () => '530 Please login with USER and PASS.\r\n' },
    'ftp',
  ],
  ['ftp with TLS', { greeting: '220 ProFTPD\r\n', answer: () => '234 AUTH TLS successful\r\n' }, 'ftp-tls'],
  ['ftp that hangs up on AUTH TLS', { greeting: '220 ProFTPD\r\n', hangsUp: true }, 'unidentified'],
  [
    'a greeting of ftp or smtp, after which nothing is understood',
    { greeting: '220 ready\r\n', answer: () => '500 What?\r\n' },
    'unidentified',
  ],
  [
    'smtp before there was EHLO',
    { greeting: '220 mail SMTP\r\n', answer: () => '500 Unknown command\r\n' },
    'smtp',
  ],
  [
    'smtp',
    { greeting: '220 mail ESMTP\r\n', answer: () => offering('250-mail', '250-SIZE 1000', '250 HELP') },
    'smtp',
  ],
  [
    'smtp with TLS',
    {
      greeting: '220 mail ESMTP Postfix\r\n',
      answer: () => offering('250-mail', '250-STARTTLS', '250 8BITMIME'),
    },
    'smtp-tls',
  ],
  [
    'imap with TLS',
    { greeting: '* OK [CAPABILITY IMAP4rev1 STARTTLS LOGINDISABLED] Dovecot\r\n' },
    'imap-tls',
  ],
  [
    'imap',
    { greeting: '* OK hello\r\n', answer: () => offering('* CAPABILITY IMAP4rev1', 'a OK done') },
    'imap',
  ],
  ['pop3', { greeting: '+OK ready\r\n', answer: () => offering('+OK', 'USER', 'UIDL', '.') }, 'pop3'],
  [
    'pop3 with TLS',
    { greeting: '+OK ready\r\n', answer: () => offering('+OK', 'STLS', 'UIDL', '.') },
    'pop3-tls',
  ],
  ['pop3 that knows no CAPA', { greeting: '+OK ready\r\n', answer: () => '-ERR unknown\r\n' }, 'pop3'],
  ['imap that is too busy', { greeting: '* BYE too many connections\r\n', hangsUp: true }, 'unidentified'],
  ['something that says +OK and hangs up', { greeting: '+OK\r\n', hangsUp: true }, 'unidentified'],
  ['mysql', { greeting: whole(handshake('\xff\xf7')) }, 'mysql'],
  ['mysql with TLS', { greeting: whole(handshake('\xff\xff')) }, 'mysql-tls'],
  ['vnc', { greeting: 'RFB 003.008\n' }, 'vnc'],
  ['redis', { answer: (heard) => (heard === 'PING\r\n' ? '+PONG\r\n' : null), hangsUp: true }, 'redis'],
  [
    'redis with a password',
    { answer: (heard) => (heard === 'PING\r\n' ? '-NOAUTH Authentication required.\r\n' : null) },
    'redis',
  ],
  [
    'rdp',
    {
      answer: (heard) =>
        heard.startsWith('\x03\0\0\x13\x0e\xe0')
          ? '\x03\0\0\x13\x0e\xd0\0\0\x124\0\x02\x1f\x08\0\x02\0\0\0'
          : null,
      hangsUp: true,
    },
    'rdp-tls',
  ],
  [
    'dns',
    {
      answer: (heard) => (heard.slice(2, 4) === 'HV' ? '\0\x0cHV\x80\x05\0\0\0\0\0\0\0\0' : null),
      hangsUp: true,
    },
    'dns',
  ],
  [
    'an error of MySQL, which tells nothing of TLS',
    { greeting: '\x08\0\0\0\xff\x6a\x04#HY000' },
    'unidentified',
  ],
])('%s', async (_name, script, speaks) => {
  const { port } = await speaker(script)
  expect(await at(port)).toBe(speaks)
})
