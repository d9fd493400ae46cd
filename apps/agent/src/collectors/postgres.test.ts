import { execFileSync, spawn } from 'node:child_process'
import { appendFileSync } from 'node:fs'
import { hbaRules, postgresConnections, postgresRoles, postgresServers } from '@hevd/facts'
import { expect, onTestFinished, test } from 'vitest'
import { collectOnce } from '../collect-once.ts'
import { lookAtNothingElse } from '../config.ts'
import { firstSeenInMemory } from '../first-seen.ts'
import { hostAccess } from '../host/access.ts'
import { localHostAccess } from '../host/local.ts'
import { rulesOf } from '../postgres/hba.ts'
import { parseUnixTable } from '../postgres/places.ts'
import { cleansUpBy } from '../testdata/at-end.ts'
import { folderWith } from '../testdata/folder.ts'
import { lookInside } from '../testdata/look-inside.ts'
import { realPostgres } from '../testdata/real-postgres.ts'
import { freePort } from '../testdata/real-sshd.ts'
import { spooled } from '../testdata/spooled.ts'
import { postgresCollector } from './postgres.ts'

cleansUpBy(onTestFinished)

/** What the collector says of one server; others may run on this machine. */
async function look(server: string, postgres: readonly string[] = []) {
  const access = localHostAccess({
    host: { id: 'h1', name: 'here' },
    look: { ...lookAtNothingElse, postgres },
  })
  const { facts, coverage } = await collectOnce(access, [postgresCollector])
  return {
    servers: facts.flatMap(({ type, value }) =>
      type === postgresServers.name ? postgresServers.parse(value) : [],
    ),
    roles: facts
      .flatMap(({ type, value }) => (type === postgresRoles.name ? postgresRoles.parse(value) : []))
      .filter((role) => role.server === server),
    rules: facts
      .flatMap(({ type, value }) => (type === hbaRules.name ? hbaRules.parse(value) : []))
      .filter((rule) => rule.server === server),
    connections: facts
      .flatMap(({ type, value }) =>
        type === postgresConnections.name ? postgresConnections.parse(value) : [],
      )
      .filter((one) => one.server === server),
    gaps: coverage.filter(({ scope, state }) => scope === server && state !== 'complete'),
    covered: coverage.filter(({ scope }) => scope === server).length,
  }
}

test('as root, a server is asked through its local socket as its own account', async () => {
  const server = await realPostgres({
    ssl: true,
    hba: [
      'local all all peer',
      'host all all 127.0.0.1/32 scram-sha-256',
      'host all app 10.0.0.0 255.0.0.0 md5',
      'hostssl replication all ::/0 cert',
      'hostnossl all all all reject',
    ],
  })
  await server.sql(`create role app login password 'x' valid until '2030-01-01 00:00:00+00'`)
  await server.sql(`create role auditor nologin; grant pg_monitor to auditor; grant auditor to app`)
  appendFileSync((await server.sql('show hba_file')).trim(), 'host all all nonsense-method\n')
  const id = `h1/${server.port}`
  const seen = await look(id)
  expect(seen.gaps).toEqual([])
  expect(seen.servers).toContainEqual({
    id,
    host: 'h1',
    version: expect.stringMatching(/^\d+\.\d+$/),
    ssl: true,
    sslMinimumVersion: 'TLSv1.2',
    passwordEncryption: 'scram-sha-256',
    listenAddresses: ['127.0.0.1'],
    dataChecksums: false,
    system: expect.stringMatching(/^\d{15,20}$/),
  })
  expect(seen.roles).toContainEqual({
    server: id,
    name: 'app',
    canLogin: true,
    superuser: false,
    createRole: false,
    createDatabase: false,
    replication: false,
    bypassRls: false,
    password: 'scram-sha-256',
    validUntil: Date.parse('2030-01-01T00:00:00Z'),
    memberOf: ['auditor'],
  })
  expect(seen.roles.find(({ name }) => name === 'postgres')).toMatchObject({
    superuser: true,
    password: 'none',
  })
  expect(JSON.stringify(seen)).not.toContain('SCRAM-SHA-256$')
  expect(seen.rules).toMatchObject([
    { line: 1, kind: 'local', address: null, loopback: false, method: 'peer', error: null },
    { line: 2, kind: 'host', address: '127.0.0.1/32', loopback: true },
    { line: 3, kind: 'host', users: ['app'], address: '10.0.0.0/8', loopback: false, method: 'md5' },
    {
      line: 4,
      kind: 'hostssl',
      databases: ['replication'],
      address: '::/0',
      loopback: false,
      method: 'cert',
    },
    { line: 5, kind: 'hostnossl', address: 'all', loopback: false, method: 'reject' },
    { line: 6, error: expect.stringMatching(/./) },
  ])
})

test('a role of the agent’s own is told which grants it lacks, and they are enough', async () => {
  const server = await realPostgres({ ssl: false })
  await server.sql(`create role "look-er" login password 'secret'`)
  const id = `h1/${server.port}`
  const url = `postgresql://look-er:secret@localhost:${server.port}/postgres`
  const before = await look(id, [url])
  expect(before.gaps.filter(({ state }) => state === 'failed')).toEqual([])
  expect(before.servers.map((one) => one.id)).toContain(id)
  expect(before.roles.find(({ name }) => name === 'look-er')).toMatchObject({
    canLogin: true,
    password: null,
  })
  expect(before.gaps).toEqual([
    {
      type: 'postgres-server',
      scope: id,
      state: 'needs-right',
      detail: 'GRANT pg_read_all_settings TO "look-er"',
    },
    {
      type: 'hba-rule',
      scope: id,
      state: 'needs-right',
      detail:
        'GRANT SELECT ON pg_hba_file_rules TO "look-er"; GRANT EXECUTE ON FUNCTION pg_hba_file_rules() TO "look-er"',
    },
    {
      type: 'postgres-connections',
      scope: id,
      state: 'needs-right',
      detail: 'GRANT pg_read_all_stats TO "look-er"',
    },
    {
      type: 'postgres-directory',
      scope: id,
      state: 'needs-right',
      detail: 'GRANT pg_read_all_settings TO "look-er"',
    },
  ])
  for (const { detail } of before.gaps) await server.sql(detail)
  const after = await look(id, [url])
  expect(after.gaps).toEqual([])
  expect(after.rules.length).toBeGreaterThan(0)
  await server.sql(`alter role "look-er" password 'changed'`)
  const shut = await look(id, [url])
  expect(shut.gaps).toHaveLength(5)
  expect(shut.gaps[0]).toMatchObject({
    state: 'failed',
    detail: expect.stringContaining('authentication failed'),
  })
  expect(JSON.stringify(shut)).not.toContain('secret')
})

test('an ordinary user finds the server and is told what it needs to ask it', async () => {
  const server = await realPostgres({ ssl: false })
  const { facts, coverage } = await lookInside({}, { collector: 'postgres', ordinary: true })
  const own = coverage.filter(({ scope }) => scope === `h1/${server.port}`)
  expect(own).toHaveLength(5)
  expect(own[0]?.state).toBe('needs-right')
  expect(own[0]?.detail).toContain(`@localhost:${server.port}/postgres`)
  expect(JSON.stringify(facts)).not.toContain(`h1/${server.port}`)
})

test('open connections from another machine, encrypted and not; those of this host are not among them', async () => {
  const [name, near, far] = [`hevd${process.pid}`, '10.213.7.1', '10.213.7.2']
  const ip = (...args: string[]) => execFileSync('ip', args, { stdio: 'pipe' })
  ip('netns', 'add', name)
  onTestFinished(() => {
    ip('netns', 'delete', name)
  })
  ip('link', 'add', `${name}a`, 'type', 'veth', 'peer', 'name', `${name}b`)
  ip('link', 'set', `${name}b`, 'netns', name)
  ip('address', 'add', `${near}/30`, 'dev', `${name}a`)
  ip('link', 'set', `${name}a`, 'up')
  ip('-n', name, 'address', 'add', `${far}/30`, 'dev', `${name}b`)
  ip('-n', name, 'link', 'set', `${name}b`, 'up')
  const hba = ['local all all peer', `host all all ${far}/32 trust`, `host all all ${near}/32 trust`]
  const server = await realPostgres({ ssl: true, addresses: near, hba })
  const id = `h1/${server.port}`
  await server.sql('create role app login')
  const connect = (mode: string, through: readonly string[]) => {
    const target = `host=${near} port=${server.port} user=app dbname=postgres sslmode=${mode}`
    const [command = '', ...args] = [...through, 'psql', '-X', target, '-c', 'select pg_sleep(600)']
    const child = spawn(command, args, { stdio: 'ignore' })
    onTestFinished(() => {
      child.kill('SIGKILL')
    })
  }
  const there = ['ip', 'netns', 'exec', name]
  connect('disable', there)
  connect('require', there)
  connect('require', there)
  connect('disable', [])
  while ((await server.sql(`select count(*) from pg_stat_activity where usename = 'app'`)).trim() !== '4');
  const { connections, gaps } = await look(id)
  expect(gaps).toEqual([])
  expect(connections.toSorted((a, b) => a.count - b.count)).toEqual([
    { server: id, role: 'app', encrypted: false, count: 1 },
    { server: id, role: 'app', encrypted: true, count: 2 },
  ])
})

test('a server that is down stays as it was last seen; one whose cluster was dropped is gone', async () => {
  const server = await realPostgres({ ssl: false })
  const look = spooled(postgresCollector)
  const id = `h1/${server.port}`
  const { facts, coverage } = await look(id)
  expect(facts.map(({ type }) => type)).toContain(postgresServers.name)
  expect(coverage).toMatchObject(Array.from({ length: 5 }, () => ({ state: 'complete' })))
  await server.stop()
  for (const _look of ['once', 'and again']) {
    const down = await look(id)
    expect(down.facts).toEqual(facts)
    expect(down.coverage).toMatchObject(
      Array.from({ length: 5 }, () => ({
        state: 'failed',
        detail: expect.stringMatching(/^it is not running, but \/.* is there$/),
      })),
    )
  }
  await server.start()
  expect(await look(id)).toEqual({ facts, coverage })
  await server.stop()
  server.drop()
  expect(await look(id)).toEqual({ facts: [], coverage: [] })
  expect((await look('h1')).coverage).toMatchObject(Array.from({ length: 5 }, () => ({ state: 'complete' })))
})

test('a server that was given another port is not missed at the old one', async () => {
  const server = await realPostgres({ ssl: false })
  const look = spooled(postgresCollector)
  expect((await look(`h1/${server.port}`)).facts).not.toEqual([])
  const port = await freePort()
  await server.sql(`alter system set port = ${port}`)
  await server.stop()
  await server.start()
  expect((await look(`h1/${port}`)).facts).not.toEqual([])
  expect(await look(`h1/${server.port}`)).toEqual({ facts: [], coverage: [] })
})

test('where there are no tables of sockets the host was not looked at whole, so that nothing ends', async () => {
  const access = hostAccess({
    host: { id: 'h1', name: 'here' },
    root: folderWith().path,
    isRoot: true,
    kernel: { release: '', version: '' },
    firstSeen: firstSeenInMemory(),
    now: () => 0,
  })
  expect((await collectOnce(access, [postgresCollector])).coverage).toMatchObject(
    Array.from({ length: 5 }, () => ({ scope: 'h1', state: 'failed' })),
  )
})

test('listening sockets of PostgreSQL in the kernel’s table', () => {
  const table = `Num       RefCount Protocol Flags    Type St Inode Path
0000000000000000: 00000002 00000000 00010000 0001 01 12345 /run/postgresql/.s.PGSQL.5432
0000000000000000: 00000003 00000000 00000000 0001 03 12346 /run/postgresql/.s.PGSQL.5432
0000000000000000: 00000002 00000000 00010000 0001 01 12347 @/tmp/.X11-unix/X0
0000000000000000: 00000002 00000000 00010000 0001 01 12348 /srv/a folder/.s.PGSQL.5433
`
  expect(parseUnixTable(table)).toEqual([
    { folder: '/run/postgresql', port: 5432 },
    { folder: '/srv/a folder', port: 5433 },
  ])
})

test.each([
  ['127.0.0.0', '255.0.0.0', '127.0.0.0/8', true],
  ['127.0.0.1', '255.255.255.255', '127.0.0.1/32', true],
  ['0.0.0.0', '0.0.0.0', '0.0.0.0/0', false],
  ['126.0.0.0', '254.0.0.0', '126.0.0.0/7', false],
  ['::1', 'ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff', '::1/128', true],
  ['::', '::', '::/0', false],
  ['fe80::', 'ffc0::', 'fe80::/10', false],
  ['samehost', null, 'samehost', true],
  ['samenet', null, 'samenet', false],
  ['db.example.org', null, 'db.example.org', false],
])('the network %s %s is %s', (address, netmask, network, loopback) => {
  const row = {
    line_number: 1,
    type: 'host' as const,
    database: ['all'],
    user_name: ['all'],
    address,
    netmask,
  }
  expect(rulesOf('s', [{ ...row, auth_method: 'md5', error: null }])).toMatchObject([
    { address: network, loopback },
  ])
})
