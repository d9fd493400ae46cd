import type { Ask } from '@hevd/http'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Grant, TakenShare } from './contract.ts'
import { startWorld, type Who, type World } from './testdata/world.ts'

let world: World
beforeAll(async () => {
  world = await startWorld()
})
afterAll(() => world.stop())

const asks = () => world.inside((tx) => world.keys.asks(tx, world.organisation))
/** Ids of what is asked of an account. */
const askedOf = (all: readonly Ask[], { id }: Who, role: 'administrator' | 'reader' = 'administrator') =>
  all.filter((ask) => ask.of({ kind: 'account', id, role })).map((ask) => ask.id)
const root = (who: Who, path: string, body?: object) => world.done(who, 'POST', `/api/root-key${path}`, body)

test('a share waits for each custodian who has not taken it, and a sealed vault for those who have not given', async () => {
  expect(await asks()).toEqual([])
  const { ada, bo, rolf } = world
  await root(ada, '', { seal: 'shares', threshold: 2, custodians: [ada.id, rolf.id] })
  const { share } = await world.done<TakenShare>(ada, 'POST', '/api/root-key/share')
  const waiting = await asks()
  expect(waiting).toMatchObject([{ id: 'root-key-share', urgent: true, to: '/root-key' }])
  expect([askedOf(waiting, ada), askedOf(waiting, bo), askedOf(waiting, rolf, 'reader')]).toEqual([
    [],
    [],
    ['root-key-share'],
  ])
  const rolfs = await world.done<TakenShare>(rolf, 'POST', '/api/root-key/share')
  expect(await asks()).toEqual([])

  await root(ada, '/seal')
  await root(ada, '/unseal', { share })
  const sealed = await asks()
  expect(sealed).toMatchObject([{ id: 'vault-sealed', deadline: world.clock.now() + 15 * 60_000 }])
  expect([askedOf(sealed, ada), askedOf(sealed, rolf, 'reader')]).toEqual([[], ['vault-sealed']])
  await root(rolf, '/unseal', { share: rolfs.share })
  expect(await asks()).toEqual([])

  await root(ada, '/reseal', { seal: 'file' })
  await root(rolf, '/reseal/share', { share: rolfs.share })
  const consent = await asks()
  expect([askedOf(consent, ada), askedOf(consent, rolf, 'reader')]).toEqual([['root-key-reseal'], []])
  await root(ada, '/reseal/share', { share })
  expect(await asks()).toEqual([])
})

test('a grant and an export wait for administrators who neither asked for it nor would have it', async () => {
  const { ada, bo, rolf } = world
  await world.done(ada, 'POST', '/api/keys', { name: 'kundedata' })
  const body = {
    ...{ key: 'kundedata', holder: { kind: 'account', id: rolf.id }, operations: ['decrypt'] },
    ...{ purpose: 'Innsyn', from: '2026-06-01', until: '2026-12-31' },
  }
  const grant = await world.done<Grant>(rolf, 'POST', '/api/key-grants', body)
  const waiting = await asks()
  expect(waiting).toMatchObject([{ id: 'key-grants', since: world.clock.now(), to: '/key-grants' }])
  expect(JSON.stringify(waiting)).not.toMatch(/Rolf|Innsyn/)
  expect([askedOf(waiting, ada), askedOf(waiting, bo), askedOf(waiting, rolf, 'reader')]).toEqual([
    ['key-grants'],
    ['key-grants'],
    [],
  ])
  await world.done(bo, 'POST', `/api/key-grants/${grant.id}/refuse`)
  await world.done(ada, 'POST', '/api/keys/kundedata/export/ask')
  const asked = await asks()
  expect([askedOf(asked, ada), askedOf(asked, bo)]).toEqual([[], ['key-exports']])
})
