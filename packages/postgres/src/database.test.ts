import { fileURLToPath } from 'node:url'
import type { Instant } from '@hevd/core'
import { addOrganisation, type ThrowawayDatabase, throwawayDatabase } from '@hevd/testing'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { columns } from './columns.ts'
import { openDatabase, type Tx } from './database.ts'
import { at } from './instant.ts'
import type { OrganisationTables } from './organisation.ts'
import { isForbidden, isUniqueViolation } from './sqlstate.ts'
import { uuidv7 } from './uuid.ts'
import { countQueries } from './wire.fixture.ts'

type OneTables = {
  'one.thing': {
    organisation: string
    id: string
    name: string
    count: number | null
    seen_at: Instant | null
    day: string | null
    value: { name: string } | null
    bytes: Buffer | null
  }
}

let target: ThrowawayDatabase
let north: string
let south: string
beforeAll(async () => {
  target = await throwawayDatabase([
    { name: 'one', directory: fileURLToPath(new URL('./test-migrations/one', import.meta.url)) },
  ])
  north = await addOrganisation(target.db)
  south = await addOrganisation(target.db)
})
afterAll(() => target.drop())

const id = () => uuidv7(1_700_000_000_000)

function insert(tx: Tx, organisation: string, name: string) {
  const things = tx.withTables<OneTables>()
  return things.insertInto('one.thing').values({ organisation, id: id(), name, value: null }).execute()
}

const names = (organisation: string) =>
  target.db.transaction(organisation, async (tx) => {
    const rows = await tx
      .withTables<OneTables>()
      .selectFrom('one.thing')
      .select('name')
      .orderBy('name')
      .execute()
    return rows.map(({ name }) => name)
  })

test('an organisation sees and writes its own rows alone, even where the query forgets to say so', async () => {
  await target.db.transaction(north, (tx) => insert(tx, north, 'of the north'))
  await target.db.transaction(south, (tx) => insert(tx, south, 'of the south'))
  expect(await names(north)).toContain('of the north')
  expect(await names(north)).not.toContain('of the south')
  const intrusion = target.db.transaction(north, (tx) => insert(tx, south, 'smuggled'))
  await expect(intrusion).rejects.toSatisfy(isForbidden)
})

test('without an organisation a module table raises an error, on a fresh connection and on a used one', async () => {
  const fresh = openDatabase({ url: target.runtimeUrl, poolSize: 1 })
  const read = () =>
    fresh.system((tx) => tx.withTables<OneTables>().selectFrom('one.thing').selectAll().execute())
  await expect(read()).rejects.toThrow('hevd.organisation')
  await fresh.transaction(north, async () => {})
  await expect(read()).rejects.toThrow('invalid input syntax for type uuid')
  await fresh.close()
})

test('the organisations are listed without one', async () => {
  const rows = await target.db.system((tx) =>
    tx.withTables<OrganisationTables>().selectFrom('hevd.organisation').select('id').execute(),
  )
  expect(rows.map((row) => row.id).sort()).toEqual([north, south].sort())
})

test.each(["x'; drop table one.thing; --", '', 'ORGANISATION'])(
  '%j is no organisation',
  async (organisation) => {
    await expect(target.db.transaction(organisation, async () => 1)).rejects.toThrow('lower-case UUID')
  },
)

test('begin and organisation cost one message, commit another', async () => {
  const { queries, result } = await countQueries(target.runtimeUrl, async (url) => {
    const db = openDatabase({ url, poolSize: 1 })
    try {
      return await db.transaction(north, async (tx) => {
        const { rows } = await sql<{ is: string }>`select current_setting('hevd.organisation') as is`.execute(
          tx,
        )
        return rows[0]?.is
      })
    } finally {
      await db.close()
    }
  })
  expect(result).toBe(north)
  expect(queries).toEqual([`begin; set local hevd.organisation = '${north}'`, expect.any(String), 'commit'])
})

test('a glance is one message, sees one organisation, and leaves nothing of it on the connection', async () => {
  await target.db.transaction(north, (tx) => insert(tx, north, 'glanced at'))
  const { queries, result } = await countQueries(target.runtimeUrl, async (url) => {
    const db = openDatabase({ url, poolSize: 1 })
    try {
      const seen = await db.glance<{ name: string }>(north, 'select name from one.thing')
      await expect(db.glance(north, 'select nothing')).rejects.toThrow('nothing')
      await expect(db.glance('none', 'select 1')).rejects.toThrow('lower-case UUID')
      const after = db.system((tx) => sql`select name from one.thing`.execute(tx))
      await expect(after).rejects.toThrow(/hevd\.organisation|type uuid/)
      return seen.map(({ name }) => name)
    } finally {
      await db.close()
    }
  })
  expect(result).toContain('glanced at')
  expect(result).not.toContain('of the south')
  expect(queries[0]).toBe(`set local hevd.organisation = '${north}'; select name from one.thing`)
})

test('values come back as what they are', async () => {
  const moment = Date.UTC(2026, 10, 24, 14, 5, 6, 789)
  const rows = await target.db.transaction(north, async (tx) => {
    const { rows } = await sql`
      select ${at(moment)} as moment, '2026-11-24 14:05:06.789999+00'::timestamptz as cut, 'infinity'::timestamptz as never,
        array[${at(moment)}, null] as moments, 9007199254740991 as count, array[1, 2]::bigint[] as counts,
        date '2026-11-24' as day, array[date '2026-11-24'] as days, '{"a": [1]}'::jsonb as value, 1.50::numeric as exact,
        '\\x00ff'::bytea as bytes`.execute(tx)
    return rows
  })
  expect(rows).toEqual([
    {
      moment,
      cut: moment,
      never: Infinity,
      moments: [moment, null],
      count: Number.MAX_SAFE_INTEGER,
      counts: [1, 2],
      day: '2026-11-24',
      days: ['2026-11-24'],
      value: { a: [1] },
      exact: '1.50',
      bytes: Buffer.from([0, 255]),
    },
  ])
})

test('an int8 that a number cannot hold is an error, not another number', async () => {
  const read = target.db.system((tx) => sql`select 9007199254740993 as count`.execute(tx))
  await expect(read).rejects.toThrow(RangeError)
})

test('many rows go in as one statement, whatever their text holds', async () => {
  const rows = ['{"x"}', 'o\'er, \\ "quoted"', 'NULL', ''].map((name, index) => ({
    organisation: south,
    id: id(),
    name,
    count: index,
    seen_at: index,
    day: '2026-11-24',
    value: { name },
    bytes: new Uint8Array([index]),
  }))
  const types = {
    organisation: 'uuid',
    id: 'uuid',
    name: 'text',
    count: 'bigint',
    seen_at: 'timestamptz',
    day: 'date',
    value: 'jsonb',
    bytes: 'bytea',
  } as const
  const stored = await target.db.transaction(south, async (tx) => {
    await sql`delete from one.thing`.execute(tx)
    await sql`insert into one.thing select * from ${columns(rows, types)}`.execute(tx)
    return tx.withTables<OneTables>().selectFrom('one.thing').selectAll().orderBy('count').execute()
  })
  expect(stored).toEqual(rows.map((row) => ({ ...row, bytes: Buffer.from(row.bytes) })))
})

test('transactions that hinder one another are run again until each has counted', async () => {
  const counted = id()
  await target.db.transaction(north, (tx) =>
    tx
      .withTables<OneTables>()
      .insertInto('one.thing')
      .values({ organisation: north, id: counted, name: 'counted', count: 0, value: null })
      .execute(),
  )
  const count = async (tx: Tx) => {
    const things = tx.withTables<OneTables>()
    const row = await things
      .selectFrom('one.thing')
      .select('count')
      .where('id', '=', counted)
      .executeTakeFirstOrThrow()
    const next = (row.count ?? 0) + 1
    await things.updateTable('one.thing').set({ count: next }).where('id', '=', counted).execute()
    return next
  }
  const results = await Promise.all(
    Array.from({ length: 4 }, () =>
      target.db.transaction(north, count, { isolation: 'serializable', attempts: 20 }),
    ),
  )
  expect(results.sort()).toEqual([1, 2, 3, 4])
})

test("after the last attempt the error is the caller's", async () => {
  let runs = 0
  const failing = target.db.transaction(
    north,
    async (tx) => {
      runs += 1
      await sql`do $$ begin raise exception 'again' using errcode = 'serialization_failure'; end $$`.execute(
        tx,
      )
    },
    { attempts: 3 },
  )
  await expect(failing).rejects.toThrow('again')
  expect(runs).toBe(3)
})

test('an error that the callback swallowed does not commit half of it', async () => {
  const swallowed = target.db.transaction(north, async (tx) => {
    await insert(tx, north, 'half')
    await sql`select 1 / 0`.execute(tx).catch(() => {})
  })
  await expect(swallowed).rejects.toThrow()
  expect(await names(north)).not.toContain('half')
})

test('a violated key is recognised by its name', async () => {
  const row = { organisation: north, id: id(), name: 'twice', value: null }
  const twice = target.db.transaction(north, async (tx) => {
    const things = tx.withTables<OneTables>()
    await things.insertInto('one.thing').values([row, row]).execute()
  })
  await expect(twice).rejects.toSatisfy((error) => isUniqueViolation(error, 'thing_pkey'))
  await expect(twice).rejects.toSatisfy((error) => !isUniqueViolation(error, 'other_key'))
})

test('a connection cut while idle is replaced', async () => {
  const db = openDatabase({ url: target.runtimeUrl, poolSize: 1, applicationName: 'to be cut' })
  await db.ping()
  const admin = openDatabase({ url: target.adminUrl })
  await admin.system((tx) =>
    sql`select pg_terminate_backend(pid, 5000) from pg_stat_activity where application_name = 'to be cut'`.execute(
      tx,
    ),
  )
  await admin.close()
  const answers = await Promise.allSettled([db.now(), db.now()])
  expect(answers.at(-1)?.status).toBe('fulfilled')
  await db.close()
  await db.close()
})

test('a connection cut inside a transaction fails that transaction alone, and not the process', async () => {
  const db = openDatabase({ url: target.runtimeUrl, poolSize: 1, applicationName: 'cut inside' })
  const admin = openDatabase({ url: target.adminUrl })
  const cut = db.system(async (tx) => {
    await sql`select 1`.execute(tx)
    await admin.system((other) =>
      sql`select pg_terminate_backend(pid, 5000) from pg_stat_activity where application_name = 'cut inside'`.execute(
        other,
      ),
    )
    // Long enough for the end of the connection to be told while nothing waits for an answer.
    await new Promise((told) => setTimeout(told, 200))
    await sql`select 2`.execute(tx)
  })
  await expect(cut).rejects.toThrow()
  expect(await db.now()).toBeGreaterThan(0)
  await admin.close()
  await db.close()
})
