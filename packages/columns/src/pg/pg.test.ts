import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openShop, type Shop } from '../testdata/shop.ts'
import { condition, type EncryptedPg, encryptedPg } from './index.ts'

const tables = {
  account: {
    id: 'id',
    tenant: 'tenant',
    columns: {
      email: { type: 'string', index: { column: 'email_index', normalise: 'caseless' } },
      pin: { type: 'string', index: { column: 'pin_index', bits: 8 } },
    },
  },
} as const
let shop: Shop
let db: EncryptedPg
const [kari, ola] = [randomUUID(), randomUUID()]
beforeAll(async () => {
  shop =
    await openShop(`create table account (id uuid primary key, tenant int not null, email text, email_index text, pin text, pin_index text);
    create table orders (id int primary key, account uuid not null);
    create view addresses as select id, email from account`)
  const columns = await shop.open(tables)
  db = await encryptedPg(shop.pool, columns)
  await db.insert('account', { id: kari, tenant: 1, email: 'kari@example.no', pin: '1234' })
  await db.insert('account', { id: ola, tenant: 1, email: 'ola@example.no', pin: '9999' })
  await shop.pool.query('insert into orders values (1, $1), (2, $2)', [kari, randomUUID()])
})
afterAll(() => shop.close())

const code = (expected: string) => expect.objectContaining({ name: 'ColumnsError', code: expected })
const rows = async (text: string, values: unknown[] = []) => (await db.query(text, values)).rows

test('columns are opened whatever a statement calls them, joined or from a subquery', async () => {
  expect(
    await rows('select a.email as mail, a.id as who, a.tenant as whose from account a where id = $1', [kari]),
  ).toEqual([{ mail: 'kari@example.no', who: kari, whose: 1 }])
  expect(
    await rows('select o.id as nr, a.* from orders o left join account a on a.id = o.account order by o.id'),
  ).toMatchObject([
    { nr: 1, id: kari, email: 'kari@example.no', pin: '1234' },
    { nr: 2, id: null, email: null },
  ])
  expect(
    await rows('with a as (select * from account) select id, tenant, email from a where id = $1', [ola]),
  ).toEqual([{ id: ola, tenant: 1, email: 'ola@example.no' }])
  expect(
    await rows('update account set pin = null where id = $1 returning id, tenant, email, pin', [ola]),
  ).toEqual([{ id: ola, tenant: 1, email: 'ola@example.no', pin: null }])
})

const unclear: readonly [string, string, string][] = [
  ['without the id', 'select email, tenant from account', 'row-id-needed'],
  ['without the tenant', 'select email, id from account', 'tenant-needed'],
  [
    'joined with itself',
    'select a.id, a.tenant, a.email, b.email as other from account a, account b',
    'not-translatable',
  ],
  [
    'with two columns under one name',
    'select a.id, a.tenant, a.email, o.id from account a join orders o on o.account = a.id',
    'not-translatable',
  ],
]
test.each(unclear)('refused where it is not clear whose value it is: %s', async (_, text, expected) => {
  await expect(rows(text)).rejects.toThrow(code(expected))
})

test('what a view or an expression gives is what is stored', async () => {
  const stored = expect.stringMatching(/^hevd:c1:1:/)
  expect(await rows('select * from addresses where id = $1', [kari])).toEqual([{ id: kari, email: stored }])
  expect(await rows("select coalesce(email, '') as email from account where id = $1", [kari])).toEqual([
    { email: stored },
  ])
})

test('a truncated index finds candidates, which are opened and compared', async () => {
  const { account } = (await shop.open(tables)).tables
  expect(() => account.find('pin', '1234', 1)).toThrow(code('index-truncated'))
  const { text, values } = condition(account.candidates('pin', '1234', 1), 1, 'a')
  expect(text).toBe('"a"."pin_index" = any($1)')
  const found = await rows(`select a.id, a.tenant, a.pin from account a where ${text}`, values)
  expect(found.filter(({ pin }) => pin === '1234').map(({ id }) => id)).toEqual([kari])
  expect(values).toEqual([[expect.stringMatching(/^i1:[\w-]{2}$/)]])
})

test('an update names its row by id and tenant, and says whether there was one', async () => {
  expect(await db.update('account', { id: kari, tenant: 1, email: 'ny@example.no' })).toBe(1)
  expect(await db.update('account', { id: kari, tenant: 2, email: 'x@example.no' })).toBe(0)
  expect(await rows('select id, tenant, email from account where id = $1', [kari])).toMatchObject([
    { email: 'ny@example.no' },
  ])
  await expect(db.update('account', { email: 'x' })).rejects.toThrow(code('row-id-needed'))
})

test('a value moved to another tenant is refused', async () => {
  await shop.pool.query('update account set tenant = 2 where id = $1', [ola])
  await expect(rows('select id, tenant, email from account where id = $1', [ola])).rejects.toThrow(
    code('not-authentic'),
  )
})
