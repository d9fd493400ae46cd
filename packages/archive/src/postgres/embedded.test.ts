import { chmodSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { type Cluster, startCluster } from '@hevd/testing'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { generateKey, type KeyPair } from '../age/keys.ts'
import { initRepository, type Repository } from '../repository/repository.ts'
import { openTarget } from '../targets/open-target.ts'
import { backUpPostgres } from './back-up.ts'
import { openReplication } from './connection.ts'
import { backupCounts } from './counts.ts'
import { drillPostgres } from './drill.ts'
import { dropSlot } from './drop-slot.ts'
import type { CountLimits } from './options.ts'
import { changingOf, restedBetween } from './rest.ts'
import { openUnsealed } from './restore.ts'
import { ensureSlot, slotOf } from './slot.ts'

/** The embedded server: with it come no programs that could back it up. */
let cluster: Cluster
let folder: string
let admin: pg.Client
let repository: Repository
let key: KeyPair
const of = () => ({ repository, source: 'own', now: Date.now })
const backUp = (given: object = {}) =>
  backUpPostgres({ ...of(), url: cluster.backupUrl, recipients: [key.recipient], host: 'h', ...given })
const drill = (given: object = {}) =>
  drillPostgres({ ...of(), identities: [key.identity], scratch: join(folder, 'scratch'), ...given })

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'hevd-archive-'))
  chmodSync(folder, 0o711)
  for (const name of ['repository', 'scratch']) mkdirSync(join(folder, name), { mode: 0o711 })
  cluster = await startCluster('embedded')
  admin = new pg.Client({ connectionString: cluster.adminUrl })
  await admin.connect()
  key = await generateKey()
  const target = await openTarget({ kind: 'folder', path: join(folder, 'repository') })
  repository = await initRepository(target, 'P1D')
})
afterAll(async () => {
  await admin?.end()
  await cluster?.stop()
  rmSync(folder, { recursive: true, force: true })
})

test('it is backed up and drilled', async () => {
  await backUp()
  const { outcome, reason, files } = await drill()
  expect({ outcome, reason }).toEqual({ outcome: 'passed', reason: null })
  expect(files).toBeGreaterThan(900)
})

test('a backup and the archiving beside it come to one slot, however they meet; dropping it again is nothing', async () => {
  const own = { source: 'slots', url: cluster.backupUrl }
  const connections = await Promise.all([1, 2, 3].map(() => openReplication(own.url)))
  const kept = await Promise.all(connections.map((each) => ensureSlot(each, slotOf(own))))
  for (const each of connections) each.close()
  expect(new Set(kept.map(({ restartLsn }) => restartLsn)).size).toBe(1)
  const slots = async () =>
    (await admin.query('select from pg_replication_slots where slot_name = $1', [slotOf(own)])).rowCount
  expect(await slots()).toBe(1)
  await dropSlot(own)
  await dropSlot(own)
  expect(await slots()).toBe(0)
})

describe('rows', () => {
  beforeAll(async () => {
    await admin.query(
      `create table orders as select n as id, md5(n::text) as text from generate_series(1, 1000) n`,
    )
    await admin.query(`create table parts as select n as id from generate_series(1, 100) n`)
  })

  test('are counted once where nothing was changed meanwhile, and again where something was or may be', async () => {
    const change = `update orders set text = text where id = 1`
    const rest = async (act: () => Promise<unknown>) => {
      const before = await changingOf(cluster.backupUrl)
      await act()
      return restedBetween(before, await changingOf(cluster.backupUrl))
    }
    const counted = async () => {
      const steps: string[] = []
      await backUp({ progress: (step: string) => steps.push(step) })
      return steps.filter((step, at) => step === 'counting' && steps[at - 1] !== step).length
    }
    expect(await rest(() => admin.query('select count(*) from orders'))).toBe(true)
    expect(await counted()).toBe(1)
    expect(await rest(() => admin.query(change))).toBe(false)
    // What is not committed has changed nothing yet, unless others have come after it.
    await admin.query(`begin; ${change}`)
    expect(await rest(async () => {})).toBe(true)
    expect(await rest(() => admin.query('commit'))).toBe(false)
    const other = new pg.Client({ connectionString: cluster.adminUrl })
    await other.connect()
    await other.query('begin; delete from parts where id = 100')
    await admin.query(change)
    expect(await counted()).toBe(2)
    expect(await rest(() => other.query('commit'))).toBe(false)
    await other.end()
    expect(await counted()).toBe(1)
  })

  test('are not counted where they are too many, and the drill compares the others', async () => {
    const limited = async (counts: Partial<CountLimits>) => {
      const made = await backUp({ counts })
      const file = openUnsealed({ repository, identities: [key.identity] }, made, 'counts.json.zst.age')
      const { databases, unread } = backupCounts.parse(JSON.parse(await text(file)))
      const named = databases.flatMap(({ tables }) => tables.map(({ name }) => name))
      return { made, named, unread: unread.map(({ name }) => name) }
    }
    const both = ['postgres.public.orders', 'postgres.public.parts']
    expect(await limited({ countUpTo: 0 })).toMatchObject({ named: [], unread: both })
    const { made, named, unread } = await limited({ countUpTo: 64 * 1024 })
    expect({ named, unread }).toEqual({ named: ['parts'], unread: [both[0]] })
    expect(await drill({ backupId: made.id })).toMatchObject({ outcome: 'passed', tables: 1, rows: 99 })
  })
})
