import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { canonicalJson } from '@hevd/core'
import { createLedger, ledgerMigrations } from '@hevd/ledger'
import { columns, type Database, uuidv7 } from '@hevd/postgres'
import { addOrganisation, throwawayDatabase } from '@hevd/testing'
import { sql } from 'kysely'
import pg from 'pg'
import type { Bench, BenchResult } from './bench.ts'

const batch = 1000
const batches = 20
const rounds = 5
const clock = { now: () => Math.floor(performance.timeOrigin + performance.now()) }

/** What a host's collector says of one change: about 300 bytes as a leaf. */
const bodies = Array.from({ length: batch }, (_, n) => ({
  subject: `h${n % 50}.example/account/user-${n}`,
  control: 'unique-accounts',
  verdict: n % 3 === 0 ? 'fails' : 'holds',
  since: 1_780_000_000_000 + n,
  why: {
    code: 'account-shared',
    params: { host: `h${n % 50}.example`, account: `user-${n}`, people: [n, n + 1] },
  },
  findingsRoot: 'a1b2c3d4e5f60718293a4b5c6d7e8f90a1b2c3d4e5f60718293a4b5c6d7e8f90',
}))

/**
 * Entries a second until a signed checkpoint covers them, outbox included: each batch is acknowledged in one
 * transaction and then sequenced, with leaf hashes, tiles, checkpoint and the file beside the database. The reference
 * writes the same rows through the same kind of outbox in the same batches, and knows of no tree.
 */
export const ledger: Bench = {
  name: 'ledger',
  async run(report): Promise<BenchResult> {
    const target = await throwawayDatabase([{ name: 'ledger', directory: ledgerMigrations }])
    const home = mkdtempSync(join(tmpdir(), 'hevd-bench-'))
    try {
      const ours: number[] = []
      const plain: number[] = []
      const acknowledged: number[] = []
      await plainTables(target.ownerUrl, target.runtimeRole)
      for (let round = 0; round < rounds; round += 1) {
        plain.push(await plainRound(target.db, await addOrganisation(target.db)))
        const { total, outbox } = await treeRound(target.db, home, await addOrganisation(target.db))
        ours.push(total)
        acknowledged.push(outbox)
        report(
          `${round + 1} of ${rounds}: ${Math.round(total)} of ${Math.round(plain.at(-1) ?? 0)} entries/s`,
        )
      }
      const reference = Math.max(...plain)
      return {
        ours: Math.max(...ours),
        reference,
        unit: 'entries/s',
        what: 'the same rows through an outbox into the same PostgreSQL in the same batches, without a tree',
        others: [
          {
            what: 'until they are acknowledged (committed to the outbox), without the sequencing',
            value: Math.max(...acknowledged),
            ratio: Math.max(...acknowledged) / reference,
          },
        ],
      }
    } finally {
      rmSync(home, { recursive: true })
      await target.drop()
    }
  },
}

async function treeRound(
  db: Database,
  home: string,
  organisation: string,
): Promise<{ total: number; outbox: number }> {
  const log = createLedger({
    db,
    clock,
    home,
    logger: { info() {}, warn() {}, error() {} },
    config: { batch },
  })
  await log.open(organisation)
  let appending = 0
  const start = performance.now()
  for (let n = 0; n < batches; n += 1) {
    const began = performance.now()
    await db.transaction(organisation, (tx) =>
      log.append(
        tx,
        organisation,
        'internal',
        bodies.map((body) => ({ kind: 'judged', body })),
      ),
    )
    appending += performance.now() - began
    await log.settle(organisation)
  }
  const elapsed = performance.now() - start
  const { size } = await log.state(organisation, 'internal')
  if (size !== batch * batches) throw new Error(`${size} entries are covered`)
  await log.stop()
  return { total: (size / elapsed) * 1000, outbox: (size / appending) * 1000 }
}

async function plainRound(db: Database, organisation: string): Promise<number> {
  const start = performance.now()
  for (let n = 0; n < batches; n += 1) {
    const now = clock.now()
    const rows = bodies.map((body) => ({
      id: uuidv7(now),
      kind: 'judged',
      data: Buffer.from(canonicalJson({ at: now, ...body, kind: 'judged' }), 'utf8'),
    }))
    await db.transaction(organisation, (tx) =>
      sql`insert into plain.outbox select ${organisation}::uuid, 'internal', *
        from ${columns(rows, { id: 'uuid', kind: 'text', data: 'bytea' })}`.execute(tx),
    )
    await db.transaction(organisation, (tx) =>
      sql`with taken as (
          delete from plain.outbox where organisation = ${organisation} and log = 'internal' returning id, kind, data)
        insert into plain.entry
        select ${organisation}::uuid, 'internal', ${n * batch}::bigint + row_number() over (order by id) - 1, id, kind, data
        from taken`.execute(tx),
    )
  }
  return ((batch * batches) / (performance.now() - start)) * 1000
}

/** The same outbox and entries, with the same indexes and the same row-level security. */
async function plainTables(ownerUrl: string, runtimeRole: string): Promise<void> {
  const client = new pg.Client({ connectionString: ownerUrl })
  await client.connect()
  await client.query(`create schema plain;
    create table plain.outbox (like ledger.outbox including all);
    create table plain.entry (like ledger.entry including all);
    select hevd.scope_by_organisation('plain.outbox');
    select hevd.scope_by_organisation('plain.entry');
    grant usage on schema plain to ${runtimeRole};
    grant select, insert, delete on plain.outbox, plain.entry to ${runtimeRole}`)
  await client.end()
}
