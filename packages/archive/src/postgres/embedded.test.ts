import { chmodSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Cluster, startCluster } from '@hevd/testing'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { generateKey } from '../age/keys.ts'
import { initRepository } from '../repository/repository.ts'
import { openTarget } from '../targets/open-target.ts'
import { backUpPostgres } from './back-up.ts'
import { openReplication } from './connection.ts'
import { drillPostgres } from './drill.ts'
import { dropSlot } from './drop-slot.ts'
import { ensureSlot, slotOf } from './slot.ts'

/** The embedded server: with it come no programs that could back it up. */
let cluster: Cluster
let folder: string
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'hevd-archive-'))
  chmodSync(folder, 0o711)
  for (const name of ['repository', 'scratch']) mkdirSync(join(folder, name), { mode: 0o711 })
  cluster = await startCluster('embedded')
})
afterAll(async () => {
  await cluster?.stop()
  rmSync(folder, { recursive: true, force: true })
})

test('it is backed up and drilled', async () => {
  const { recipient, identity } = await generateKey()
  const target = await openTarget({ kind: 'folder', path: join(folder, 'repository') })
  const repository = await initRepository(target, 'P1D')
  const of = { repository, source: 'own', now: Date.now }
  await backUpPostgres({ ...of, url: cluster.backupUrl, recipients: [recipient], host: 'h' })
  const { outcome, reason, files } = await drillPostgres({
    ...{ ...of, identities: [identity], scratch: join(folder, 'scratch') },
  })
  expect({ outcome, reason }).toEqual({ outcome: 'passed', reason: null })
  expect(files).toBeGreaterThan(900)
})

test('a backup and the archiving beside it come to one slot, however they meet; dropping it again is nothing', async () => {
  const own = { source: 'slots', url: cluster.backupUrl }
  const connections = await Promise.all([1, 2, 3].map(() => openReplication(own.url)))
  const kept = await Promise.all(connections.map((each) => ensureSlot(each, slotOf(own))))
  for (const each of connections) each.close()
  expect(new Set(kept.map(({ restartLsn }) => restartLsn)).size).toBe(1)
  const admin = new pg.Client({ connectionString: cluster.adminUrl })
  await admin.connect()
  const slots = async () =>
    (await admin.query('select from pg_replication_slots where slot_name = $1', [slotOf(own)])).rowCount
  expect(await slots()).toBe(1)
  await dropSlot(own)
  await dropSlot(own)
  expect(await slots()).toBe(0)
  await admin.end()
})
