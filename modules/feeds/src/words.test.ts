import { type Coverage, canonicalJson } from '@hevd/core'
import { accounts, hosts, type Said } from '@hevd/facts'
import type { Tx } from '@hevd/postgres'
import {
  addOrganisation,
  type TestClock,
  type ThrowawayDatabase,
  testClock,
  throwawayDatabase,
} from '@hevd/testing'
import fc from 'fast-check'
import pg from 'pg'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { createFeeds, type Feeds, feedsMigrations, type Report } from './index.ts'
import { account, declared, Speaker, silent, whole } from './testdata/world.ts'

let target: ThrowawayDatabase
let organisation: string
let clock: TestClock
let feeds: Feeds
const web = 'web-1'

beforeAll(async () => {
  target = await throwawayDatabase([{ name: 'feeds', directory: feedsMigrations }])
})
afterAll(() => target.drop())
beforeEach(async () => {
  organisation = await addOrganisation(target.db)
  clock = testClock('2026-06-01T12:00:00Z')
  feeds = createFeeds({ db: target.db, clock, logger: silent, record: async () => {} })
})

const inside = <T>(run: (tx: Tx) => Promise<T>) => target.db.transaction(organisation, run)
const standing = async (host: string) => {
  const [reading] = await inside((tx) => feeds.read(tx, organisation, [accounts.ofHost(host)]))
  return (reading?.facts ?? []).map(({ value }) => canonicalJson(value)).sort()
}

/** Where a message is lost: on its way, or its answer is; or one of long ago comes again. */
const fate = fc.constantFrom('arrives', 'arrives', 'lost', 'answer-lost', 'old-one-again')
const step = fc.record({
  put: fc.array(fc.tuple(fc.constantFrom('ada', 'bo', 'cy', 'di'), fc.nat(3)), { maxLength: 3 }),
  gone: fc.array(fc.constantFrom('ada', 'bo', 'cy', 'di'), { maxLength: 2 }),
  restarts: fc.boolean(),
  fate,
})

const isHeartbeat = ({ kind, put, gone, coverage }: Report) =>
  kind === 'difference' && put.length + gone.length === 0 && coverage === null

test('whatever is lost, doubled or begun anew, what stands in the end is what was said', async () => {
  let run = 0
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 8 }), async (steps) => {
      run += 1
      const host = `h${run}`
      const agent = new Speaker(host)
      const now = new Map<string, Said>()
      let spool: Report[] = [agent.full([], clock.now())]
      const sent: Report[] = []
      const deliver = async () => {
        const answers = await feeds.take(organisation, host, spool)
        sent.push(...spool)
        return answers.some(({ state }) => state === 'wants-full')
      }
      const settle = async () => {
        if (await deliver()) spool = [agent.full([...now.values()], clock.now())]
        else spool = []
      }
      for (const { put, gone, restarts, fate: happens } of steps) {
        clock.advance(1000)
        const puts = new Map(put.map(([name, uid]) => [name, account(host, name, uid)]))
        for (const [name, fact] of puts) now.set(name, fact)
        const leaves = gone.filter((name) => !puts.has(name) && now.delete(name))
        if (restarts && happens === 'lost') {
          agent.sequence = 0
          spool = [agent.full([...now.values()], clock.now())]
        } else {
          const goners = [...new Set(leaves)].map((name) => account(host, name))
          const last = spool.at(-1)
          // A heartbeat that waits is made newer, whether or not it was sent.
          if (last !== undefined && isHeartbeat(last) && puts.size + goners.length === 0)
            spool = [...spool.slice(0, -1), { ...last, observedAt: clock.now() }]
          else spool.push(agent.difference([...puts.values()], goners, clock.now()))
        }
        if (happens === 'arrives') await settle()
        if (happens === 'answer-lost') await deliver()
        if (happens === 'lost') spool.splice(0, 1)
        const [old] = sent
        if (happens === 'old-one-again' && old !== undefined) await feeds.take(organisation, host, [old])
      }
      for (let rounds = 0; spool.length > 0 && rounds < 3; rounds += 1) await settle()
      spool = [agent.heartbeat(clock.now())]
      for (let rounds = 0; spool.length > 0 && rounds < 3; rounds += 1) await settle()
      expect(await standing(host)).toEqual([...now.values()].map(({ value }) => canonicalJson(value)).sort())
    }),
    { numRuns: 30 },
  )
})

test('a report that is cut off in the middle leaves nothing of it, and it can be sent again', async () => {
  const agent = new Speaker(web)
  const report = agent.full(
    Array.from({ length: 2000 }, (_, i) => account(web, `u${i}`, i)),
    clock.now(),
  )
  const admin = new pg.Client({ connectionString: target.adminUrl })
  await admin.connect()
  await admin.query('begin; lock table feeds.touched in exclusive mode')
  const taking = feeds.take(organisation, web, [report]).catch(() => 'died')
  let cut = 0
  for (let looks = 0; cut === 0 && looks < 10_000; looks += 1) {
    const { rowCount } = await admin.query(`
      select pg_terminate_backend(pid) from pg_locks join pg_stat_activity using (pid)
        where not granted and datname = current_database()`)
    cut = rowCount ?? 0
  }
  await taking
  await admin.query('rollback')
  await admin.end()
  expect(await taking).toBe('died')
  expect(await standing(web)).toEqual([])
  expect(await feeds.list(organisation)).toEqual([])
  expect(await feeds.take(organisation, web, [report])).toMatchObject([{ state: 'taken' }])
  expect(await standing(web)).toHaveLength(2000)
})

describe('a report is refused, remembered with its remedy, and forgotten when one is taken', () => {
  const agent = () => new Speaker(web)
  const wide = {
    type: 'account',
    value: { ...(account(web, 'a').value as object), home: 'x'.repeat(70_000) },
  }
  const server = (id: string, host: string): Said => ({
    type: 'postgres-server',
    value: {
      id,
      host,
      version: '15',
      ssl: true,
      sslMinimumVersion: 'TLSv1.2',
      passwordEncryption: 'scram-sha-256',
      listenAddresses: [],
      dataChecksums: true,
    },
  })
  const said = (facts: readonly Said[], covers: readonly Coverage[] = []) => ({
    ...agent().full([], clock.now(), covers),
    put: [...facts],
  })
  test.each<[string, () => Report, string]>([
    ['an unknown type', () => said([{ type: 'colour', value: 1 }]), 'colour'],
    ['no value of the type', () => said([{ type: 'account', value: { host: web } }]), 'name'],
    ['another host', () => said([account('web-2', 'ada')]), 'web-2'],
    ['a host whose name begins alike', () => said([account('web-10', 'ada')]), 'web-10'],
    ['a server that says it is on another host', () => said([server(`${web}/5432`, 'web-2')]), web],
    ['a server of another host', () => said([server('web-2/5432', web)]), 'web-2/5432'],
    ['a register of ours', () => said([declared(web)]), hosts.name],
    ['coverage of another host', () => said([], [whole('account', 'web-2')]), 'web-2'],
    ['coverage of everything', () => said([], [whole('tls-endpoint', '-')]), 'tls-endpoint'],
    ['coverage of an unknown type', () => said([], [whole('colour', web)]), 'colour'],
    ['a fact twice', () => said([account(web, 'ada'), account(web, 'ada', 2)]), 'ada'],
    ['an absurdly large fact', () => said([wide]), '65536'],
    ['an absurdly long key', () => said([account(web, 'x'.repeat(2000))]), '1000'],
    ['NUL', () => said([account(web, 'a\0b')]), 'NUL'],
    ['half a character', () => said([account(web, 'a\ud800')]), 'NUL'],
    ['NUL in a key that is gone', () => ({ ...said([]), gone: [{ type: 'account', key: '\0' }] }), 'NUL'],
    ['no interval', () => ({ ...said([]), interval: 'P1M' }), 'P1M'],
    ['a nervous interval', () => ({ ...said([]), interval: 'PT0.001S' }), 'PT0.001S'],
  ])('%s', async (_what, report, word) => {
    const [answer] = await feeds.take(organisation, web, [report()])
    expect(answer?.state).toBe('refused')
    expect(answer?.why).toContain(word)
    expect(await standing(web)).toEqual([])
    const [feed] = await feeds.list(organisation)
    expect(feed?.state).toBe('never-connected')
    expect(feed?.lastError?.words.nb).toContain(word)
    expect(feed?.lastError?.remedy.nb).not.toBe('')
    const good = agent().full([account(web, 'ada')], clock.now())
    expect(await feeds.take(organisation, web, [good])).toMatchObject([{ state: 'taken' }])
    expect((await feeds.list(organisation))[0]?.lastError).toBeNull()
  })

  test('a TLS end point may be anywhere, and a backslash before u0000 is only text', async () => {
    const report = agent().full([account(web, 'a\\u0000')], clock.now(), [
      whole('tls-endpoint', 'example.no:443'),
    ])
    expect(await feeds.take(organisation, web, [report])).toMatchObject([{ state: 'taken' }])
    expect(await standing(web)).toHaveLength(1)
  })
})

describe('a register', () => {
  const register = { name: 'hosts', title: { nb: 'Verter', en: 'Hosts' }, types: [hosts.name] }
  const read = () => inside((tx) => feeds.read(tx, organisation, [hosts.byKey('a')]))

  test('is complete from the start, and its facts come and go with the caller’s transaction', async () => {
    expect((await read())[0]?.unseen).toMatchObject([{ code: 'never-connected' }])
    await inside((tx) => feeds.openRegister(tx, organisation, register))
    expect(await read()).toEqual([{ facts: [], unseen: [] }])
    const rolledBack = inside(async (tx) => {
      await feeds.put(tx, organisation, 'hosts', [declared('a')])
      throw new Error('rolled back')
    })
    await expect(rolledBack).rejects.toThrow('rolled back')
    expect((await read())[0]?.facts).toEqual([])
    await inside((tx) => feeds.put(tx, organisation, 'hosts', [declared('a')]))
    expect((await read())[0]?.facts).toMatchObject([{ feed: 'register/hosts', observedAt: clock.now() }])
    await inside((tx) => feeds.remove(tx, organisation, 'hosts', [{ type: hosts.name, key: 'a' }]))
    expect((await read())[0]?.facts).toEqual([])
    clock.advance(365 * 24 * 3_600_000)
    expect((await read())[0]?.unseen).toEqual([])
  })

  test('put by many at once keeps one version of each fact, and its look-ups', async () => {
    await inside((tx) => feeds.openRegister(tx, organisation, register))
    await Promise.all(
      Array.from({ length: 8 }, () => inside((tx) => feeds.put(tx, organisation, 'hosts', [declared('a')]))),
    )
    expect((await read())[0]?.facts).toHaveLength(1)
    const listed = await feeds.list(organisation)
    expect(listed.find(({ kind }) => kind === 'register')?.facts).toBe(1)
  })

  test('that is not open, and what is no fact, are named', async () => {
    await expect(inside((tx) => feeds.put(tx, organisation, 'none', []))).rejects.toMatchObject({
      code: 'no-such-register',
    })
    await inside((tx) => feeds.openRegister(tx, organisation, register))
    const wrong = inside((tx) => feeds.put(tx, organisation, 'hosts', [{ type: 'host', value: {} }]))
    await expect(wrong).rejects.toMatchObject({ code: 'not-a-fact' })
  })

  test('a declared host that never reported is listed apart', async () => {
    await inside(async (tx) => {
      await feeds.openRegister(tx, organisation, register)
      await feeds.put(tx, organisation, 'hosts', [declared('a')])
    })
    expect(await feeds.list(organisation)).toMatchObject([
      { name: 'a/agent', state: 'never-connected', host: { id: 'a', name: 'a' } },
      { name: 'register/hosts', state: 'fresh', kind: 'register' },
    ])
  })
})
