import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import type { IncomingMessage } from 'node:http'
import { request } from 'node:https'
import { text } from 'node:stream/consumers'
import { openColumns, prepareColumns, transit } from '@hevd/columns'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startWorld, type World } from '../testdata/world.ts'

/** The column library of applications, with this vault as the holder of its root key, over TLS. */
let world: World
let pool: pg.Pool
let provider: ReturnType<typeof transit>
const key = 'shop'

beforeAll(async () => {
  world = await startWorld()
  await world.done(world.ada, 'POST', '/api/root-key', { seal: 'file' })
  const { address, certificate } = await world.listen()
  const ca = readFileSync(certificate)
  /** `fetch` has no option for whom to trust. */
  const trusting: typeof globalThis.fetch = async (url, init) => {
    const { method = 'GET', headers = {}, body } = init ?? {}
    const sent = request(String(url), { ca, method, headers: Object(headers) })
    sent.end(String(body))
    const [answer]: IncomingMessage[] = await once(sent, 'response')
    if (answer === undefined) throw new Error('no answer')
    return new Response(await text(answer), { status: answer.statusCode ?? 500 })
  }
  provider = transit({ address, token: await world.tokenOf(world.ada), key, fetch: trusting })
  pool = new pg.Pool({ connectionString: world.target.ownerUrl, max: 2 })
  pool.on('error', () => {})
  await pool.query('create table customer (id uuid primary key, email text, email_index text unique)')
})
afterAll(async () => {
  await pool.end()
  await world.stop()
})

const tables = {
  customer: { id: 'id', columns: { email: { type: 'string', index: { column: 'email_index' } } } },
} as const

test('columns are encrypted by keys that the vault wraps; without a grant, or sealed, they do not open', async () => {
  const keyring = { database: pool, provider, tables }
  await expect(prepareColumns(keyring)).rejects.toMatchObject({ code: 'provider-key-missing' })
  await world.done(world.ada, 'POST', '/api/keys', { name: key, type: 'aes256-gcm96' })
  await expect(prepareColumns(keyring)).rejects.toMatchObject({ code: 'provider-denied' })
  await world.grant(key, world.ada, ['datakey', 'decrypt', 'rewrap'])
  await prepareColumns(keyring)

  const columns = await openColumns(keyring)
  const id = '01a21687-4a04-75dd-a47d-1f993e0f1ec8'
  const sealed = columns.tables.customer.seal({ id, email: 'kari@example.no' })
  await pool.query('insert into customer values ($1, $2, $3)', [id, sealed.email, sealed.email_index])
  const { rows } = await pool.query('select * from customer')
  expect(rows[0].email).toMatch(/^hevd:c1:1:/)
  expect(columns.tables.customer.open(rows[0])).toMatchObject({ email: 'kari@example.no' })
  columns.close()

  await world.done(world.ada, 'POST', '/api/root-key/seal')
  await expect(openColumns(keyring)).rejects.toMatchObject({ code: 'provider-sealed' })
  await world.done(world.ada, 'POST', '/api/root-key/open')
  const again = await openColumns(keyring)
  expect(again.tables.customer.open(rows[0])).toMatchObject({ email: 'kari@example.no' })
  again.close()
})
