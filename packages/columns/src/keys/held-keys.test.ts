import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { openColumns } from '../columns.ts'
import type { Queryable } from '../database.ts'
import { openShop, type Shop } from '../testdata/shop.ts'
import { type TransitPeer, transitPeer } from '../testdata/transit-peer.ts'
import { columnKey } from './column-keys.ts'
import { prepareColumns } from './keyring.ts'
import { rotateKey } from './rotate.ts'
import { transit } from './transit.ts'

const tables = {
  account: {
    id: 'id',
    columns: { secret: { type: 'string' }, email: { type: 'string', index: { column: 'email_index' } } },
  },
} as const
let shop: Shop
let peer: TransitPeer
beforeAll(async () => {
  shop = await openShop('select 1')
  peer = await transitPeer()
})
afterAll(async () => {
  await peer.close()
  await shop.close()
})
beforeEach(async () => {
  peer.sealed = false
  await shop.pool.query('drop table if exists hevd_column_keys, hevd_column_progress')
})

const code = (expected: string) => expect.objectContaining({ name: 'ColumnsError', code: expected })
const provider = () => transit({ address: peer.address, token: peer.token, key: 'app columns' })
const keyring = () => ({ database: shop.pool, provider: provider(), tables })
const row = { id: 1, secret: 'x', email: null }

test('nothing is opened before the keyring is prepared, and preparing is done once, however often it is asked for', async () => {
  await expect(openColumns(keyring())).rejects.toThrow('hevd_column_keys')
  await Promise.all([1, 2, 3, 4].map(() => prepareColumns(keyring())))
  const { rows } = await shop.pool.query(
    'select scope, purpose, version::int, complete from hevd_column_keys order by 1',
  )
  expect(rows).toEqual([
    { scope: 'account.email', purpose: 'data', version: 1, complete: false },
    { scope: 'account.email/email_index', purpose: 'index', version: 1, complete: true },
    { scope: 'account.secret', purpose: 'data', version: 1, complete: false },
  ])
  await shop.pool.query(`delete from hevd_column_keys where scope = 'account.secret'`)
  await expect(openColumns(keyring())).rejects.toThrow(code('no-key'))
})

test('keys are held for the stated time and fetched anew before it ends; then everything is refused', async () => {
  await prepareColumns(keyring())
  let now = 0
  const columns = await openColumns({ ...keyring(), keepKeysFor: 1000, now: () => now })
  const { account } = columns.tables
  const unwrapped = () => peer.calls.get('decrypt') ?? 0
  const first = unwrapped()
  now = 400
  await columns.refresh()
  expect(unwrapped()).toBe(first)
  now = 600
  await columns.refresh()
  expect(unwrapped()).toBe(first + 3)
  peer.sealed = true
  now = 1500
  await columns.refresh()
  const sealed = account.seal(row)
  expect(account.open(sealed)).toMatchObject(row)
  now = 1600
  expect(() => account.seal(row)).toThrow(code('keys-expired'))
  expect(() => account.open(sealed)).toThrow(/503: Vault is sealed/)
  await expect(columns.refresh()).rejects.toThrow(code('provider-sealed'))
  expect(() => account.find('email', 'x')).toThrow(code('keys-expired'))
  peer.sealed = false
  await columns.refresh()
  expect(account.open(sealed)).toMatchObject(row)
  columns.close()
  expect(() => account.open(sealed)).toThrow(code('keys-expired'))
})

test('a database that is away is as a key server that is: keys last their time', async () => {
  await prepareColumns(keyring())
  let away = false
  let now = 0
  const database: Queryable = {
    query: (text, values) =>
      away ? Promise.reject(new Error('connection refused')) : shop.pool.query(text, values),
  }
  const columns = await openColumns({ ...keyring(), database, keepKeysFor: 1000, now: () => now })
  away = true
  await expect(columns.refresh()).rejects.toThrow('connection refused')
  now = 999
  const sealed = columns.tables.account.seal(row)
  now = 1000
  expect(() => columns.tables.account.open(sealed)).toThrow(/connection refused/)
  columns.close()
})

test('a wrapped key that was moved to another column is another key there', async () => {
  await prepareColumns(keyring())
  const columns = await openColumns(keyring())
  const sealed = columns.tables.account.seal({ id: 1, secret: 'x', email: 'x' })
  await shop.pool.query(
    `update hevd_column_keys set wrapped = (select wrapped from hevd_column_keys where scope = 'account.secret')`,
  )
  const bent = await openColumns(keyring())
  expect(bent.tables.account.open({ id: 1, secret: sealed.secret })).toEqual({ id: 1, secret: 'x' })
  expect(() => bent.tables.account.open({ id: 1, email: sealed.email })).toThrow(code('not-authentic'))
  expect(bent.tables.account.find('email', 'x').terms).not.toEqual([sealed.email_index])
  columns.close()
  bent.close()
})

test('the key in use is of one column, purpose and version', () => {
  const unwrapped = Buffer.alloc(32, 7)
  const own = { purpose: 'data', scope: 'account.secret', version: 1 } as const
  const others = [
    { ...own, purpose: 'index' } as const,
    { ...own, scope: 'account.email' },
    { ...own, version: 2 },
  ]
  for (const other of others)
    expect(columnKey(unwrapped, own).equals(columnKey(unwrapped, other))).toBe(false)
  expect(columnKey(unwrapped, own).equals(columnKey(unwrapped, { ...own }))).toBe(true)
})

test('an index that is declared otherwise than it was made is refused', async () => {
  await prepareColumns(keyring())
  const email = { type: 'string', index: { column: 'email_index', normalise: 'caseless' } } as const
  const changed = { account: { ...tables.account, columns: { ...tables.account.columns, email } } }
  await expect(openColumns({ ...keyring(), tables: changed })).rejects.toThrow(code('index-shape-differs'))
})

test('values stay bound to first names: a table and a column are renamed without being rewritten', async () => {
  await prepareColumns(keyring())
  const columns = await openColumns(keyring())
  const { secret } = columns.tables.account.seal(row)
  const renamed = await openColumns({
    ...keyring(),
    tables: {
      customer: { id: 'id', boundAs: 'account', columns: { token: { type: 'string', boundAs: 'secret' } } },
    },
  })
  expect(renamed.tables.customer.open({ id: 1, token: secret })).toEqual({ id: 1, token: 'x' })
  columns.close()
  renamed.close()
})

test('a tenant for all tables is bound as one in the row is', async () => {
  await prepareColumns(keyring())
  const [acme, globex] = await Promise.all(
    ['acme', 'globex'].map((tenant) => openColumns({ ...keyring(), tenant })),
  )
  const sealed = acme?.tables.account.seal(row) ?? {}
  expect(acme?.tables.account.open(sealed)).toMatchObject(row)
  expect(() => globex?.tables.account.open(sealed)).toThrow(code('not-authentic'))
  acme?.close()
  globex?.close()
})

test('two that rotate at once make one version', async () => {
  await prepareColumns(keyring())
  const rotated = { ...keyring(), table: 'account', column: 'secret', purpose: 'data' } as const
  const done = await Promise.allSettled([rotateKey(rotated), rotateKey(rotated)])
  const { rows } = await shop.pool.query(
    `select version::int from hevd_column_keys where scope = 'account.secret' order by 1`,
  )
  expect(rows.map(({ version }) => version)).toEqual(
    done.every(({ status }) => status === 'fulfilled') ? [1, 2, 3] : [1, 2],
  )
})

const wrong: readonly [string, object][] = [
  ['no id', { id: [], columns: {} }],
  ['an unknown type', { id: 'id', columns: { c: { type: 'date time' } } }],
  ['another storage', { id: 'id', columns: { c: { type: 'string', storage: 'jsonb' } } }],
  ['an index of json', { id: 'id', columns: { c: { type: 'json', index: { column: 'i' } } } }],
  [
    'a number that is normalised',
    { id: 'id', columns: { c: { type: 'number', index: { column: 'i', normalise: 'text' } } } },
  ],
  [
    'an unknown normaliser',
    { id: 'id', columns: { c: { type: 'string', index: { column: 'i', normalise: 'lower' } } } },
  ],
  ['too few bits', { id: 'id', columns: { c: { type: 'string', index: { column: 'i', bits: 4 } } } }],
  ['too many bits', { id: 'id', columns: { c: { type: 'string', index: { column: 'i', bits: 512 } } } }],
  [
    'one index column for two',
    {
      id: 'id',
      columns: {
        a: { type: 'string', index: { column: 'i' } },
        b: { type: 'string', index: { column: 'i' } },
      },
    },
  ],
  ['an encrypted id', { id: 'id', columns: { id: { type: 'string' } } }],
  [
    'two columns bound as one',
    { id: 'id', columns: { a: { type: 'string' }, b: { type: 'string', boundAs: 'a' } } },
  ],
  ['a minimum below one', { id: 'id', columns: { a: { type: 'string', minimum: 0 } } }],
]
test.each(wrong)('a declaration with %s is refused', async (_, table) => {
  await expect(openColumns({ ...keyring(), tables: { t: table as never } })).rejects.toThrow(
    code('declaration-wrong'),
  )
})
