import { check, fails, holds, integer } from '@hevd/core'
import { isWithin } from '@hevd/facts'
import { allStoredData } from '../../residency.ts'
import { placeLookups, type Store } from './whereabouts.ts'

/**
 * “Mainly in the EU” as a number: of the bytes where the size of every store is known, of the stores otherwise, and it says
 * which. A store counts as in the EU where nobody says that it is elsewhere; `store-seen` tells whether anybody saw it.
 */
export const mainlyInEu = check('data-location/mainly-in-eu', {
  of: allStoredData,
  parameters: { leastShareInEu: integer },
  reads: ({ members }) => ({ regions: members.flatMap((store) => placeLookups(store).regions) }),
  judge: ({ members }, { regions }, { leastShareInEu: least }) => {
    const elsewhere = new Set(
      regions.facts.flatMap(({ value: { host, cloud, region } }) =>
        isWithin(`${cloud}:${region}`, ['eu']) || cloud === 'openstack' ? [] : [host],
      ),
    )
    const isIn = ({ place, seenPlace, host }: Store) =>
      isWithin(place, ['eu']) &&
      (seenPlace === null || isWithin(seenPlace, ['eu'])) &&
      (host === null || !elsewhere.has(host))
    const sizes = members.map(({ bytes }) => bytes)
    const total = sizes.reduce<number | null>(
      (sum, bytes) => (sum === null || bytes === null ? null : sum + bytes),
      0,
    )
    const inEu = members.filter(isIn)
    const bytes = inEu.reduce((sum, store) => sum + (store.bytes ?? 0), 0)
    const share = total === null || total === 0 ? inEu.length / members.length : bytes / total
    const by = total === null || total === 0 ? 'stores' : 'bytes'
    const params = { percent: Math.floor(100 * share), least, stores: members.length }
    if (by === 'bytes')
      return share * 100 >= least ? holds('eu-share-of-bytes', params) : fails('eu-bytes-too-few', params)
    return share * 100 >= least ? holds('eu-share-of-stores', params) : fails('eu-stores-too-few', params)
  },
})
