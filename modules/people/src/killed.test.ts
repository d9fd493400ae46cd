import { spawn } from 'node:child_process'
import { randomInt } from 'node:crypto'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { feedsMigrations } from '@hevd/feeds'
import { createLedger, ledgerMigrations, verifyLedger } from '@hevd/ledger'
import { addOrganisation, type ThrowawayDatabase, throwawayDatabase } from '@hevd/testing'
import { sql } from 'kysely'
import { pino } from 'pino'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { peopleMigrations } from './index.ts'

const importer = join(import.meta.dirname, 'testdata', 'importer.ts')
const people = 2000
let target: ThrowawayDatabase
let home: string

beforeAll(async () => {
  target = await throwawayDatabase([
    { name: 'ledger', directory: ledgerMigrations },
    { name: 'feeds', directory: feedsMigrations },
    { name: 'people', directory: peopleMigrations },
  ])
  home = await mkdtemp(join(tmpdir(), 'hevd-people-'))
})
afterAll(async () => {
  await target.drop()
  await rm(home, { recursive: true })
})

/** Runs an import and kills it so many milliseconds after it began; whether it was acknowledged before. */
async function importAndKill(organisation: string, after: number): Promise<boolean> {
  const child = spawn(process.execPath, [importer, target.runtimeUrl, home, organisation, String(people)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const ended = once(child, 'close')
  let output = ''
  child.stdout.on('data', (chunk: Buffer) => {
    output += chunk.toString()
  })
  while (!output.includes('begun') && child.exitCode === null) await sleep(2)
  await sleep(after)
  child.kill('SIGKILL')
  await ended
  expect(child.signalCode).toBe('SIGKILL')
  return output.includes('imported')
}

/** What there is of an import in the register, among the facts, and in the log with what is sealed there. */
const counts = (organisation: string) =>
  target.db.transaction(organisation, async (tx) => {
    const { rows } = await sql<Record<'people' | 'facts' | 'entries' | 'sealed', number>>`
      select (select count(*) from people.person) as people,
        (select count(*) from feeds.fact where type = 'person') as facts,
        (select count(*) from ledger.outbox where kind = 'person-added')
          + (select count(*) from ledger.entry where kind = 'person-added') as entries,
        (select count(*) from ledger.sealed) as sealed`.execute(tx)
    return rows[0]
  })

test('an import that is killed at any moment is there whole, in the log too, or not at all', async () => {
  const organisations: string[] = []
  const seen = new Set<number>()
  for (let longest = 100; seen.size < 2 || organisations.length < 8; longest += 200) {
    const organisation = await addOrganisation(target.db)
    organisations.push(organisation)
    const acknowledged = await importAndKill(organisation, randomInt(longest))
    const found = await counts(organisation)
    const whole = found?.people ?? 0
    expect(acknowledged ? [people] : [0, people]).toContain(whole)
    expect(found).toEqual({ people: whole, facts: whole, entries: whole, sealed: whole })
    seen.add(whole)
  }
  const ledger = createLedger({
    db: target.db,
    clock: { now: Date.now },
    home,
    logger: pino({ level: 'silent' }),
  })
  for (const organisation of organisations) {
    await ledger.open(organisation)
    await ledger.settle(organisation)
    expect(await verifyLedger({ db: target.db, home }, organisation)).toMatchObject({ kind: 'sound' })
  }
  await ledger.stop()
}, 600_000)
