import {
  hosts,
  importedLists,
  postgresDirectories,
  postgresServers,
  providerVolumes,
  type ValueOf,
  volumes,
} from '@hevd/facts'
import { describe, expect, test } from 'vitest'
import { made } from '../../made.ts'
import { judgedIn, noon, said, type World } from '../../world.ts'
import { databasesEncrypted } from './databases-encrypted.ts'
import { exemptMountPoints } from './exempt.ts'
import { volumesEncrypted } from './volumes-encrypted.ts'

const day = 86_400_000
const parameters = { exemptMounts: ['/boot: kernel', '/boot/efi: boot loader'], listsNoOlderThan: 'P30D' }
const volume = (over: Partial<ValueOf<typeof volumes>> = {}) =>
  said(volumes, {
    host: 'h1',
    device: '/dev/dm-0',
    mountPoint: '/',
    fileSystem: 'ext4',
    encryption: 'dm-crypt',
    disks: [],
    ...over,
  })
const virtual = (...disks: string[][]) => volume({ encryption: 'beneath', disks })
const provided = (over: Partial<ValueOf<typeof providerVolumes>> = {}) =>
  said(providerVolumes, {
    source: 'aws',
    id: 'vol-0a',
    name: '',
    serials: ['vol-0a', 'vol0a'],
    encrypted: true,
    ...over,
  })
const list = (age = 1) =>
  said(importedLists, { of: 'volumes', source: 'aws', importedAt: noon - age * day, entries: 1 })
const seen = [hosts, volumes, providerVolumes, importedLists]
const world = (...facts: World['facts']): World => ({ facts: [made.host(), ...facts], seen, scopes: ['h1'] })

describe('volumes of production', () => {
  test.each<[string, World['facts'], string, string | null]>([
    ['encrypted by the host', [volume()], 'holds', null],
    ['a plain disk, the known-bad twin', [volume({ encryption: 'none' })], 'fails', 'volumes-open'],
    [
      'swap forgotten',
      [volume(), volume({ mountPoint: 'swap:/dev/sda3', fileSystem: 'swap', encryption: 'none' })],
      'fails',
      'volumes-open',
    ],
    ['/boot alone is plain', [volume(), volume({ mountPoint: '/boot', encryption: 'none' })], 'holds', null],
    [
      'a folder whose name begins as /boot',
      [volume(), volume({ mountPoint: '/boot2', encryption: 'none' })],
      'fails',
      'volumes-open',
    ],
    [
      'a read-only image',
      [volume(), volume({ mountPoint: '/snap/core/1', fileSystem: 'squashfs', encryption: 'none' })],
      'holds',
      null,
    ],
    ['a virtual disk, and no word of its provider', [virtual(['vol0a'])], 'unknown', 'provider-not-asked'],
    ['a virtual disk that the provider encrypts', [virtual(['vol0a']), provided(), list()], 'holds', null],
    [
      'one that it does not',
      [virtual(['vol0a']), provided({ encrypted: false }), list()],
      'fails',
      'volumes-open',
    ],
    [
      'one of two disks beneath a volume group',
      [virtual(['vol0a'], ['vol0b']), provided(), list()],
      'unknown',
      'disk-not-listed',
    ],
    ['the provider’s other disk', [virtual(['vol0c']), provided(), list()], 'unknown', 'disk-not-listed'],
    ['a disk without a number', [virtual([]), provided(), list()], 'unknown', 'disk-without-number'],
    [
      'an agent that does not tell the disks',
      [volume({ encryption: 'beneath', disks: undefined }), provided(), list()],
      'unknown',
      'disk-without-number',
    ],
    [
      'a list without the column',
      [virtual(['vol0a']), provided({ encrypted: null }), list()],
      'unknown',
      'disk-not-told',
    ],
    ['a list that is too old', [virtual(['vol0a']), provided(), list(31)], 'unknown', 'provider-list-old'],
    ['no volume at all', [], 'unknown', 'volumes-missing'],
  ])('%s', (_name, facts, verdict, code) => {
    const why = code === null ? null : { code }
    expect(judgedIn(world(...facts), volumesEncrypted, parameters)).toMatchObject({ h1: { verdict, why } })
  })

  test('names what is open, whatever else is not known', () => {
    const facts = [virtual(['vol0a']), volume({ mountPoint: '/srv', encryption: 'none' })]
    expect(judgedIn(world(...facts), volumesEncrypted, parameters)).toMatchObject({
      h1: { verdict: 'fails', why: { params: { volumes: ['/srv'] } } },
    })
  })

  test('not looked at whole it is not known; another kind of host is not meant', () => {
    const unseen = [{ type: 'volume', scope: 'h1', state: 'partial', detail: '/ (overlay)' }] as const
    expect(judgedIn({ ...world(volume()), unseen }, volumesEncrypted, parameters)).toMatchObject({
      h1: { verdict: 'unknown', why: { code: 'unseen-partial' } },
    })
    const other = { facts: [made.host({ role: 'other' }), volume({ encryption: 'none' })], seen }
    expect(judgedIn(other, volumesEncrypted, parameters)).toEqual({})
  })
})

describe('folders of databases', () => {
  const server = said(postgresServers, {
    id: 'h1/5432',
    host: 'h1',
    version: '17.1',
    ssl: true,
    sslMinimumVersion: 'TLSv1.2',
    passwordEncryption: 'scram-sha-256',
    listenAddresses: ['*'],
    dataChecksums: true,
  })
  const folder = (path: string, encryption: 'dm-crypt' | 'none' | 'beneath') =>
    said(postgresDirectories, { server: 'h1/5432', path, encryption, disks: [['vol0a']] })
  const judged = (role: 'production' | 'other', ...facts: World['facts']) =>
    judgedIn(
      {
        facts: [made.host({ role }), server, ...facts],
        seen: [...seen, postgresServers, postgresDirectories],
        scopes: ['h1', 'h1/5432'],
      },
      databasesEncrypted,
      parameters,
    )

  test('all of them on encrypted volumes', () => {
    const facts = [folder('/var/lib/postgresql/17/main', 'dm-crypt')]
    expect(judged('production', ...facts)).toMatchObject({ 'h1/5432': { verdict: 'holds' } })
  })

  test('a tablespace on a plain one fails and is named', () => {
    const facts = [folder('/var/lib/postgresql/17/main', 'dm-crypt'), folder('/srv/fast', 'none')]
    expect(judged('production', ...facts)).toMatchObject({
      'h1/5432': { verdict: 'fails', why: { code: 'database-open', params: { paths: ['/srv/fast'] } } },
    })
  })

  test('on a virtual disk the provider tells', () => {
    const facts = [folder('/var/lib/postgresql/17/main', 'beneath')]
    expect(judged('production', ...facts)).toMatchObject({ 'h1/5432': { verdict: 'unknown' } })
    expect(judged('production', ...facts, provided(), list())).toMatchObject({
      'h1/5432': { verdict: 'holds' },
    })
  })

  test('of a host that is not production it is not asked; where they lie must be known', () => {
    expect(judged('other', folder('/srv', 'none'))).toEqual({})
    expect(judged('production')).toMatchObject({ 'h1/5432': { why: { code: 'directories-missing' } } })
  })
})

test('a mount point is exempt with its reason alone', () => {
  expect([...exemptMountPoints(['/boot: kernel', '/mnt/cache:rebuilt each night'])]).toEqual([
    '/boot',
    '/mnt/cache',
  ])
  for (const wrong of ['/boot', '/boot:', 'boot: kernel', ''])
    expect(() => exemptMountPoints([wrong])).toThrow(/is not a mount point with a reason/)
})
