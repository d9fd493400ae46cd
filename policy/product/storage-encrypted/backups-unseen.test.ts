import {
  backupPlans,
  backupRecipients,
  backups,
  hosts,
  postgresServers,
  recipientHolders,
  type Said,
} from '@hevd/facts'
import { describe, expect, test } from 'vitest'
import { made } from '../../made.ts'
import { judgedIn, noon, type World } from '../../world.ts'
import {
  age,
  backup,
  day,
  drill,
  hour,
  log,
  otherDigest,
  plan,
  reads,
  record,
  server,
  source,
  world,
} from './backups.fixture.ts'
import { backupsKept } from './backups-kept.ts'
import { backupsMade } from './backups-made.ts'
import { databasesPlanned } from './databases-planned.ts'
import { readersKnown } from './readers-known.ts'
import { restoresDrilled } from './restores-drilled.ts'

describe('what was not seen is not fine', () => {
  const away = (type: { readonly name: string }, ...facts: readonly Said[]): World => ({
    ...world(...facts),
    unseen: [{ type: type.name, scope: 'h1', state: 'failed', detail: 'target-unreachable' }],
  })
  const unknown = { verdict: 'unknown', why: { code: 'unseen-failed' } }
  const behind = { logBehindAtMost: 'PT1H' }

  test('while the repository cannot be reached nobody knows of newer backups, nor whether they are there', () => {
    const facts = [plan(), source(), log(), record()]
    for (const startedAt of [noon - hour, noon - 9 * day])
      expect(
        judgedIn(away(backups, ...facts, backup({ startedAt })), backupsMade, behind)['h1/shop'],
      ).toMatchObject(unknown)
    const kept = { backupsKeptAtLeast: 'P30D' }
    for (const there of [[backup()], []])
      expect(judgedIn(away(backups, ...facts, ...there), backupsKept, kept)['h1/shop/b1']).toMatchObject(
        unknown,
      )
  })
  test('a change that was seen is not excused by that', () => {
    const world = away(backups, plan(), source(), record(), backup({ digest: otherDigest }))
    expect(judgedIn(world, backupsKept, { backupsKeptAtLeast: 'P30D' })['h1/shop/b1']).toMatchObject({
      why: { code: 'backup-changed' },
    })
  })
  test('a database may be in the plan of a host that nobody hears', () => {
    const silent = {
      ...world(made.host(), made.host({ id: 'h2' }), server()),
      seen: [hosts, postgresServers],
    }
    const unseen = [{ type: backupPlans.name, scope: 'h1', state: 'complete' as const, detail: '' }]
    expect(judgedIn({ ...silent, unseen }, databasesPlanned)['h1/5432']).toMatchObject({
      verdict: 'unknown',
      why: { code: 'unseen-never-connected' },
    })
  })
  test('a register of recipients that cannot be read, or that is not there, accuses nobody', () => {
    const unread = [{ type: recipientHolders.name, scope: '-', state: 'failed' as const, detail: 'x' }]
    expect(judgedIn({ ...world(reads()), unseen: unread }, readersKnown)[age]).toMatchObject(unknown)
    const alone = { facts: [reads()], seen: [backupRecipients], scopes: ['h1'] }
    expect(judgedIn(alone, readersKnown)[age]).toMatchObject({ why: { code: 'unseen-never-connected' } })
  })
})

test('a drill that came late is late for ever', () => {
  const facts = [source({ firstSeenAt: noon - 120 * day }), drill({ endedAt: noon - day })]
  expect(judgedIn(world(...facts), restoresDrilled, { restoreEvery: 'P3M' })['h1/shop']).toMatchObject({
    verdict: 'holds',
    occurrences: [{ state: 'late' }, { state: 'open' }],
  })
})
