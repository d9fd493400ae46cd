import { spawn } from 'node:child_process'
import { randomInt } from 'node:crypto'
import { once } from 'node:events'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Columns } from '../columns.ts'
import { rotateKey } from '../keys/rotate.ts'
import { type Customers, customerSchema, customers, fillCustomers } from '../testdata/customers.ts'
import { openShop, type Shop } from '../testdata/shop.ts'
import { encryptTable } from './encrypt-table.ts'

/** The table is brought up to date by processes that are killed, while an application goes on writing. */
const COUNT = 500
let shop: Shop
beforeAll(async () => {
  shop = await openShop(customerSchema)
  await shop.pool.query(fillCustomers(COUNT))
})
afterAll(() => shop.close())

type Expected = Map<number, { email: string | null; api_key: string }>

/** The application: one row after another gets a new value, sealed or, by an old release, as plain text. */
async function writing(
  columns: Columns<Customers>,
  expected: Expected,
  going: () => boolean,
  plain: boolean,
) {
  for (let n = 1; going(); n += 1) {
    const nr = randomInt(1, COUNT + 1)
    const { rows } = await shop.pool.query('select region, nr, tenant from customer where nr = $1', [nr])
    const api_key = `new-${n}`
    const sealed = columns.tables.customer.seal({ ...rows[0], api_key })
    await shop.pool.query('update customer set api_key = $1 where nr = $2', [
      plain && n % 5 === 0 ? api_key : sealed.api_key,
      nr,
    ])
    const before = expected.get(nr)
    if (before !== undefined) expected.set(nr, { ...before, api_key })
    await sleep(2)
  }
}

/** One process that is killed at a random moment after it has begun; how far it came. */
async function killed(): Promise<string> {
  const child = spawn(
    process.execPath,
    [join(import.meta.dirname, '../testdata/encrypting.ts'), shop.url, shop.keyFile],
    {
      stdio: ['ignore', 'pipe', 'ignore'],
    },
  )
  let output = ''
  child.stdout.on('data', (chunk: Buffer) => {
    output += chunk.toString()
  })
  await Promise.race([once(child.stdout, 'data'), once(child, 'exit')])
  await sleep(randomInt(150))
  child.kill('SIGKILL')
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit')
  return output.trim().split('\n').at(-1) ?? ''
}

/** No row is half done: where its column is encrypted its index is filled, and it opens to what was written last. */
async function expectWhole(columns: Columns<Customers>, expected: Expected): Promise<void> {
  const { rows } = await shop.pool.query('select * from customer')
  expect(rows).toHaveLength(COUNT)
  for (const row of rows) {
    const { email, api_key } = columns.tables.customer.open(row)
    expect({ email, api_key }).toEqual(expected.get(Number(row.nr)))
    if (row.email?.startsWith('hevd:')) expect(row.email_index ?? row.email_index_2).toMatch(/^i[12]:/)
  }
}

test('killed again and again in the midst of it: no row half done, none lost, none stale', async () => {
  const columns = await shop.open(customers, { migrating: true, refreshEvery: 100 })
  const { rows } = await shop.pool.query('select nr, email, api_key from customer')
  const expected: Expected = new Map(rows.map(({ nr, email, api_key }) => [Number(nr), { email, api_key }]))
  const finish = async () => {
    const progress = await Array.fromAsync(
      encryptTable({ database: shop.pool, columns, table: 'customer', settle: 0 }),
    )
    expect(progress.at(-1)).toMatchObject({ phase: 'verified', unreadable: 0 })
  }

  let going = true
  let application = writing(columns, expected, () => going, true)
  const reached: string[] = []
  for (let kill = 0; kill < 3; kill += 1) reached.push(await killed())
  going = false
  await application
  console.log(`Killed at ${reached.join(', ')}`)
  await expectWhole(columns, expected)
  await finish()
  const strict = await shop.open(customers)
  await expectWhole(strict, expected)

  const rotated = {
    database: shop.pool,
    provider: shop.provider,
    tables: customers,
    table: 'customer',
    announceFor: 0,
  }
  await rotateKey({ ...rotated, column: 'api_key', purpose: 'data' })
  await rotateKey({ ...rotated, column: 'email', purpose: 'index' })
  await Promise.all([columns.refresh(), strict.refresh()])
  going = true
  application = writing(columns, expected, () => going, false)
  for (let kill = 0; kill < 3; kill += 1) reached.push(await killed())
  going = false
  await application
  await expectWhole(strict, expected)
  await finish()
  await strict.refresh()
  await expectWhole(strict, expected)
  const { rows: old } = await shop.pool.query(
    `select from customer where api_key not like 'hevd:c1:2:%' or email is not null and email_index_2 is null`,
  )
  expect(old).toHaveLength(0)
})
