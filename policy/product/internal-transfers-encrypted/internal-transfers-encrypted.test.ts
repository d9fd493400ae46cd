import { hbaRules, postgresConnections, postgresServers, type ValueOf } from '@hevd/facts'
import { describe, expect, test } from 'vitest'
import { judgedIn, said, type World } from '../../world.ts'
import { connectionsEncrypted } from './connections-encrypted.ts'
import { rulesDemandTls } from './rules-demand-tls.ts'
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
