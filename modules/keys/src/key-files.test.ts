import { hosts, keyFiles, type ValueOf } from '@hevd/facts'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startWorld, type World } from './testdata/world.ts'

let world: World
beforeAll(async () => {
  world = await startWorld()
})
afterAll(() => world.stop())

const file = (path: string, openTo: ValueOf<typeof keyFiles>['openTo'], host = 'h1') => ({
  type: keyFiles.name,
  value: {
    ...{
      host,
      path,
      kind: 'private-key',
      encrypted: false,
      fingerprint: 'SHA256:x',
      secrets: 1,
      mode: 0o640,
    },
    openTo,
  },
})
const nobody = { uid: null, gid: null, everybody: false }
const list = (who = world.rolf) => world.call(who, 'GET', '/api/key-files')

test('files that others than root can read are listed, the most open first, by the names of their hosts', async () => {
  expect(await list()).toEqual({ status: 200, json: { files: [], total: 0 } })
  const found = { name: 'found', title: { nb: 'Funnet', en: 'Found' }, types: [keyFiles.name, hosts.name] }
  await world.inside(async (tx) => {
    await world.feeds.openRegister(tx, world.organisation, found)
    await world.feeds.put(tx, world.organisation, found.name, [
      { type: hosts.name, value: { id: 'h1', name: 'web-01', role: 'production', declaredBy: 'somebody' } },
      file('/srv/closed.key', nobody),
      file('/srv/own.key', { ...nobody, uid: 1000 }),
      file('/srv/group.key', { ...nobody, uid: 1000, gid: 115 }, 'h2'),
      file('/srv/open.key', { uid: 1000, gid: 115, everybody: true }),
    ])
  })
  const shown = { kind: 'private-key', encrypted: false, fingerprint: 'SHA256:x', secrets: 1, mode: 0o640 }
  expect((await list()).json).toEqual({
    total: 3,
    files: [
      { ...shown, host: 'h1', hostName: 'web-01', path: '/srv/open.key', readableBy: 'everybody' },
      { ...shown, host: 'h2', hostName: 'h2', path: '/srv/group.key', readableBy: 'group' },
      { ...shown, host: 'h1', hostName: 'web-01', path: '/srv/own.key', readableBy: 'owner' },
    ],
  })
})
