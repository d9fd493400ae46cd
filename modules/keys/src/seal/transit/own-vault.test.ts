import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { rootContext } from '../../domain/root-key.ts'
import { startWorld, type World } from '../../testdata/world.ts'
import type { Seal } from '../seal.ts'
import { transitSeal } from './transit-seal.ts'

const context = rootContext('another organisation')
const rootKey = randomBytes(32)
let world: World
let seal: Seal

/** A vault of ours with a key for sealing another one, spoken to over TLS. */
beforeAll(async () => {
  world = await startWorld()
  await world.done(world.ada, 'POST', '/api/root-key', { seal: 'file' })
  await world.done(world.ada, 'POST', '/api/keys', { name: 'seals-another' })
  await world.grant('seals-another', world.ada, ['encrypt', 'decrypt'])
  const { address, certificate } = await world.listen()
  const where = { address, mount: 'transit', key: 'seals-another', namespace: null }
  const authorities = readFileSync(certificate, 'utf8')
  seal = transitSeal({ ...where, authorities, token: { text: await world.tokenOf(world.ada) } }, 'PT10S')
})
afterAll(() => world.stop())

test('a vault of ours seals the root key of another, and opens it after its key was rotated', async () => {
  const sealed = await seal.wrap(rootKey, context)
  await world.done(world.ada, 'POST', '/api/keys/seals-another/rotate')
  expect(await seal.unwrap(sealed, context)).toEqual(rootKey)
  await expect(seal.unwrap(sealed, rootContext('a third'))).rejects.toMatchObject({ code: 'seal-refused' })
})

test('while that vault is sealed the other one cannot be opened, and is told so', async () => {
  const sealed = await seal.wrap(rootKey, context)
  await world.done(world.ada, 'POST', '/api/root-key/seal')
  await expect(seal.unwrap(sealed, context)).rejects.toMatchObject({
    code: 'seal-unreachable',
    message: expect.stringContaining('HTTP 503'),
  })
  await world.done(world.ada, 'POST', '/api/root-key/open')
  expect(await seal.unwrap(sealed, context)).toEqual(rootKey)
})
