import { volumes } from '@hevd/facts'
import { type Collector, collected, failedBy, partialWithout } from '../collector.ts'
import type { HostAccess } from '../host/access.ts'
import { type Beneath, encryptionOf, mountOf } from './block-device.ts'
import { type Mount, parseMounts } from './mount-table.ts'
import { parseSwaps, type Swap } from './swaps.ts'

/** Mounted volumes, swap, and whether this host encrypts them. */
export const volumesCollector: Collector = {
  name: 'volumes',
  types: [volumes.name],
  title: { nb: 'Volumer og kryptering', en: 'Volumes and encryption' },
  interval: 'PT10M',
  collect: async (access) => {
    const host = access.host.id
    const table = await access.files.text('/proc/self/mountinfo')
    if (table.kind !== 'seen')
      return collected(volumes, host, [], failedBy('there is no /proc/self/mountinfo'))
    const mounts = parseMounts(table.value)
    const swaps = await swapsOf(access)
    if (swaps === null) return collected(volumes, host, [], failedBy('/proc/swaps cannot be read'))
    const volumesSeen = [
      ...onePerDevice(mounts.filter(isVolume)),
      ...swaps.map((one) => asMount(one, mounts)),
    ]
    const looked = await Promise.all(
      volumesSeen.map(async (mount) => ({
        mount,
        beneath: await encryptionOf(access, mount, mounts),
      })),
    )
    const values = looked.flatMap(({ mount: { source, mountPoint, fileSystem }, beneath }) =>
      beneath === null ? [] : [{ host, device: source, mountPoint, fileSystem, ...plainly(beneath) }],
    )
    const unknown = [
      ...looked.filter(({ beneath }) => beneath === null).map(({ mount }) => mount.mountPoint),
      ...mounts.filter(({ fileSystem }) => ownDevices.has(fileSystem)).map(({ mountPoint }) => mountPoint),
      ...mounts.filter(isOpaqueRoot).map(({ mountPoint, fileSystem }) => `${mountPoint} (${fileSystem})`),
    ]
    return collected(
      volumes,
      host,
      values,
      unknown.length === 0 ? null : partialWithout(unknown.slice(0, 5).join(', ')),
    )
  },
}

/** File systems that keep their own list of disks, which is not read. */
const ownDevices = new Set(['zfs', 'bcachefs'])

function isVolume({ source, fileSystem }: Mount): boolean {
  return source.startsWith('/dev/') && fileSystem !== 'devtmpfs' && !ownDevices.has(fileSystem)
}

/** A root that lies on a file system of somebody else (a container's overlay, 9p): what is beneath is not seen. */
function isOpaqueRoot({ mountPoint, source }: Mount): boolean {
  return mountPoint === '/' && !source.startsWith('/dev/')
}

/** Bind mounts and subvolumes show one volume several times: the first mount stands for it. */
function onePerDevice(mounts: readonly Mount[]): Mount[] {
  const known = new Set<string>()
  return mounts.filter(({ device, source }) => {
    const name = device.startsWith('0:') ? source : device
    return !known.has(name) && known.add(name)
  })
}

/** Null where the kernel's list may not be read; a kernel without swap has none. */
async function swapsOf({ files }: HostAccess): Promise<Swap[] | null> {
  const table = await files.text('/proc/swaps')
  if (table.kind === 'refused') return null
  return table.kind === 'absent' ? [] : parseSwaps(table.value)
}

/** Swap as a volume: a partition is its own device, a file lies on the volume that its folder is on. */
function asMount({ path, kind }: Swap, mounts: readonly Mount[]): Mount {
  const named = { mountPoint: `swap:${path}`, fileSystem: 'swap', within: '/' }
  const under = kind === 'file' ? mountOf(path, mounts) : null
  return { device: under?.device ?? '0:0', source: under?.source ?? path, ...named }
}

function plainly({ encryption, disks }: Beneath) {
  return { encryption, disks: disks.map((shown) => [...shown]) }
}
