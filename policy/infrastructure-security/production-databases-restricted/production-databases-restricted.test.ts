import {
  accessGrants,
  accountOwners,
  hbaRules,
  hosts,
  namedServices,
  people,
  postgresRoles,
  type ValueOf,
} from '@hevd/facts'
import { describe, expect, test } from 'vitest'
import { made } from '../../made.ts'
import { judgedIn, said, type World } from '../../world.ts'
import { privilegeGranted } from './privilege-granted.ts'

const server = 'h1/5432'
const parameters = { privilegedRoles: ['pg_read_all_data', 'pg_execute_server_program'] }
const role = (over: Partial<ValueOf<typeof postgresRoles>> = {}) =>
  said(postgresRoles, {
    server,
    name: 'kari',
    canLogin: true,
    superuser: false,
    createRole: false,
    createDatabase: false,
    replication: false,
    bypassRls: false,
    password: 'scram-sha-256',
    validUntil: null,
    memberOf: [],
    ...over,
  })
const group = (name: string, over: Partial<ValueOf<typeof postgresRoles>> = {}) =>
  role({ name, canLogin: false, password: 'none', ...over })
const line = (number: number, over: Partial<ValueOf<typeof hbaRules>> = {}) =>
  said(hbaRules, {
    server,
    line: number,
    kind: 'hostssl',
    databases: ['all'],
    users: ['all'],
    address: '0.0.0.0/0',
    loopback: false,
    method: 'scram-sha-256',
    error: null,
    ...over,
  })
const grant = (privilege: string, over: Parameters<typeof made.grant>[0] = {}) =>
  made.grant({ access: { kind: 'postgres', server, privilege }, ...over })
const kari = [made.person(), made.owner(`${server}/kari`, 'p1')]
const open = line(1)

const world = (...facts: World['facts']): World => ({
  facts: [made.host(), ...facts],
  seen: [hosts, postgresRoles, hbaRules, accountOwners, people, namedServices, accessGrants],
  scopes: ['h1', server],
})
const of = (facts: World['facts'], unseen: World['unseen'] = []) =>
  judgedIn({ ...world(...facts), unseen }, privilegeGranted, parameters)[`${server}/kari`]
const code = (facts: World['facts']) => {
  const judged = of(facts)
  return judged === undefined || judged.verdict === 'outside'
    ? undefined
    : (judged.why?.code ?? judged.verdict)
}

describe('a privilege needs a grant in force', () => {
  test.each<[string, World['facts'], string | undefined]>([
    [
      'a superuser without one, the known-bad twin',
      [role({ superuser: true }), open, ...kari],
      'grant-missing',
    ],
    ['no privileges at all', [role(), open, ...kari], undefined],
    ['who may only make databases', [role({ createDatabase: true }), open, ...kari], undefined],
    ['a superuser with one', [role({ superuser: true }), open, ...kari, grant('superuser')], 'granted'],
    [
      'with one that its holder approved, shown as such',
      [role({ superuser: true }), open, ...kari, grant('superuser', { singleApprover: true })],
      'granted-single-approver',
    ],
    [
      'that ran out yesterday',
      [role({ superuser: true }), open, ...kari, grant('superuser', { until: '2026-06-14' })],
      'grant-over',
    ],
    [
      'whose last day is today',
      [role({ superuser: true }), open, ...kari, grant('superuser', { until: '2026-06-15' })],
      'granted',
    ],
    [
      'that was ended',
      [role({ superuser: true }), open, ...kari, grant('superuser', { endedAt: 1 })],
      'grant-over',
    ],
    [
      'that begins tomorrow',
      [role({ superuser: true }), open, ...kari, grant('superuser', { from: '2026-06-16' })],
      'grant-to-come',
    ],
    [
      'on another server',
      [
        role({ superuser: true }),
        open,
        ...kari,
        made.grant({ access: { kind: 'postgres', server: 'h2/5432', privilege: 'superuser' } }),
      ],
      'grant-missing',
    ],
    [
      'of somebody else',
      [
        role({ superuser: true }),
        open,
        ...kari,
        grant('superuser', { holder: { kind: 'person', id: 'p9' } }),
      ],
      'grant-missing',
    ],
    [
      'of less than is held',
      [role({ createRole: true, replication: true }), open, ...kari, grant('createRole')],
      'grant-missing',
    ],
    [
      'of more than is held',
      [role({ createRole: true, replication: true }), open, ...kari, grant('superuser')],
      'granted',
    ],
    [
      'a role that reads all data',
      [role({ memberOf: ['pg_read_all_data'] }), group('pg_read_all_data'), open, ...kari],
      'grant-missing',
    ],
    [
      'a role that monitors',
      [role({ memberOf: ['pg_monitor'] }), group('pg_monitor'), open, ...kari],
      undefined,
    ],
    [
      'a superuser by two steps',
      [
        role({ memberOf: ['ops'] }),
        group('ops', { memberOf: ['admins'] }),
        group('admins', { superuser: true }),
        open,
        ...kari,
      ],
      'grant-missing',
    ],
    [
      'whose first step was granted',
      [
        role({ memberOf: ['ops'] }),
        group('ops', { memberOf: ['admins'] }),
        group('admins', { superuser: true }),
        open,
        ...kari,
        grant('ops'),
      ],
      'granted',
    ],
    [
      'nobody’s role, whatever is granted',
      [role({ superuser: true }), open, grant('superuser')],
      'owner-missing',
    ],
    [
      'of one who has left, though the grant runs on',
      [
        role({ superuser: true }),
        open,
        made.person({ endsOn: '2026-06-01' }),
        made.owner(`${server}/kari`, 'p1'),
        grant('superuser'),
      ],
      'owner-left',
    ],
    [
      'on a host that carries no production',
      [made.host({ role: 'other' }), role({ superuser: true }), open, ...kari],
      undefined,
    ],
    [
      'a role of Hevd’s own, by the grant that comes with it',
      [
        role({ superuser: true }),
        open,
        grant('superuser', {
          holder: { kind: 'account', id: `${server}/kari` },
          approvedBy: null,
          until: null,
        }),
      ],
      'granted-built-in',
    ],
  ])('%s', (_name, facts, expected) => {
    expect(code(facts)).toBe(expected)
  })

  test('a grant that nobody uses is fine', () => {
    expect(judgedIn(world(role(), open, ...kari, grant('superuser')), privilegeGranted, parameters)).toEqual(
      {},
    )
  })
})

describe('a role that nobody can come in as is none', () => {
  const admin = role({ superuser: true })
  test.each<[string, World['facts'], boolean]>([
    ['NOLOGIN', [role({ superuser: true, canLogin: false }), open], false],
    ['no line lets it in', [admin, line(1, { users: ['other'] })], false],
    ['no line at all', [admin], false],
    ['a line of its own', [admin, line(1, { users: ['kari'] })], true],
    [
      'a group of roles it is in',
      [role({ superuser: true, memberOf: ['ops'] }), group('ops'), line(1, { users: ['+ops'] })],
      true,
    ],
    ['a group of roles it is not in', [admin, group('ops'), line(1, { users: ['+ops'] })], false],
    ['refused before it is let in', [admin, line(1, { method: 'reject' }), line(2)], false],
    [
      'refused from one network alone',
      [admin, line(1, { method: 'reject', address: '10.0.0.0/8' }), line(2)],
      true,
    ],
    ['refused after it is let in', [admin, line(1), line(2, { method: 'reject' })], true],
    [
      'refused over TCP and let in on the socket',
      [
        admin,
        line(1, { kind: 'host', method: 'reject' }),
        line(2, { kind: 'local', address: null, method: 'peer' }),
      ],
      true,
    ],
    ['no password where one is asked for', [role({ superuser: true, password: 'none' }), open], false],
    [
      'no password, and the account of the host counts',
      [
        role({ superuser: true, password: 'none' }),
        line(1, { kind: 'local', address: null, method: 'peer' }),
      ],
      true,
    ],
    ['a password that may not be seen', [role({ superuser: true, password: null }), open], true],
    ['a password that ran out', [role({ superuser: true, validUntil: 1 }), open], false],
    [
      'a password that ran out, and none is asked for',
      [role({ superuser: true, validUntil: 1 }), line(1, { method: 'cert' })],
      true,
    ],
    ['let replicate, which a superuser may', [admin, line(1, { databases: ['replication'] })], true],
    [
      'let replicate, which it may not',
      [role({ createRole: true }), line(1, { databases: ['replication'] })],
      false,
    ],
  ])('%s', (_name, facts, expected) => {
    expect(of([...facts, ...kari])?.verdict === 'fails').toBe(expected)
  })
})

describe('what was not seen is not fine', () => {
  const admin = role({ superuser: true })
  test('access rules', () => {
    const gap = { type: 'hba-rule', scope: server, state: 'needs-right', detail: 'x' } as const
    expect(of([admin, ...kari], [gap])).toMatchObject({ verdict: 'unknown' })
    expect(of([admin, open, ...kari], [gap])).toMatchObject({ verdict: 'fails' })
  })
  test('a file of rules that the server does not use', () => {
    expect(of([admin, line(1, { error: 'bad' }), ...kari])).toMatchObject({
      verdict: 'unknown',
      why: { code: 'hba-not-in-force' },
    })
  })
  test('the register of access', () => {
    const gap = { type: 'access-grant', scope: '-', state: 'failed', detail: 'x' } as const
    expect(of([admin, open, ...kari], [gap])).toMatchObject({ verdict: 'unknown' })
  })
})
