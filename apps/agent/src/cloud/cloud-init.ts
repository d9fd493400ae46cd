import { z } from 'zod'
import type { Files } from '../host/files.ts'
import { type Cloud, type Located, located } from './located.ts'

/** Part of what cloud-init writes down at every start (`v1` of instance-data.json; cloudinit.readthedocs.io, “Instance data”). */
const instanceData = z.object({
  v1: z.object({
    cloud_name: z.string().nullish(),
    region: z.string().nullish(),
    availability_zone: z.string().nullish(),
  }),
})

const names: { readonly [name: string]: Cloud } = {
  aws: 'aws',
  azure: 'azure',
  gce: 'gcp',
  hetzner: 'hetzner',
  openstack: 'openstack',
}

export const instanceDataFile = '/run/cloud-init/instance-data.json'

/** Where cloud-init says that the host is; null where it was not at work, or knows no such cloud. */
export async function cloudInitSays(files: Files): Promise<Located | null> {
  const read = await files.text(instanceDataFile)
  if (read.kind !== 'seen') return null
  const parsed = instanceData.safeParse(jsonOf(read.value))
  if (!parsed.success) return null
  const { cloud_name: called, region, availability_zone: zone } = parsed.data.v1
  const cloud = names[called ?? '']
  return cloud === undefined ? null : located(cloud, { region: region ?? null, zone: zone ?? null })
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
