import { mkdirSync, symlinkSync } from 'node:fs'
import { dirname } from 'node:path'
import { volumes } from '@hevd/facts'
import { expect, onTestFinished, test } from 'vitest'
import { firstSeenInMemory } from '../first-seen.ts'
import { hostAccess } from '../host/access.ts'
import { cleansUpBy } from '../testdata/at-end.ts'
import { folderWith } from '../testdata/folder.ts'
import { parseSwaps } from './swaps.ts'
import { volumesCollector } from './volumes.ts'

cleansUpBy(onTestFinished)

/** A host whose sysfs(5) is made: device mapper needs a kernel that has it, and its layers are files that say so. */
async function look(made: {
  readonly files: { readonly [path: string]: string }
  readonly links: { readonly [path: string]: string }
  readonly mounts: readonly string[]
  readonly swaps?: string
  readonly physical?: boolean
}) {
  const folder = folderWith({
    'proc/self/mountinfo': `${made.mounts.join('\n')}\n`,
    'proc/cpuinfo': made.physical === true ? 'flags\t\t: fpu vme\n' : 'flags\t\t: fpu hypervisor lm\n',
    'proc/swaps': `Filename\tType\tSize\tUsed\tPriority\n${made.swaps ?? ''}`,
    ...made.files,
  })
  for (const [path, target] of Object.entries(made.links)) {
    mkdirSync(dirname(folder.at(path)), { recursive: true })
    symlinkSync(target, folder.at(path))
  }
  const access = hostAccess({
    host: { id: 'h1', name: 'here' },
    root: folder.path,
    isRoot: true,
    kernel: { release: '6.1', version: '#1' },
    firstSeen: firstSeenInMemory(),
    now: () => 0,
  })
  const { facts, coverage } = await volumesCollector.collect(access)
  return { volumes: facts.map(({ value }) => volumes.parse(value)), coverage }
}

const mount = (device: string, mountPoint: string, source: string, fileSystem = 'ext4') =>
  `30 1 ${device} / ${mountPoint} rw - ${fileSystem} ${source} rw`
const disk = (name: string, number: string, serial = '') => ({
  files: {
    [`sys/devices/pci/${name}/size`]: '1\n',
    ...(serial === '' ? {} : { [`sys/devices/pci/${name}/serial`]: `${serial}\n` }),
  },
  links: {
    [`sys/dev/block/${number}`]: `/sys/devices/pci/${name}`,
    [`sys/class/block/${name}`]: `/sys/devices/pci/${name}`,
  },
})
const mapped = (name: string, number: string, uuid: string, slaves: readonly string[]) => ({
  files: { [`sys/devices/virtual/block/${name}/dm/uuid`]: `${uuid}\n` },
  links: {
    [`sys/dev/block/${number}`]: `/sys/devices/virtual/block/${name}`,
    [`sys/class/block/${name}`]: `/sys/devices/virtual/block/${name}`,
    ...Object.fromEntries(
      slaves.map((slave) => [
        `sys/devices/virtual/block/${name}/slaves/${slave}`,
        slave.startsWith('dm') ? `/sys/devices/virtual/block/${slave}` : `/sys/devices/pci/${slave}`,
      ]),
    ),
  },
})
const together = (...parts: readonly ReturnType<typeof disk>[]) => ({
  files: Object.assign({}, ...parts.map(({ files }) => files)),
  links: Object.assign({}, ...parts.map(({ links }) => links)),
})

test('a logical volume on LUKS is encrypted; integrity alone is not', async () => {
  const layers = together(
    disk('sda', '8:0', 'S1'),
    mapped('dm-0', '253:0', 'CRYPT-LUKS2-0f0f-cryptroot', ['sda']),
    mapped('dm-1', '253:1', 'LVM-abc', ['dm-0']),
    mapped('dm-2', '253:2', 'CRYPT-VERITY-0f0f-usr', ['sda']),
  )
  const mounts = [mount('253:1', '/', '/dev/mapper/vg-root'), mount('253:2', '/usr', '/dev/mapper/usr')]
  expect((await look({ ...layers, mounts, physical: true })).volumes).toMatchObject([
    { mountPoint: '/', encryption: 'dm-crypt', disks: [] },
    { mountPoint: '/usr', encryption: 'none', disks: [] },
  ])
})

test('of a volume over two virtual disks each is told by all that it shows', async () => {
  const layers = together(
    disk('nvme0n1', '259:0', 'vol0A'),
    disk('nvme1n1', '259:1'),
    mapped('dm-0', '253:0', 'LVM-abc', ['nvme0n1', 'nvme1n1']),
  )
  const links = {
    ...layers.links,
    'dev/nvme0n1': '/dev/null',
    'dev/disk/by-id/nvme-Amazon_Elastic_Block_Store_vol0A': '../../nvme0n1',
  }
  const files = { ...layers.files, 'dev/null': '' }
  const seen = await look({ files, links, mounts: [mount('253:0', '/srv', '/dev/mapper/vg-srv')] })
  expect(seen.volumes).toMatchObject([{ encryption: 'beneath', disks: [['vol0a'], []] }])
})

test('the worse of two halves decides', async () => {
  const layers = together(
    disk('sda', '8:0'),
    disk('sdb', '8:16'),
    mapped('dm-0', '253:0', 'CRYPT-LUKS2-0f0f-a', ['sda']),
    mapped('dm-1', '253:1', 'LVM-abc', ['dm-0', 'sdb']),
  )
  const mounts = [mount('253:1', '/srv', '/dev/mapper/vg-srv')]
  expect((await look({ ...layers, mounts, physical: true })).volumes).toMatchObject([{ encryption: 'none' }])
})

test('swap is a volume too: a partition its own, a file that of its folder; compressed memory is none', async () => {
  const layers = together(disk('sda', '8:0'), mapped('dm-0', '253:0', 'CRYPT-LUKS2-0f0f-root', ['sda']))
  const links = { ...layers.links, 'dev/sdb': '/dev/null', 'sys/class/block/null': '/sys/devices/pci/sda' }
  const seen = await look({
    files: { ...layers.files, 'dev/null': '', 'swap file': '' },
    links,
    mounts: [mount('253:0', '/', '/dev/mapper/root')],
    swaps: '/dev/sdb partition 1 0 -2\n/swap\\040file file 1 0 -3\n/dev/zram0 partition 1 0 100\n',
    physical: true,
  })
  expect(seen.volumes).toMatchObject([
    { mountPoint: '/' },
    { mountPoint: 'swap:/dev/sdb', fileSystem: 'swap', encryption: 'none' },
    { mountPoint: 'swap:/swap file', fileSystem: 'swap', encryption: 'dm-crypt' },
  ])
  expect(seen.coverage).toMatchObject([{ state: 'complete' }])
})

test('swap that a look cannot follow leaves it partial', async () => {
  const seen = await look({
    ...disk('sda', '8:0'),
    mounts: [mount('8:0', '/', '/dev/sda')],
    swaps: '/dev/gone partition 1 0 -2\n',
  })
  expect(seen.coverage).toMatchObject([{ state: 'partial', detail: 'swap:/dev/gone' }])
})

test('what is not a line of swap is none', () => {
  expect(parseSwaps('Filename Type\n\n/x pipe 1\n')).toEqual([])
  expect(parseSwaps('Filename Type\n/old\\040(deleted) file 1 0 1\n')).toEqual([
    { path: '/old', kind: 'file' },
  ])
})
