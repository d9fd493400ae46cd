import {
  hosts,
  importedLists,
  inboundPolicies,
  listedHosts,
  managedDevices,
  packageSources,
  pendingUpdates,
  screenLocks,
  type ValueOf,
  volumes,
} from '@hevd/facts'
import { describe, expect, test } from 'vitest'
import { made } from '../../made.ts'
import { judgedIn, noon, said, type World } from '../../world.ts'
import { diskEncrypted } from './disk-encrypted.ts'
import { firewallOn } from './firewall-on.ts'
import { listedIsManaged } from './listed-is-managed.ts'
import { managedDeviceSound } from './managed-device-sound.ts'
import { screenLocksInTime } from './screen-locks.ts'
import { workstationUpdated } from './updates-in-time.ts'

const day = 86_400_000
const laptop = made.host({ role: 'workstation', name: 'kari-pc' })
const world = (...facts: World['facts']): World => ({
  facts,
  seen: [
    hosts,
    volumes,
    screenLocks,
    inboundPolicies,
    packageSources,
    pendingUpdates,
    managedDevices,
    importedLists,
    listedHosts,
  ],
  scopes: ['h1'],
})
const expected = (verdict: string, code: string | null) => ({
  verdict,
  why: code === null ? null : { code },
})

describe('the disk of a workstation', () => {
  const volume = (over: Partial<ValueOf<typeof volumes>>) =>
    said(volumes, {
      host: 'h1',
      device: '/dev/dm-0',
      mountPoint: '/',
      fileSystem: 'ext4',
      encryption: 'dm-crypt',
      ...over,
    })
  test.each<[string, World['facts'], string, string | null]>([
    ['encrypted', [volume({}), volume({ mountPoint: '/boot/efi', encryption: 'none' })], 'holds', null],
    ['plain, the known-bad twin', [volume({ encryption: 'none' })], 'fails', 'volumes-open'],
    [
      'encrypted, and the homes beside it plain',
      [volume({}), volume({ mountPoint: '/home', encryption: 'none' })],
      'fails',
      'volumes-open',
    ],
    ['virtual', [volume({ encryption: 'beneath' })], 'unknown', 'disk-is-virtual'],
    ['not seen', [], 'unknown', 'volumes-missing'],
  ])('%s', (_name, facts, verdict, code) => {
    expect(judgedIn(world(laptop, ...facts), diskEncrypted)).toMatchObject({ h1: expected(verdict, code) })
  })

  test('of a server it is not asked here', () => {
    expect(judgedIn(world(made.host(), volume({ encryption: 'none' })), diskEncrypted)).toEqual({})
  })
})

describe('the screen of a workstation', () => {
  const lock = (over: Partial<ValueOf<typeof screenLocks>> = {}) =>
    said(screenLocks, { host: 'h1', desktop: 'gnome', account: null, locks: true, after: 300, ...over })
  test.each<[string, World['facts'], string, string | null]>([
    ['locks after five minutes', [lock()], 'holds', null],
    ['locks after fifteen to the second', [lock({ after: 900 })], 'holds', null],
    ['locks a second too late, the known-bad twin', [lock({ after: 901 })], 'fails', 'screen-stays-open'],
    ['never locks', [lock({ locks: false, after: null })], 'fails', 'screen-stays-open'],
    [
      'locks, but not for one of its accounts',
      [lock({ desktop: 'kde' }), lock({ desktop: 'kde', account: 'ola', locks: false, after: null })],
      'fails',
      'screen-stays-open',
    ],
    ['of another desktop', [], 'unknown', 'no-desktop-known'],
  ])('%s', (_name, facts, verdict, code) => {
    const judged = judgedIn(world(laptop, ...facts), screenLocksInTime, { screenLockWithin: 'PT15M' })
    expect(judged).toMatchObject({ h1: expected(verdict, code) })
  })
})

test('updates and firewall are judged as on servers', () => {
  const source = { host: 'h1', manager: 'apt', refreshedAt: noon - day, hasSecuritySource: true } as const
  const update = (age: number) =>
    said(pendingUpdates, {
      host: 'h1',
      package: 'firefox',
      installed: '1',
      candidate: '2',
      security: true,
      firstSeenAt: noon - age * day,
    })
  const parameters = { updatesWithin: 'P14D', listsNoOlderThan: 'P7D' }
  const updated = (age: number) =>
    judgedIn(world(laptop, said(packageSources, source), update(age)), workstationUpdated, parameters)
  expect(updated(13)).toMatchObject({ h1: { verdict: 'holds' } })
  expect(updated(15)).toMatchObject({ h1: expected('fails', 'updates-overdue') })

  const rules = (defaultAccept: boolean) =>
    said(inboundPolicies, {
      host: 'h1',
      interface: 'wlan0',
      family: 'ipv4',
      tcp: [],
      udp: [],
      mayTcp: [],
      mayUdp: [],
      unmodelled: [],
      defaultAccept,
    })
  expect(judgedIn(world(laptop, rules(false)), firewallOn)).toMatchObject({ h1: { verdict: 'holds' } })
  expect(judgedIn(world(laptop, rules(true)), firewallOn)).toMatchObject({
    h1: expected('fails', 'accepts-by-default'),
  })
})

const device = (over: Partial<ValueOf<typeof managedDevices>> = {}) =>
  said(managedDevices, {
    source: 'intune',
    id: 'd1',
    name: 'OLA-PC',
    serial: 'PF1',
    user: 'ola@example.no',
    os: 'Windows',
    encrypted: true,
    locks: true,
    compliant: true,
    lastCheckIn: noon - 2 * day,
    ...over,
  })
const list = (of: 'devices' | 'hosts', source: string, age = 1) =>
  said(importedLists, { of, source, importedAt: noon - age * day, entries: 1 })

describe('a device of device management', () => {
  test.each<[string, World['facts'], string, string | null]>([
    ['sound', [device(), list('devices', 'intune')], 'holds', null],
    ['not encrypted, the known-bad twin', [device({ encrypted: false })], 'fails', 'device-not-encrypted'],
    ['without a lock', [device({ locks: false })], 'fails', 'device-does-not-lock'],
    ['not compliant', [device({ compliant: false })], 'fails', 'device-not-compliant'],
    ['of which the lock is not told', [device({ locks: null })], 'unknown', 'device-lock-not-told'],
    ['that never checked in', [device({ lastCheckIn: null })], 'fails', 'device-never-seen'],
    [
      'that was away too long when the list was made',
      [device({ lastCheckIn: noon - 16 * day })],
      'fails',
      'device-not-seen',
    ],
    [
      'of a list so old that it may have been heard since',
      [device({ lastCheckIn: noon - 20 * day }), list('devices', 'intune', 19)],
      'unknown',
      'device-list-old',
    ],
    ['that checks in tomorrow', [device({ lastCheckIn: noon + day })], 'unknown', 'device-list-old'],
  ])('%s', (_name, facts, verdict, code) => {
    const told = facts.length > 1 ? facts : [...facts, list('devices', 'intune')]
    expect(judgedIn(world(...told), managedDeviceSound, { seenWithin: 'P14D' })).toMatchObject({
      'intune/d1': expected(verdict, code),
    })
  })
})

describe('a device of the device list', () => {
  const listed = (over: Partial<ValueOf<typeof listedHosts>> = {}) =>
    said(listedHosts, {
      source: 'innkjøp',
      id: 'PF1',
      name: '',
      otherNames: [],
      kind: 'workstation',
      ...over,
    })
  const whole = list('hosts', 'innkjøp')
  test.each<[string, World['facts'], string, string | null]>([
    ['is in device management, by its serial number', [listed(), device(), whole], 'holds', null],
    ['carries an agent, by its name', [listed({ name: 'Kari-PC' }), laptop, whole], 'holds', null],
    [
      'is forgotten, the known-bad twin',
      [listed({ id: 'PF2' }), device(), whole],
      'fails',
      'device-not-enrolled',
    ],
    [
      'of a list that is too old',
      [listed({ id: 'PF2' }), device(), list('hosts', 'innkjøp', 31)],
      'unknown',
      'device-list-old',
    ],
  ])('%s', (_name, facts, verdict, code) => {
    const judged = judgedIn(world(...facts), listedIsManaged, { deviceListNoOlderThan: 'P30D' })
    expect(Object.values(judged)).toMatchObject([expected(verdict, code)])
  })
})
