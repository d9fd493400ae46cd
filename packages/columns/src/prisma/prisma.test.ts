import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { type Columns, openColumns } from '../columns.ts'
import type { Tables } from '../declare.ts'
import { prepareColumns } from '../keys/keyring.ts'
import { encryptedPg } from '../pg/index.ts'
import { encryptTable } from '../rewrite/encrypt-table.ts'
import { type Client, type PrismaPeer, prismaPeer } from '../testdata/prisma-peer.ts'
import { openShop, type Shop } from '../testdata/shop.ts'
import { encryptedPrisma } from './index.ts'
import { eva, kari, type Models, ola, refusals } from './refusals.fixture.ts'

/** What the extension translates, and what it refuses before anything is sent. */
const declared = {
  'shop.account': {
    id: 'id',
    tenant: 'tenant',
    columns: {
      email: { type: 'string', index: { column: 'email_index', normalise: 'caseless' } },
      secret: { type: 'string' },
      pin: { type: 'string', index: { column: 'pin_index', bits: 8 } },
      settings: { type: 'json' },
    },
  },
  note: { id: 'id', columns: { text: { type: 'string' }, data: { type: 'json' } } },
} as const

let shop: Shop
let columns: Columns<typeof declared>
let peer: PrismaPeer
let plain: Client<Models>
let db: Client<Models>
beforeAll(async () => {
  shop = await openShop(`create schema shop;
    create table shop.tenant (id text primary key);
    create table shop.account (id uuid primary key, tenant text not null references shop.tenant, email text, email_index text, secret text, pin text, pin_index text, settings text, visits int not null default 0, unique (id, tenant), unique (tenant, email_index));
    create table orders (id serial primary key, total int not null, account uuid, tenant text, foreign key (account, tenant) references shop.account (id, tenant));
    create table note (id text primary key, text text, "order" int not null references orders, data text)`)
  columns = await shop.open(declared)
  peer = await prismaPeer()
  plain = peer.open(shop.url)
  db = plain.$extends(encryptedPrisma(columns))
})
afterAll(async () => {
  await plain.$disconnect()
  await shop.close()
})
beforeEach(async () => {
  await shop.pool.query(
    'delete from note; delete from orders; delete from shop.account; delete from shop.tenant; alter sequence orders_id_seq restart',
  )
  await db.tenant.createMany({ data: [{ id: 'acme' }, { id: 'globex' }] })
  await db.account.createMany({
    data: [
      { key: kari, tenantId: 'acme', email: 'kari@example.no', secret: 'k', pin: '1', visits: 1 },
      { key: ola, tenantId: 'acme', email: 'ola@example.no', pin: '2', visits: 2 },
      { key: eva, tenantId: 'globex', email: 'KARI@example.no', secret: 'e', settings: ['a'], visits: 3 },
    ],
  })
  await db.order.createMany({
    data: [
      { total: 10, accountId: kari, tenantId: 'acme' },
      { total: 20, accountId: ola, tenantId: 'acme' },
    ],
  })
})

const code = (expected: string) => expect.objectContaining({ name: 'ColumnsError', code: expected })
const who = (key: string, tenantId = 'acme') => ({ who: { key, tenantId } })
const select = { key: true, tenantId: true, email: true }
const of = (key: string, email: string | null, tenantId = 'acme') => ({ key, tenantId, email })
const found = (where: object) => db.account.findMany({ where, select, orderBy: { visits: 'asc' } })
const byKey = async (key: string, tenant = 'acme') =>
  db.account.findUnique({ where: who(key, tenant), select })
const stored = async (table = 'shop.account') => (await shop.pool.query(`select * from ${table}`)).rows

test('equality is searched within the tenant that the condition names', async () => {
  const tenantId = 'acme'
  const own = of(kari, 'kari@example.no')
  const other = of(ola, 'ola@example.no')
  expect(await found({ tenantId, email: 'Kari@Example.no' })).toEqual([own])
  expect(await found({ tenantId: { equals: tenantId }, email: { equals: 'kari@example.no' } })).toEqual([own])
  expect(await found({ tenantId, email: { in: ['kari@example.no', 'ola@example.no'] } })).toEqual([
    own,
    other,
  ])
  expect(await found({ tenantId, email: { in: [] } })).toEqual([])
  expect(await found({ AND: [{ tenantId }], OR: [{ email: 'ola@example.no' }, { visits: 1 }] })).toEqual([
    own,
    other,
  ])
  expect(await found({ tenantId, secret: null })).toEqual([other])
  expect(await found({ tenantId, NOT: { secret: null }, AND: { email: { not: null } } })).toEqual([own])
  expect(await db.account.findUnique({ where: { ...who(ola), email: 'ola@example.no' }, select })).toEqual(
    other,
  )
  expect(await db.account.findUnique({ where: { ...who(ola), email: 'kari@example.no' }, select })).toBeNull()
  expect(await db.account.count({ where: { tenantId, email: 'kari@example.no' } })).toBe(1)
  expect(await found({ tenantId, email: peer.Prisma.skip, secret: undefined })).toHaveLength(2)
})

test('rows of relations are opened, searched and filtered', async () => {
  const account = { tenantId: 'acme', email: 'kari@example.no' }
  expect(await db.order.findMany({ where: { account }, include: { account: { select } } })).toEqual([
    { id: 1, total: 10, accountId: kari, tenantId: 'acme', account: of(kari, 'kari@example.no') },
  ])
  expect(await db.order.findMany({ where: { account: { is: account } }, select: { id: true } })).toEqual([
    { id: 1 },
  ])
  expect(await db.tenant.findMany({ where: { accounts: { some: account } } })).toEqual([{ id: 'acme' }])
  expect(await db.tenant.findMany({ where: { accounts: { none: account } } })).toEqual([{ id: 'globex' }])
  const accounts = { where: account, select: { ...select, orders: { include: { account: true } } } }
  expect(
    await db.tenant.findMany({ select: { accounts, _count: { select: { accounts: { where: account } } } } }),
  ).toEqual([
    {
      accounts: [
        {
          ...of(kari, 'kari@example.no'),
          orders: [expect.objectContaining({ account: expect.objectContaining({ secret: 'k' }) })],
        },
      ],
      _count: { accounts: 1 },
    },
    { accounts: [], _count: { accounts: 0 } },
  ])
})

test('a relation that is called on a query gives rows of its own model', async () => {
  const order = db.order.findUnique({ where: { id: 1 } })
  expect(await order.account({ select })).toEqual(of(kari, 'kari@example.no'))
  expect(
    await db.order
      .findUnique({ where: { id: 1 } })
      .account()
      .orders(),
  ).toMatchObject([{ total: 10 }])
  const accounts = db.tenant
    .findUnique({ where: { id: 'acme' } })
    .accounts({ where: { email: 'ola@example.no', tenantId: 'acme' } })
  expect(await accounts).toMatchObject([{ email: 'ola@example.no' }])
})

test('an update is sealed for the row that its condition names; what is returned is opened', async () => {
  expect(
    await db.account.update({
      where: who(kari),
      data: { email: { set: 'ny@example.no' }, visits: { increment: 1 } },
      select,
    }),
  ).toEqual(of(kari, 'ny@example.no'))
  expect(await found({ tenantId: 'acme', email: 'NY@example.no' })).toHaveLength(1)
  const one = { key: { equals: ola }, AND: [{ tenantId: 'acme' }] }
  expect(
    await db.account.updateMany({ where: one, data: { email: 'a@b.no', secret: peer.Prisma.skip } }),
  ).toEqual({ count: 1 })
  expect(await db.account.updateManyAndReturn({ where: one, data: { email: null }, select })).toEqual([
    of(ola, null),
  ])
  expect(await stored()).toContainEqual(expect.objectContaining({ id: ola, email: null, email_index: null }))
  expect(await db.account.updateMany({ where: { tenantId: 'acme' }, data: { visits: 9 } })).toEqual({
    count: 2,
  })
  expect(await db.account.delete({ where: { ...who(eva, 'globex') } })).toMatchObject({
    secret: 'e',
    settings: ['a'],
  })
})

test('several rows are inserted at once, some without a value', async () => {
  const [one, two] = [randomUUID(), randomUUID()]
  const data = [
    { key: one, tenantId: 'acme', email: 'x@y.no' },
    { key: two, tenantId: 'acme' },
  ]
  expect(await db.account.createManyAndReturn({ data, select })).toEqual([of(one, 'x@y.no'), of(two, null)])
  expect(await db.account.createMany({ data, skipDuplicates: true })).toEqual({ count: 0 })
  expect(await stored()).toHaveLength(5)
})

test('an upsert by the id seals for that row, whether it is there or not', async () => {
  const key = randomUUID()
  const upsert = (email: string) =>
    db.account.upsert({
      where: who(key),
      create: { key, tenantId: 'acme', email: 'new@b.no' },
      update: { email },
      select,
    })
  expect(await upsert('a@b.no')).toEqual(of(key, 'new@b.no'))
  expect(await upsert('a@b.no')).toEqual(of(key, 'a@b.no'))
})

test('writes within writes are sealed, each for its own row', async () => {
  const [one, two] = [randomUUID(), randomUUID()]
  const row = { key: one, tenantId: 'acme', email: 'one@b.no' }
  await db.account.create({
    data: {
      ...row,
      orders: {
        create: {
          total: 5,
          notes: {
            create: [{ id: 'n1', text: 'one' }],
            createMany: { data: [{ id: 'n2', text: 'two', data: { x: 1 } }] },
          },
        },
      },
    },
  })
  await db.order.update({
    where: { id: 3 },
    data: {
      notes: {
        update: { where: { id: 'n1' }, data: { text: 'changed' } },
        updateMany: { where: { id: 'n2' }, data: { text: null } },
        upsert: { where: { id: 'n3' }, create: { id: 'n3', text: 'three' }, update: { text: 'no' } },
        connectOrCreate: [{ where: { id: 'n4' }, create: { id: 'n4', text: 'four' } }],
      },
    },
  })
  const notes = { select: { id: true, text: true, data: true }, orderBy: { id: 'asc' } }
  expect(await db.order.findUnique({ where: { id: 3 }, select: { notes, account: { select } } })).toEqual({
    account: of(one, 'one@b.no'),
    notes: [
      { id: 'n1', text: 'changed', data: null },
      { id: 'n2', text: null, data: { x: 1 } },
      { id: 'n3', text: 'three', data: null },
      { id: 'n4', text: 'four', data: null },
    ],
  })
  for (const { text } of await stored('note')) expect(text ?? 'hevd:c1:1:').toMatch(/^hevd:c1:1:/)
  await db.order.update({
    where: { id: 3 },
    data: { notes: { deleteMany: { id: 'n1' }, set: undefined } },
  })
  await db.order.update({
    where: { id: 3 },
    data: {
      account: { update: { where: { AND: [{ key: one, tenantId: 'acme' }] }, data: { email: 'two@b.no' } } },
    },
  })
  expect(await byKey(one)).toEqual(of(one, 'two@b.no'))
  expect(await byKey(two)).toBeNull()
})

test('transactions of both kinds; a refused query takes the whole batch with it', async () => {
  const [key, other] = [randomUUID(), randomUUID()]
  const create = (client: Client<Models>, id: string) =>
    client.account.create({ data: { key: id, tenantId: 'acme', email: `${id}@b.no` }, select })
  const batch = [
    create(db, key),
    db.account.findFirst({ where: { tenantId: 'acme', email: `${key}@b.no` }, select }),
  ]
  expect(await db.$transaction(batch)).toEqual([of(key, `${key}@b.no`), of(key, `${key}@b.no`)])
  const read = await db.$transaction(async (inner) => {
    await create(inner, other)
    return inner.account.findMany({ where: { tenantId: 'acme', email: `${other}@b.no` }, select })
  })
  expect(read).toEqual([of(other, `${other}@b.no`)])
  const refused = [
    create(db, randomUUID()),
    db.account.findMany({ orderBy: { email: 'asc' } }),
    create(db, randomUUID()),
  ]
  await expect(db.$transaction(refused)).rejects.toThrow(code('not-searchable'))
  await db.$transaction([db.tenant.findMany()])
  expect(await stored()).toHaveLength(5)
})

const row = { key: randomUUID(), tenantId: 'acme', email: 'x' }
test.each(refusals)('refused before anything is sent: %s', async (_, expected, model, operation, args) => {
  const before = await stored()
  const field = (name: string) => Reflect.get(Reflect.get(db.account, 'fields'), name)
  const query = db[model][operation](typeof args === 'function' ? args({ field, Prisma: peer.Prisma }) : args)
  await expect(query).rejects.toThrow(code(expected))
  expect(await stored()).toEqual(before)
})

test('a refusal names model and field', async () => {
  await expect(found({ tenantId: 'acme', email: { contains: 'x' } })).rejects.toThrow(
    'Account.email is encrypted and cannot be used in “contains”',
  )
})

test('text of a plain field is never taken for an envelope, and raw SQL reads what is stored', async () => {
  await db.tenant.create({ data: { id: 'hevd:c1:1:AAAA' } })
  await db.account.create({ data: { ...row, tenantId: 'hevd:c1:1:AAAA' } })
  expect(await byKey(row.key, 'hevd:c1:1:AAAA')).toEqual(of(row.key, 'x', 'hevd:c1:1:AAAA'))
  expect(await db.$queryRawUnsafe('select email from shop.account where visits = 1')).toEqual([
    { email: expect.stringMatching(/^hevd:c1:1:/) },
  ])
})

test('an extension before it sees plain values, a computed field after it too', async () => {
  const seen: unknown[] = []
  const spy = async ({ args, query }: { args: unknown; query: (args: unknown) => Promise<unknown> }) => {
    const result = await query(args)
    seen.push(args, result)
    return result
  }
  const mail = { needs: select, compute: ({ email }: { email: string }) => `mailto:${email}` }
  const extended = plain
    .$extends({ query: { account: { findFirst: spy } } })
    .$extends(encryptedPrisma(columns))
    .$extends({ result: { account: { mail } } })
  const where = { tenantId: 'acme', email: 'ola@example.no' }
  expect(await extended.account.findFirst({ where, select: { mail: true } })).toMatchObject({
    mail: 'mailto:ola@example.no',
  })
  expect(seen).toMatchObject([{ where, select: { mail: true } }, of(ola, 'ola@example.no')])
})

test('a table encrypted in place is read, and what is written is read by another adapter', async () => {
  await shop.pool.query('truncate shop.account, orders, note')
  await shop.pool.query(
    `insert into shop.account (id, tenant, email, settings) values ($1, 'acme', 'kari@example.no', '{"a": 1}')`,
    [kari],
  )
  const migrating = await shop.open(declared, { migrating: true })
  const mixed = plain.$extends(encryptedPrisma(migrating))
  const where = { tenantId: 'acme', email: 'kari@example.no' }
  expect(await mixed.account.findFirst({ where })).toMatchObject({ settings: { a: 1 } })
  await expect(byKey(kari)).rejects.toThrow(code('not-encrypted'))
  for await (const _ of encryptTable({
    database: shop.pool,
    columns: migrating,
    table: 'shop.account',
    settle: 0,
  }));
  expect(await db.account.findFirst({ where })).toMatchObject({ key: kari, settings: { a: 1 } })
  await db.account.create({ data: { key: ola, tenantId: 'acme', email: 'ola@example.no' } })
  const { rows } = await (await encryptedPg(shop.pool, columns)).query(
    'select id, tenant, email from shop.account where id = $1',
    [ola],
  )
  expect(rows).toEqual([{ id: ola, tenant: 'acme', email: 'ola@example.no' }])
})

const text = { text: { type: 'string' } } as const
const wrong: readonly [string, Tables, string][] = [
  ['a table that no model is mapped to', { account: { id: 'id', columns: text } }, 'no model'],
  ['a column without a field', { note: { id: 'id', columns: { Text: { type: 'string' } } } }, 'no field'],
  ['an id without a field', { note: { id: 'nr', columns: text } }, 'no field'],
  [
    'an index without a field',
    { note: { id: 'id', columns: { text: { type: 'string', index: { column: 'text_index' } } } } },
    'no field',
  ],
  [
    'a field of another type',
    { note: { id: 'id', columns: { text: { type: 'bytes', storage: 'bytea' } } } },
    'Note.text is String in the Prisma schema; it must be Bytes',
  ],
  [
    'a field with a default',
    { note: { id: 'order', columns: { id: { type: 'string' } } } },
    'Note.id has a @default',
  ],
]
test.each(wrong)('refused where it is applied: %s', async (_, tables, words) => {
  const { provider, pool } = shop
  await prepareColumns({ database: pool, provider, tables })
  const other = await openColumns({ database: pool, provider, tables })
  expect(() => plain.$extends(encryptedPrisma(other))).toThrow(words)
  other.close()
})

test('a client that does not tell its schema is refused, and so is one that leaves the id out everywhere', async () => {
  expect(() => encryptedPrisma(columns)({ $extends: () => ({}) })).toThrow(code('declaration-wrong'))
  const other = peer.open<Models>(shop.url, { omit: { account: { key: true } } })
  const { account } = other.$extends(encryptedPrisma(columns))
  await expect(account.findMany()).rejects.toThrow(code('row-id-needed'))
  expect(await account.findMany({ omit: { key: false }, where: { visits: 1 } })).toMatchObject([
    { secret: 'k' },
  ])
  await other.$disconnect()
})
