import { check, fails, holds, outside, unseen } from '@hevd/core'
import { dataStores, hostNamesAlike, hosts } from '@hevd/facts'
import { dataRegister } from '../../populations.ts'

/** The place of every set of the data register is a data store, or a host that one is on. */
export const dataSetsListed = check('data-location/data-sets-listed', {
  of: dataRegister,
  reads: ({ place }) => ({
    stores: place === null ? [] : [dataStores.called(place.trim().toLowerCase())],
    hosts: place === null ? [] : hostNamesAlike([place]).map((name) => hosts.called(name)),
  }),
  follow: (_set, { hosts: named }) => ({
    onHost: named.facts.map(({ value }) => dataStores.onHost(value.id)),
  }),
  judge: ({ place }, { stores, onHost }) => {
    if (place === null) return outside
    if (stores.facts.length + onHost.facts.length > 0) return holds()
    const [missing] = stores.unseen
    return missing === undefined ? fails('data-set-not-listed') : unseen(missing)
  },
})
