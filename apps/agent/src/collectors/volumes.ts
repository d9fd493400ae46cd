import { volumes } from '@hevd/facts'
import { type Collector, collected, failedBy, partialWithout } from '../collector.ts'
import { encryptionOf } from './block-device.ts'
import { type Mount, parseMounts } from './mount-table.ts'

/** Mounted volumes and whether this host encrypts them. */
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
    const looked = await Promise.all(
      onePerDevice(mounts.filter(isVolume)).map(async (mount) => ({
        mount,
        encryption: await encryptionOf(access, mount, mounts),
      })),
    )
    const values = looked.flatMap(({ mount: { source, mountPoint, fileSystem }, encryption }) =>
      encryption === null ? [] : [{ host, device: source, mountPoint, fileSystem, encryption }],
    )
    const unknown = [
      ...looked.filter(({ encryption }) => encryption === null).map(({ mount }) => mount.mountPoint),
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
