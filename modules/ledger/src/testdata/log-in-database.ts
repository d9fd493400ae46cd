import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  addOrganisation,
  type TestClock,
  type ThrowawayDatabase,
  testClock,
  throwawayDatabase,
} from '@hevd/testing'
import pg from 'pg'
import { pino } from 'pino'
import { createLedger, type Ledger, type LedgerDeps, type LogName, ledgerMigrations } from '../index.ts'

/** What tests of the ledger begin with: a database, a home, a superuser who can do what the server may not. */
export type Ground = {
  readonly target: ThrowawayDatabase
  readonly home: string
  readonly clock: TestClock
  readonly admin: pg.Client
  organisation(): Promise<string>
  ledger(deps?: Partial<LedgerDeps>): Ledger
  /** Appends numbered entries as one acknowledged whole; their ids. */
  append(
    ledger: Ledger,
    organisation: string,
    log: LogName,
    numbers: readonly number[],
  ): Promise<readonly string[]>
  end(): Promise<void>
}

export async function ground(): Promise<Ground> {
  const target = await throwawayDatabase([{ name: 'ledger', directory: ledgerMigrations }])
  const home = mkdtempSync(join(tmpdir(), 'hevd-ledger-'))
  const clock = testClock('2026-06-01T12:00:00Z')
  const admin = new pg.Client({ connectionString: target.adminUrl })
  admin.on('error', () => {})
  await admin.connect()
  return {
    target,
    home,
    clock,
    admin,
    organisation: () => addOrganisation(target.db),
    ledger: (deps = {}) =>
      createLedger({ db: target.db, clock, home, logger: pino({ level: 'silent' }), ...deps }),
    append: (ledger, organisation, log, numbers) =>
      target.db.transaction(organisation, (tx) =>
        ledger.append(
          tx,
          organisation,
          log,
          numbers.map((n) => ({ kind: 'noted', body: { n } })),
        ),
      ),
    async end() {
      await admin.end()
      await target.drop()
      rmSync(home, { recursive: true })
    },
  }
}

export const upTo = (count: number, from = 0) => Array.from({ length: count }, (_, n) => from + n)

const tables = ['outbox', 'entry', 'tile', 'head', 'checkpoint', 'cosignature', 'sealed']

/** A copy of an organisation's ledger as it stands, and what restores it, as from a backup. */
export async function backup({ admin }: Ground, organisation: string): Promise<() => Promise<void>> {
  const name = `backup_${organisation.replaceAll('-', '')}_${process.hrtime.bigint()}`
  await admin.query(`create schema ${name}`)
  for (const table of tables)
    await admin.query(
      `create table ${name}.${table} as select * from ledger.${table} where organisation = '${organisation}'`,
    )
  return async () => {
    for (const table of tables) {
      await admin.query(`delete from ledger.${table} where organisation = '${organisation}'`)
      await admin.query(`insert into ledger.${table} select * from ${name}.${table}`)
    }
  }
}
