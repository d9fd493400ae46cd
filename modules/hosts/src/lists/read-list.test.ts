import { describe, expect, test } from 'vitest'
import { readCheckIn } from './check-in.ts'
import { readList } from './read-list.ts'

const read = (of: 'hosts' | 'volumes' | 'devices', file: string | Uint8Array) => readList(of, 's', file, 1000)
const at = (iso: string) => Date.parse(iso)

describe('moments of device management', () => {
  test.each<[string, number | null | 'unreadable']>([
    ['2026-11-20 08:15:32.0000000', at('2026-11-20T08:15:32Z')],
    ['2026-11-20T08:15:32Z', at('2026-11-20T08:15:32Z')],
    ['2026-11-20T08:15:32.123+0100', at('2026-11-20T07:15:32.123Z')],
    ['2026-11-20T08:15:32-05:30', at('2026-11-20T13:45:32Z')],
    ['2026-11-20', at('2026-11-20T00:00:00Z')],
    ['11/20/2026 8:15:32 PM', at('2026-11-20T20:15:32Z')],
    ['11/20/2026 at 12:05 AM', at('2026-11-20T00:05:00Z')],
    ['03/04/2026 12:05 PM', at('2026-03-04T12:05:00Z')],
    ['1795162532000', 1_795_162_532_000],
    ['2028-02-29 10:00', at('2028-02-29T10:00:00Z')],
    ['2026-02-29 10:00', Number.NaN],
    ['2026-11-20 24:00', Number.NaN],
    ['03/04/2026 08:15', 'unreadable'],
    ['20.11.2026', 'unreadable'],
    ['Never', null],
    ['0001-01-01 00:00:00.0000000', null],
    ['', null],
  ])('%s', (cell, moment) => {
    expect(readCheckIn(cell)).toEqual(moment)
  })
})

describe('what the clouds’ own tools print', () => {
  test('AWS: instances that are gone are left out; volumes by the number their host sees', () => {
    const instances = {
      Reservations: [
        {
          Instances: [
            {
              InstanceId: 'i-1',
              PrivateDnsName: 'ip-10-0-0-7.internal',
              PublicDnsName: '',
              State: { Name: 'running' },
              Tags: [{ Key: 'Name', Value: 'web1' }],
            },
            { InstanceId: 'i-2', State: { Name: 'terminated' } },
          ],
        },
      ],
    }
    expect(read('hosts', JSON.stringify(instances)).items).toEqual([
      { source: 's', id: 'i-1', name: 'web1', otherNames: ['ip-10-0-0-7.internal'], kind: 'server' },
    ])
    const volumes = { Volumes: [{ VolumeId: 'vol-0a1b', Encrypted: false }] }
    expect(read('volumes', JSON.stringify(volumes)).items).toEqual([
      { source: 's', id: 'vol-0a1b', name: '', serials: ['vol-0a1b', 'vol0a1b'], encrypted: false },
    ])
  })

  test('Azure, as PowerShell writes it: UTF-16 with a byte order mark', () => {
    const disks = [
      {
        id: '/subscriptions/x/disks/d',
        name: 'd',
        uniqueId: 'AB',
        encryption: { type: 'EncryptionAtRestWithPlatformKey' },
      },
      { id: '/subscriptions/x/disks/e', name: 'e', uniqueId: 'CD', encryption: null },
    ]
    const file = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(JSON.stringify(disks), 'utf16le')])
    expect(read('volumes', file).items).toMatchObject([
      { name: 'd', serials: ['ab'], encrypted: true },
      { name: 'e', encrypted: null },
    ])
    const machines = [{ vmId: 'v', name: 'web', osProfile: { computerName: 'web1' }, fqdns: 'web.example' }]
    expect(read('hosts', JSON.stringify(machines)).items).toMatchObject([
      { id: 'v', name: 'web', otherNames: ['web1', 'web.example'] },
    ])
  })

  test('Google: disks by the names their host sees', () => {
    const disks = [{ kind: 'compute#disk', id: '77', name: 'Data-1' }]
    expect(read('volumes', JSON.stringify(disks)).items).toMatchObject([
      { id: '77', serials: ['google-data-1', 'scsi-0google_persistentdisk_data-1'], encrypted: true },
    ])
  })

  test.each<['hosts' | 'volumes' | 'devices', string]>([
    ['hosts', '{"Volumes":[]}'],
    ['volumes', '{"Reservations":[]}'],
    ['volumes', '[{"id":"x"'],
    ['devices', '[]'],
  ])('another list than %s is refused: %s', (of, file) => {
    expect(read(of, file)).toMatchObject({ items: [], faults: [{ line: 1 }] })
  })
})

describe('files with headers', () => {
  test('a plain list of machines', () => {
    const { items, faults } = read('hosts', 'id;navn;slag\nPF1;kari-pc;arbeidsmaskin\n;web1;\n')
    expect(faults).toEqual([])
    expect(items).toEqual([
      { source: 's', id: 'PF1', name: 'kari-pc', otherNames: [], kind: 'workstation' },
      { source: 's', id: 'web1', name: 'web1', otherNames: [], kind: 'server' },
    ])
  })

  test('a plain list of disks: a UUID is also its first twenty characters, as virtio shows it', () => {
    const { items } = read('volumes', 'id,encrypted\n0F1E2D3C-4B5A-6978-8796-a5b4c3d2e1f0,yes\n')
    expect(items).toMatchObject([
      { encrypted: true, serials: expect.arrayContaining(['0f1e2d3c-4b5a-6978-8']) },
    ])
  })

  test('Intune’s export: no word of the lock, and grace is not compliance', () => {
    const file = `"Device ID","Device name","Last check-in","Azure AD Device ID","OS version","Serial number","Primary user UPN","Compliance","Encrypted","OS"
"d1","OLA-PC","2026-11-20 08:15:32.0000000","a1","10.0","PF1","ola@example.no","Compliant","True","Windows"
"d2","KARI-PC","2026-11-19 08:15:32.0000000","a2","10.0","PF2","kari@example.no","In grace period","False","Windows"
"d3","TOM-PC","","a3","10.0","PF3","","Not evaluated","","Windows"
`
    const { items, faults, ignoredColumns } = read('devices', file)
    expect(faults).toEqual([])
    expect(ignoredColumns).toEqual(['Azure AD Device ID', 'OS version'])
    expect(items).toEqual([
      {
        source: 's',
        id: 'd1',
        name: 'OLA-PC',
        serial: 'PF1',
        user: 'ola@example.no',
        os: 'Windows',
        encrypted: true,
        locks: null,
        compliant: true,
        lastCheckIn: at('2026-11-20T08:15:32Z'),
      },
      expect.objectContaining({ id: 'd2', encrypted: false, compliant: false }),
      expect.objectContaining({ id: 'd3', encrypted: null, compliant: null, lastCheckIn: null }),
    ])
  })

  test('Jamf’s export: encrypted in part is not encrypted', () => {
    const file = `Computer Name,Jamf Pro Computer ID,Serial Number,Last Check-in,FileVault 2 Status,Username
Karis MacBook,7,C02X,2026-11-20 08:15:32,All Partitions Encrypted,kari
Olas MacBook,8,C02Y,2026-11-20 08:15:32,Some Partitions Encrypted,ola
`
    expect(read('devices', file).items).toMatchObject([
      { id: '7', name: 'Karis MacBook', encrypted: true },
      { id: '8', encrypted: false },
    ])
  })

  test.each<[string, string, string]>([
    ['a date that may be two', 'id;sist sett\nd1;03/04/2026 08:15', 'sist sett'],
    ['a date that does not exist', 'id;sist sett\nd1;2026-02-30 08:15', 'sist sett'],
    ['a word that is neither yes nor no', 'id;kryptert\nd1;kanskje', 'kryptert'],
    ['an id twice', 'id;navn\nd1;a\nd1;b', 'id'],
    ['nothing to know it by', 'id;navn;bruker\n;;ola', 'id'],
    ['a formula', 'id;navn\nd1;=cmd()', 'name'],
    ['no column that is known', 'hei;på deg\n1;2', ''],
  ])('%s is a fault', (_name, file, field) => {
    expect(read('devices', file).faults).toMatchObject([{ field }])
  })
})
