import { check, fails, holds, outside, unseen } from '@hevd/core'
import { dataStores, hosts } from '@hevd/facts'
import { databaseServers } from '../../populations.ts'

/** Every database server that an agent sees in production has a data store in the register. */
export const databasesListed = check('data-location/databases-listed', {
  of: databaseServers,
  reads: ({ host }) => ({ hosts: hosts.byKey(host), stores: dataStores.onHost(host) }),
  judge: (_server, { hosts: itsHost, stores }) => {
    const [host] = itsHost.facts
    if (host !== undefined && host.value.role !== 'production') return outside
    if (stores.facts.length > 0) return holds()
    const [missing] = stores.unseen
    return missing === undefined ? fails('database-not-listed') : unseen(missing)
  },
})
