import {
  hbaRules,
  hosts,
  listeningSockets,
  postgresConnections,
  postgresServers,
  type ValueOf,
} from '@hevd/facts'
import { describe, expect, test } from 'vitest'
import { made } from '../../made.ts'
import { judgedIn, said, type World } from '../../world.ts'
import { connectionsEncrypted } from './connections-encrypted.ts'
import { rulesDemandTls } from './rules-demand-tls.ts'
import { servicesEncrypted } from './services-encrypted.ts'
import { tlsOn } from './tls-on.ts'

const id = 'h1/5432'
const server = (over: Partial<ValueOf<typeof postgresServers>> = {}) =>
  said(postgresServers, {
    id,
    host: 'h1',
    version: '15.4',
    ssl: true,
    sslMinimumVersion: 'TLSv1.2',
    passwordEncryption: 'scram-sha-256',
    listenAddresses: ['*'],
    dataChecksums: true,
    ...over,
  })
const rule = (line: number, over: Partial<ValueOf<typeof hbaRules>> = {}) =>
  said(hbaRules, {
    server: id,
    line,
    kind: 'host',
    databases: ['all'],
    users: ['all'],
    address: '10.0.0.0/8',
    loopback: false,
    method: 'scram-sha-256',
    error: null,
    ...over,
  })
const world = (...facts: World['facts']): World => ({
  facts: [server(), ...facts],
  seen: [postgresServers, hbaRules, postgresConnections],
})

test('a server that listens on a network speaks TLS', () => {
  const judged = (over: Parameters<typeof server>[0]) =>
    judgedIn({ ...world(), facts: [server(over)] }, tlsOn)[id]?.verdict
  expect(judged({})).toBe('holds')
  expect(judged({ ssl: false })).toBe('fails')
  expect(judged({ ssl: false, listenAddresses: ['localhost'] })).toBe('holds')
  expect(judged({ ssl: false, listenAddresses: [] })).toBe('holds')
  expect(judged({ ssl: false, listenAddresses: ['127.0.1.1', '::1'] })).toBe('holds')
  expect(judged({ sslMinimumVersion: 'TLSv1' })).toBe('fails')
  expect(judged({ sslMinimumVersion: '' })).toBe('fails')
})

describe('no line lets a connection in without TLS', () => {
  const reject = (line: number, address: string) =>
    rule(line, { kind: 'hostnossl', method: 'reject', address })
  test.each<[string, World['facts'], string]>([
    ['host from a network, the known-bad twin', [rule(1)], 'fails'],
    ['hostssl', [rule(1, { kind: 'hostssl' })], 'holds'],
    ['host on loopback', [rule(1, { address: '127.0.0.1/32', loopback: true })], 'holds'],
    ['host that rejects', [rule(1, { method: 'reject' })], 'holds'],
    ['closed by an earlier reject of everything plain', [reject(1, '0.0.0.0/0'), rule(2)], 'holds'],
    ['closed only afterwards, which is too late', [rule(1), reject(2, '0.0.0.0/0')], 'fails'],
    ['closed for the other family only', [reject(1, '::/0'), rule(2)], 'fails'],
    [
      'closed for another user only',
      [rule(1, { kind: 'hostnossl', method: 'reject', users: ['x'] }), rule(2)],
      'fails',
    ],
    ['from this machine’s own addresses', [rule(1, { address: 'samehost' })], 'holds'],
    ['from its networks', [rule(1, { address: 'samenet' })], 'fails'],
    [
      'a reject of all databases does not speak of replication',
      [reject(1, '0.0.0.0/0'), rule(2, { databases: ['replication'] })],
      'fails',
    ],
    [
      'a host name may be of either family',
      [reject(1, '0.0.0.0/0'), rule(2, { address: '.example.test' })],
      'fails',
    ],
    ['a line with an error, which is not in force', [rule(1, { error: 'invalid' })], 'holds'],
  ])('%s', (_name, facts, verdict) => {
    expect(judgedIn(world(...facts), rulesDemandTls)).toMatchObject({ [id]: { verdict } })
  })
})

test('a line for every address is no way in where the server listens on loopback alone', () => {
  const local = {
    ...world(),
    facts: [server({ listenAddresses: ['localhost'] }), rule(1, { address: '0.0.0.0/0' })],
  }
  expect(judgedIn(local, rulesDemandTls)).toMatchObject({ [id]: { verdict: 'holds' } })
})

test('connections that are open now are encrypted', () => {
  const open = (encrypted: boolean) =>
    said(postgresConnections, { server: id, role: 'app', encrypted, count: 2 })
  expect(judgedIn(world(open(true)), connectionsEncrypted)).toMatchObject({ [id]: { verdict: 'holds' } })
  expect(judgedIn(world(open(true), open(false)), connectionsEncrypted)).toMatchObject({
    [id]: { verdict: 'fails', why: { params: { roles: ['app'] } } },
  })
})

describe('no database, cache or broker is spoken to in clear text', () => {
  const socket = (speaks: ValueOf<typeof listeningSockets>['speaks'], over: object = {}) =>
    said(listeningSockets, {
      ...{ host: 'h1', transport: 'tcp', address: '0.0.0.0', port: 6379, reach: 'network' },
      ...{ program: 'redis-server', account: 'redis', speaks, ...over },
    })
  test.each<[string, World['facts'], string, string | null]>([
    ['Redis without TLS, the known-bad twin', [socket('redis')], 'fails', 'service-plain'],
    ['a broker without TLS', [socket('nats')], 'fails', 'service-plain'],
    [
      'one without beside one that nobody knows',
      [socket('mqtt'), socket(null, { port: 1 })],
      'fails',
      'service-plain',
    ],
    ['over TLS', [socket('tls'), socket('nats-tls', { port: 4222 })], 'holds', null],
    [
      'on the host itself alone',
      [socket('redis', { address: '127.0.0.1', reach: 'loopback' })],
      'holds',
      null,
    ],
    ['a web server, which another control speaks of', [socket('http')], 'holds', null],
    ['MySQL that offers TLS', [socket('mysql-tls')], 'unknown', 'tls-perhaps-not-demanded'],
    ['something that nobody understood', [socket('unidentified')], 'unknown', 'service-unidentified'],
    ['nothing that listens', [], 'holds', null],
  ])('%s', (_what, facts, verdict, code) => {
    const here: World = { facts: [made.host(), ...facts], seen: [hosts, listeningSockets], scopes: ['h1'] }
    const why = code === null ? {} : { why: { code } }
    expect(judgedIn(here, servicesEncrypted)).toMatchObject({ h1: { verdict, ...why } })
  })
})
