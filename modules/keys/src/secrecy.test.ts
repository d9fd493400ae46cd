import { randomBytes } from 'node:crypto'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { keyType } from './contract.ts'
import { startWorld, type World } from './testdata/world.ts'

/** What was given out as random bytes of a key's length: where it was put, and what stood there. */
const given: { readonly place: Buffer; readonly bytes: Buffer }[] = []
const random = (length: number) => {
  const place = randomBytes(length)
  if (length >= 16) given.push({ place, bytes: Buffer.from(place) })
  return place
}

let world: World
beforeAll(async () => {
  world = await startWorld({}, random)
})
afterAll(() => world.stop())

const forms = (bytes: Buffer) => [
  ...[bytes.toString('hex'), bytes.toString('base64').replace(/=+$/, '')],
  ...[bytes.toString('base64url'), bytes.toString('latin1'), JSON.stringify([...bytes]).slice(1, -1)],
]

/** Everything that stands in the database, as text. */
async function everythingStored(): Promise<string> {
  return world.inside(async (tx) => {
    const { rows: tables } = await sql<{ name: string }>`
      select format('%I.%I', n.nspname, c.relname) as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where c.relkind = 'r' and n.nspname not in ('pg_catalog', 'information_schema', 'hevd')`.execute(tx)
    const parts: string[] = []
    for (const { name } of tables) {
      const { rows } = await sql<{ row: string }>`select t::text as row from ${sql.raw(name)} t`.execute(tx)
      parts.push(...rows.map(({ row }) => row))
    }
    return parts.join('\n')
  })
}

test('no bytes of a key stand in the database, a log or an answer, and none stay where they were made', async () => {
  await world.done(world.ada, 'POST', '/api/root-key', { seal: 'file' })
  const token = await world.tokenOf(world.ada)
  const answers: unknown[] = []
  const ask = async (path: string, body: object) => answers.push(await world.vault(token, 'POST', path, body))
  for (const type of keyType.options) {
    await world.done(world.ada, 'POST', '/api/keys', { name: type, type })
    const signs = type === 'ed25519' || type === 'ecdsa-p256'
    const able = signs ? ['sign', 'verify'] : type === 'hmac' ? ['hmac'] : ['encrypt', 'decrypt', 'rewrap']
    await world.grant(type, world.ada, [...(able as ['sign']), 'read', 'manage', 'export'])
    await ask(`/transit/keys/${type}/rotate`, {})
    await ask(`/transit/encrypt/${type}`, { plaintext: 'AAAA' })
    await ask(`/transit/encrypt/${type}`, { plaintext: '!' })
    await ask(`/transit/decrypt/${type}`, { ciphertext: 'vault:v1:AAAA' })
    await ask(`/transit/sign/${type}`, { input: 'AAAA' })
    await ask(`/transit/hmac/${type}`, { input: 'AAAA' })
    answers.push(await world.vault(token, 'GET', `/transit/export/encryption-key/${type}`))
    answers.push(await world.vault(token, 'GET', `/transit/backup/${type}`))
    answers.push(await world.vault(token, 'GET', `/transit/keys/${type}`))
    answers.push(await world.call(world.ada, 'GET', `/api/keys/${type}`))
  }
  await world.keys.runOnce()
  const [rootKey, ...keys] = given
  expect(keys.length).toBeGreaterThan(9)
  const everything = `${await everythingStored()}\n${world.logged()}\n${JSON.stringify(answers)}`
  expect(everything.length).toBeGreaterThan(20_000)
  expect(given.flatMap(({ bytes }) => forms(bytes)).filter((form) => everything.includes(form))).toEqual([])
  expect(keys.filter(({ place }) => !place.every((byte) => byte === 0))).toEqual([])
  await world.done(world.ada, 'POST', '/api/root-key/seal')
  expect(rootKey?.place.every((byte) => byte === 0)).toBe(true)
  expect(world.logged()).not.toContain(token)
})

test('a key is taken out only where two people have made it so, and is then what a backup restores', async () => {
  await world.done(world.ada, 'POST', '/api/root-key/open')
  const token = await world.tokenOf(world.ada)
  await world.done(world.ada, 'POST', '/api/keys', { name: 'out' })
  await world.grant('out', world.ada, ['export', 'encrypt', 'decrypt'])
  const exported = () => world.vault(token, 'GET', '/transit/export/encryption-key/out/latest')
  const act = (who: typeof world.ada, what: string) => world.call(who, 'POST', `/api/keys/out/export/${what}`)
  expect(await exported()).toMatchObject({ status: 400 })
  expect(await act(world.ada, 'approve')).toMatchObject({ json: { code: 'nothing-asked' } })
  await act(world.ada, 'ask')
  expect(await act(world.ada, 'approve')).toMatchObject({ status: 403, json: { code: 'own-approval' } })
  expect(await exported()).toMatchObject({ status: 400 })
  expect(await act(world.bo, 'approve')).toMatchObject({ status: 200, json: { exportable: true } })
  const { json } = await exported()
  const keys = (json as { data: { keys: { [version: string]: string } } }).data.keys
  expect(Buffer.from(keys[1] ?? '', 'base64')).toHaveLength(32)
  const plaintext = Buffer.from('tekst').toString('base64')
  const { json: sealed } = await world.vault(token, 'POST', '/transit/encrypt/out', { plaintext })
  const { ciphertext } = (sealed as { data: { ciphertext: string } }).data
  const backup = await world.vault(token, 'GET', '/transit/backup/out')
  const text = (backup.json as { data: { backup: string } }).data.backup
  const restore = (name: string, given_ = text) =>
    world.vault(token, 'POST', `/transit/restore/${name}`, { backup: given_ })
  expect(await restore('out')).toMatchObject({ status: 400 })
  expect(await restore('back', text.slice(8))).toMatchObject({ status: 400 })
  expect(await restore('back')).toMatchObject({ status: 204 })
  await world.grant('back', world.ada, ['decrypt', 'export'])
  const opened = await world.vault(token, 'POST', '/transit/decrypt/back', { ciphertext })
  expect(opened).toMatchObject({ json: { data: { plaintext } } })
  expect(await world.vault(token, 'GET', '/transit/backup/back')).toMatchObject({ status: 400 })
})

test('a stored version that was changed, or put in another’s place, opens nothing and says so', async () => {
  const token = await world.tokenOf(world.ada)
  for (const name of ['one', 'two']) {
    await world.done(world.ada, 'POST', '/api/keys', { name })
    await world.grant(name, world.ada, ['encrypt'])
  }
  await world.inside((tx) =>
    sql`update keys.version v set wrapped = o.wrapped from keys.version o, keys.key a, keys.key b
      where v.key = a.id and a.name = 'one' and o.key = b.id and b.name = 'two'`.execute(tx),
  )
  const answer = await world.vault(token, 'POST', '/transit/encrypt/one', { plaintext: '' })
  expect(answer).toMatchObject({ status: 500, json: { errors: [expect.stringMatching(/cannot be opened/)] } })
  expect(await world.vault(token, 'POST', '/transit/encrypt/two', { plaintext: '' })).toMatchObject({
    status: 200,
  })
})
