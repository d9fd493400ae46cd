import { spawnSync } from 'node:child_process'
import { randomInt } from 'node:crypto'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { type Database, openDatabase } from '@hevd/postgres'
import pg from 'pg'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type Ledger, type LedgerLogger, verifyLedger } from './index.ts'
import { type Ground, ground, upTo } from './testdata/log-in-database.ts'

let on: Ground
let organisation: string
beforeAll(async () => {
  on = await ground()
})
afterAll(() => on.end())
beforeEach(async () => {
  organisation = await on.organisation()
})

const size = async (log = 'internal') =>
  Number(
    (
      await on.admin.query('select count(*) from ledger.entry where organisation = $1 and log = $2', [
        organisation,
        log,
      ])
    ).rows[0].count,
  )
async function until(what: () => boolean | Promise<boolean>): Promise<void> {
  for (let look = 0; !(await what()); look += 1) {
    if (look > 600) throw new Error('It did not come to it')
    await sleep(50)
  }
}

test('two sequencers over two pools lose nothing and fork nothing', async () => {
  const pools = [0, 1].map(() => openDatabase({ url: on.target.runtimeUrl, poolSize: 4 }))
  const config = { coalesce: 'PT0.002S', look: 'PT0.02S', batch: 7 }
  const ledgers = pools.map((db) => on.ledger({ db, config }))
  for (const ledger of ledgers) {
    await ledger.open(organisation)
    await ledger.start()
  }
  const write = async (ledger: Ledger, db: Database, writer: number) => {
    const said: string[] = []
    for (let round = 0; round < 25; round += 1) {
      const entries = upTo(randomInt(1, 5)).map((n) => ({ kind: 'noted', body: { writer, round, n } }))
      const ids = await db.transaction(organisation, (tx) =>
        ledger.append(tx, organisation, 'internal', entries),
      )
      said.push(...ids)
      if (round % 5 === 0) await ledger.settle(organisation)
    }
    return said
  }
  const said = await Promise.all(
    [0, 1, 2, 3].map((writer) => {
      const ledger = ledgers[writer % 2]
      const db = pools[writer % 2]
      if (ledger === undefined || db === undefined) throw new Error('two of each')
      return write(ledger, db, writer)
    }),
  )
  await Promise.all(ledgers.map((ledger) => ledger.settle(organisation)))
  for (const ledger of ledgers) {
    const proofs = await ledger.proofsOf(organisation, 'internal', said.flat())
    expect(proofs.size).toBe(said.flat().length)
    for (const own of said) {
      const indexes = own.map((id) => proofs.get(id)?.index ?? -1)
      expect(indexes).toEqual([...indexes].sort((a, b) => a - b))
    }
  }
  expect(await size()).toBe(said.flat().length)
  const [one, other] = await Promise.all(ledgers.map((ledger) => ledger.state(organisation, 'internal')))
  expect(one).toEqual(other)
  expect(await verifyLedger({ db: on.target.db, home: on.home }, organisation)).toMatchObject({
    kind: 'sound',
  })
  await Promise.all(ledgers.map((ledger) => ledger.stop()))
  await Promise.all(pools.map((pool) => pool.close()))
})

test('what another server takes while one settles is under its own checkpoint too', async () => {
  const pool = openDatabase({ url: on.target.runtimeUrl, poolSize: 4 })
  const other = on.ledger({ db: pool, config: { batch: 50 } })
  let transactions = Number.NaN
  const watched: Database = {
    ...pool,
    async transaction(within, run, options) {
      const result = await pool.transaction(within, run, options)
      transactions += 1
      // Our turn has taken as much as one may, and the other server takes the rest.
      if (transactions === 2) await other.settle(organisation)
      return result
    },
  }
  const ours = on.ledger({ db: watched, config: { batch: 7 } })
  for (const ledger of [ours, other]) await ledger.open(organisation)
  const entries = upTo(12).map((n) => ({ kind: 'noted', body: { n } }))
  const ids = await pool.transaction(organisation, (tx) => ours.append(tx, organisation, 'internal', entries))
  transactions = 0
  await ours.settle(organisation)
  expect(transactions).toBeGreaterThan(2)
  expect((await ours.proofsOf(organisation, 'internal', ids)).size).toBe(12)
  await pool.close()
})

test('two servers that open a new organisation at once make one log with one key', async () => {
  const ledgers = [on.ledger(), on.ledger(), on.ledger()]
  await Promise.all(ledgers.map((ledger) => ledger.open(organisation)))
  const keys = await Promise.all(
    ledgers.map(async (ledger) => (await ledger.state(organisation, 'public')).verifierKey),
  )
  expect(new Set(keys).size).toBe(1)
})

test('what waits is signed by itself, and a checkpoint of another server is served too', async () => {
  const config = { look: 'PT0.05S' }
  const [writing, reading] = [on.ledger({ config }), on.ledger({ config })]
  for (const ledger of [writing, reading]) {
    await ledger.open(organisation)
    await ledger.start()
  }
  await on.append(writing, organisation, 'public', upTo(3))
  await until(async () => (await reading.state(organisation, 'public')).size === 3)
  await until(async () => (await writing.state(organisation, 'public')).size === 3)
  expect((await reading.state(organisation, 'public')).checkpoint).toBe(
    (await writing.state(organisation, 'public')).checkpoint,
  )
  await Promise.all([writing.stop(), reading.stop()])
})

describe('when the database goes away', () => {
  test('it is said once, and the log is carried on when it is back', async () => {
    const lines: string[] = []
    const logger: LedgerLogger = {
      info: (_, message) => lines.push(`info ${message}`),
      warn: (_, message) => lines.push(`warn ${message}`),
      error: (_, message) => lines.push(`error ${message}`),
    }
    const ledger = on.ledger({ logger, config: { look: 'PT0.02S', longestPause: 'PT0.1S' } })
    await ledger.open(organisation)
    await ledger.start()
    await on.append(ledger, organisation, 'internal', [1])
    const { rows } = await on.admin.query('select current_database() as name')
    const { name } = rows[0]
    const outside = new pg.Client({ connectionString: on.target.adminUrl.replace(/[^/]*$/, 'postgres') })
    await outside.connect()
    await outside.query(`alter database ${name} allow_connections false`)
    await outside.query(
      `select pg_terminate_backend(pid) from pg_stat_activity where datname = '${name}' and usename = 'hevd_runtime'`,
    )
    await until(() => lines.length > 0)
    await sleep(300)
    await expect(on.append(ledger, organisation, 'internal', [2])).rejects.toThrow()
    await outside.query(`alter database ${name} allow_connections true`)
    await outside.end()
    await until(() => lines.length > 1)
    await on.append(ledger, organisation, 'internal', [3])
    await until(async () => (await ledger.state(organisation, 'internal')).size === 2)
    expect(lines).toEqual([
      'error The log cannot be carried on; trying again',
      'info The log is carried on again',
    ])
    await ledger.stop()
    expect(await verifyLedger({ db: on.target.db, home: on.home }, organisation)).toMatchObject({
      kind: 'sound',
    })
  })
})

describe('when there is no room for the checkpoint', () => {
  let home: string
  const mounted = (command: string, ...args: string[]) => {
    const { status, stderr } = spawnSync(command, args, { encoding: 'utf8' })
    if (status !== 0) throw new Error(`${command} ${args.join(' ')}: ${stderr}`)
  }
  beforeEach(() => {
    home = mkdtempSync(join(tmpdir(), 'hevd-small-'))
    mounted('mount', '-t', 'tmpfs', '-o', 'size=128k', 'tmpfs', home)
    return () => {
      mounted('umount', '-l', home)
      rmSync(home, { recursive: true })
    }
  })
  const filler = () => join(home, 'filler')
  function fill(): void {
    mkdirSync(home, { recursive: true })
    for (let written = 0; ; written += 1)
      try {
        writeFileSync(filler(), Buffer.alloc(4096), { flag: 'a' })
      } catch (error) {
        if (error instanceof Error && error.message.startsWith('ENOSPC') && written > 0) return
        throw error
      }
  }

  test('nothing is acknowledged that could not be kept, and it is said; with room it goes on', async () => {
    const ledger = on.ledger({ home })
    await ledger.open(organisation)
    fill()
    await on.append(ledger, organisation, 'internal', [1])
    await expect(ledger.settle(organisation)).rejects.toMatchObject({ code: 'checkpoint-not-kept' })
    const kept = join(home, 'ledger', organisation, 'internal', 'checkpoint')
    expect(readFileSync(kept, 'utf8')).toContain('\n1\n')
    await expect(on.append(ledger, organisation, 'internal', [2])).rejects.toMatchObject({
      code: 'checkpoint-not-kept',
    })
    expect(await size()).toBe(1)
    await expect(on.ledger({ home }).open(organisation)).rejects.toMatchObject({
      code: 'checkpoint-not-kept',
    })
    rmSync(filler())
    await ledger.settle(organisation)
    await on.append(ledger, organisation, 'internal', [2])
    await ledger.settle(organisation)
    fill()
    await on.append(ledger, organisation, 'internal', [3])
    await ledger.settle(organisation)
    expect(readFileSync(kept, 'utf8')).toContain('\n3\n')
    expect(await verifyLedger({ db: on.target.db, home }, organisation)).toMatchObject({ kind: 'sound' })
  })
})
