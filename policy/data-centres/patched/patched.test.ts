import { hosts, packageSources, pendingReboots, pendingUpdates, type ValueOf } from '@hevd/facts'
import { describe, expect, test } from 'vitest'
import { made } from '../../made.ts'
import { judgedIn, noon, said, type World } from '../../world.ts'
import { rebootInTime } from './reboot-in-time.ts'
import { updatesInTime } from './updates-in-time.ts'

const day = 86_400_000
const update = (over: Partial<ValueOf<typeof pendingUpdates>> = {}) =>
  said(pendingUpdates, {
    host: 'h1',
    package: 'openssl',
    installed: '3.0.1',
    candidate: '3.0.2',
    security: true,
    firstSeenAt: noon - 13 * day,
    ...over,
  })
const source = (over: Partial<ValueOf<typeof packageSources>> = {}) =>
  said(packageSources, {
    host: 'h1',
    manager: 'apt',
    refreshedAt: noon - day,
    hasSecuritySource: true,
    ...over,
  })
const world = (...facts: World['facts']): World => ({
  facts: [made.host(), ...facts],
  seen: [hosts, pendingUpdates, packageSources, pendingReboots],
  scopes: ['h1'],
})

describe('security updates are installed in time', () => {
  const parameters = { securityWithin: 'P14D', listsNoOlderThan: 'P7D' }
  test.each<[string, World['facts'], string]>([
    ['one that has waited thirteen days', [source(), update()], 'holds'],
    [
      'one that has waited fifteen, the known-bad twin',
      [source(), update({ firstSeenAt: noon - 15 * day })],
      'fails',
    ],
    [
      'an ordinary one that has waited long',
      [source(), update({ security: false, firstSeenAt: 0 })],
      'holds',
    ],
    ['lists too old to know', [source({ refreshedAt: noon - 8 * day })], 'unknown'],
    ['lists that claim to be of tomorrow', [source({ refreshedAt: noon + day })], 'unknown'],
    ['lists never fetched', [source({ refreshedAt: null })], 'unknown'],
    ['no source of security updates', [source({ hasSecuritySource: false })], 'fails'],
    ['no package source at all', [], 'unknown'],
  ])('%s', (_name, facts, verdict) => {
    expect(judgedIn(world(...facts), updatesInTime, parameters)).toMatchObject({ h1: { verdict } })
  })
})

test('a restart is not put off for ever', () => {
  const reboot = (since: number | null) =>
    said(pendingReboots, { host: 'h1', pending: since !== null, because: ['linux-image'], since })
  const at = (since: number | null) => judgedIn(world(reboot(since)), rebootInTime, { rebootWithin: 'P14D' })
  expect(at(null)).toMatchObject({ h1: { verdict: 'holds' } })
  expect(judgedIn(world(), rebootInTime, { rebootWithin: 'P14D' })).toMatchObject({
    h1: { verdict: 'unknown' },
  })
  expect(at(noon - 13 * day)).toMatchObject({ h1: { verdict: 'holds' } })
  expect(at(noon - 15 * day)).toMatchObject({
    h1: { verdict: 'fails', why: { params: { because: ['linux-image'] } } },
  })
})
