import type { Files } from '../host/files.ts'
import type { Cloud } from './located.ts'

/** What Azure writes as the asset tag of every virtual machine. */
const azureTag = '7783-7084-3265-9085-8269-3286-77'

const fields = ['sys_vendor', 'product_name', 'bios_version', 'chassis_asset_tag'] as const

/**
 * The cloud whose virtual machine this is, by what its firmware says of itself (sysfs-firmware-dmi-tables): nobody is asked
 * anything before that is known. Null on hardware of one's own, and in clouds that are not understood.
 */
export async function cloudByFirmware(files: Files): Promise<Cloud | null> {
  const says: Partial<Record<(typeof fields)[number], string>> = {}
  for (const field of fields) {
    const read = await files.text(`/sys/class/dmi/id/${field}`)
    if (read.kind === 'seen') says[field] = read.value.trim()
  }
  const { sys_vendor: vendor = '', product_name: product = '', bios_version: bios = '' } = says
  if (vendor === 'Amazon EC2' || /amazon/i.test(bios)) return 'aws'
  if (vendor === 'Google' || product === 'Google Compute Engine') return 'gcp'
  if (says.chassis_asset_tag === azureTag) return 'azure'
  if (vendor === 'Hetzner') return 'hetzner'
  return vendor === 'OpenStack Foundation' || /^OpenStack/.test(product) ? 'openstack' : null
}
