import { posix } from 'node:path'
import type { HostAccess } from '../host/access.ts'
import type { Mount } from './mount-table.ts'

export type Encryption = 'dm-crypt' | 'none' | 'beneath'

/** What a volume rests on: its encryption, and of each virtual disk beneath it all that it shows of itself. */
export type Beneath = { readonly encryption: Encryption; readonly disks: readonly (readonly string[])[] }

/** The worse of what a volume rests on decides. */
const order = { none: 0, beneath: 1, 'dm-crypt': 2 } as const satisfies Record<Encryption, number>
const deepest = 16

/**
 * Whether the blocks of a device are encrypted by this host, or may be beneath it. Looks through LVM, RAID and loop
 * devices to what they rest on. Null when sysfs(5) does not know the device.
 */
export async function encryptionOf(
  access: HostAccess,
  mount: Mount,
  mounts: readonly Mount[],
  depth = 0,
): Promise<Beneath | null> {
  const device = await sysfsPath(access, mount)
  return device === null ? null : encryptionAt(access, device, mounts, depth)
}

async function sysfsPath({ files }: HostAccess, { device, source }: Mount): Promise<string | null> {
  const byNumber = device.startsWith('0:') ? null : await files.real(`/sys/dev/block/${device}`)
  if (byNumber?.kind === 'seen') return byNumber.value
  const node = await files.real(source)
  if (node.kind !== 'seen') return null
  const byName = await files.real(`/sys/class/block/${posix.basename(node.value)}`)
  return byName.kind === 'seen' ? byName.value : null
}

async function encryptionAt(
  access: HostAccess,
  path: string,
  mounts: readonly Mount[],
  depth: number,
): Promise<Beneath | null> {
  if (depth > deepest) return null
  const { files } = access
  if (isCrypt(await line(access, `${path}/dm/uuid`))) return { encryption: 'dm-crypt', disks: [] }
  const beneath = await files.list(`${path}/slaves`)
  if (beneath.kind === 'seen' && beneath.value.length > 0) {
    const real = await Promise.all(beneath.value.map((name) => files.real(`${path}/slaves/${name}`)))
    const all = await Promise.all(
      real.map((one) => (one.kind === 'seen' ? encryptionAt(access, one.value, mounts, depth + 1) : null)),
    )
    return worst(all)
  }
  const backing = await line(access, `${path}/loop/backing_file`)
  if (backing !== '') {
    const mount = mountOf(backing, mounts)
    return mount === null ? null : encryptionOf(access, mount, mounts, depth + 1)
  }
  const partition = await files.status(`${path}/partition`)
  if (partition.kind === 'seen') return encryptionAt(access, posix.dirname(path), mounts, depth + 1)
  return (await isVirtual(access, path))
    ? { encryption: 'beneath', disks: [await shownBy(access, path)] }
    : { encryption: 'none', disks: [] }
}

/** cryptsetup begins the name of what it encrypts so; `VERITY` and `INTEGRITY` only check. */
export function isCrypt(uuid: string): boolean {
  return uuid.startsWith('CRYPT-') && !/^CRYPT-(VERITY|INTEGRITY)-/.test(uuid)
}

function worst(all: readonly (Beneath | null)[]): Beneath | null {
  return all.reduce<Beneath | null>(
    (worse, one) => {
      if (worse === null || one === null) return null
      const { encryption } = order[one.encryption] < order[worse.encryption] ? one : worse
      return { encryption, disks: [...worse.disks, ...one.disks] }
    },
    { encryption: 'dm-crypt', disks: [] },
  )
}

/** The mount that a path lies on: the one with the longest mount point, the last of equal ones. */
export function mountOf(path: string, mounts: readonly Mount[]): Mount | null {
  return mounts.reduce<Mount | null>((best, mount) => {
    const { mountPoint } = mount
    const over = mountPoint === '/' || path === mountPoint || path.startsWith(`${mountPoint}/`)
    return over && mountPoint.length >= (best?.mountPoint.length ?? 0) ? mount : best
  }, null)
}

const virtualModels =
  /QEMU|VBOX|VMware|Virtual|Google|PersistentDisk|Amazon|Msft|Microsoft|Nutanix|Xen|OPENSTACK/i

/** A disk that a hypervisor or a cloud provides. */
async function isVirtual(access: HostAccess, path: string): Promise<boolean> {
  if (/\/(virtio\d+|vbd-\d+|xen|vmbus[^/]*|VMBUS[^/]*)\//i.test(`${path}/`)) return true
  const [vendor, model, cpu] = await Promise.all([
    line(access, `${path}/device/vendor`),
    line(access, `${path}/device/model`),
    access.files.text('/proc/cpuinfo'),
  ])
  if (virtualModels.test(`${vendor} ${model}`)) return true
  return cpu.kind === 'seen' && /^flags\s*:.*\shypervisor(\s|$)/m.test(cpu.value)
}

/**
 * Serial number of a disk (SCSI, NVMe and virtio keep it in different places) and its names below /dev/disk/by-id, in
 * small letters. Clouds put their own id of the disk there.
 */
async function shownBy(access: HostAccess, path: string): Promise<string[]> {
  const { files } = access
  const name = posix.basename(path)
  const serials = await Promise.all([
    line(access, `${path}/serial`),
    line(access, `${path}/device/serial`),
    line(access, `${path}/wwid`),
    line(access, `${path}/device/wwid`),
  ])
  const listed = await files.list(byId)
  const links = listed.kind === 'seen' ? listed.value : []
  const led = await Promise.all(
    links.map(async (link) => {
      const real = await files.real(`${byId}/${link}`)
      return real.kind === 'seen' && posix.basename(real.value) === name ? [link] : []
    }),
  )
  const shown = [...serials, ...led.flat()].map((one) => one.trim().toLowerCase())
  return [...new Set(shown.filter((one) => one !== ''))]
}

const byId = '/dev/disk/by-id'

async function line({ files }: HostAccess, path: string): Promise<string> {
  const text = await files.text(path)
  return text.kind === 'seen' ? text.value.trim() : ''
}
