import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Catalogue, Control, Test } from '@hevd/core'
import { createFeeds, type Feeds, feedsMigrations } from '@hevd/feeds'
import { createLedger, type Ledger, ledgerMigrations } from '@hevd/ledger'
import type { MigrationSet } from '@hevd/postgres'
import { createPosture, type Posture, postureMigrations } from '@hevd/posture'
import {
  addOrganisation,
  type TestClock,
  type ThrowawayDatabase,
  testClock,
  throwawayDatabase,
} from '@hevd/testing'
import pg from 'pg'

/** What the benches of judging run on: a database of its own with the modules, as the product has them. */
export type JudgingGround = {
  readonly target: ThrowawayDatabase
  readonly clock: TestClock
  readonly ledger: Ledger
  readonly feeds: Feeds
  readonly posture: Posture
  readonly catalogue: Catalogue
  /** A new organisation with its logs open and the catalogue adopted. */
  organisation(): Promise<string>
  /** Statements as superuser, such as seeding and `checkpoint`, with row-level security out of the way. */
  admin(text: string, values?: readonly unknown[]): Promise<pg.QueryResult>
  end(): Promise<void>
}

const quiet = () => {}
const logger = {
  level: 'silent',
  fatal: quiet,
  error: console.error,
  warn: quiet,
  info: quiet,
  debug: quiet,
  trace: quiet,
  silent: quiet,
  child: () => logger,
} as unknown as Parameters<typeof createPosture>[0]['logger']

export const noon = Date.UTC(2026, 5, 1, 12)
export const day = 24 * 3_600_000

/** `more` modules’ tables beside those of judging. */
export async function judgingGround(
  tests: readonly Test[],
  more: readonly MigrationSet[] = [],
): Promise<JudgingGround> {
  const target = await throwawayDatabase([
    { name: 'ledger', directory: ledgerMigrations },
    { name: 'feeds', directory: feedsMigrations },
    { name: 'posture', directory: postureMigrations },
    ...more,
  ])
  const { db } = target
  const home = mkdtempSync(join(tmpdir(), 'hevd-bench-'))
  const clock = testClock(noon)
  const ledger = createLedger({ db, clock, home, logger })
  const feeds = createFeeds({ db, clock, logger, record: ledger.record })
  const catalogue = catalogueOf(tests)
  const posture = createPosture({ db, clock, logger, feeds, ledger, catalogue })
  const client = new pg.Client({ connectionString: target.adminUrl })
  await client.connect()
  return {
    target,
    clock,
    ledger,
    feeds,
    posture,
    catalogue,
    async organisation() {
      const organisation = await addOrganisation(db)
      await ledger.open(organisation)
      await posture.adopt(organisation)
      await posture.settle(organisation)
      return organisation
    },
    admin: (text, values = []) => client.query(text, [...values]),
    async end() {
      await ledger.stop()
      await client.end()
      await target.drop()
      rmSync(home, { recursive: true })
    },
  }
}

/** The one control of the benches. */
export const controlId = 'bench'

function catalogueOf(tests: readonly Test[]): Catalogue {
  const words = { nb: '-', en: '-' }
  const control: Control = {
    id: controlId,
    section: 'bench',
    tests,
    reasons: {},
    title: words,
    statement: words,
    how: words,
    next: words,
    proof: ['check'],
    attested: false,
    parameters: [],
    references: {},
    policyDigest: '0'.repeat(64),
    testsDigest: '0'.repeat(64),
  }
  return {
    sections: [{ id: 'bench', title: words, controls: [control] }],
    controls: new Map([[control.id, control]]),
    tests: new Map(tests.map((test) => [test.id, test])),
    populations: tests.map(({ population }) => population),
  }
}
