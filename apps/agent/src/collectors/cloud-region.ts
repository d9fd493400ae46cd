import { hostRegions } from '@hevd/facts'
import { cloudInitSays } from '../cloud/cloud-init.ts'
import { cloudByFirmware } from '../cloud/dmi.ts'
import { askCloud, metadataAddress } from '../cloud/metadata.ts'
import { type Collector, collected, failedBy, partialWithout } from '../collector.ts'

/**
 * The region of the cloud that the host runs in: by what cloud-init wrote down, else by the cloud's metadata service, which is
 * asked only where the firmware says that this is its virtual machine.
 *
 * @param address of the metadata service; only tests have another
 */
export function cloudRegionFrom(address: string): Collector {
  return {
    name: 'cloud-region',
    types: [hostRegions.name],
    title: { nb: 'Skyregion', en: 'Cloud region' },
    interval: 'PT1H',
    collect: async ({ host, files, look }) => {
      const written = await cloudInitSays(files)
      if (written !== null)
        return collected(hostRegions, host.id, [{ host: host.id, ...written, by: 'cloud-init' }])
      const cloud = await cloudByFirmware(files)
      if (cloud === null) return collected(hostRegions, host.id, [])
      if (!look.cloudMetadata)
        return collected(hostRegions, host.id, [], partialWithout('cloudMetadata: false (agent.json)'))
      try {
        const asked = await askCloud(cloud, address)
        return collected(hostRegions, host.id, [{ host: host.id, ...asked, by: 'metadata' }])
      } catch (error) {
        const why = error instanceof Error ? error.message : String(error)
        return collected(hostRegions, host.id, [], failedBy(`${cloud}: ${why}`))
      }
    },
  }
}

export const cloudRegionCollector = cloudRegionFrom(metadataAddress)
