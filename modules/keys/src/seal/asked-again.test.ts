import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sessionCookie } from '@hevd/identity'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { RootKey } from '../contract.ts'
import { startWorld, type World } from '../testdata/world.ts'
import { transitStandIn, transitToken } from './testdata/transit-stand-in.ts'

const folder = mkdtempSync(join(tmpdir(), 'hevd-asked-'))
const token = join(folder, 'token')
const transit = await transitStandIn()
let world: World

/** Sealed by Transit (a stand-in), whose token is in a file. */
beforeAll(async () => {
  writeFileSync(token, transitToken)
  const where = { address: transit.origin, mount: 'transit', key: 'hevd-root', namespace: 'drift' }
  world = await startWorld({}, randomBytes, {
    transit: { ...where, authorities: null, token: { file: token } },
  })
  await world.done(world.ada, 'POST', '/api/root-key', { seal: 'transit' })
})
afterAll(async () => {
  await world.stop()
  await transit.close()
  rmSync(folder, { recursive: true })
})

/** A server that starts now, and how it is with its vault. */
async function starting() {
  const other = await world.another()
  const before = transit.heard.length
  const asked = () => transit.heard.length - before
  const call = (method: 'GET' | 'POST', url: string) =>
    other.app.inject({ method, url, cookies: { [sessionCookie]: world.ada.cookie } })
  const root = async (): Promise<RootKey> => (await call('GET', '/api/root-key')).json()
  const halfAMinute = () => {
    world.clock.advance(30_000)
    return other.keys.runOnce()
  }
  return { ...other, asked, call, root, halfAMinute }
}

test('a service that does not answer is asked again, and the vault opens when it does', async () => {
  transit.setSealed(true)
  const other = await starting()
  expect(await other.root()).toMatchObject({ state: 'sealed', why: { code: 'seal-unreachable' } })
  await other.halfAMinute()
  expect(other.asked()).toBe(1)
  transit.setSealed(false)
  await other.halfAMinute()
  expect(await other.root()).toMatchObject({ state: 'unsealed', why: null })
  await other.stop()
})

test('one that refuses is not, until somebody says so: a token would lock itself', async () => {
  writeFileSync(token, 'hvs.wrong')
  const other = await starting()
  expect(await other.root()).toMatchObject({ state: 'sealed', why: { code: 'seal-refused' } })
  writeFileSync(token, transitToken)
  await other.halfAMinute()
  await other.halfAMinute()
  expect(other.asked()).toBe(0)
  expect((await other.call('POST', '/api/root-key/open')).statusCode).toBe(200)
  expect(await other.root()).toMatchObject({ state: 'unsealed' })
  await other.stop()
})
