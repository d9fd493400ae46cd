import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { Columns } from '../columns.ts'
import { addRootKey } from '../keys/local-key-file.ts'
import { refuseKeysBelow, rewrapKeys, rotateKey } from '../keys/rotate.ts'
import { type Customers, customerSchema, customers, fillCustomers } from '../testdata/customers.ts'
import { openShop, type Shop } from '../testdata/shop.ts'
import { encryptTable, type Progress } from './encrypt-table.ts'

let shop: Shop
beforeAll(async () => {
  shop = await openShop('select 1')
})
afterAll(() => shop.close())
beforeEach(() =>
  shop.pool.query(`drop table if exists customer, people, plain, hevd_column_keys, hevd_column_progress;
    drop function if exists plain; ${customerSchema}`),
)

const code = (expected: string) => expect.objectContaining({ name: 'ColumnsError', code: expected })
const pass = (columns: Columns<Customers>, more: object = {}) =>
  Array.fromAsync(encryptTable({ database: shop.pool, columns, table: 'customer', settle: 0, ...more }))
const rows = async () => (await shop.pool.query('select * from customer order by nr')).rows
const rotation = (purpose: 'data' | 'index') =>
  ({
    database: shop.pool,
    provider: shop.provider,
    tables: customers,
    table: 'customer',
    column: 'email',
    purpose,
  }) as const

/** Every row opens and says what it said, and is found by it. */
async function expectWhole(columns: Columns<Customers>, count: number): Promise<void> {
  const { customer } = columns.tables
  const stored = await rows()
  expect(stored).toHaveLength(count)
  for (const row of stored) {
    const n = Number(row.nr)
    expect(customer.open(row)).toMatchObject({
      email: n % 10 === 7 ? null : `kunde${n}@example.no`,
      api_key: `key-${n}`,
      note: `note ${n}`,
    })
    if (row.email === null) continue
    const { column, terms } = customer.find('email', `KUNDE${n}@example.no`, row.tenant)
    expect(terms).toContain(row[column])
  }
}

test('a table is encrypted in place, batch after batch, and looked through until nothing is left', async () => {
  await shop.pool.query(fillCustomers(95))
  const columns = await shop.open(customers, { migrating: true })
  const progress = await pass(columns, { batch: 20 })
  expect(progress.map(({ phase, pass: nth, seen, changed }) => [phase, nth, seen, changed])).toEqual([
    ...[20, 40, 60, 80, 95].map((seen) => ['rewriting', 1, seen, seen]),
    ...[20, 40, 60, 80, 95].map((seen) => ['rewriting', 2, seen, 0]),
    ['verified', 2, 95, 0],
  ])
  await expectWhole(await shop.open(customers), 95)
  const again = await pass(columns)
  expect(again.at(-1)).toMatchObject({ phase: 'verified', pass: 1, seen: 95, changed: 0 })
})

test('rows are sealed for the place that the application reads them from, however a driver writes it', async () => {
  const id = '018F3C1E-7B2A-7CC3-9D52-0A1B2C3D4E5F'
  await shop.pool.query('create table plain (id text primary key, tenant text, v text)')
  await shop.pool.query('insert into plain values ($1, $1, $2), ($2, null, $2)', [id, 'x'])
  const tables = { plain: { id: 'id', tenant: 'tenant', columns: { v: { type: 'string' } } } } as const
  const columns = await shop.open(tables, { migrating: true })
  const all = () => Array.fromAsync(encryptTable({ database: shop.pool, columns, table: 'plain', settle: 0 }))
  await expect(all()).rejects.toThrow(code('rows-unreadable'))
  const { rows } = await shop.pool.query('select * from plain order by tenant')
  expect(columns.tables.plain.open({ ...rows[0], id: id.toLowerCase(), tenant: id })).toMatchObject({
    v: 'x',
  })
  expect(rows[1]).toEqual({ id: 'x', tenant: null, v: 'x' })
})

test('a tenant for all tables is bound to what is encrypted in place', async () => {
  await shop.pool.query('create table plain (id int primary key, v text)')
  await shop.pool.query(`insert into plain values (1, 'x')`)
  const tables = { plain: { id: 'id', columns: { v: { type: 'string' } } } } as const
  const columns = await shop.open(tables, { migrating: true, tenant: 'acme' })
  await Array.fromAsync(encryptTable({ database: shop.pool, columns, table: 'plain', settle: 0 }))
  const { rows } = await shop.pool.query('select * from plain')
  expect(columns.tables.plain.open(rows[0])).toEqual({ id: 1, v: 'x' })
  const other = await shop.open(tables, { tenant: 'globex' })
  expect(() => other.tables.plain.open(rows[0])).toThrow(code('not-authentic'))
})

test('rows that somebody holds are not waited for, and taken later', async () => {
  await shop.pool.query(fillCustomers(30))
  const columns = await shop.open(customers, { migrating: true })
  const other = await shop.pool.connect()
  await other.query(`begin; update customer set note = 'held' where nr = 5`)
  const seen: Progress[] = []
  for await (const step of encryptTable({ database: shop.pool, columns, table: 'customer', settle: 0 })) {
    seen.push(step)
    if (seen.length === 1) await other.query(`update customer set api_key = 'new' where nr = 5; commit`)
  }
  other.release()
  expect(seen[0]).toMatchObject({ changed: 29, skipped: 1 })
  expect(seen[1]).toMatchObject({ changed: 1, skipped: 0 })
  expect(seen.at(-1)).toMatchObject({ phase: 'verified', pass: 3 })
  const strict = await shop.open(customers)
  expect(strict.tables.customer.open((await rows())[4])).toMatchObject({ api_key: 'new', note: 'held' })
})

test('what an application writes between reading and writing is not overwritten', async () => {
  await shop.pool.query(fillCustomers(3))
  const columns = await shop.open(customers, { migrating: true })
  const { pool } = shop
  let looked = 0
  const racing = {
    query: async (text: string, values?: unknown[]) => {
      const result = await pool.query(text, values)
      if (text.includes('"own 0"') && looked++ === 0)
        await pool.query(`update customer set api_key = 'newer' where nr = 2`)
      return result
    },
    connect: () => pool.connect(),
  }
  await pass(columns, { database: racing })
  const strict = await shop.open(customers)
  expect((await rows()).map((row) => strict.tables.customer.open(row).api_key)).toEqual([
    'key-1',
    'newer',
    'key-3',
  ])
})

test('plain text outside a migrating column is somebody’s doing: it is told of, and stays', async () => {
  await shop.pool.query(fillCustomers(40))
  const columns = await shop.open(customers, { migrating: true })
  await pass(columns)
  await shop.pool.query(`update customer set api_key = 'mine' where nr = 8`)
  await shop.pool.query(`update customer set email = (select email from customer where nr = 4) where nr = 9`)
  const strict = await shop.open(customers)
  const told: Progress[] = []
  const run = async () => {
    for await (const step of encryptTable({
      database: shop.pool,
      columns: strict,
      table: 'customer',
      settle: 0,
    }))
      told.push(step)
  }
  await expect(run()).rejects.toThrow(code('rows-unreadable'))
  expect(told.at(-1)).toMatchObject({ unreadable: 2, examples: ['vest, 8', 'Østlandet, 9'] })
  expect((await rows())[7]).toMatchObject({ api_key: 'mine' })
})

test('two rows with one value under a unique index: it stops and says so', async () => {
  await shop.pool.query(fillCustomers(10))
  await shop.pool.query(`update customer set email = 'KUNDE1@example.no' where nr = 3`)
  await expect(pass(await shop.open(customers, { migrating: true }))).rejects.toThrow(code('duplicate'))
})

test('an application that goes on writing plain text is told of', async () => {
  await shop.pool.query(fillCustomers(5))
  await shop.pool.query(`create function plain() returns trigger language plpgsql as $$
    begin new.api_key := 'key-' || new.nr; return new; end $$;
    create trigger plain before update on customer for each row execute function plain()`)
  await expect(pass(await shop.open(customers, { migrating: true }))).rejects.toThrow(code('still-plain'))
})

test('the data key is rotated: old values stay readable until they are rewritten, then refused', async () => {
  await shop.pool.query(fillCustomers(30))
  const columns = await shop.open(customers, { migrating: true })
  await pass(columns)
  const before = (await rows())[0]
  expect(await rotateKey({ ...rotation('data'), announceFor: 3_600_000 })).toBe(2)
  await columns.refresh()
  expect(columns.tables.customer.seal({ ...before, ...columns.tables.customer.open(before) }).email).toMatch(
    /^hevd:c1:1:/,
  )
  await shop.pool.query('update hevd_column_keys set writes_from = now() where version = 2')
  await expect(refuseKeysBelow({ ...rotation('data'), version: 2 })).rejects.toThrow(code('key-in-use'))
  await pass(columns)
  await expectWhole(columns, 30)
  for (const { email, api_key } of await rows()) {
    if (email !== null) expect(email).toMatch(/^hevd:c1:2:/)
    expect(api_key).toMatch(/^hevd:c1:1:/)
  }
  expect(columns.tables.customer.open(before)).toMatchObject({ email: 'kunde1@example.no' })
  await refuseKeysBelow({ ...rotation('data'), version: 2 })
  await columns.refresh()
  expect(() => columns.tables.customer.open(before)).toThrow(code('key-refused'))
  await expectWhole(columns, 30)
})

test('a minimum in the declaration refuses old values, whatever the keyring says', async () => {
  await shop.pool.query(fillCustomers(3))
  const columns = await shop.open(customers, { migrating: true })
  await pass(columns)
  const before = (await rows())[0]
  await rotateKey({ ...rotation('data'), announceFor: 0 })
  const { email, api_key } = customers.customer.columns
  const pinned = await shop.open({
    customer: { ...customers.customer, columns: { email: { ...email, minimum: 2 }, api_key } },
  })
  expect(() => pinned.tables.customer.open(before)).toThrow(code('key-refused'))
  await shop.pool.query('delete from hevd_column_keys where version = 2')
  await expect(pinned.refresh()).rejects.toThrow(code('no-key'))
})

test('the index key is rotated: found and unique at every moment', async () => {
  await shop.pool.query(fillCustomers(30))
  const columns = await shop.open(customers, { migrating: true })
  await pass(columns)
  const strict = await shop.open(customers)
  const { customer } = strict.tables
  const add = async (nr: number, email: string) => {
    const sealed = customer.seal({
      region: 'vest',
      nr,
      tenant: 'acme',
      email,
      api_key: `key-${nr}`,
      note: `note ${nr}`,
    })
    const names = Object.keys(sealed)
    await shop.pool.query(
      `insert into customer (${names.join(', ')}) values (${names.map((_, at) => `$${at + 1}`).join(', ')})`,
      Object.values(sealed),
    )
  }
  const taken = async () => {
    await expect(add(1000, 'Kunde2@example.no')).rejects.toMatchObject({ code: '23505' })
    await expectWhole(strict, (await rows()).length)
  }
  await taken()
  expect(await rotateKey({ ...rotation('index'), announceFor: 0 })).toBe(2)
  await expect(rotateKey({ ...rotation('index'), announceFor: 0 })).rejects.toThrow(code('key-in-use'))
  await strict.refresh()
  await taken()
  await add(32, 'kunde32@example.no')
  expect((await rows()).at(-1)).toMatchObject({
    email_index: expect.stringMatching(/^i1:/),
    email_index_2: expect.stringMatching(/^i2:/),
  })
  await pass(strict)
  await taken()
  expect(customer.find('email', 'kunde2@example.no', 'acme')).toMatchObject({ column: 'email_index_2' })
  await refuseKeysBelow({ ...rotation('index'), version: 2 })
  await strict.refresh()
  await taken()
  await pass(strict)
  await taken()
  for (const row of await rows()) expect(row.email_index).toBeNull()
  expect(await rotateKey({ ...rotation('index'), announceFor: 0 })).toBe(3)
  await pass(strict)
  await taken()
  expect(customer.find('email', 'kunde2@example.no', 'acme')).toMatchObject({ column: 'email_index' })
})

test('terms of one value differ from tenant to tenant', async () => {
  const { customer } = (await shop.open(customers)).tables
  expect(customer.find('email', 'kari@example.no', 'acme')).not.toEqual(
    customer.find('email', 'kari@example.no', 'globex'),
  )
  expect(() => customer.find('email', 'kari@example.no')).toThrow(code('tenant-needed'))
})

test('an index in one column: both versions are searched, and a unique one is not rotated so', async () => {
  await shop.pool.query('create table plain (id int primary key, v text, v_index text)')
  const tables = {
    plain: { id: 'id', columns: { v: { type: 'string', index: { column: 'v_index' } } } },
  } as const
  const columns = await shop.open(tables)
  const rotated = {
    database: shop.pool,
    provider: shop.provider,
    tables,
    table: 'plain',
    column: 'v',
    purpose: 'index',
    announceFor: 0,
  } as const
  await rotateKey(rotated)
  await columns.refresh()
  expect(columns.tables.plain.find('v', 'x').terms.map((term) => term.slice(0, 3))).toEqual(['i1:', 'i2:'])
  expect(columns.tables.plain.seal({ id: 1, v: 'x' }).v_index).toMatch(/^i2:/)
  await shop.pool.query('create unique index on plain (v_index)')
  await expect(rotateKey(rotated)).rejects.toThrow(code('declaration-wrong'))
})

test('an index that is declared later is filled before it is searched', async () => {
  await shop.pool.query(fillCustomers(5))
  const { email: _, ...rest } = customers.customer.columns
  const bare = await shop.open(
    { customer: { ...customers.customer, columns: { email: { type: 'string' }, ...rest } } },
    { migrating: true },
  )
  await Array.fromAsync(encryptTable({ database: shop.pool, columns: bare, table: 'customer', settle: 0 }))
  const columns = await shop.open(customers)
  expect(() => columns.tables.customer.find('email', 'kunde1@example.no', 'globex')).toThrow(
    code('not-searchable'),
  )
  await pass(columns)
  await expectWhole(columns, 5)
})

test('the root key is rotated: every data key is wrapped anew and no value is touched', async () => {
  await shop.pool.query(fillCustomers(3))
  await pass(await shop.open(customers, { migrating: true }))
  const before = await rows()
  await addRootKey(shop.keyFile)
  await rewrapKeys({ database: shop.pool, provider: shop.provider, tables: customers })
  const { rows: keys } = await shop.pool.query(
    'select distinct split_part(wrapped, $1, 2) as root from hevd_column_keys',
    [':'],
  )
  expect(keys).toHaveLength(1)
  await expectWhole(await shop.open(customers), 3)
  expect(await rows()).toEqual(before)
})

const unfit: readonly [string, string, string][] = [
  ['no unique id', 'alter table customer drop constraint customer_pkey', 'id-not-unique'],
  [
    'an id of a type whose text is not one',
    'alter table customer alter column nr type numeric',
    'column-unfit',
  ],
  [
    'a column too narrow for envelopes',
    'alter table customer alter column api_key type varchar(40)',
    'column-unfit',
  ],
  ['no such column', 'alter table customer drop column email_index', 'column-unfit'],
  ['no such table', 'alter table customer rename to people', 'table-unknown'],
]
test.each(unfit)('a table with %s is refused before anything is written', async (_, statement, expected) => {
  await shop.pool.query(fillCustomers(1))
  await shop.pool.query(statement)
  await expect(pass(await shop.open(customers, { migrating: true }))).rejects.toThrow(code(expected))
})

test('the newest run has the word: one that it took over from stops', async () => {
  await shop.pool.query(fillCustomers(50))
  const columns = await shop.open(customers, { migrating: true })
  const first = encryptTable({ database: shop.pool, columns, table: 'customer', batch: 10, settle: 0 })
  await first.next()
  await pass(columns)
  await expect(first.next()).rejects.toThrow(code('taken-over'))
})
