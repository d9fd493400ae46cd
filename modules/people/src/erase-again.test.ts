import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createFeeds, feedsMigrations } from '@hevd/feeds'
import { createApp } from '@hevd/http'
import { createLedger, ledgerMigrations } from '@hevd/ledger'
import { addOrganisation, testClock, throwawayDatabase } from '@hevd/testing'
import { sql } from 'kysely'
import { pino } from 'pino'
import { expect, onTestFinished, test } from 'vitest'
import { createPeople, peopleMigrations } from './index.ts'

test('whoever is back after a restore, although they were erased, is to be erased again', async () => {
  const target = await throwawayDatabase([
    { name: 'ledger', directory: ledgerMigrations },
    { name: 'feeds', directory: feedsMigrations },
    { name: 'people', directory: peopleMigrations },
  ])
  const home = await mkdtemp(join(tmpdir(), 'hevd-people-'))
  const { db } = target
  const clock = testClock('2026-06-15T12:00:00Z')
  const logger = pino({ level: 'silent' })
  const ledger = createLedger({ db, clock, home, logger })
  onTestFinished(async () => {
    await ledger.stop()
    await target.drop()
    await rm(home, { recursive: true })
  })
  const organisation = await addOrganisation(db)
  await ledger.open(organisation)
  const feeds = createFeeds({ db, clock, logger, record: ledger.record })
  const people = createPeople({ db, clock, feeds, ledger, names: async () => new Map() })
  const app = await createApp({
    ...{
      logger,
      tls: null,
      bodyLimit: 100_000,
      callsPerMinute: 100_000,
      fallbackLocale: 'nb',
      version: '0.0.0',
    },
    authenticate: async () => ({ kind: 'account', id: 'admin', role: 'administrator' }),
    organisationOf: async () => organisation,
  })
  people.register(app)
  for (const [id, name] of Object.entries({ 1: 'Kari Nordmann', 2: 'Ola Ås' })) {
    const person = { id, name, kind: 'employee', sponsor: null, startsOn: '2024-01-01' }
    const payload = { ...person, endsOn: null, voluntary: null }
    expect((await app.inject({ method: 'PUT', url: `/api/people/${id}`, payload })).statusCode).toBe(200)
  }
  const asked = () => db.transaction(organisation, (tx) => people.asks(tx, organisation))
  expect(await asked()).toEqual([])

  // As after a restore: the key is gone, and the register has the person.
  const { rows } = await db.transaction(organisation, (tx) =>
    sql<{ key: string }>`select key from people.person where id = '2'`.execute(tx),
  )
  await ledger.erase(organisation, rows[0]?.key ?? '')
  expect(await asked()).toMatchObject([
    { id: 'erase-again', what: { nb: expect.stringContaining('på nytt: 2.') }, urgent: true },
  ])
  expect(JSON.stringify(await asked())).not.toContain('Ola')
})
